// Scanning: finds the few bytes of a text that deserve a closer look, at the speed of the memory.
//
// A filter says of the byte it points to, from it and a few that follow, whether it is such. It is
// written with the bit operators, without branches, so that the compiler turns the loop over a
// block into vector code.
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

/// Calls look(offset) for each byte of a block of which the filter is true. The block has as many
/// more readable bytes behind it as the filter looks ahead.
template <class Filter, class Look>
inline void scan_block(const Byte* block, std::size_t offset, Filter filter, Look look) {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  std::array<Byte, kScanBlock> flags;
  for (std::size_t i = 0; i < kScanBlock; ++i) {
    flags[i] = filter(block + i) ? 1 : 0;
  }
  std::array<std::uint64_t, kScanBlock / kWord> words;
  std::memcpy(words.data(), flags.data(), kScanBlock);
  std::uint64_t any = 0;
  for (const std::uint64_t word : words) {
    any |= word;
  }
  if (any == 0) {
    return;
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::uint64_t word = words[i];
    if constexpr (std::endian::native == std::endian::big) {
      word = __builtin_bswap64(word);
    }
    for (; word != 0; word &= word - 1) {
      look(offset + i * kWord + static_cast<std::size_t>(std::countr_zero(word)) / 8);
    }
  }
}

/// Calls look(offset) for each byte of `text` of which the filter is true, in order. The filter
/// reads `Reach` bytes; behind the end of the text it sees line feeds.
template <std::size_t Reach, class Filter, class Look>
void scan(std::string_view text, Filter filter, Look look) {
  constexpr std::size_t kReadable = kScanBlock + Reach - 1;
  const auto* const bytes = reinterpret_cast<const Byte*>(text.data());
  std::size_t at = 0;
  for (; at + kReadable <= text.size(); at += kScanBlock) {
    scan_block(bytes + at, at, filter, look);
  }
  for (; at < text.size(); at += kScanBlock) {
    std::array<Byte, kReadable> rest;
    rest.fill('\n');
    std::memcpy(rest.data(), bytes + at, std::min(rest.size(), text.size() - at));
    scan_block(rest.data(), at, filter, [&](std::size_t offset) {
      if (offset < text.size()) {
        look(offset);
      }
    });
  }
}

}  // namespace dedup::text
