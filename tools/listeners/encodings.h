// SPDX-License-Identifier: Apache-2.0
// Which charsets the documents were read in.
#pragma once

#include <cstdint>
#include <string>

#include "listeners/listener.h"
#include "listeners/statistics.h"

namespace dedup::tool {

/// Counts them, and tells on stderr where one was only guessed.
class Encodings : public Listener {
 public:
  /// `quiet`: nothing is told.
  Encodings(Totals& totals, bool quiet) : totals_(totals), quiet_(quiet) {}

  void end(const Document& document, const Outcome& outcome) override;

 private:
  void tell_guess(const Document& document, const Encoding& encoding);

  Totals& totals_;
  bool quiet_;
  std::uint64_t told_ = 0;
  std::string last_file_;  // of which a guess was told
};

/// For people: "GB18030 (guess, confidence 0.99)".
[[nodiscard]] std::string shown(const Encoding& encoding);

}  // namespace dedup::tool
