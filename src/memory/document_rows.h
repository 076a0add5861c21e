// SPDX-License-Identifier: Apache-2.0
// Documents as dedup::DocumentRow has them, and what an index knows of them.
#pragma once

#include <cstdint>
#include <optional>

#include "dedup/shard.h"
#include "memory/document_index.h"

namespace dedup::memory {

/// Nothing for a document too light to be found or to be a witness.
[[nodiscard]] std::optional<DocumentRow> row_of(const DocumentFacts& facts, std::uint64_t document);

/// Throws InvalidOption where the row is none of row_of()'s.
[[nodiscard]] DocumentFacts facts_of(const DocumentRow& row);

}  // namespace dedup::memory
