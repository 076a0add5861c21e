// SPDX-License-Identifier: Apache-2.0
#include "readers/record_lines.h"

#include <algorithm>

namespace dedup::tool {
namespace {

/// Writes a line of several values, whose clean text comes in pieces cut anywhere between two
/// characters.
class LongLineWriter {
 public:
  LongLineWriter(const LongRecord& record, const Division& division, const Take& take)
      : record_(record), division_(division), take_(take), left_(division.clean(0)) {
    begin_value();
  }

  void add(std::string_view piece) {
    while (!piece.empty()) {
      while (left_ == 0) next_value();
      const std::string_view own = piece.substr(0, std::min<std::uint64_t>(left_, piece.size()));
      if (division_.edited(value_)) take_(record_.escaped(value_, own));
      left_ -= own.size();
      piece.remove_prefix(own.size());
    }
  }

  void finish() {
    while (value_ + 1 < division_.size()) next_value();
    record_.before(division_.size(), take_);
  }

 private:
  /// What was not edited stays as it is written.
  void begin_value() {
    record_.before(value_, take_);
    if (!division_.edited(value_)) record_.written(value_, take_);
  }

  void next_value() {
    left_ = division_.clean(++value_);
    begin_value();
  }

  const LongRecord& record_;
  const Division& division_;
  const Take& take_;
  std::size_t value_ = 0;
  std::uint64_t left_;  // of its clean text
};

}  // namespace

void LongLine::with_texts(const HeldText& text, const Division& division, const Take& take) const {
  LongLineWriter writer(record_, division, take);
  text.each([&](std::string_view piece) { writer.add(piece); });
  writer.finish();
}

}  // namespace dedup::tool
