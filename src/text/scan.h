// Scanning: finds the few bytes of a text that deserve a closer look, at the speed of the memory.
//
// A filter says of a byte and the two behind it whether they are such; it is written with the bit
// operators, without branches, so that the compiler turns the loop over a block into vector code.
// Cost: a few operations on each 16 bytes, and the closer look where the filter asks for it.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace dedup::text {

using Byte = unsigned char;

inline constexpr std::size_t kScanBlock = 64;

/// Calls look(offset) for each byte of a block of which filter(byte, next, next but one) is true. The
/// block has two more readable bytes behind it.
template <class Filter, class Look>
inline void scan_block(const Byte* block, std::size_t offset, Filter filter, Look look) {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  std::array<Byte, kScanBlock> flags;
  for (std::size_t i = 0; i < kScanBlock; ++i) {
    flags[i] = filter(block[i], block[i + 1], block[i + 2]) ? 1 : 0;
  }
  for (std::size_t i = 0; i < kScanBlock; i += kWord) {
    std::uint64_t word = 0;
    std::memcpy(&word, flags.data() + i, kWord);
    if constexpr (std::endian::native == std::endian::big) {
      word = __builtin_bswap64(word);
    }
    for (; word != 0; word &= word - 1) {
      look(offset + i + static_cast<std::size_t>(std::countr_zero(word)) / 8);
    }
  }
}

/// Calls look(offset) for each byte of `text` of which the filter is true, in order. Behind the end of
/// the text the filter sees line feeds.
template <class Filter, class Look>
void scan(std::string_view text, Filter filter, Look look) {
  const auto* const bytes = reinterpret_cast<const Byte*>(text.data());
  std::size_t at = 0;
  for (; at + kScanBlock + 2 <= text.size(); at += kScanBlock) {
    scan_block(bytes + at, at, filter, look);
  }
  while (at < text.size()) {
    std::array<Byte, kScanBlock + 2> rest;
    rest.fill('\n');
    std::memcpy(rest.data(), bytes + at, std::min(rest.size(), text.size() - at));
    scan_block(rest.data(), at, filter, [&](std::size_t offset) {
      if (offset < text.size()) {
        look(offset);
      }
    });
    at += kScanBlock;
  }
}

}  // namespace dedup::text
