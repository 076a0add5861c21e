// SPDX-License-Identifier: Apache-2.0
// The step between: of the keys of all parts the first place of each. The rule is that of
// dedup/shard.h:
//
//   rows of documents   the first of a key stays; the others are removed, and all that they hold
//                       counts as not seen there
//   rows of blocks and  of those in documents that stay the first place of each key is told to all
//   of runs             parts behind it that have the key, too
//
// Cost: 80 bytes for each row of a slice, and sorting them.
#pragma once

#include <cstdint>
#include <vector>

#include "shards/first_file.h"
#include "shards/key_file.h"

namespace dedup::tool {

/// Where each of the parts stands, in their order; `removed`: documents that are removed, sorted.
[[nodiscard]] std::vector<PartPlace> places_of(const std::vector<KeyFile>& parts,
                                               const std::vector<std::uint64_t>& removed);

/// `removed`: for Stage::blocks the documents that are removed, sorted; else not used. Throws
/// InputError.
[[nodiscard]] First find_first(const std::vector<KeyFile>& parts, Stage stage, const Slice& slice,
                               std::vector<std::uint64_t> removed);

}  // namespace dedup::tool
