// SPDX-License-Identifier: Apache-2.0
// Composition in one walk over both lists:
//
//   original   a b c d e f g
//                [c d→x]                  first, in offsets of the original
//   middle     a b x e f g
//                  [x e→y]                second, in offsets of the middle text
//   last       a b y f g
//   result       [c d e→y]                one change where two overlap, else each by itself
//
// Invariant: original_ and middle_ are one place in two texts, the end of the last change of
// `first` that was dealt with; from there to the next one both texts are the same, so one
// difference leads from offsets of the one to those of the other.
#include "text/repair/changes.h"

#include <algorithm>
#include <utility>

namespace dedup::text {
namespace {

/// Merges two lists of changes. There are three texts: the original, which `first` turns into the
/// middle one, which `second` turns into the last. Linear in the sizes of both lists.
class Composer {
 public:
  Composer(const Changes& first, const Changes& second) : first_(first), second_(second) {
    result_.reserve(first.size() + second.size());
  }

  [[nodiscard]] Changes run() {
    while (i_ < first_.size() || j_ < second_.size()) {
      if (first_comes_alone()) {
        result_.push_back(first_[i_]);
        step_over_first();
      } else if (second_comes_alone()) {
        Change change = second_[j_++];
        change.start = original(change.start);
        change.end = original(change.end);
        result_.push_back(std::move(change));
      } else {
        merge_group();
      }
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool first_comes_alone() const {
    return i_ < first_.size() && (j_ == second_.size() || first_end() <= second_[j_].start);
  }

  /// Requires: the next of `first` does not come alone.
  [[nodiscard]] bool second_comes_alone() const {
    return i_ == first_.size() || second_[j_].end <= first_start();
  }

  /// One change out of all that hang together: each reaches into a later one of the other list.
  void merge_group() {
    const std::size_t begin = std::min(first_start(), second_[j_].start);
    const std::size_t original_begin = original(begin);
    const std::size_t own_begin = first_start();
    const std::size_t own_end = first_end();
    const std::size_t j0 = j_;
    std::size_t end = 0;
    std::size_t written = begin;  // up to here the middle text is dealt with
    std::size_t firsts = 0;
    Change merged;
    bool more = true;
    while (more) {
      more = false;
      if (i_ < first_.size() && (firsts == 0 || first_start() < end)) {
        end = std::max(end, first_end());
        write_first(merged.replacement, written, end);
        step_over_first();
        ++firsts;
        more = true;
      } else if (j_ < second_.size() && second_[j_].start < end) {
        write_second(merged.replacement, written, end);
        more = true;
      }
    }
    const bool within =
        firsts == 1 && second_[j0].start >= own_begin && second_[j_ - 1].end <= own_end;
    merged.start = original_begin;
    merged.end = original(end);
    merged.kind = within ? first_[i_ - 1].kind : second_[j0].kind;
    result_.push_back(std::move(merged));
  }

  /// Writes what `second` leaves of the replacement first_[i_], and the spans of `second` that
  /// begin before its end.
  void write_first(std::string& out, std::size_t& written, std::size_t& end) {
    const std::string& replacement = first_[i_].replacement;
    const std::size_t start = first_start();
    const std::size_t stop = first_end();
    written = std::max(written, start);
    while (j_ < second_.size() && second_[j_].start < stop) {
      const std::size_t from = second_[j_].start;
      if (from > written) {
        out.append(replacement, written - start, from - written);
      }
      write_second(out, written, end);
      written = std::max(written, start);
    }
    if (written < stop) {
      out.append(replacement, written - start, stop - written);
      written = stop;
    }
  }

  void write_second(std::string& out, std::size_t& written, std::size_t& end) {
    out += second_[j_].replacement;
    written = std::max(written, second_[j_].end);
    end = std::max(end, second_[j_].end);
    ++j_;
  }

  /// The two places move to its end.
  void step_over_first() {
    const std::size_t stop = first_end();
    original_ = first_[i_].end;
    middle_ = stop;
    ++i_;
  }

  // Where first_[i_] stands in the middle text.
  [[nodiscard]] std::size_t first_start() const { return first_[i_].start - original_ + middle_; }
  [[nodiscard]] std::size_t first_end() const {
    return first_start() + first_[i_].replacement.size();
  }
  [[nodiscard]] std::size_t original(std::size_t middle) const {
    return middle - middle_ + original_;
  }

  const Changes& first_;
  const Changes& second_;
  std::size_t i_ = 0;
  std::size_t j_ = 0;
  // The same place in two texts: the end of the last change of `first` that was dealt with.
  std::size_t original_ = 0;
  std::size_t middle_ = 0;
  Changes result_;
};

}  // namespace

/// Spans are in order, so what is between them is copied once.
std::string apply(std::string_view text, const Changes& changes) {
  std::string result;
  result.reserve(text.size());
  std::size_t at = 0;
  for (const Change& change : changes) {
    result.append(text, at, change.start - at);
    result += change.replacement;
    at = change.end;
  }
  result.append(text, at);
  return result;
}

Changes compose(const Changes& first, const Changes& second) {
  return Composer(first, second).run();
}

void append_deletion(Changes& changes, std::size_t start, std::size_t end, RepairKind kind) {
  if (start == end) {
    return;
  }
  if (!changes.empty()) {
    Change& last = changes.back();
    if (last.end == start && last.start < last.end && last.kind == kind &&
        last.replacement.empty()) {
      last.end = end;
      return;
    }
  }
  changes.push_back({start, end, {}, kind});
}

}  // namespace dedup::text
