// SPDX-License-Identifier: Apache-2.0
// The step between: of the keys of all parts the first place of each. The rule is that of
// dedup/shard.h:
//
//   rows of documents   the first of a key stays; the others are removed, and all that they hold
//                       counts as not seen there
//   rows of blocks and  of those in documents that stay the first place of each key is told to all
//   of runs             parts behind it that have the key, too
//
// In one step, or in three that many machines do together: documents, settle, blocks. Where
// documents are compared nearly, company comes before: those that share a group with another, which
// alone are then looked at in their order, by one machine.
//
// Cost: 80 bytes for each row of a slice, and sorting them.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "shards/first_file.h"
#include "shards/key_file.h"

namespace dedup::tool {

/// Of parts in their order; for Stage::blocks they are settled. Not documents that are compared
/// nearly, nor all where they are. Throws InputError.
[[nodiscard]] First find_first(const std::vector<KeyFile>& parts, Stage stage, const Slice& slice);

/// Which documents of the parts repeat another one, also nearly, and with Stage::all what
/// find_first() tells of the others. `company`: of each part the documents to look at, sorted; none
/// means all. Cost: see NearDocuments. Throws InputError, and what that throws.
[[nodiscard]] First find_near(const std::vector<KeyFile>& parts, Stage stage,
                              const std::vector<std::vector<std::uint64_t>>& company,
                              NearDocuments near);

/// Writes the keys of a part without its documents and without what those hold that are removed,
/// and each key once: where it is first. So however often one paragraph stands in a corpus, no more
/// rows of it come together than there are parts. `told`: the part, of documents, by `before` more
/// than it counts itself.
void settle(Target& target, const KeyFile& part, const std::vector<KeyRow>& told,
            std::uint64_t before);

/// Of parts that are not settled, in their order: the first place of every key, also of those that
/// stand in one part alone. Documents count through all parts. Throws InputError, and what `take`
/// throws. Cost: as of slices of 2 million rows.
void for_each_first(const std::vector<KeyFile>& parts,
                    const std::function<void(std::span<const KeyRow> rows)>& take);

}  // namespace dedup::tool
