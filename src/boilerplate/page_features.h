// SPDX-License-Identifier: Apache-2.0
// What page mode looks at: the shape of a line by itself, and its features
// among its neighbours.
//
//   文学城首页 | 新闻直通车 | 热点论坛              cues, no end mark, among lines of its kind
//   距墨尔本西北约110公里处，是当年发现…。        long, clause marks, an end mark, in the main text
//
// All numbers are whole, so that no verdict depends on a machine's arithmetic.
// A feature is a number of 1/256; most lie between 0 and 1. What each means
// stands beside its weight in page_model.txt. Cost: the first 300 bytes of a
// line and its end, then constant time a line.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "boilerplate/whole_numbers.h"
#include "structure/layout.h"

namespace dedup::boilerplate {

/// The words of page furniture, by class. Immutable once sealed.
class PageCues {
 public:
  enum Class : std::uint8_t {
    kChannel,
    kAction,
    kMeta,
    kBoard,     ///< posts, answers and their floors; for pages of HTML alone
    kComments,  ///< what comments stand under; likewise
  };
  static constexpr std::size_t kClasses = 5;

  /// `cue` is a key of at least two units.
  void add(Class cue_class, std::u16string cue);
  /// To be called after the last add().
  void seal();

  /// How many units of `key` the cues of each class cover, the longest cue at a
  /// place first.
  [[nodiscard]] std::array<std::uint8_t, kClasses> cover(std::u16string_view key) const;

 private:
  struct Cue {
    std::u16string text;
    Class cue_class = kChannel;
  };
  [[nodiscard]] const Cue* find(std::u16string_view rest) const;

  std::vector<Cue> cues_;                      // ordered by text
  std::array<std::uint64_t, 256> openings_{};  // hashed first two units
};

/// The shape of one line. Small, since a window's lines are kept until all are
/// known.
struct PageLine {
  enum Flag : std::uint32_t {
    kEndStop = 1U << 0,    ///< ends as sentences do and headlines do not: 。；
    kEndColon = 1U << 1,   ///< ends in a colon
    kEndDots = 1U << 2,    ///< ends in "..": cut short by a site
    kAddress = 1U << 3,    ///< holds a URL or an e-mail address
    kNumeric = 1U << 6,    ///< digits, their units and marks only: dates, counters
    kKeyless = 1U << 7,    ///< marks only
    kByRule = 1U << 8,     ///< the block rules judged it boilerplate
    kFullDate = 1U << 9,   ///< a date with year, month and day, and nothing else
    kHeadline = 1U << 10,  ///< what the title of the page, its first line, starts with
    kTitleEnd = 1U << 11,  ///< what it ends with: a second title, a summary that says no more
    kTeaser = 1U << 12,    ///< a channel, a bar and a headline: 财经 | 某地发布年度报告
    kDateline = 1U << 13,  ///< names where news come from, and ends in a colon: 某报消息：
    // For page_pieces.h:
    kBare = 1U << 14,     ///< a number of few digits and nothing else
    kMeasure = 1U << 15,  ///< opens with what may follow a number: 月 起 人 ％
    kGoesOn = 1U << 16,   ///< opens with a mark that opens no line: ， 。 ）
    kJoins = 1U << 17,    ///< structure has it in one block with the line before
  };

  std::uint64_t hash = 0;   ///< of the key; 0 for long ones
  std::uint32_t chars = 0;  ///< visible characters, estimated beyond the part looked at
  std::uint16_t looked_at = 0;
  std::uint16_t latin = 0;         ///< of those looked at
  std::uint16_t clause_marks = 0;  ///< of those looked at
  std::uint16_t key_units = 0;
  std::array<std::uint8_t, PageCues::kClasses> cues{};  ///< units of the key they cover
  std::uint16_t number = 0;                             ///< of a bare number
  std::uint16_t digits = 0;                             ///< of those looked at
  std::uint32_t flags = 0;
  structure::Kind kind = structure::Kind::prose;  ///< as structure has it

  [[nodiscard]] bool is(structure::Kind other) const noexcept { return kind == other; }
  [[nodiscard]] bool has(Flag flag) const noexcept { return (flags & flag) != 0; }
};

/// Whether the shape of a line alone shows that it belongs to a page's frame:
/// cues, counters, dates, lone marks, what the block rules found.
[[nodiscard]] bool is_furniture(const PageLine& line) noexcept;

/// The characters of a line of running text, at most 400; none of any other
/// line.
[[nodiscard]] std::uint32_t prose_of(const PageLine& line) noexcept;

/// Whether a line is running text: prose, or a sentence too short for that.
[[nodiscard]] bool is_text(const PageLine& line) noexcept;

/// Whether a line belongs to what a text shows beside its sentences: code, or a table that is no
/// menu.
[[nodiscard]] bool is_exhibit(const PageLine& line) noexcept;

/// The lines of a page: all of one window, in order, blank ones left out.
class PageLines {
 public:
  /// What has more lines is no page: from then on nothing is kept of it, and
  /// lines() is empty.
  static constexpr std::size_t kMost = 50'000;

  /// `cues` must outlive it.
  explicit PageLines(const PageCues& cues) : cues_(&cues) {}

  /// `line` is repaired, valid UTF-8, without its line end; `key` is its matching key, `place` what
  /// structure says of it.
  void add(std::string_view line, std::u16string_view key, const structure::Place& place,
           bool by_rule);

  [[nodiscard]] std::span<const PageLine> lines() const noexcept { return lines_; }

 private:
  void note_title(std::u16string_view key);
  [[nodiscard]] bool is_teaser(std::string_view line, std::u16string_view key) const;

  const PageCues* cues_;
  std::vector<PageLine> lines_;
  std::vector<std::uint64_t> titles_;      // hashes of what the title starts with, ordered
  std::vector<std::uint64_t> title_ends_;  // and of what it ends with
  bool too_many_ = false;
};

inline constexpr std::size_t kPageFeatures = 30;
using PageFeatures = std::array<std::int32_t, kPageFeatures>;

/// The names of the features, as in page_model.txt.
[[nodiscard]] const std::array<std::string_view, kPageFeatures>& page_feature_names() noexcept;

/// The lines of a page among each other.
class PageView {
 public:
  /// `lines` must outlive it.
  explicit PageView(std::span<const PageLine> lines);

  [[nodiscard]] PageFeatures features(std::size_t line) const;

  /// The main text: the stretch of lines whose prose outweighs the short lines
  /// in it by most.
  [[nodiscard]] std::size_t main_first() const noexcept { return main_first_; }
  [[nodiscard]] std::size_t main_last() const noexcept { return main_last_; }  ///< behind it
  [[nodiscard]] std::uint32_t main_prose() const { return prose_.between(main_first_, main_last_); }

 private:
  /// Prefix sums.
  class Sums {
   public:
    explicit Sums(std::size_t lines) { sums_.reserve(lines + 1); }
    void add(std::uint32_t value) { sums_.push_back(sums_.back() + value); }
    [[nodiscard]] std::uint32_t between(std::size_t first, std::size_t last) const {
      return sums_[last] - sums_[first];
    }
    [[nodiscard]] std::uint32_t all() const { return sums_.back(); }

   private:
    std::vector<std::uint32_t> sums_{0};
  };

  void find_distances();
  void find_main();
  [[nodiscard]] std::int32_t share_around(const Sums& sums, std::size_t line,
                                          std::size_t reach) const;
  [[nodiscard]] std::size_t main_distance(std::size_t line) const;

  std::span<const PageLine> lines_;
  Sums prose_;
  Sums short_;
  Sums furniture_;
  std::uint32_t chars_ = 0;
  std::vector<std::uint8_t> to_prose_;  // lines to the nearest prose
  std::size_t main_first_ = 0;
  std::size_t main_last_ = 0;
};

}  // namespace dedup::boilerplate
