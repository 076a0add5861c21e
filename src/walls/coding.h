// SPDX-License-Identifier: Apache-2.0
// What the walls to the libraries of compression have in common: a coder that takes bytes and gives
// bytes, in pieces of any size. It knows one unit of its format: a member of gzip, a frame of zstd,
// a stream of xz. That several of them may follow one another is its caller's business.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace dedup::coding {

enum class Outcome {
  going_on,   ///< wants more input, or more room
  ended,      ///< the unit is whole; what is left of the input stands behind it
  damaged,    ///< the input breaks the rules of its format, or its checksum
  too_large,  ///< it needs more memory than it was allowed
};

/// What became of a step.
struct Step {
  Outcome outcome = Outcome::going_on;
  std::size_t taken = 0;  ///< bytes of the input
  std::size_t given = 0;  ///< bytes of the output, sound whatever the outcome
};

/// Unpacks a unit.
class Decoder {
 public:
  Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  virtual ~Decoder() = default;

  /// Takes from the head of `in` and gives at the head of `out`, which is not empty. Where neither
  /// is done it wants more input. Nothing may follow another outcome than going_on but restart().
  /// Throws std::bad_alloc.
  virtual Step step(std::string_view in, std::span<char> out) = 0;

  /// Makes it ready for the next unit.
  virtual void restart() = 0;
};

/// Packs a unit, with the same bytes for the same input and the same steps.
class Encoder {
 public:
  Encoder() = default;
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;
  virtual ~Encoder() = default;

  enum class Wish {
    take,   ///< give what is to be given
    flush,  ///< give all that was taken, so that a reader can unpack it
    end,    ///< and end the unit
  };
  /// Likewise. For flush and end it is called until it leaves room in `out`, or has ended.
  virtual Step step(std::string_view in, std::span<char> out, Wish wish) = 0;
};

}  // namespace dedup::coding
