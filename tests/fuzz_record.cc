// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a Record changes its text fields and no other byte, and a LongRecord is the same
// record. The input is one line.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/error.h"
#include "dedup/fields.h"
#include "dedup/long_record.h"
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

/// A scratch file in memory.
class Space : public dedup::ScratchFile {
 public:
  void append(std::span<const std::byte> bytes) override {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  void read(std::uint64_t offset, std::span<std::byte> bytes) override {
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), bytes.size(), bytes.begin());
  }

 private:
  std::vector<std::byte> bytes_;
};

/// The text of a line that is fed in two parts; nothing where it is no record.
std::optional<std::string> text_in_parts(std::string_view line, const dedup::Fields& fields,
                                         std::size_t cut) {
  dedup::LongRecord record(std::make_unique<Space>(), fields);
  record.feed(line.substr(0, cut));
  record.feed(line.substr(cut));
  std::string text;
  try {
    record.finish();
  } catch (const dedup::FormatError&) {
    return std::nullopt;
  }
  record.text([&](std::string_view piece) { text += piece; });
  return text;
}

void check_values(std::string_view line) {
  const dedup::Fields fields({"text", "/a/*", "/*/0", "/n/*/*"});
  const std::optional<std::string> text = text_in_parts(line, fields, line.size() / 2);
  try {
    const dedup::Record record(line, fields);
    require(text == record.text(), "several values are the same in parts");
    std::vector<std::optional<std::string_view>> texts(record.values());
    require(record.with_texts(texts) == line, "what has no other text stays as it is written");
    for (auto& each : texts) each = "\n新\"";
    const dedup::Record again(record.with_texts(texts), fields);
    require(again.values() == record.values(), "values stay values");
    require(again.broken() == record.broken(), "broken ones stay broken");
    for (const std::uint64_t size : again.sizes()) require(size == 5, "each has its text");
  } catch (const dedup::FormatError&) {
    require(!text.has_value(), "what is no record is none in parts");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  check_values(line);
  std::optional<dedup::Record> record;
  try {
    record.emplace(line, "text");
  } catch (const dedup::FormatError&) {
    // not a record
  }
  const std::optional<std::string> text =
      text_in_parts(line, dedup::Fields({"text"}), line.size() / 2);
  require(text.has_value() == record.has_value(), "what is a record is so in parts, too");
  if (!record) return 0;
  require(*text == record->text(), "its text is the same");
  check(*record, line);
  return 0;
}
