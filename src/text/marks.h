// SPDX-License-Identifier: Apache-2.0
// Marks: one pass over a text that says of each byte who wants to look closer at it. Lines,
// sentences, repair and damage then go from mark to mark, and nobody reads all of the text again.
//
// Cost of each mark: an eighth of the text in memory; time: see kernels.h.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string_view>

#include "text/kernels.h"

namespace dedup::text {

class Marks {
 public:
  Marks() = default;
  Marks(std::string_view text, std::initializer_list<Mark> wanted) { find(text, wanted); }

  /// The wanted marks of this text instead of those before. Behind its end line feeds are assumed.
  void find(std::string_view text, std::initializer_list<Mark> wanted,
            const Kernels& with = kernels());

  /// Calls look(offset) for each byte of [start, end) that has the mark, in order. Requires: it was
  /// wanted.
  template <class Look>
  void for_each(Mark mark, std::size_t start, std::size_t end, Look look) const {
    if (start >= end) {
      return;
    }
    const std::size_t last = (end - 1) / kMarkBlock;
    std::size_t block = start / kMarkBlock;
    std::uint64_t bits = of(block, mark) & ~std::uint64_t{0} << start % kMarkBlock;
    for (;;) {
      if (block == last) {
        bits &= ~std::uint64_t{0} >> (kMarkBlock - 1 - (end - 1) % kMarkBlock);
      }
      for (; bits != 0; bits &= bits - 1) {
        look(block * kMarkBlock + static_cast<std::size_t>(std::countr_zero(bits)));
      }
      if (block == last) {
        return;
      }
      bits = of(++block, mark);
    }
  }

 private:
  [[nodiscard]] std::uint64_t of(std::size_t block, Mark mark) const noexcept {
    return words_[static_cast<std::size_t>(mark)].words[block];
  }

  /// Memory of which nothing is set before a kernel does.
  struct Words {
    std::unique_ptr<std::uint64_t[]> words;
    std::size_t size = 0;
  };

  std::array<Words, kMarkCount> words_;
};

}  // namespace dedup::text
