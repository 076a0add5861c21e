// SPDX-License-Identifier: Apache-2.0
// A line, cluster by cluster. Controls open and close levels; while a level runs backwards, the
// clusters are gathered, and at the end of the outermost one they are written as they were shown:
//
//   line        其实 [RLO] 致 导 [PDF] 肥胖
//   levels_           1            0
//   clusters_         致 导 -> 导 致
//   changes_    from [RLO] to behind [PDF]: 导致
//
// A control outside of such a span is a deletion of its own. Clusters, not characters, are turned,
// so that a letter keeps its accents and an emoji its parts.
//
// In a line with right-to-left letters a span is an outermost override, and it is dropped when such
// a letter turns up in it: one in a kaomoji says nothing about the span beside it.
//
// Invariant: turned_ is how many of levels_ run backwards, and clusters_ is empty while it is 0.
// Cost: linear, as a cluster is turned at most once for each level it is in.
#include "text/repair/bidi.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "text/blanks.h"
#include "text/characters.h"
#include "walls/icu.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

constexpr char32_t kPopDirection = 0x202C;
constexpr char32_t kPopIsolate = 0x2069;

bool is_isolate(char32_t c) { return c >= 0x2066 && c <= 0x2068; }

/// Follows the nesting of directions. Among letters that run left to right only the right-to-left
/// override turns anything round; the other controls keep the order within what they enclose.
class Straightener {
 public:
  Straightener(std::string_view line, bool right_to_left)
      : line_(line), right_to_left_(right_to_left) {}

  [[nodiscard]] Changes run() {
    std::size_t start = 0;
    for (const std::size_t end : icu::grapheme_boundaries(line_)) {
      if (end > start) {
        cluster(start, end);
      }
      start = end;
    }
    close_all(line_.size());
    return std::move(changes_);
  }

 private:
  /// Deeper nesting is not followed: it bounds the cost and no honest text has it.
  static constexpr std::size_t kMaxDepth = 8;

  struct Level {
    bool backwards = false;
    bool isolate = false;
    std::size_t first = 0;  // of its clusters
  };
  struct Cluster {
    std::size_t start = 0;
    std::size_t end = 0;
    bool mirrored = false;
  };

  /// The end of an inner line ends all levels before it, as that of the line does. A control opens
  /// a cluster, so a look at the first character tells it; it is nothing to be turned.
  void cluster(std::size_t start, std::size_t end) {
    std::size_t at = start;
    const char32_t c = utf8::next(line_, at);
    if (is_inner_line_end(c)) {
      close_all(start);
    }
    if (is_bidi_control(c)) {
      control(c, start, at);
      start = at;
    }
    if (right_to_left_ && !levels_.empty()) {
      honest_ |= holds_right_to_left(line_.substr(start, end - start));
    }
    if (turned_ > 0 && start < end) {
      clusters_.push_back({start, end, levels_.back().backwards});
    }
  }

  /// Inside of a span a control goes with the span's own change: only one that was in no span
  /// before and opened none needs a deletion.
  void control(char32_t c, std::size_t start, std::size_t end) {
    const bool outside = turned_ == 0;
    if (c == kPopDirection) {
      pop_direction(end);
    } else if (c == kPopIsolate) {
      pop_isolate(end);
    } else if (levels_.size() == kMaxDepth) {
      ++overflow_;
    } else {
      open(c, start);
    }
    if (outside && turned_ == 0 && !right_to_left_) {
      append_deletion(changes_, start, end, RepairKind::bidi);
    }
  }

  void open(char32_t c, std::size_t start) {
    const bool backwards = c == kRightToLeftOverride;
    if (backwards && turned_ == 0) {
      span_start_ = start;
    }
    if (levels_.empty()) {
      honest_ = right_to_left_ && !backwards;
    }
    levels_.push_back({backwards, is_isolate(c), clusters_.size()});
    turned_ += backwards ? 1 : 0;
  }

  /// U+202C does not end an isolate, as in the bidirectional algorithm (UAX #9).
  void pop_direction(std::size_t end) {
    if (overflow_ > 0) {
      --overflow_;
    } else if (!levels_.empty() && !levels_.back().isolate) {
      close(end);
    }
  }

  /// U+2069 ends the isolate and whatever was left open in it; without one it ends nothing.
  void pop_isolate(std::size_t end) {
    const auto is_open = [](const Level& level) { return level.isolate; };
    if (std::any_of(levels_.begin(), levels_.end(), is_open)) {
      overflow_ = 0;
      while (!levels_.back().isolate) {
        close(end);
      }
      close(end);
    } else if (overflow_ > 0) {
      --overflow_;
    }
  }

  void close_all(std::size_t end) {
    overflow_ = 0;
    while (!levels_.empty()) {
      close(end);
    }
  }

  /// Ends the innermost level. `end` is where the text goes on. Turned is what runs the other way
  /// than the level around it: AB embedded left to right in an override becomes BA here, and AB
  /// again when the override ends.
  void close(std::size_t end) {
    const Level level = levels_.back();
    levels_.pop_back();
    const bool outer = !levels_.empty() && levels_.back().backwards;
    if (level.backwards != outer) {
      std::reverse(clusters_.begin() + static_cast<std::ptrdiff_t>(level.first), clusters_.end());
    }
    if (level.backwards && --turned_ == 0) {
      // Honest is what turns such letters, and what is nested in a span that may.
      if (!honest_) {
        changes_.push_back({span_start_, end, shown(), RepairKind::bidi});
      }
      clusters_.clear();
    }
  }

  /// 。（胖肥）致导 -> 导致（肥胖）。: what runs backwards shows its brackets mirrored.
  [[nodiscard]] std::string shown() const {
    std::string text;
    for (const Cluster& cluster : clusters_) {
      if (!cluster.mirrored) {
        text.append(line_, cluster.start, cluster.end - cluster.start);
        continue;
      }
      for (std::size_t at = cluster.start; at < cluster.end;) {
        utf8::append(text, mirrored(utf8::next(line_, at)));
      }
    }
    return text;
  }

  std::string_view line_;
  bool right_to_left_;
  bool honest_ = false;  // the outermost level does what it is for
  std::vector<Level> levels_;
  std::vector<Cluster> clusters_;  // of the span that is being turned
  std::size_t span_start_ = 0;
  std::size_t turned_ = 0;    // open levels that run backwards
  std::size_t overflow_ = 0;  // controls left out beyond the greatest depth
  Changes changes_;
};

}  // namespace

bool holds_right_to_left(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (is_rtl(utf8::next(text, at))) {
      return true;
    }
  }
  return false;
}

Changes straighten(std::string_view line, bool right_to_left) {
  return Straightener(line, right_to_left).run();
}

}  // namespace dedup::text
