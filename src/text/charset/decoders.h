// SPDX-License-Identifier: Apache-2.0
// Decoders of a charset that is known.
#pragma once

#include <memory>

#include "text/charset/names.h"
#include "text/decode.h"

namespace dedup::text {

/// Text in `charset`, which is told as given. A byte order mark of UTF-16 or UTF-32 is left out;
/// that of UTF-8 stays, as it belongs to the bytes.
[[nodiscard]] std::unique_ptr<Decoder> decoder_of(Charset charset);

}  // namespace dedup::text
