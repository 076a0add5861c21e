// SPDX-License-Identifier: Apache-2.0
//
// Nothing here is checked: titles are often 标题_频道_网站, dates are in any form, and authors are
// the name of the site as often as not. Who uses facts has to know that.
#include "markup/head.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "dedup/error.h"
#include "markup/characters.h"
#include "text/ascii.h"
#include "walls/json.h"

namespace dedup::markup {
namespace {

constexpr std::size_t kMostArticles = 4;
constexpr std::size_t kLongestParsed = std::size_t{1} << 20;
constexpr std::size_t kLongestFact = 2000;  // bytes: what is longer is no fact but a text

/// Names and values that are compared; longer ones equal nothing.
std::string lowered(std::string_view text) {
  std::string small(text.substr(0, 64));
  std::transform(small.begin(), small.end(), small.begin(), text::lower);
  return small;
}

/// White space in a row is one blank.
std::string fact(std::string_view value) {
  std::string fact;
  for (const char c : decoded(value, kLongestFact)) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    if (!blank) {
      fact += c;
    } else if (!fact.empty() && fact.back() != ' ') {
      fact += ' ';
    }
  }
  while (!fact.empty() && fact.back() == ' ') {
    fact.pop_back();
  }
  return fact;
}

/// Of what is said twice the first counts.
void set(std::string& fact_of_page, std::string_view value) {
  if (fact_of_page.empty()) {
    fact_of_page = fact(value);
  }
}

/// Whether a script holds JSON-LD (https://www.w3.org/TR/json-ld/), by its attributes.
bool is_linked_data(std::string_view source) {
  Attributes attributes(source);
  for (std::string_view name, value; attributes.next(name, value);) {
    if (lowered(name) == "type") {
      return lowered(value).starts_with("application/ld+json");
    }
  }
  return false;
}

/// The body of the article that JSON-LD is about: its own, or that of one of its nodes, which stand
/// in a list or under @graph. Of a script too long to be parsed in little memory, at its top alone.
std::optional<std::string> body_in(std::string_view data) {
  if (data.size() <= kLongestParsed) {
    return json::find_string(data, "articleBody", "@graph");
  }
  try {
    std::string object(data);
    for (json::Member& member : json::members(object, {"articleBody"})) {
      if (member.string) {
        return std::move(member.string);
      }
    }
  } catch (const FormatError&) {  // it says nothing
  }
  return std::nullopt;
}

struct MetaName {
  std::string_view name;
  std::string PageFacts::*fact;
};

/// What is said under which name, name= or property= or itemprop=.
constexpr std::array<MetaName, 17> kMetaNames{{
    {"description", &PageFacts::description},
    {"og:description", &PageFacts::description},
    {"article:published_time", &PageFacts::date},
    {"og:release_date", &PageFacts::date},
    {"publishdate", &PageFacts::date},
    {"pubdate", &PageFacts::date},
    {"datepublished", &PageFacts::date},
    {"article:author", &PageFacts::author},
    {"og:article:author", &PageFacts::author},
    {"author", &PageFacts::author},
    {"og:site_name", &PageFacts::site},
    {"application-name", &PageFacts::site},
    {"sitename", &PageFacts::site},
    {"og:url", &PageFacts::url},
    {"content-language", &PageFacts::language},
    {"og:locale", &PageFacts::language},
    {"date", &PageFacts::date},
}};

}  // namespace

void Head::start(const Token& token) {
  if (token.tag == Tag::script) {
    linked_data_ = is_linked_data(token.attributes);
  }
  if (token.tag == Tag::meta) {
    read_meta(token.attributes);
  } else if (token.tag == Tag::link) {
    read_link(token.attributes);
  } else if (token.tag == Tag::html) {
    Attributes attributes(token.attributes);
    for (std::string_view name, value; attributes.next(name, value);) {
      if (lowered(name) == "lang" || lowered(name) == "xml:lang") set(facts_.language, value);
    }
  }
}

void Head::add(const Token& token) {
  if (token.tag == Tag::title) {
    set(facts_.title, token.text);
  } else if (linked_data_ && article_data_.size() < kMostArticles && token.tag == Tag::script &&
             token.text.find("\"articleBody\"") != std::string_view::npos) {
    article_data_.push_back(token.text);
  }
}

std::string Head::article_body() const {
  for (const std::string_view data : article_data_) {
    if (auto body = body_in(data)) {
      return std::move(*body);
    }
  }
  return {};
}

void Head::read_meta(std::string_view source) {
  std::string name;
  std::string_view content;
  Attributes attributes(source);
  for (std::string_view key, value; attributes.next(key, value);) {
    const std::string small = lowered(key);
    if (small == "name" || small == "property" || small == "itemprop" || small == "http-equiv") {
      name = lowered(value);
    } else if (small == "content") {
      content = value;
    }
  }
  if (name == "generator") {
    set(generator_, content);
  } else if (name == "og:title") {
    set(other_title_, content);
  }
  for (const auto& [known, member] : kMetaNames) {
    if (known == name) set(facts_.*member, content);
  }
}

void Head::read_link(std::string_view source) {
  bool canonical = false;
  std::string_view address;
  Attributes attributes(source);
  for (std::string_view key, value; attributes.next(key, value);) {
    const std::string small = lowered(key);
    canonical |= small == "rel" && lowered(value) == "canonical";
    if (small == "href") {
      address = value;
    }
  }
  if (canonical && !has_canonical_ && !address.empty()) {
    facts_.url = fact(address);  // it is more telling than og:url
    has_canonical_ = true;
  }
}

void Head::tell(Page& page) {
  if (facts_.title.empty()) {
    facts_.title = std::move(other_title_);
  }
  page.facts = std::move(facts_);
  page.generator = std::move(generator_);
}

}  // namespace dedup::markup
