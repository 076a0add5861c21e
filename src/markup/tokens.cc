// SPDX-License-Identifier: Apache-2.0
#include "markup/tokens.h"

#include <algorithm>
#include <cstring>

#include "text/ascii.h"

namespace dedup::markup {
namespace {

constexpr bool is_space(char c) noexcept {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

std::size_t pass_space(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && is_space(text[at])) {
    ++at;
  }
  return at;
}

constexpr bool ends_name(char c) noexcept { return is_space(c) || c == '/' || c == '>'; }

/// Behind a name that starts at `at`.
std::size_t end_of_name(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && !ends_name(text[at])) {
    ++at;
  }
  return at;
}

/// Behind the name of an attribute; it may start with a =.
std::size_t end_of_attribute(std::string_view text, std::size_t at) noexcept {
  const std::size_t start = at;
  while (at < text.size() && !ends_name(text[at]) && (text[at] != '=' || at == start)) {
    ++at;
  }
  return at;
}

}  // namespace

bool is_spelt(std::string_view text, std::string_view small) noexcept {
  return std::equal(text.begin(), text.end(), small.begin(), small.end(),
                    [](char c, char s) { return text::lower(c) == s; });
}

/// What is asked to be read has been delimited by end_of_tag(), so that a quotation mark without
/// its fellow closes where the tag does.
bool Attributes::next(std::string_view& name, std::string_view& value) noexcept {
  std::size_t at = 0;
  while (at < rest_.size() && ends_name(rest_[at])) {
    ++at;
  }
  const std::size_t end = end_of_attribute(rest_, at);
  name = rest_.substr(at, end - at);
  value = {};
  at = pass_space(rest_, end);
  if (at < rest_.size() && rest_[at] == '=' && end > 0) {
    at = pass_space(rest_, at + 1);
    if (at < rest_.size() && (rest_[at] == '"' || rest_[at] == '\'')) {
      const std::size_t close = std::min(rest_.find(rest_[at], at + 1), rest_.size());
      value = rest_.substr(at + 1, close - at - 1);
      at = std::min(close + 1, rest_.size());
    } else {
      const std::size_t start = at;
      while (at < rest_.size() && !is_space(rest_[at]) && rest_[at] != '>') {
        ++at;
      }
      value = rest_.substr(start, at - start);
    }
  }
  rest_.remove_prefix(at);
  return !name.empty();
}

Tokens::Tokens(std::string_view page, bool twins)
    : page_(page), twins_(twins), xml_(page.substr(pass_space(page, 0)).starts_with("<?xml")) {}

bool Tokens::next(Token& token) {
  for (;;) {
    if (content_of_ != Tag::unknown) {
      if (take_content(token)) {
        return true;
      }
      continue;
    }
    if (at_ >= page_.size()) {
      return false;
    }
    if (page_[at_] == '<' && take_markup(token)) {
      if (!token.text.empty() || token.kind != Token::Kind::text) {
        return true;
      }
      continue;  // passed over
    }
    // A < that begins nothing is text, and so is all up to the next one.
    const std::size_t end = std::min(page_.find('<', at_ + 1), page_.size());
    token = {.kind = Token::Kind::text, .text = page_.substr(at_, end - at_)};
    at_ = end;
    return true;
  }
}

/// True if the < begins mark-up, which is then read: a tag, or something without a meaning here,
/// for which the token is an empty text.
bool Tokens::take_markup(Token& token) {
  const char next = at_ + 1 < page_.size() ? page_[at_ + 1] : '\0';
  if (text::is_letter(next)) {
    return take_tag(token, false);
  }
  const char third = at_ + 2 < page_.size() ? page_[at_ + 2] : '\0';
  if (next == '/' && text::is_letter(third)) {
    return take_tag(token, true);
  }
  token = {};
  if (next == '!') {
    pass_declaration(token);
    return true;
  }
  if (next == '?' || (next == '/' && third != '\0')) {
    pass_to('>');
    return true;
  }
  return false;
}

bool Tokens::take_tag(Token& token, bool end) {
  const std::size_t start = at_ + (end ? 2 : 1);
  const std::size_t name_end = end_of_name(page_, start);
  token = {.kind = end ? Token::Kind::end : Token::Kind::start,
           .tag = tag_named(page_.substr(start, name_end - start)),
           .name = page_.substr(start, name_end - start)};
  const std::size_t behind = end_of_tag(name_end, token.closed);
  token.attributes = page_.substr(name_end, behind - name_end);
  at_ = std::min(behind + 1, page_.size());
  if (!end && has_raw_content(token)) {
    content_of_ = token.tag;
  }
  return true;
}

bool Tokens::has_raw_content(const Token& token) const noexcept {
  return is(token.tag, static_cast<Trait>(kRaw | kCharacters)) && !(xml_ && token.closed) &&
         !(twins_ && is(token.tag, kTwin));
}

/// A comment, a doctype, or a section of CDATA, which outside of foreign elements is a comment.
void Tokens::pass_declaration(Token& token) {
  constexpr std::string_view kData = "<![CDATA[";
  if (xml_ && page_.substr(at_).starts_with(kData)) {
    const std::size_t start = at_ + kData.size();
    const std::size_t end = find(data_, start);
    const std::size_t stop = std::min(end, page_.size());
    token = {.kind = Token::Kind::text, .text = page_.substr(start, stop - start), .raw = true};
    at_ = std::min(stop + data_.text.size(), page_.size());
    return;
  }
  if (page_.substr(at_, 4) != "<!--") {
    pass_to('>');
    return;
  }
  const std::string_view behind = page_.substr(at_ + 4);
  if (behind.starts_with('>') || behind.starts_with("->")) {
    pass_to('>');
    return;
  }
  const std::size_t close = find(comment_, at_ + 4);
  if (close == std::string_view::npos) {
    pass_to('>');
  } else {
    at_ = close + comment_.text.size();
  }
}

/// Behind the next `end`, or to the end of the page.
void Tokens::pass_to(char end) {
  const std::size_t found = page_.find(end, at_ + 1);
  at_ = found == std::string_view::npos ? page_.size() : found + 1;
}

/// Where the > of a tag stands, or the page ends; from behind its name on.
std::size_t Tokens::end_of_tag(std::size_t at, bool& closed) {
  closed = false;
  for (;;) {
    at = pass_space(page_, at);
    if (at >= page_.size() || page_[at] == '>') {
      return std::min(at, page_.size());
    }
    closed = page_[at] == '/';
    if (closed) {
      ++at;
      continue;
    }
    at = pass_space(page_, end_of_attribute(page_, at));
    if (at >= page_.size() || page_[at] != '=') {
      continue;
    }
    at = pass_space(page_, at + 1);
    const char quote = at < page_.size() ? page_[at] : '\0';
    if (quote == '"' || quote == '\'') {
      Closer& closer = quote == '"' ? double_quote_ : single_quote_;
      const std::size_t close = find(closer, at + 1);
      at =
          close == std::string_view::npos ? std::min(page_.find('>', at), page_.size()) : close + 1;
      continue;
    }
    while (at < page_.size() && !is_space(page_[at]) && page_[at] != '>') {
      ++at;
    }
  }
}

/// Where there is none it is not looked for again: else a page of openings would be read as often
/// as it has any.
std::size_t Tokens::find(Closer& closer, std::size_t from) {
  if (closer.none_left) {
    return std::string_view::npos;
  }
  const std::size_t found = page_.find(closer.text, from);
  closer.none_left = found == std::string_view::npos;
  return found;
}

/// What stands in an element of the raw kind; its end tag is the next token. False if it is empty.
bool Tokens::take_content(Token& token) {
  const std::size_t end = end_of_content();
  token = {.kind = Token::Kind::text,
           .tag = content_of_,
           .text = page_.substr(at_, end - at_),
           .raw = is(content_of_, kRaw)};
  at_ = end;
  content_of_ = Tag::unknown;
  return !token.text.empty();
}

/// Where its end tag starts. A title without one ends with the next tag: the rest is the page's.
std::size_t Tokens::end_of_content() {
  const std::string_view name = element_of(content_of_).name;
  const auto index = static_cast<std::size_t>(content_of_);
  for (std::size_t at = at_; !unclosed_[index]; at += 2) {
    at = page_.find("</", at);
    if (at == std::string_view::npos) {
      break;
    }
    const std::string_view rest = page_.substr(at + 2);
    const bool same = rest.size() > name.size() &&
                      std::equal(name.begin(), name.end(), rest.begin(),
                                 [](char small, char c) { return small == text::lower(c); });
    if (same && ends_name(rest[name.size()])) {
      return at;
    }
  }
  unclosed_.set(index);
  return is(content_of_, kCharacters) ? std::min(page_.find('<', at_), page_.size()) : page_.size();
}

}  // namespace dedup::markup
