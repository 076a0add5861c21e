// SPDX-License-Identifier: Apache-2.0
#include "writers/made_line.h"

#include "bytes/json_text.h"
#include "bytes/paths.h"

namespace dedup::tool {
namespace {

constexpr std::string_view kTail = "\"}";

std::string member(const char* key, const std::string& value) {
  return '"' + std::string(key) + "\":" + json_string(value) + ',';
}

/// What stands between the quotes of a string.
std::string escaped(std::string_view text) {
  std::string quoted = json_string(text);
  quoted.pop_back();
  return quoted.erase(0, 1);
}

}  // namespace

MadeLine::MadeLine(const Document& document)
    : RecordLine("\n"), title_(member("title", document.title) + "\"text\":\"") {
  head_ = '{';
  head_ += document.in_record ? member("url", document.url) + member("date", document.date)
                              : member("name", shown(document.name));
  has_url_ = document.in_record;
}

/// The address under which an archive has it is the better one.
void MadeLine::set_facts(const PageFacts& facts) {
  const auto add = [this](const char* key, const std::string& value) {
    if (!value.empty()) head_ += member(key, value);
  };
  if (!has_url_) add("url", facts.url);
  add("published", facts.date);
  add("author", facts.author);
  add("site", facts.site);
  add("language", facts.language);
  title_ = member("title", facts.title) + "\"text\":\"";
}

void MadeLine::line(const Take& take) const {
  take(head_);
  take(title_);
  take(kTail);
}

void MadeLine::with_text(const HeldText& text, const Take& take) const {
  take(head_);
  take(title_);
  text.each([&](std::string_view piece) { take(escaped(piece)); });
  take(kTail);
}

}  // namespace dedup::tool
