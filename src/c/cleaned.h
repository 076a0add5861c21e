// SPDX-License-Identifier: Apache-2.0
// What a dedup_cleaned is.
#pragma once

#include "dedup/cleaned.h"

struct dedup_cleaned {  // NOLINT(readability-identifier-naming): of the C face
  dedup::Cleaned cleaned;
};
