// SPDX-License-Identifier: Apache-2.0
// What a dedup_index is.
#pragma once

#include <optional>

#include "c/guard.h"
#include "dedup/index.h"

struct dedup_index {  // NOLINT(readability-identifier-naming): of the C face
  dedup::c::Message message;
  std::optional<dedup::Index> index;  ///< none: it could not be made
};
