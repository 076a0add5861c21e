// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a Record changes its text field and no other byte. The input is one line.
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "dedup/error.h"
#include "dedup/record.h"

namespace {

void require(bool holds, const char* promise) {
  if (!holds) throw std::logic_error(promise);
}

void check(const dedup::Record& record, std::string_view line) {
  // Two lines that differ in the text alone show where the field stands.
  const std::string x = record.with_text("x");
  const std::string y = record.with_text("y");
  require(x.size() == y.size(), "texts of one size make lines of one size");
  std::size_t at = 0;
  while (at < x.size() && x[at] == y[at]) ++at;
  require(at > 0 && x[at - 1] == '"', "the text is a string");
  const std::string_view before = std::string_view(x).substr(0, at);
  const std::string_view after = std::string_view(x).substr(at + 1);
  require(line.size() >= before.size() + after.size(), "the rest of the line stays");
  require(line.starts_with(before) && line.ends_with(after), "the rest of the line stays");

  for (const std::string& text : {record.text(), std::string("\"\\\n\t\x01\x7F 甲𠀀\u2028"),
                                  std::string("\0", 1), std::string()}) {
    const std::string changed = record.with_text(text);
    require(changed.find('\n') == std::string::npos || line.find('\n') != std::string::npos,
            "a record stays one line");
    const dedup::Record again(changed, "text");
    require(again.text() == text, "a text survives being written");
    require(again.name() == record.name(), "the name stays");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  std::optional<dedup::Record> record;
  try {
    record.emplace(line, "text");
  } catch (const dedup::FormatError&) {
    return 0;  // not a record
  }
  check(*record, line);
  return 0;
}
