// SPDX-License-Identifier: Apache-2.0
// The counters of --stats.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "dedup/stats.h"
#include "dedup/warc.h"

namespace dedup::tool {

/// The counters of a whole run.
struct Totals {
  Stats stats;
  std::uint64_t passed_lines = 0;   ///< bad JSONL lines written as they came
  std::uint64_t skipped_files = 0;  ///< operands that could not be read
  std::array<std::uint64_t, kWarcSkipCount> skipped_records{};  ///< of archives, by WarcSkip
  std::map<std::string, std::uint64_t> encodings;  ///< documents by the charset they were read in
};

/// The plain counters by their names in JSON.
using Counter = std::pair<std::string_view, std::uint64_t>;
[[nodiscard]] std::array<Counter, 11> counters(const Totals& totals);

/// For people: aligned, without rows of zeros.
[[nodiscard]] std::string table(const Totals& totals);
/// One JSON object on one line; members are only ever added.
[[nodiscard]] std::string json(const Totals& totals);

}  // namespace dedup::tool
