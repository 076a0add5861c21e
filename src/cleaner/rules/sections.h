// SPDX-License-Identifier: Apache-2.0
// Sections: a heading with what follows, up to the next heading. Copies within a document never
// empty a section whose heading stays: a refrain belongs below its （副歌） each time. And a group
// that stands alone among other neighbours stays, since it says something of them. What announces
// does not go without what it announces, nor the other way round. What repeats as a
// run of three is no part of a section but a copy of a stretch of text, whatever line is above it.
// What stands below a heading of a deeper level belongs to the section above it, too.
//
//   （副歌）          stays: too light to be a copy
//   我要沿着…         a copy of the block below the first （副歌）; stays, as nothing else is left
//
//   乙系统的接口没有校验参数。    no copy
//   状态：未修复                  the record of another system, too; stays
//   等级：高
//
// Between rules 3 and 4, whose verdicts are known here, and 5 and 6.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "cleaner/rules/late_table.h"
#include "cleaner/stable_queue.h"
#include "cleaner/verdict.h"
#include "numbers/fingerprint.h"

namespace dedup::cleaner {

/// Call order: (begin_document judge*)*. One thread. Of a document with more than kMostHeadings the
/// later ones are not remembered.
class Sections {
 public:
  static constexpr std::size_t kMostHeadings = std::size_t{1} << 17;
  /// Characters: the least that is a text, and no part of one.
  static constexpr std::uint64_t kText = 200;

  void begin_document(std::uint64_t document);

  /// Looks at blocks up to `end`, whose verdicts by rules 3 and 4 are final; `open` begins with the
  /// block of number `front`. Gives copies back to sections that they would empty. `at_end`: no
  /// block follows.
  void judge(StableQueue<Judged>& open, BlockNumber front, BlockNumber end, bool at_end);

  /// The earliest block whose verdict may still change, or kNoBlock.
  [[nodiscard]] BlockNumber undecided() const noexcept {
    return std::min({bare_.empty() ? kNoBlock : bare_.front().heading, lone_group_, announcer_});
  }
  /// Whether there is one.
  [[nodiscard]] bool waits() const noexcept {
    return !bare_.empty() || lone_group_ != kNoBlock || announcer_ != kNoBlock;
  }

 private:
  void look(StableQueue<Judged>& open, BlockNumber front, BlockNumber number);
  void pass_by(const Block& block);
  void end_if_far(StableQueue<Judged>& open, BlockNumber front, BlockNumber number);
  bool judge_announced(StableQueue<Judged>& open, BlockNumber front, BlockNumber number,
                       const Judged& judged);
  void decide_group(StableQueue<Judged>& open, BlockNumber front, bool goes_on);
  void end_section();
  void begin_section(const Judged& judged, BlockNumber number);
  void begin_bare(BlockNumber heading);
  void add_content(StableQueue<Judged>& open, BlockNumber front, const Judged& judged,
                   BlockNumber number);
  void remember_first(const Block& block);
  void mark_run(const Verdict& verdict);
  void settle(StableQueue<Judged>& open, BlockNumber front, std::uint8_t level,
              bool goes_on_as_before);
  void fill(StableQueue<Judged>& open, BlockNumber front);

  /// A heading with the block below it, and its line.
  struct Pair {
    std::uint64_t key = 0;
    std::uint64_t line = 0;
  };
  [[nodiscard]] std::optional<Position> known(const std::optional<Pair>& pair);
  [[nodiscard]] bool is_whole_copy() { return whole_ && known(pair_).has_value(); }
  [[nodiscard]] bool is_text_copy() {
    return is_bare_ && !behind_brief_ && weight_ >= kText && known(pair_below_).has_value();
  }

  /// A section whose heading stays, while all below it has gone so far.
  static constexpr std::size_t kLevels = 8;

  struct Bare {
    BlockNumber heading = 0;
    std::uint8_t level = 0;
    std::size_t first_copy = 0;  // of copies_: what comes back if it is to stay
    std::size_t own_copies = 0;  // behind those right below it, once a heading has followed
    bool parted = false;         // one has
    bool in_run = false;         // of what went, rule 4 found some
    bool text = false;           // a copy as long as a text, or all below it was one
    std::optional<Pair> pair;    // with the block below it, once that is known
  };
  void give_back_copies(StableQueue<Judged>& open, BlockNumber front, std::size_t first,
                        std::size_t end);

  LateTable<Pair> pairs_;  // so far: with the first block alone, and with the heading above, too
  std::uint64_t document_ = 0;
  BlockNumber next_ = 0;               // to be looked at
  std::vector<Bare> bare_;             // each of a deeper level than the one before
  std::vector<BlockNumber> copies_;    // below the first of them
  BlockNumber lone_group_ = kNoBlock;  // a copy, behind a block that is none
  bool after_removed_ = false;
  BlockNumber announcer_ = kNoBlock;  // the last block, if it announces and went
  bool after_lead_in_ = false;        // the last block ends in a colon, and stays

  // Of the section at hand:
  numbers::Fingerprint key_;  // of its heading
  std::uint64_t line_ = 0;
  std::uint8_t level_ = 0;
  std::optional<Pair> pair_;
  std::optional<Pair> pair_below_;              // the same with the heading above it
  std::uint64_t weight_ = 0;                    // of what went below it
  std::array<std::uint64_t, kLevels> above_{};  // the last heading of each level, 0 for none
  std::uint64_t directly_above_ = 0;            // a heading with nothing but this below it
  bool behind_brief_ = false;  // its heading is unmarked, and what stands before it may be one, too
  bool after_brief_ = false;   // the last block is such, and stays
  bool first_ = false;         // nothing below the heading was seen yet
  bool whole_ = false;         // it is a procedure that goes, so far
  bool is_bare_ = false;       // it is the last of bare_
};

}  // namespace dedup::cleaner
