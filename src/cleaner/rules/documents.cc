// SPDX-License-Identifier: Apache-2.0
// What is compared is what layer 1 leaves: pages that differ in their menus only are the same.
//
//   read      a window's blocks into the reader; from kLongestDocument on nothing more
//   judge     at the end: asks and remembers in one step
//
// Invariant: may_repeat_ is false only while no document has been remembered by anybody. Then there
// is nothing to repeat and nothing to wait for, so a single document, in an index
// that is nobody else's, is never held back.
#include "cleaner/rules/documents.h"

#include <utility>

namespace dedup::cleaner {

DocumentRepeats::DocumentRepeats(const Options& options, Census* census, memory::Index& index,
                                 bool alone)
    : enabled_(compares_documents(options)),
      census_(census),
      reader_(index.fingerprinter(), options.documents == Documents::near),
      index_(index),
      may_repeat_(!alone || census != nullptr) {}

void DocumentRepeats::begin_document(std::uint64_t document) {
  document_ = document;
  bytes_ = 0;
}

void DocumentRepeats::read(Window& window) {
  bytes_ += window.stretch.text.size();
  if (!enabled_ || bytes_ > kLongestDocument) {
    return;
  }
  for (const Block& block : window.blocks) {
    if (is_asked(block)) {
      reader_.feed(block.weight, block.keyed ? std::optional(block.key) : std::nullopt);
    }
  }
  if (window.title) {
    reader_.open(*window.title);
  }
  reader_.append(std::move(window.sample));
}

bool DocumentRepeats::must_wait() const noexcept {
  return enabled_ && bytes_ <= kLongestDocument && may_repeat_;
}

/// The reader is finished in any case, since it must be empty for the next document. Under a census
/// the first copy goes, too: it is its own witness.
std::optional<memory::NearVerdict> DocumentRepeats::judge() {
  if (!enabled_) {
    return std::nullopt;
  }
  const memory::DocumentFacts facts = reader_.finish();
  if (bytes_ > kLongestDocument) {
    return std::nullopt;
  }
  if (census_ != nullptr && census_->repeats(facts)) {
    const auto first = index_.find_or_add(facts, document_);
    return first ? first : memory::NearVerdict{{document_, 0}, 1};
  }
  may_repeat_ = true;
  return index_.find_or_add(facts, document_);
}

}  // namespace dedup::cleaner
