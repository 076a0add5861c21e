// SPDX-License-Identifier: Apache-2.0
// Groups: lines that mean something only together get a head, which stands for all of them before
// rules 2 to 4. What layer 1 took is no part of it, so heads are made once layer 1 has spoken.
#pragma once

#include <span>
#include <vector>

#include "cleaner/window.h"
#include "numbers/fingerprint.h"

namespace dedup::cleaner {

/// Makes a head and members of blocks that join one another. The head's key stands for the keys of
/// all its lines in order, its weight is their sum; one damaged line leaves it without a key.
/// `scratch` is memory to work in.
void form_group(std::span<Block> blocks, const numbers::Fingerprinter& fingerprinter,
                std::vector<numbers::Fingerprint>& scratch);

}  // namespace dedup::cleaner
