// SPDX-License-Identifier: Apache-2.0
// The judge: takes the windows of a document in order, asks the rules about their blocks, layer by
// layer, and passes each block on to the editor as soon as no later block can change its verdict.
//
//   window → 2 documents ─ must wait → held windows, to the document's end
//              │ free
//              ▼
//   blocks of a stretch → 1 boilerplate, found in analysis
//                       → 3, 4 blocks and runs         up to blocks_.open()
//                       → runs keep to whole sections
//                       → sections keep copies that they would be empty without
//                       → 5 near-duplicates            what 1, 3 and 4 left
//                       → sections keep those that they would be empty without
//                       → 6 sentences                  what 5 left; up to sentences_.open()
//                       → editor
//
//   open_    [ passed on … | final: through 5, 6 | through 5 | through 3, 4 | condemned by a run? ]
//                          ^ front                 ^ final_    ^ asked_       ^ blocks_.open()
//
// Invariants: a block is numbered in the order of the document and stays in open_ from the stretch
// it came with until the editor has it; its window stays in windows_ as long as a block in open_ or
// in the editor lies in it. Nothing waits for more than 4 MiB of text that went (verdict.h); mostly
// it is a few blocks, so the last ones of a large window become a small one of their own.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string_view>

#include "cleaner/census.h"
#include "cleaner/editor.h"
#include "cleaner/held.h"
#include "cleaner/rules/blocks.h"
#include "cleaner/rules/documents.h"
#include "cleaner/rules/near.h"
#include "cleaner/rules/near_sections.h"
#include "cleaner/rules/run_borders.h"
#include "cleaner/rules/sections.h"
#include "cleaner/rules/sentences.h"
#include "cleaner/stable_queue.h"
#include "cleaner/verdict.h"
#include "cleaner/window_pool.h"

namespace dedup::cleaner {

/// Call order: (begin add* (end | abandon))*. One thread. All throw SinkFault for what the sink
/// threw, after which abandon() must follow; and what scratch files throw, after which nothing may.
class Judge {
 public:
  /// All references must outlive it. `census` counted the copies where none is to stay; else null.
  /// `alone`: no other Cleaner uses the index; then the budget is the index's, too.
  Judge(const Options& options, const Analyser& analyser, Census* census, memory::Index& index,
        memory::Budget& budget, bool alone, Style& style, Outlet& outlet, WindowPool& pool)
      : options_(options),
        documents_(options, census, index, alone),
        blocks_(options, census, index, budget),
        near_(options, index, budget),
        sentences_(options, index, budget),
        editor_(outlet, index, style),
        held_(analyser, budget),
        pool_(pool) {}

  /// `document`: its number in the index.
  void begin(std::uint64_t document, boilerplate::Host host);
  void add(WindowPointer window);
  void end();

  /// Forgets the document at hand. What was judged of it stays remembered.
  void abandon();

  /// Counts of the document at hand.
  [[nodiscard]] const Stats& stats() const noexcept { return editor_.stats(); }
  /// See Damage::mojibake_line.
  [[nodiscard]] std::uint64_t first_mojibake() const noexcept { return editor_.first_mojibake(); }

 private:
  void judge_held();
  void remove_held(const memory::NearVerdict& verdict);
  void judge_window(WindowPointer window);
  void judge_blocks(const Window& window, std::size_t first, std::size_t end);
  void judge_stretch(const Window& window, std::size_t first, std::size_t end);
  void apply(const Finding& finding);
  void judge_final(BlockNumber limit, bool at_end);
  [[nodiscard]] std::size_t judge_near(std::size_t end, bool at_end);
  void ask_near(std::size_t end);
  void judge_sentences(std::size_t end);
  void cut_sentences(bool at_end);
  void pass_on(BlockNumber limit);
  void release();
  void spend(WindowPointer window);

  [[nodiscard]] Judged& at(BlockNumber number) noexcept {
    return open_[static_cast<std::size_t>(number - front_)];
  }
  /// How many of open_ lie before a block, or all for kNoBlock.
  [[nodiscard]] std::size_t before(BlockNumber limit) const noexcept {
    return limit == kNoBlock ? open_.size() : static_cast<std::size_t>(limit - front_);
  }

  const Options& options_;
  DocumentRepeats documents_;
  BlockRepeats blocks_;
  RunBorders borders_;
  Sections sections_;
  NearRepeats near_;
  NearSections near_sections_;
  SentenceRepeats sentences_;
  Editor editor_;
  HeldWindows held_;                   // of a document that may turn out a repeat
  std::deque<WindowPointer> windows_;  // that blocks of open_ or the editor refer to
  WindowPool& pool_;
  StableQueue<Judged> open_;
  BlockNumber front_ = 0;  // the number of the first in open_
  std::size_t final_ = 0;  // open_ before this went through rules 5 and 6
  std::size_t asked_ = 0;  // and before this rule 5 was asked about it
};

}  // namespace dedup::cleaner
