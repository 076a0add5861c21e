// SPDX-License-Identifier: Apache-2.0
#include "walls/hash.h"

#include <cstring>
#include <random>

#define XXH_INLINE_ALL  // no symbols to export, no library to link
#include <xxhash.h>

namespace dedup::hash {

// Not XXH3_128bits_withSecretandSeed: up to 240 bytes that one falls back to the public secret.
Hasher::Hasher(const Seed& seed) : secret_() {
  XXH3_generateSecret(secret_.data(), secret_.size(), seed.data(), seed.size());
}

Hash128 Hasher::operator()(std::span<const std::byte> bytes) const noexcept {
  const XXH128_hash_t hash =
      XXH3_128bits_withSecret(bytes.data(), bytes.size(), secret_.data(), secret_.size());
  return {hash.low64, hash.high64};
}

struct StreamHash::State {
  XXH3_state_t xxh;
};

StreamHash::StreamHash() : state_(std::make_unique<State>()) { XXH3_128bits_reset(&state_->xxh); }

StreamHash::~StreamHash() = default;
StreamHash::StreamHash(StreamHash&&) noexcept = default;
StreamHash& StreamHash::operator=(StreamHash&&) noexcept = default;

void StreamHash::add(std::string_view bytes) noexcept {
  XXH3_128bits_update(&state_->xxh, bytes.data(), bytes.size());
}

Hash128 StreamHash::value() const noexcept {
  const XXH128_hash_t hash = XXH3_128bits_digest(&state_->xxh);
  return {hash.low64, hash.high64};
}

std::uint64_t checksum(std::span<const std::byte> bytes, std::uint64_t seed) noexcept {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

Hasher::Seed random_seed() {
  std::random_device source;
  Hasher::Seed seed{};
  for (std::size_t at = 0; at < seed.size(); at += sizeof(std::random_device::result_type)) {
    const auto word = source();
    std::memcpy(seed.data() + at, &word, sizeof word);
  }
  return seed;
}

}  // namespace dedup::hash
