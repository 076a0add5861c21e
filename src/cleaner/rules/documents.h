// SPDX-License-Identifier: Apache-2.0
// Rule 2: duplicate documents. A document is known only at its end, so the windows of one that may
// turn out a repeat are held back until then.
#pragma once

#include <cstdint>
#include <optional>

#include "cleaner/census.h"
#include "cleaner/window.h"
#include "dedup/options.h"
#include "memory/document_index.h"
#include "memory/index.h"

namespace dedup::cleaner {

/// Call order: (begin_document read* (judge | abandon))*.
class DocumentRepeats {
 public:
  /// `census` counted the copies where none is to stay; else null. All references must outlive it.
  /// `alone`: nobody else uses the index.
  DocumentRepeats(const Options& options, Census* census, memory::Index& index, bool alone);

  void begin_document(std::uint64_t document);

  /// The next window of the document, with the verdicts of layer 1. Takes its sample.
  void read(Window& window);

  /// Whether the document may still turn out a repeat.
  [[nodiscard]] bool must_wait() const noexcept;

  /// The verdict on the document that was read; one that is kept is remembered.
  [[nodiscard]] std::optional<memory::NearVerdict> judge();

  /// Forgets the document at hand.
  void abandon() { static_cast<void>(reader_.finish()); }

 private:
  bool enabled_;
  Census* census_;
  memory::DocumentReader reader_;
  memory::Index& index_;
  std::uint64_t document_ = 0;
  std::uint64_t bytes_ = 0;
  bool may_repeat_;  // there may be a document to repeat
};

}  // namespace dedup::cleaner
