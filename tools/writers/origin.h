// SPDX-License-Identifier: Apache-2.0
// What all documents of a source share: what is found out about it while they are read and judged.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "dedup/encoding.h"
#include "dedup/sink.h"
#include "listeners/document.h"
#include "listeners/report.h"

namespace dedup::tool {

/// What makes it doubtful that clean text may take the place of what it was made of.
struct Doubts {
  std::uint64_t broken = 0;   ///< sequences that did not decode
  std::uint64_t guessed = 0;  ///< documents in a charset that was guessed
};

/// Call grammar: (begin | end | passed)* close end*, where each end() is of a document that begun.
class Origin {
 public:
  /// `label`: the source as messages call it. They are among `all`, too, which must live as long.
  Origin(std::string label, Warnings& all) : label_(std::move(label)), warnings_(all) {}

  [[nodiscard]] const std::string& label() const noexcept { return label_; }
  [[nodiscard]] Warnings& warnings() noexcept { return warnings_; }

  /// A document of the source was given to the Cleaner.
  void begin() noexcept { open_ += 1; }
  /// The Cleaner is done with one.
  void end(const Document& document, const Damage& damage, const Encoding& encoding);
  /// A line that is no document passed, of which so many sequences did not decode.
  void passed(std::uint64_t broken) noexcept { doubts_.broken += broken; }
  /// No other document of the source follows; may be said again.
  void close();

  /// The Cleaner is done with all of it.
  [[nodiscard]] bool done() const noexcept { return closed_ && open_ == 0; }
  [[nodiscard]] const Doubts& doubts() const noexcept { return doubts_; }

 private:
  void add(const Document& document, const Damage& damage);
  void complain_of_length(const Document& document);
  void complain_once();

  std::string label_;
  Warnings warnings_;
  std::uint64_t open_ = 0;
  bool closed_ = false;
  Doubts doubts_;
  Damage damage_;           // its offset is of the file, or of a record in it
  bool in_record_ = false;  // which of the two
};

}  // namespace dedup::tool
