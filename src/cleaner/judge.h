// The judge: takes the windows of a document in order, runs the layers of rules over their blocks,
// and passes each block on to the editor as soon as no later block can change its verdict.
//
//   blocks → 1 boilerplate → 3, 4 repeated blocks and runs → 6 repeated sentences → editor
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string_view>

#include "cleaner/editor.h"
#include "cleaner/repeats.h"
#include "cleaner/verdict.h"

namespace dedup::cleaner {

/// Call order: (begin add* end)*. One thread.
class Judge {
 public:
  Judge(const Options& options, const numbers::Fingerprinter& fingerprinter)
      : options_(options), blocks_(options, fingerprinter), sentences_(options, fingerprinter) {}

  void begin(std::uint64_t document, Sink& sink);
  void add(Window window);
  void end();

  /// Counts of the document at hand.
  [[nodiscard]] const Stats& stats() const noexcept { return editor_.stats(); }

 private:
  void judge_block(Judged& judged);
  void judge_sentences(const Judged* limit);
  void pass_on(const Judged* limit);
  void release();

  const Options& options_;
  BlockRepeats blocks_;
  SentenceRepeats sentences_;
  Editor editor_;
  std::deque<std::unique_ptr<const Window>> windows_;
  std::deque<Judged> open_;       // addresses stay while blocks join and leave at the ends
  std::size_t sentences_at_ = 0;  // open_ before this went through rule 6
};

}  // namespace dedup::cleaner
