// SPDX-License-Identifier: Apache-2.0
// The zlib wall: deflate in its three wrappings.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "walls/coding.h"

namespace dedup::zlib {

enum class Form {
  gzip,  ///< RFC 1952: a member, with its checksum
  zlib,  ///< RFC 1950: "deflate" as HTTP means it, with its checksum
  raw,   ///< RFC 1951: bare, "deflate" as some servers send it; no checksum
};

/// Takes 40 KiB or so. Throws std::bad_alloc, as all here do.
[[nodiscard]] std::unique_ptr<coding::Decoder> decoder(Form form);

/// A member of gzip without name and time, so that equal text makes equal files. 260 KiB or so.
[[nodiscard]] std::unique_ptr<coding::Encoder> encoder();

struct Inflated {
  std::string text;     ///< what could be unpacked, in any case
  bool whole = false;   ///< all of it was, and its checksum is right
  bool longer = false;  ///< the limit cut it short; `whole` is false then
};

/// Unpacks what is in memory; of gzip all members. What stands behind the end is passed over.
[[nodiscard]] Inflated inflate(std::string_view bytes, Form form, std::size_t longest);

}  // namespace dedup::zlib
