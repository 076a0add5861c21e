// SPDX-License-Identifier: Apache-2.0
// The zstd wall.
#pragma once

#include <memory>

#include "walls/coding.h"

namespace dedup::zstd {

/// A frame, or a skippable one, which gives nothing. Its window is what takes memory: 8 MiB at most
/// by default, 2 GiB at most by the format. Throws std::bad_alloc, as all here do.
[[nodiscard]] std::unique_ptr<coding::Decoder> decoder();

/// A frame with a checksum, at the level that the zstd command takes. 5 MiB or so.
[[nodiscard]] std::unique_ptr<coding::Encoder> encoder();

}  // namespace dedup::zstd
