// SPDX-License-Identifier: Apache-2.0
// The xxHash wall: 128-bit XXH3 under a secret. With the secret unknown nobody can make two texts
// collide on purpose; with a public seed that takes seconds (see the collision test).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace dedup::hash {

struct Hash128 {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  friend bool operator==(const Hash128&, const Hash128&) = default;
};

/// A keyed hash function. Immutable, safe on any thread.
class Hasher {
 public:
  using Seed = std::array<std::byte, 32>;

  /// The secret of XXH3 is stretched out of the seed, for all input lengths.
  explicit Hasher(const Seed& seed);

  [[nodiscard]] Hash128 operator()(std::span<const std::byte> bytes) const noexcept;

 private:
  alignas(64) std::array<std::byte, 192> secret_;
};

/// The public XXH3-128 of bytes that come in pieces. It tells an accident, not an attack: whoever
/// wants to can make two texts of one value.
class StreamHash {
 public:
  StreamHash();
  ~StreamHash();
  StreamHash(StreamHash&&) noexcept;
  StreamHash& operator=(StreamHash&&) noexcept;

  void add(std::string_view bytes) noexcept;
  /// Of all that was added so far.
  [[nodiscard]] Hash128 value() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The public XXH3-64 of bytes: like StreamHash it tells an accident. Each `seed` gives another.
[[nodiscard]] std::uint64_t checksum(std::span<const std::byte> bytes, std::uint64_t seed) noexcept;

/// A seed from the system's source of randomness.
[[nodiscard]] Hasher::Seed random_seed();

}  // namespace dedup::hash
