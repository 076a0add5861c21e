// SPDX-License-Identifier: Apache-2.0
// The two kinds of line that a record is held in until its document is judged.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dedup/division.h"
#include "dedup/long_record.h"
#include "dedup/record.h"
#include "listeners/document.h"

namespace dedup::tool {

/// A line in memory.
class ShortLine : public RecordLine {
 public:
  ShortLine(Record record, std::string end)
      : RecordLine(std::move(end)), record_(std::move(record)) {}

  void line(const Take& take) const override { take(record_.line()); }
  void with_text(const HeldText& text, const Take& take) const override {
    std::string whole;
    text.each([&](std::string_view piece) { whole += piece; });
    take(record_.with_text(whole));
  }
  [[nodiscard]] std::vector<std::uint64_t> sizes() const override {
    return record_.values() > 1 ? record_.sizes() : std::vector<std::uint64_t>();
  }
  void with_texts(const HeldText& text, const Division& division, const Take& take) const override {
    std::string whole;
    text.each([&](std::string_view piece) { whole += piece; });
    take(record_.with_texts(division.texts(whole)));
  }

 private:
  Record record_;  // its text was taken out
};

/// A line in scratch space.
class LongLine : public RecordLine {
 public:
  LongLine(LongRecord record, std::string end)
      : RecordLine(std::move(end)), record_(std::move(record)) {}

  [[nodiscard]] const LongRecord& record() const noexcept { return record_; }

  void line(const Take& take) const override { record_.line(take); }
  void with_text(const HeldText& text, const Take& take) const override {
    record_.before_text(take);
    text.each([&](std::string_view piece) { take(record_.escaped(piece)); });
    record_.after_text(take);
  }
  [[nodiscard]] std::vector<std::uint64_t> sizes() const override {
    return record_.values() > 1 ? record_.sizes() : std::vector<std::uint64_t>();
  }
  void with_texts(const HeldText& text, const Division& division, const Take& take) const override;

 private:
  LongRecord record_;
};

}  // namespace dedup::tool
