// SPDX-License-Identifier: Apache-2.0
#include "cleaner/census.h"

namespace dedup::cleaner {
namespace {

int passes_of(const Options& options) {
  if (options.keep == Keep::first) {
    return 0;
  }
  return (compares_documents(options) ? 1 : 0) + (options.paragraphs != Paragraphs::off ? 1 : 0);
}

}  // namespace

bool compares_documents(const Options& options) noexcept {
  return options.documents != Documents::off && options.scope != Scope::document;
}

Census::Census(const Options& options, const numbers::Fingerprinter& fingerprinter,
               memory::Budget& budget)
    : options_(options),
      fingerprinter_(fingerprinter),
      documents_(compares_documents(options)),
      passes_(passes_of(options)),
      reader_(fingerprinter, false),
      waiting_(budget),
      document_tally_(budget),
      block_tally_(budget) {}

void Census::begin_document(std::uint64_t document) {
  document_ = document;
  waiting_.clear();
}

void Census::read(const Window& window) {
  for (const Block& block : window.blocks) {
    if (!is_asked(block)) {
      continue;
    }
    reader_.feed(block.weight, block.keyed ? std::optional(block.key) : std::nullopt);
    if (!counts_documents() && block.keyed && block.weight >= options_.min_block) {
      waiting_.push(identity(block, document_));
    }
  }
}

void Census::end_document() {
  const memory::DocumentFacts facts = reader_.finish();
  if (counts_documents()) {
    if (facts.sequence && facts.weight >= memory::DocumentIndex::kLeastWeight) {
      document_tally_.count(*facts.sequence);
    }
  } else if (!repeats(facts)) {
    waiting_.for_each([&](const numbers::Fingerprint& block) { block_tally_.count(block); });
  }
}

void Census::abandon() {
  static_cast<void>(reader_.finish());
  waiting_.clear();
}

bool Census::repeats(const memory::DocumentFacts& facts) {
  return facts.sequence && facts.weight >= memory::DocumentIndex::kLeastWeight &&
         document_tally_.again.contains(*facts.sequence);
}

bool Census::repeats(const Block& block, std::uint64_t document) {
  return block_tally_.again.contains(identity(block, document));
}

/// Heavy blocks count in all documents, the lighter ones in each by itself.
numbers::Fingerprint Census::identity(const Block& block, std::uint64_t document) const {
  const bool across =
      options_.scope != Scope::document && block.weight >= options_.min_block_across;
  return across ? block.key : fingerprinter_.of_run(block.key, {document, 0}, {});
}

}  // namespace dedup::cleaner
