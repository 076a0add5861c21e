// SPDX-License-Identifier: Apache-2.0
// Changes: how one text became another, as the spans that were replaced.
//
//   text       創(chuàng)新&amp;
//   changes    [3, 12) -> ""    [15, 20) -> "&"
//
// Spans come in order and never overlap or touch out of order; an insertion has start == end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/edit.h"

namespace dedup::text {

struct Change {
  std::size_t start = 0;  // bytes in the text before the change
  std::size_t end = 0;
  std::string replacement;
  RepairKind kind = RepairKind::invisible;
  friend bool operator==(const Change&, const Change&) = default;
};
using Changes = std::vector<Change>;

/// The text after the changes.
[[nodiscard]] std::string apply(std::string_view text, const Changes& changes);

/// The changes that do in one step what `first` and then `second` do, in offsets of the text before
/// `first`. A span of `second` that cuts into a replacement of `first` takes that change along.
/// Such a change has the kind of `first` if it lies within that replacement, else the kind of
/// `second`.
[[nodiscard]] Changes compose(const Changes& first, const Changes& second);

/// Appends the deletion of [start, end), joined to a deletion of the same kind that ends at
/// `start`.
void append_deletion(Changes& changes, std::size_t start, std::size_t end, RepairKind kind);

/// Where places of a text lie after the changes, asked for in ascending order; a place inside a
/// replaced span, at its start.
class OffsetsAfter {
 public:
  /// `changes` must outlive it.
  explicit OffsetsAfter(const Changes& changes) : changes_(changes) {}

  std::size_t operator()(std::size_t offset) noexcept {
    for (; next_ < changes_.size() && changes_[next_].start < offset; ++next_) {
      const Change& change = changes_[next_];
      if (change.end > offset) {
        return change.start + grown_;
      }
      grown_ += change.replacement.size() - (change.end - change.start);
    }
    return offset + grown_;
  }

 private:
  const Changes& changes_;
  std::size_t next_ = 0;
  std::size_t grown_ = 0;  // modulo 2^64: may stand for a negative number
};

}  // namespace dedup::text
