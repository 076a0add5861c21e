// The judge: takes the windows of a document in order, runs the layers of rules over their blocks,
// and passes each block on to the editor as soon as no later block can change its verdict.
//
//   windows → 1 boilerplate → 2 duplicate documents → blocks → 3, 4 repeated blocks and runs
//           → 5 near-duplicates → 6 repeated sentences → editor
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string_view>
#include <vector>

#include "cleaner/census.h"
#include "cleaner/documents.h"
#include "cleaner/editor.h"
#include "cleaner/held.h"
#include "cleaner/repeats.h"
#include "cleaner/stable_queue.h"
#include "cleaner/verdict.h"

namespace dedup::cleaner {

/// Call order: (begin add* end)*. One thread.
class Judge {
 public:
  /// All references must outlive it. `census` counted the copies where none is to stay; else null.
  Judge(const Options& options, const numbers::Fingerprinter& fingerprinter,
        const Analyser& analyser, Census* census, memory::Budget& budget)
      : options_(options),
        documents_(options, fingerprinter, census, budget),
        blocks_(options, fingerprinter, census, budget),
        near_(options, budget),
        sentences_(options, fingerprinter, budget),
        held_(analyser, budget) {}

  void begin(std::uint64_t document, boilerplate::Host host, Sink& sink);
  void add(std::unique_ptr<Window> window);
  void end();

  /// A window that was judged and is not needed any more, to be used again for its memory; or null.
  [[nodiscard]] std::unique_ptr<Window> take_spent() noexcept;

  /// Counts of the document at hand.
  [[nodiscard]] const Stats& stats() const noexcept { return editor_.stats(); }

 private:
  using WindowPointer = std::unique_ptr<Window>;

  void judge_held();
  void remove_held(const memory::NearVerdict& verdict);
  void judge_window(WindowPointer window);
  void end_far_runs(const Judged& judged);
  void judge_block(Judged& judged);
  void judge_final(const Judged* limit);
  void pass_on(const Judged* limit);
  void release();
  void spend(WindowPointer window);

  const Options& options_;
  DocumentRepeats documents_;
  BlockRepeats blocks_;
  NearRepeats near_;
  SentenceRepeats sentences_;
  Editor editor_;
  HeldWindows held_;                   // of a document that may turn out a repeat
  std::deque<WindowPointer> windows_;  // that blocks of open_ or the editor refer to
  std::vector<WindowPointer> spent_;
  StableQueue<Judged> open_;
  std::size_t final_ = 0;  // open_ before this went through rules 5 and 6
};

}  // namespace dedup::cleaner
