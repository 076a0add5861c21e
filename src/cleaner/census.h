// SPDX-License-Identifier: Apache-2.0
// The census: which documents and blocks occur more than once, counted in passes over the whole
// input before it is cleaned. For Keep::none, where all copies go and so the first must be known as
// one.
#pragma once

#include <cstdint>
#include <optional>

#include "cleaner/window.h"
#include "dedup/options.h"
#include "memory/budget.h"
#include "memory/document_index.h"
#include "memory/fingerprint_log.h"
#include "memory/seen_set.h"

namespace dedup::cleaner {

/// Whether rule 2 is on: it compares documents with one another, so not at document scope.
[[nodiscard]] bool compares_documents(const Options& options) noexcept;

/// Call order: ((begin_document read* (end_document | abandon))* next_pass)*, then the questions.
///
/// Documents are counted in a pass of their own, since the blocks of one that goes do not count.
class Census {
 public:
  Census(const Options& options, const numbers::Fingerprinter& fingerprinter,
         memory::Budget& budget);

  /// Passes needed: 0, 1 or 2.
  [[nodiscard]] int passes() const noexcept { return passes_; }
  [[nodiscard]] bool counting() const noexcept { return pass_ < passes_; }

  void begin_document(std::uint64_t document);
  void read(const Window& window);
  void end_document();
  /// Forgets the document at hand.
  void abandon();
  void next_pass() noexcept { ++pass_; }

  [[nodiscard]] bool repeats(const memory::DocumentFacts& facts);
  [[nodiscard]] bool repeats(const Block& block, std::uint64_t document);

 private:
  /// Fingerprints seen, and those seen again.
  struct Tally {
    explicit Tally(memory::Budget& budget) : once(false, budget), again(false, budget) {}

    memory::SeenSet<bool> once;
    memory::SeenSet<bool> again;
    void count(const numbers::Fingerprint& fingerprint) {
      if (once.find_or_insert(fingerprint, true)) {
        again.find_or_insert(fingerprint, true);
      }
    }
  };

  [[nodiscard]] bool counts_documents() const noexcept { return documents_ && pass_ == 0; }
  [[nodiscard]] numbers::Fingerprint identity(const Block& block, std::uint64_t document) const;

  const Options& options_;
  const numbers::Fingerprinter& fingerprinter_;
  bool documents_;
  int passes_;
  int pass_ = 0;
  std::uint64_t document_ = 0;
  memory::DocumentReader reader_;
  memory::FingerprintLog waiting_;  // blocks of a document that may go
  Tally document_tally_;
  Tally block_tally_;
};

}  // namespace dedup::cleaner
