// SPDX-License-Identifier: Apache-2.0
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
  explicit Straightener(std::string_view line) : line_(line) {}

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
    if (turned_ > 0 && start < end) {
      clusters_.push_back({start, end, levels_.back().backwards});
    }
  }

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
    if (outside && turned_ == 0) {
      append_deletion(changes_, start, end, RepairKind::bidi);
    }
  }

  void open(char32_t c, std::size_t start) {
    const bool backwards = c == kRightToLeftOverride;
    if (backwards && turned_ == 0) {
      span_start_ = start;
    }
    levels_.push_back({backwards, is_isolate(c), clusters_.size()});
    turned_ += backwards ? 1 : 0;
  }

  void pop_direction(std::size_t end) {
    if (overflow_ > 0) {
      --overflow_;
    } else if (!levels_.empty() && !levels_.back().isolate) {
      close(end);
    }
  }

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

  /// Ends the innermost level. `end` is where the text goes on.
  void close(std::size_t end) {
    const Level level = levels_.back();
    levels_.pop_back();
    const bool outer = !levels_.empty() && levels_.back().backwards;
    if (level.backwards != outer) {
      std::reverse(clusters_.begin() + static_cast<std::ptrdiff_t>(level.first), clusters_.end());
    }
    if (level.backwards && --turned_ == 0) {
      changes_.push_back({span_start_, end, shown(), RepairKind::bidi});
      clusters_.clear();
    }
  }

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
  std::vector<Level> levels_;
  std::vector<Cluster> clusters_;  // of the span that is being turned
  std::size_t span_start_ = 0;
  std::size_t turned_ = 0;    // open levels that run backwards
  std::size_t overflow_ = 0;  // controls left out beyond the greatest depth
  Changes changes_;
};

}  // namespace

Changes straighten(std::string_view line) { return Straightener(line).run(); }

}  // namespace dedup::text
