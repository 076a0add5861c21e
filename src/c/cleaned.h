// SPDX-License-Identifier: Apache-2.0
// What a dedup_cleaned is.
#pragma once

#include "dedup/cleaned.h"

struct dedup_cleaned {
  dedup::Cleaned cleaned;
};
