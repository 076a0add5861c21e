// SPDX-License-Identifier: Apache-2.0
// Compiled for AVX2, so nothing is called here that the linker might share with code for other
// processors: all functions have internal linkage, and tables are made by the compiler.
#include "numbers/kernels.h"

#if defined(__AVX2__)

#include <immintrin.h>

namespace dedup::numbers {
namespace {

// -- shingles -------------------------------------------------------------------------------------
// Eight windows side by side. Numbers of 64 bits come as two halves, since only halves can be
// multiplied, and by fours: those of even windows, then those of odd ones.

constexpr std::size_t kWindows = 8;
constexpr int kHalf = 32;

/// Four numbers, each half in the low bits of a lane; what is above counts for nothing.
struct Halves {
  __m256i low;
  __m256i high;
};

inline __m256i all(std::uint64_t number) noexcept {
  return _mm256_set1_epi64x(static_cast<long long>(number));
}

inline Halves halves(__m256i numbers) noexcept {
  return {numbers, _mm256_srli_epi64(numbers, kHalf)};
}

inline Halves odd(const Halves& eight) noexcept {
  return {_mm256_srli_epi64(eight.low, kHalf), _mm256_srli_epi64(eight.high, kHalf)};
}

/// As multiply_and_fold(). No sum overflows: a product of halves leaves room for two more halves.
inline __m256i multiply_and_fold_four(const Halves& a, const Halves& b) noexcept {
  constexpr int kHighHalves = 0b10101010;
  const __m256i low = _mm256_mul_epu32(a.low, b.low);
  const __m256i once = _mm256_add_epi64(_mm256_mul_epu32(a.high, b.low),  //
                                        _mm256_srli_epi64(low, kHalf));
  const __m256i twice = _mm256_add_epi64(_mm256_mul_epu32(a.low, b.high),
                                         _mm256_blend_epi32(once, _mm256_setzero_si256(),  //
                                                            kHighHalves));
  const __m256i lower = _mm256_blend_epi32(low, _mm256_slli_epi64(twice, kHalf), kHighHalves);
  const __m256i upper = _mm256_add_epi64(
      _mm256_add_epi64(_mm256_mul_epu32(a.high, b.high), _mm256_srli_epi64(once, kHalf)),
      _mm256_srli_epi64(twice, kHalf));
  return _mm256_xor_si256(lower, upper);
}

inline __m256i hash_four(const Halves& older, const Halves& newer) noexcept {
  const __m256i once = multiply_and_fold_four(older, newer);
  return multiply_and_fold_four(halves(_mm256_xor_si256(once, all(shingle_keys::kOnce))),
                                halves(all(shingle_keys::kFactor)));
}

/// The units that stand so far behind the first of each window.
inline __m256i units_at(const char16_t* units) noexcept {
  __m128i eight;
  __builtin_memcpy(&eight, units, sizeof eight);
  return _mm256_cvtepu16_epi32(eight);
}

/// A half of each of eight keys.
inline __m256i key_half(std::uint64_t key, int shift) noexcept {
  return _mm256_set1_epi32(static_cast<int>(static_cast<std::uint32_t>(key >> shift)));
}

/// Two characters of 21 bits each and, of older, a third, as Shingler packs them: a unit of 16 bits
/// that begins at bit 21 reaches 5 bits into the upper half.
inline Halves pack(__m256i first, __m256i second, std::uint64_t key) noexcept {
  return {first ^ _mm256_slli_epi32(second, 21) ^ key_half(key, 0),
          _mm256_srli_epi32(second, 11) ^ key_half(key, kHalf)};
}

inline void store_four(std::uint64_t* to, __m256i first, __m256i second) noexcept {
  const __m256i pairs = _mm256_permute2x128_si256(first, second, 0x20);
  __builtin_memcpy(to, &pairs, sizeof pairs);
  const __m256i behind = _mm256_permute2x128_si256(first, second, 0x31);
  __builtin_memcpy(to + 4, &behind, sizeof behind);
}

inline void hash_eight(const char16_t* units, std::uint64_t* hashes) noexcept {
  Halves older = pack(units_at(units), units_at(units + 1), shingle_keys::kOlder);
  older.high ^= _mm256_slli_epi32(units_at(units + 2), 10);
  const Halves newer = pack(units_at(units + 3), units_at(units + 4), shingle_keys::kNewer);
  const __m256i evens = hash_four(older, newer);
  const __m256i odds = hash_four(odd(older), odd(newer));
  store_four(hashes, _mm256_unpacklo_epi64(evens, odds), _mm256_unpackhi_epi64(evens, odds));
}

/// The last eight may be hashed twice. Of fewer the units are not there to be read, so they are
/// copied to where they are.
void hash_eightly(const char16_t* units, std::size_t count, std::uint64_t* hashes) noexcept {
  if (count < kWindows) {
    char16_t padded[kWindows + kShingleLength - 1] = {};
    std::uint64_t all_hashes[kWindows];
    __builtin_memcpy(padded, units, (count + kShingleLength - 1) * sizeof *units);
    hash_eight(padded, all_hashes);
    __builtin_memcpy(hashes, all_hashes, count * sizeof *hashes);
    return;
  }
  for (std::size_t at = 0; at + kWindows <= count; at += kWindows) {
    hash_eight(units + at, hashes + at);
  }
  if (count % kWindows != 0) {
    hash_eight(units + count - kWindows, hashes + count - kWindows);
  }
}

// -- donors ---------------------------------------------------------------------------------------
// A bit for each bin says whether it is full. An attempt asks for 32 bins at once whether the bit
// of their donor is set: its byte is looked up, then tested.

constexpr std::size_t kBins = 32;  // at once
constexpr std::size_t kParts = (kComponents + kBins - 1) / kBins;

struct Attempt {
  alignas(kBins) std::uint8_t donor[kParts * kBins];
  alignas(kBins) std::uint8_t byte[kParts * kBins];
  alignas(kBins) std::uint8_t bit[kParts * kBins];
};

/// First each bin itself. What is behind the last asks nobody.
constexpr Attempt attempt_at(std::size_t number) {
  Attempt attempt{};
  for (std::size_t bin = 0; bin < kParts * kBins; ++bin) {
    const std::size_t donor = bin >= kComponents ? 0
                              : number == 0      ? bin
                                                 : kTabledDonors[number - 1][bin];
    attempt.donor[bin] = static_cast<std::uint8_t>(donor);
    attempt.byte[bin] = static_cast<std::uint8_t>(donor / 8);
    attempt.bit[bin] = static_cast<std::uint8_t>(1U << donor % 8);
  }
  return attempt;
}

struct Attempts {
  Attempt of[1 + kTabledAttempts];
  alignas(kBins) std::uint8_t asking[kParts * kBins];  // all ones where there is a bin
};
constexpr Attempts kAttempts = [] {
  Attempts attempts{};
  for (std::size_t bin = 0; bin < kComponents; ++bin) {
    attempts.asking[bin] = 0xFF;
  }
  for (std::size_t number = 0; number <= kTabledAttempts; ++number) {
    attempts.of[number] = attempt_at(number);
  }
  return attempts;
}();

inline __m256i load(const void* from) noexcept {
  __m256i bytes;
  __builtin_memcpy(&bytes, from, sizeof bytes);
  return bytes;
}

/// A bit for each bin, in both halves.
inline __m256i full_bins(const std::uint32_t* components) noexcept {
  constexpr std::size_t kOnce = 8;
  alignas(16) std::uint8_t bits[16] = {};
  for (std::size_t i = 0; i < kComponents / kOnce; ++i) {
    const __m256i empty = _mm256_cmpeq_epi32(load(components + i * kOnce), _mm256_set1_epi32(-1));
    bits[i] = static_cast<std::uint8_t>(~_mm256_movemask_ps(_mm256_castsi256_ps(empty)));
  }
  for (std::size_t bin = kComponents / kOnce * kOnce; bin < kComponents; ++bin) {
    const unsigned full = components[bin] != kEmptyBin ? 1U : 0U;
    bits[bin / 8] = static_cast<std::uint8_t>(bits[bin / 8] | full << bin % 8);
  }
  return _mm256_broadcastsi128_si256(*reinterpret_cast<const __m128i*>(bits));
}

/// While a bin asks it takes whatever it is offered; what it took last stays, which was full.
bool find_donors_widely(const std::uint32_t* components, std::uint8_t* donors) noexcept {
  const __m256i full = full_bins(components);
  __m256i asking[kParts];
  __m256i chosen[kParts];
  for (std::size_t part = 0; part < kParts; ++part) {
    asking[part] = load(kAttempts.asking + part * kBins);
    chosen[part] = _mm256_setzero_si256();
  }
  bool any = true;
  for (std::size_t number = 0; any && number <= kTabledAttempts; ++number) {
    const Attempt& attempt = kAttempts.of[number];
    __m256i left = _mm256_setzero_si256();
    for (std::size_t part = 0; part < kParts; ++part) {
      const std::size_t at = part * kBins;
      const __m256i bytes = _mm256_shuffle_epi8(full, load(attempt.byte + at));
      const __m256i misses = _mm256_cmpeq_epi8(_mm256_and_si256(bytes, load(attempt.bit + at)),
                                               _mm256_setzero_si256());
      chosen[part] = _mm256_blendv_epi8(chosen[part], load(attempt.donor + at), asking[part]);
      asking[part] = _mm256_and_si256(asking[part], misses);
      left = _mm256_or_si256(left, asking[part]);
    }
    any = _mm256_testz_si256(left, left) == 0;
  }
  std::uint8_t all_chosen[kParts * kBins];
  __builtin_memcpy(all_chosen, chosen, sizeof all_chosen);
  __builtin_memcpy(donors, all_chosen, kComponents);
  return !any;
}

constexpr Kernels kWidely{hash_eightly, find_donors_widely};

}  // namespace

const Kernels* wide_kernels() noexcept {
  return __builtin_cpu_supports("avx2") ? &kWidely : nullptr;
}

}  // namespace dedup::numbers

#else

namespace dedup::numbers {

const Kernels* wide_kernels() noexcept { return nullptr; }

}  // namespace dedup::numbers

#endif
