// SPDX-License-Identifier: Apache-2.0
// Questions about single places of a line, asked of many at a time: does it hold a colon, a comma?
// Most lines do not, and are done with it.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace dedup::text {

using Bytes [[gnu::vector_size(16)]] = unsigned char;

/// A byte and the two behind it, at sixteen places.
struct Triples {
  Bytes first, second, third;

  /// Where these three bytes begin.
  [[nodiscard]] Bytes hold(std::string_view character) const noexcept {
    const auto byte = [character](std::size_t i) {
      return static_cast<unsigned char>(character[i]);
    };
    return Bytes((first == byte(0)) & (second == byte(1)) & (third == byte(2)));
  }
  /// Where these two bytes are.
  [[nodiscard]] Bytes hold(char byte, char next) const noexcept {
    return Bytes((first == static_cast<unsigned char>(byte)) &
                 (second == static_cast<unsigned char>(next)));
  }
  /// Where this character of ASCII is.
  [[nodiscard]] Bytes hold(char ascii) const noexcept {
    return Bytes(first == static_cast<unsigned char>(ascii));
  }
};

/// Moved so many places to the front, with zeros behind.
template <int kBy>
[[nodiscard]] inline Bytes moved(Bytes bytes) noexcept {
  return __builtin_shufflevector(bytes, Bytes{}, kBy, kBy + 1, kBy + 2, kBy + 3, kBy + 4, kBy + 5,
                                 kBy + 6, kBy + 7, kBy + 8, kBy + 9, kBy + 10, kBy + 11, kBy + 12,
                                 kBy + 13, kBy + 14, kBy + 15);
}

/// Whether `question`, which takes Triples, holds at any place of `text`. Where a character is cut
/// by the end of `text`, it holds nowhere. Reads nothing beyond the end.
template <class Question>
[[nodiscard]] bool any_lane(std::string_view text, Question question) noexcept {
  constexpr std::size_t kStride = sizeof(Bytes);
  constexpr std::size_t kReach = kStride + 2;
  Bytes found{};
  std::size_t at = 0;
  for (; at + kReach <= text.size(); at += kStride) {
    Triples places;
    const char* const from = text.data() + at;
    std::memcpy(&places.first, from, kStride);
    std::memcpy(&places.second, from + 1, kStride);
    std::memcpy(&places.third, from + 2, kStride);
    found |= question(places);
  }
  if (at + kStride < text.size()) {  // a place more than the last ones are
    Triples places;
    std::memcpy(&places.first, text.data() + at, kStride);
    std::memcpy(&places.second, text.data() + at + 1, kStride);
    places.third = moved<1>(places.second);
    found |= question(places);
  }
  // The last places, some of them once more, with zeros behind them.
  Bytes last{};
  if (text.size() >= kStride) {
    std::memcpy(&last, text.data() + text.size() - kStride, kStride);
  } else {
    std::array<char, kStride> rest{};
    text.copy(rest.data(), text.size());
    std::memcpy(&last, rest.data(), kStride);
  }
  found |= question(Triples{last, moved<1>(last), moved<2>(last)});
  std::array<std::uint64_t, 2> halves;
  std::memcpy(&halves, &found, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

/// The last bytes of a block, as many as `count`: all of them set, those before them clear.
[[nodiscard]] inline Bytes last_lanes(std::size_t count) noexcept {
  static constexpr auto kClearing = [] {
    std::array<unsigned char, 2 * sizeof(Bytes)> mask{};
    std::fill(mask.begin() + sizeof(Bytes), mask.end(), 0xFF);
    return mask;
  }();
  Bytes lanes;
  std::memcpy(&lanes, kClearing.data() + count, sizeof lanes);
  return lanes;
}

/// The first lane that holds, npos if none does.
[[nodiscard]] inline std::size_t first_lane(Bytes found) noexcept {
  std::array<std::uint64_t, 2> halves;
  std::memcpy(&halves, &found, sizeof halves);
  if ((halves[0] | halves[1]) == 0) return std::string_view::npos;
  const std::size_t half = halves[0] != 0 ? 0 : 1;
  const int bits = std::endian::native == std::endian::little ? std::countr_zero(halves[half])
                                                              : std::countl_zero(halves[half]);
  return 8 * half + static_cast<std::size_t>(bits) / 8;
}

/// The first place of `text` from `start` on where `question`, which takes Bytes, holds; npos if it
/// does nowhere. It must not hold for zero.
template <class Question>
[[nodiscard]] std::size_t find_lane(std::string_view text, std::size_t start,
                                    Question question) noexcept {
  constexpr std::size_t kStride = sizeof(Bytes);
  Bytes block{};
  std::size_t at = start;
  for (; at + kStride <= text.size(); at += kStride) {
    std::memcpy(&block, text.data() + at, kStride);
    if (const std::size_t lane = first_lane(question(block)); lane != text.npos) return at + lane;
  }
  if (at >= text.size()) return text.npos;
  if (text.size() >= kStride) {  // the last bytes, of which those that were asked are cleared
    std::memcpy(&block, text.data() + text.size() - kStride, kStride);
    block &= last_lanes(text.size() - at);
    at = text.size() - kStride;
  } else {
    std::array<char, kStride> rest{};
    text.copy(rest.data(), kStride, at);
    std::memcpy(&block, rest.data(), kStride);
  }
  const std::size_t lane = first_lane(question(block));
  return lane == text.npos ? lane : at + lane;
}

/// Gives the bytes of `text` to `take` in blocks, each once; where a block has more lanes, zeros.
template <class Take>
void each_block(std::string_view text, Take take) noexcept {
  constexpr std::size_t kStride = sizeof(Bytes);
  Bytes block{};
  std::size_t at = 0;
  for (; at + kStride <= text.size(); at += kStride) {
    std::memcpy(&block, text.data() + at, kStride);
    take(block);
  }
  const std::size_t rest = text.size() - at;
  if (rest == 0) return;
  if (at > 0) {
    // The last bytes of it once more, of which those that were taken are cleared.
    std::memcpy(&block, text.data() + text.size() - kStride, kStride);
    take(block & last_lanes(rest));
  } else {
    std::array<char, kStride> head{};
    text.copy(head.data(), rest);
    std::memcpy(&block, head.data(), kStride);
    take(block);
  }
}

/// Counts lanes.
class LaneCount {
 public:
  /// Blocks that may be added, so that the sum fits a byte.
  static constexpr std::size_t kMost = 15;

  /// `holds`: all bits set where a lane counts.
  void add(Bytes holds) noexcept { lanes_ -= holds; }

  [[nodiscard]] std::size_t sum() const noexcept {
    std::array<std::uint64_t, 2> halves;
    std::memcpy(&halves, &lanes_, sizeof halves);
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    return (halves[0] + halves[1]) * kOnes >> 56;
  }

 private:
  Bytes lanes_{};
};

}  // namespace dedup::text
