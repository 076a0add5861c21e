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
  ended,      ///< what was wished is done; what is left of the input stands behind the unit
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
  /// is done it wants more input. Behind `too_large` it goes on if allow() allows what it needs;
  /// behind `ended` and `damaged` nothing follows but restart(). Throws std::bad_alloc.
  virtual Step step(std::string_view in, std::span<char> out) = 0;

  /// Makes it ready for the next unit.
  virtual void restart() = 0;

  /// Bytes of memory that the unit needs; known behind `too_large`.
  [[nodiscard]] virtual std::uint64_t needed() const noexcept { return 0; }

  /// How many it may take from now on, kAllowed at first. False where that will not do.
  virtual bool allow(std::uint64_t /*bytes*/) { return true; }
  static constexpr std::uint64_t kAllowed = std::uint64_t{10} << 20;
};

/// Packs a unit. The result depends on the pieces in which the text comes, and on nothing else.
class Encoder {
 public:
  Encoder() = default;
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;
  virtual ~Encoder() = default;

  enum class Wish {
    take,   ///< give what there is to give
    flush,  ///< give all that was taken, so that a reader can unpack it; at the end: `ended`
    end,    ///< and end the unit; likewise
  };
  /// Likewise. A wish other than `take` is repeated until it is done.
  virtual Step step(std::string_view in, std::span<char> out, Wish wish) = 0;
};

}  // namespace dedup::coding
