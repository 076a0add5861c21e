// SPDX-License-Identifier: Apache-2.0
// What all documents of a source share: its damage, told once when the last of them is done.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "dedup/sink.h"
#include "listeners/document.h"
#include "listeners/report.h"

namespace dedup::tool {

/// Call grammar: (begin | end)* close (begin | end)*, where close() may come before the last end().
class Origin {
 public:
  /// `label`: the source as messages call it.
  Origin(std::string label, Warnings& warnings) : label_(std::move(label)), warnings_(warnings) {}

  /// A document of the source was given to the Cleaner.
  void begin() noexcept { open_ += 1; }
  /// The Cleaner is done with one.
  void end(const Document& document, const Damage& damage);
  /// No other document of the source follows.
  void close();

 private:
  void complain_once();

  std::string label_;
  Warnings& warnings_;
  std::uint64_t open_ = 0;
  bool closed_ = false;
  Damage damage_;           // its offset is of the file, or of a record in it
  bool in_record_ = false;  // which of the two
};

}  // namespace dedup::tool
