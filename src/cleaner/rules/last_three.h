// SPDX-License-Identifier: Apache-2.0
// The last three of a sequence: what rules 4 and 6 look at.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "cleaner/verdict.h"
#include "memory/keys.h"

namespace dedup::cleaner {

/// Something that a run is made of: a block or a sentence, as a value.
struct Link {
  BlockNumber block = 0;
  std::uint32_t sentence = 0;  ///< within its block; 0 for a block
  std::uint32_t weight = 0;
  std::uint64_t line = 0;   ///< of the block
  std::uint64_t start = 0;  ///< of the block, in bytes of the document
  numbers::Fingerprint key;
  std::uint64_t place = 0;  ///< of a sentence: neighbours in one window have neighbouring places
};

class LastThree {
 public:
  /// A new one, to be filled in: it holds what one before it was.
  [[nodiscard]] Link& push() noexcept {
    count_ = count_ < 3 ? count_ + 1 : 3;
    return links_[next_++ % links_.size()];
  }
  void clear() noexcept { count_ = 0; }
  [[nodiscard]] bool full() const noexcept { return count_ == 3; }

  /// The i-th of the three, the oldest being the 0th. Requires: full, or at least 3 - i were
  /// pushed.
  [[nodiscard]] const Link& operator[](std::size_t i) const noexcept {
    return links_[(next_ + 1 + i) % links_.size()];
  }

  /// The earliest block that a run may still begin with; kNoBlock if there is none.
  [[nodiscard]] BlockNumber open() const noexcept {
    return count_ == 0 ? kNoBlock : earliest().block;
  }

  /// What was removed is no part of a run, but lies between its parts, and all of it has to wait
  /// until the run is decided. So a run that would reach as far as `here`, too far, is none.
  void end_if_far(const Window& window, const Block& here, BlockNumber number) noexcept {
    if (count_ != 0 && is_too_far(window, here, number, earliest().start, earliest().block)) {
      clear();
    }
  }

  /// Where the three stand. Requires: full.
  [[nodiscard]] memory::Lines lines() const noexcept {
    const std::uint64_t first = (*this)[0].line;
    return {first, static_cast<std::uint32_t>((*this)[1].line - first),
            static_cast<std::uint32_t>((*this)[2].line - first)};
  }

 private:
  [[nodiscard]] const Link& earliest() const noexcept { return (*this)[count_ == 1 ? 2 : 1]; }

  std::array<Link, 4> links_{};  // a ring, of one more so that its places need no comparison
  std::size_t next_ = 0;
  std::size_t count_ = 0;
};

}  // namespace dedup::cleaner
