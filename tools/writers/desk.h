// SPDX-License-Identifier: Apache-2.0
// What the writers of a run have in common.
#pragma once

#include "listeners/listener.h"
#include "listeners/statistics.h"

namespace dedup::tool {

/// Whom a writer tells. Each must live as long as the writer.
struct Desk {
  Listener& listener;
  Totals& totals;
  /// The number, in the index, of the first document of the run.
  std::uint64_t first_document = 0;
  /// Of JSONL that goes on in parts: bytes of blank lines that end the file before.
  std::uint64_t blanks_before = 0;
};

}  // namespace dedup::tool
