// SPDX-License-Identifier: Apache-2.0
// A whole document as a server gave it: perhaps compressed, perhaps a page that nobody calls so.
//
//   Fetched fetched(bytes, content_type);
//   begin(fetched.content_type());
//   for (std::string_view piece; !(piece = fetched.next()).empty();) feed(piece);
//   end();  … fetched.unpacking()
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dedup/compression.h"

namespace dedup::cleaner {

/// Unpacked piece by piece, so that a bomb takes no memory before it is known as one; what is not
/// compressed is one piece, without a copy. Throws nothing but std::bad_alloc.
class Fetched {
 public:
  /// Both must outlive it.
  Fetched(std::string_view bytes, std::string_view content_type);
  Fetched(const Fetched&) = delete;  // views into itself
  Fetched& operator=(const Fetched&) = delete;

  /// As it was given; where that says nothing, HTML by its looks.
  [[nodiscard]] std::string_view content_type() const noexcept { return content_type_; }

  /// The next bytes of the document; empty at its end, and where it cannot be unpacked further.
  [[nodiscard]] std::string_view next();

  /// How the unpacking ended; known behind the last piece.
  [[nodiscard]] Unpacking unpacking() const noexcept { return unpacking_; }

 private:
  void look(std::string_view bytes);
  [[nodiscard]] std::string_view unpacked();

  std::optional<Unpacker> unpacker_;  // while there is something to unpack
  std::string_view packed_;           // what is left to unpack
  std::string gathered_;              // pieces that were looked at
  std::string_view head_;             // the same, or all that is not compressed: not given yet
  std::string_view content_type_;
  std::string html_;  // the content type, where looks tell
  Unpacking unpacking_ = Unpacking::whole;
};

}  // namespace dedup::cleaner
