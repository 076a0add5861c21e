// SPDX-License-Identifier: Apache-2.0
// The whole library face. See README.md for an example.
#pragma once

#include "dedup/cleaned.h"        // IWYU pragma: export
#include "dedup/cleaner.h"        // IWYU pragma: export
#include "dedup/compression.h"    // IWYU pragma: export
#include "dedup/division.h"       // IWYU pragma: export
#include "dedup/edit.h"           // IWYU pragma: export
#include "dedup/edit_list.h"      // IWYU pragma: export
#include "dedup/encoding.h"       // IWYU pragma: export
#include "dedup/error.h"          // IWYU pragma: export
#include "dedup/fields.h"         // IWYU pragma: export
#include "dedup/index.h"          // IWYU pragma: export
#include "dedup/index_builder.h"  // IWYU pragma: export
#include "dedup/index_file.h"     // IWYU pragma: export
#include "dedup/learn.h"          // IWYU pragma: export
#include "dedup/long_record.h"    // IWYU pragma: export
#include "dedup/options.h"        // IWYU pragma: export
#include "dedup/recognise.h"      // IWYU pragma: export
#include "dedup/record.h"         // IWYU pragma: export
#include "dedup/scratch.h"        // IWYU pragma: export
#include "dedup/shard.h"          // IWYU pragma: export
#include "dedup/sink.h"           // IWYU pragma: export
#include "dedup/stats.h"          // IWYU pragma: export
#include "dedup/structure.h"      // IWYU pragma: export
#include "dedup/version.h"        // IWYU pragma: export
#include "dedup/warc.h"           // IWYU pragma: export
