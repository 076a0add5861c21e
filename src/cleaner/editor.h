// SPDX-License-Identifier: Apache-2.0
// The editor: final verdicts to edits. It alone knows how removed blocks, repairs, cut sentences
// and blank lines around a gap become one list of spans in offset order, and hands the text between
// them to the sink in as few pieces as there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cleaner/outlet.h"
#include "cleaner/style.h"
#include "cleaner/verdict.h"
#include "dedup/stats.h"
#include "memory/index.h"

namespace dedup::cleaner {

/// Call order: (begin_document take* end_document)*, with flush() anywhere between. Windows named
/// by the blocks must live until flush() no longer needs them: see oldest().
class Editor {
 public:
  /// All must outlive it.
  Editor(Outlet& outlet, memory::Index& index, Style& style)
      : outlet_(outlet), index_(index), style_(style.is_off() ? nullptr : &style) {}

  void begin_document();

  /// The next block of the document, its verdict final. What of it must wait is moved out.
  void take(Judged& judged);

  /// A whole window of a document that repeats another goes. Not mixed with take().
  void remove_document(const Window& window, const memory::NearVerdict& verdict);

  /// Hands over everything that is decided.
  void flush();

  void end_document();

  /// The window that is still needed: that of the oldest block which waits, or null.
  [[nodiscard]] const Window* oldest() const noexcept {
    return at_.waiting.empty() ? nullptr : at_.waiting.front().window;
  }

  /// Counts what is damaged in the next window, whatever becomes of it.
  void count_damaged(const Window& window) noexcept;

  /// Counts of the document: blocks, removals, repairs, output bytes.
  [[nodiscard]] const Stats& stats() const noexcept { return at_.stats; }
  /// The number of the first of Stats::mojibake_lines; 0 where there is none.
  [[nodiscard]] std::uint64_t first_mojibake() const noexcept { return at_.first_mojibake; }

 private:
  void take_blank(Judged& judged);
  void wait(Judged& judged);
  void settle(bool at_end);
  void settle_blank(const Judged& judged, bool at_end);
  void keep(const Judged& judged);
  void keep_styled(const Judged& judged);
  void keep_changed(const Judged& judged);
  void cut_sentences(const Judged& judged, const text::Changes& styled);
  void remove(const Judged& judged);
  void repair(const Judged& judged, const text::Change& change, std::uint64_t line);
  void emit(const Window& window, std::size_t start, std::size_t end, Edit edit);
  void advance(const Window& window);
  void hand_over(std::size_t end);

  /// What belongs to the document at hand.
  struct State {
    Stats stats;
    std::uint64_t first_mojibake = 0;
    std::vector<Judged> waiting;  // since the last kept block: blank lines, and removed blocks
    bool gap = false;             // a block was removed since the last kept one
    bool kept_before = false;     // the document has a kept block before them
    bool blank_before = false;    // blank lines of this gap are kept already
    bool line_kept = false;       // an earlier piece of the present overlong line is kept
    const Window* window = nullptr;
    std::size_t handed = 0;   // of the window: everything before is with the sink
    std::size_t settled = 0;  // of the window: everything before is decided
  };

  Outlet& outlet_;
  memory::Index& index_;
  Style* style_;  // null: what stays is written as it is
  State at_;
  std::string first_name_;  // scratch
};

}  // namespace dedup::cleaner
