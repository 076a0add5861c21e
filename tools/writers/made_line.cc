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

MadeLine::MadeLine(const Document& document) : RecordLine("\n") {
  head_ = '{';
  head_ += document.in_record ? member("url", document.url) + member("date", document.date)
                              : member("name", shown(document.name));
  head_ += member("title", document.title) + "\"text\":\"";
}

void MadeLine::line(const Take& take) const {
  take(head_);
  take(kTail);
}

void MadeLine::with_text(const HeldText& text, const Take& take) const {
  take(head_);
  text.each([&](std::string_view piece) { take(escaped(piece)); });
  take(kTail);
}

}  // namespace dedup::tool
