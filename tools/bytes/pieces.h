// SPDX-License-Identifier: Apache-2.0
// What a source is cut into: lines, or values of JSON.
#pragma once

#include <cstdint>
#include <string_view>

namespace dedup::tool {

/// The piece at hand.
class Pieces {
 public:
  virtual ~Pieces() = default;

  /// Where only its head was given: sets `part` to what follows, valid until the next call. False
  /// at its end. To be called until then. Throws InputError.
  virtual bool more(std::string_view& part) = 0;

  /// The line that it begins in, from 1, and the offset of its first byte.
  [[nodiscard]] virtual std::uint64_t number() const noexcept = 0;
  [[nodiscard]] virtual std::uint64_t offset() const noexcept = 0;
};

}  // namespace dedup::tool
