// SPDX-License-Identifier: Apache-2.0
// Run borders: where a stretch of blocks that another document has, too, may begin and end. Rule 4
// finds three in a row wherever they stand, also across the end of one section and into the next;
// what is left must be text all the same. In documents of sections, lists and code a stretch is
// looked at piece by piece:
//
//   ## 准备        new    ┐
//   安装运行库。   new    ┘
//   重启机器。     copy     the rest of a section that stays: stays
//   ## 调试        copy   ┐
//   按 F5。        copy   ┘ a section, whole: may go
//   ## 发布        copy   ┐
//   选择目标。     copy   ┘ stays, since the section goes on with what is new
//   新的一段。     new
//
// Whole sections go if they are many or long, or at an end of the document, where a site says what
// it says on each page; a short one amid others belongs to them. A piece of many words is a copy of
// a longer text, whatever its ends, and so is a stretch that the document has itself, sooner: an
// article that was appended to it. Running prose has no such borders. Everywhere three blocks are
// the least that a run has left, and a history stays below what stays.
//
// Between rules 3 and 4, whose verdicts are known here, and sections.h.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "cleaner/stable_queue.h"
#include "cleaner/verdict.h"

namespace dedup::cleaner {

/// Call order: (begin_document judge*)*. One thread.
class RunBorders {
 public:
  void begin_document() { *this = {}; }

  /// Looks at blocks up to `end`, whose verdicts by rules 3 and 4 are final; `open` begins with the
  /// block of number `front`. Gives blocks back to sections of which only a part would go.
  /// `at_end`: no block follows.
  void judge(StableQueue<Judged>& open, BlockNumber front, BlockNumber end, bool at_end);

  /// Whether a verdict may still change.
  [[nodiscard]] bool waits() const noexcept { return !whole_.empty() || !piece_.empty(); }
  /// The earliest block whose verdict may still change, or kNoBlock.
  [[nodiscard]] BlockNumber undecided() const noexcept {
    return !whole_.empty() ? whole_.front() : !piece_.empty() ? piece_.front() : kNoBlock;
  }

 private:
  /// What is known of some blocks in a row that go.
  struct Row {
    std::uint64_t weight = 0;
    bool structured = false;  ///< it holds more than plain prose
    bool in_run = false;      ///< it holds what rule 4 found
    bool foreign = false;     ///< and found in another document
    bool headed = false;      ///< it begins with its heading
    bool below = false;       ///< it begins right below a heading that stays
    bool first = false;       ///< it begins with the document
    bool cut = false;         ///< what follows it in the copy stays

    void add(const Judged& judged) noexcept;
  };

  void look(StableQueue<Judged>& open, BlockNumber front, BlockNumber number);
  void count(const Block& block, bool removed) noexcept;
  void add(const Judged& judged, BlockNumber number, bool heading);
  void end_piece(StableQueue<Judged>& open, BlockNumber front, bool at_border);
  void end_stretch(StableQueue<Judged>& open, BlockNumber front, bool at_end);
  void accept();
  [[nodiscard]] bool goes(bool at_border) const noexcept;
  [[nodiscard]] bool has_sections() const noexcept;

  BlockNumber next_ = 0;            // to be looked at
  std::vector<BlockNumber> piece_;  // of the stretch at hand, up to the next border
  std::vector<BlockNumber> whole_;  // what went before it, while the stretch may still be too short
  std::uint64_t start_ = 0;         // of the first that waits, in bytes of the document
  Row row_;                         // of the piece
  Row stretch_;                     // of all pieces that may go
  std::size_t accepted_ = 0;        // blocks of those
  std::uint64_t before_ = 0;        // the weight of stretches shortly before it
  std::size_t gap_ = 0;             // blocks that stay since then
  bool heavy_ = false;              // the piece is too heavy to wait for its end
  std::size_t blocks_ = 0;          // of the document, so far
  std::size_t structured_ = 0;      // those that are no plain prose
  std::size_t headings_ = 0;
  bool after_heading_ = false;  // the block before stays, and is a heading
  bool after_kept_ = false;     // the block before stays
};

}  // namespace dedup::cleaner
