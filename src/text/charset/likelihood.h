// SPDX-License-Identifier: Apache-2.0
// How likely some bytes are as Chinese text in a charset.
//
//   log P(bytes | charset) = sum over the characters they decode to of log P(character)
//
// All charsets are asked about the same bytes, so the sums compare. A character's probability is
// that of its class, shared evenly within it:
//
//   everyday        about 500 ideographs that make up three quarters of most texts, in both scripts
//   common          the others of GB 2312's level 1, in both scripts
//   other ideographs; rare ones outside the main block
//   marks           ， 。 、 and the like
//   ASCII, other letters and signs, controls, private use, no character
//
// So a reading shows by what it makes of the bytes: GBK read as Big5 is full of rare characters and
// empty of marks, and the other way round. ICU's detector, which is asked nothing here, needs some
// 20 characters; this is sure from about six.
#pragma once

#include <cstddef>
#include <string_view>

#include "text/charset/names.h"

namespace dedup::text {

/// Bytes read in one charset.
struct Reading {
  std::size_t characters = 0;  ///< decoded; in charsets with ASCII without those of ASCII
  std::size_t broken = 0;      ///< sequences that do not decode
  double likelihood = 0;       ///< log, natural
  double gain = 0;             ///< how far above that of random bytes

  /// The share of what is not ASCII that is broken, from 0 to 1.
  [[nodiscard]] double damage() const noexcept {
    const std::size_t all = characters + broken;
    return all == 0 ? 0 : static_cast<double>(broken) / static_cast<double>(all);
  }
  /// Whether there is enough of it, and it is Chinese enough, to believe in it without a label.
  [[nodiscard]] bool convinces() const noexcept;
};

/// Reads `bytes`, which may end within a character unless they are `whole`.
[[nodiscard]] Reading read_as(Charset charset, std::string_view bytes, bool whole);

}  // namespace dedup::text
