// SPDX-License-Identifier: Apache-2.0
#include "report/run_report.h"

#include <utility>

#include "bytes/line_ends.h"
#include "bytes/paths.h"
#include "listeners/places.h"
#include "report/html.h"
#include "report/page.h"

namespace dedup::tool {
namespace {

/// Of "https://user@Example.org:80/a?b" "example.org".
std::string host_of(std::string_view url) {
  url.remove_prefix(url.find("://") + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  url.remove_prefix(url.rfind('@') == url.npos ? 0 : url.rfind('@') + 1);
  if (!url.starts_with('[')) url = url.substr(0, url.find(':'));
  std::string host(url);
  for (char& c : host) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return host;
}

/// The host of its address; of a record without one its file, of a file its directory.
std::string site_of(const Document& document) {
  for (const std::string* const address : {&document.url, &document.name}) {
    if (address->find("://") != address->npos) return shown(host_of(*address));
  }
  if (document.file == "-" || document.file.empty()) return "standard input";
  const std::size_t slash = document.file.rfind('/');
  if (document.in_record || slash == document.file.npos) return shown(document.file);
  return shown(document.file.substr(0, slash + 1));
}

std::string cut(std::string_view text, std::size_t bytes) {
  return std::string(first_bytes(text, bytes));
}

/// The beginning of the copy, or where it holds the text further on, that place.
std::string matching_part(std::string_view copy, std::string_view text) {
  const std::size_t at = copy.find(first_bytes(text, 24));
  if (at == copy.npos || at + text.size() <= kShownText) return cut(copy, kShownText);
  return "\u2026" + cut(copy.substr(at), kShownText);
}

}  // namespace

void RunReport::begin(const Document& document) {
  texts_.begin(document.number);
  site_ = &findings_.site(site_of(document));
  clean_.clear();
  waiting_.clear();
}

void RunReport::kept(const Document&, std::string_view text) {
  texts_.add(text);
  wrote(text);
}

void RunReport::edit(const Document& document, const Edit& edit) {
  RuleFinding& rule = findings_.rule(edit.reason, edit.rule);
  if (edit.reason == Reason::repair) {
    site_->repairs += 1;
  } else {
    site_->removed.items += 1;
    site_->removed.bytes += edit.text.size();
  }
  if (findings_.count(rule, edit.text.size())) {
    auto drawn = sample(document, edit);
    findings_.put(rule, drawn);
    wrote(edit.replacement);
    waiting_.push_back(std::move(drawn));
  } else {
    wrote(edit.replacement);
  }
  texts_.add(edit.text);
}

void RunReport::end(const Document&, const Outcome& outcome) {
  waiting_.clear();
  if (outcome.passed) return;
  site_->documents += 1;
  site_->decoded += outcome.decoded;
}

std::shared_ptr<Sample> RunReport::sample(const Document& document, const Edit& edit) const {
  auto made = std::make_shared<Sample>();
  made->name = cut(shown(document.name), kShownName);
  const Place place{document.file, document.line, document.in_record};
  made->place = cut(document.file.empty() ? std::string() : shown(place, edit.block), kShownName);
  made->site = site_->site;
  made->reason = edit.reason;
  made->rule = cut(edit.rule, kShownName);
  made->before = last_bytes(clean_, kShownContext);
  made->text = cut(edit.text, kShownText);
  made->replacement = cut(edit.replacement, kShownText);
  made->bytes = edit.text.size();
  made->similarity = edit.similarity;
  if (edit.first) made->first = copy(document, edit);
  return made;
}

Copy RunReport::copy(const Document& document, const Edit& edit) const {
  constexpr std::size_t kSearched = std::size_t{1} << 16;
  const Position& first = *edit.first;
  const std::uint64_t count = line_ends(edit.text) + (edit.text.ends_with('\n') ? 0 : 1);
  const std::string_view lines = texts_.lines(first.document, first.block, count, kSearched);
  return {.name = cut(shown(edit.first_name), kShownName),
          .line = first.block,
          .elsewhere = first.document != document.number,
          .text = matching_part(lines, edit.text)};
}

/// Clean text goes behind the samples that wait for it, and is what stands in front of the next.
void RunReport::wrote(std::string_view text) {
  std::erase_if(waiting_, [&](const std::shared_ptr<Sample>& one) {
    one->after += first_bytes(text, kShownContext - one->after.size());
    return one->after.size() + 4 > kShownContext;
  });
  if (text.size() >= kShownContext) {
    clean_ = last_bytes(text, kShownContext);
  } else {
    clean_ += text;
    if (clean_.size() > 16 * kShownContext) clean_ = last_bytes(clean_, kShownContext);
  }
}

void RunReport::write(Target& target, const Totals& totals, const RunFacts& run) const {
  write_page(target, {findings_, totals, run});
}

}  // namespace dedup::tool
