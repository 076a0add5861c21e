// SPDX-License-Identifier: Apache-2.0
// The liblzma wall: the format .xz.
#pragma once

#include <memory>

#include "walls/coding.h"

namespace dedup::lzma {

/// A stream; the padding behind it is the caller's business. Takes memory for its dictionary: 9 MiB
/// for what xz writes by default, 65 for xz -9, 4 GiB at most. A checksum of a kind that the
/// library does not know counts as damage. Throws std::bad_alloc, as all here do.
[[nodiscard]] std::unique_ptr<coding::Decoder> decoder();

/// A stream with CRC-64, as by xz -2, which takes 17 MiB instead of the 94 of xz -6.
[[nodiscard]] std::unique_ptr<coding::Encoder> encoder();

}  // namespace dedup::lzma
