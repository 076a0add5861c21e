// SPDX-License-Identifier: Apache-2.0
// Near-duplicates within a document never empty a section whose heading stays, as exact copies do
// not (sections.h): a bare heading says nothing.
//
//   ## 送电        stays
//   送电前应当…    nearly a paragraph of another section; stays, as nothing else is left
//
// A heading below another is enough for that one. One as long as a paragraph may go itself, and is
// a part of the section above it then.
#pragma once

#include <vector>

#include "cleaner/stable_queue.h"
#include "cleaner/verdict.h"

namespace dedup::cleaner {

/// Call order: (begin_document (wants look?)* end)*. One thread.
class NearSections {
 public:
  void begin_document() { *this = {}; }

  /// Whether the next block is to be looked at: none is that is no heading and below none.
  [[nodiscard]] bool wants(const Block& block) const noexcept {
    return bare_ || !gone_.empty() || is_heading(block);
  }

  /// The next block, of which rule 5 has spoken; `open` begins with the block of number `front`.
  void look(StableQueue<Judged>& open, BlockNumber front, BlockNumber number);

  /// No block follows.
  void end(StableQueue<Judged>& open, BlockNumber front);

  /// The earliest block whose verdict may still change, or kNoBlock.
  [[nodiscard]] BlockNumber undecided() const noexcept {
    return gone_.empty() ? kNoBlock : gone_.front();
  }

 private:
  bool bare_ = false;              // the heading stays, and nothing below it so far
  std::vector<BlockNumber> gone_;  // by rule 5, since then
};

}  // namespace dedup::cleaner
