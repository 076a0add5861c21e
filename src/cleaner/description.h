// SPDX-License-Identifier: Apache-2.0
// Description: what near-duplicates of a window's text are found by: a sample of its prose, what
// may be its title, and of each paragraph what rule 5 finds it by.
//
//   strip     of each block in turn, what of it is prose
//   finish    when it is clear what layer 1 leaves
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cleaner/window.h"
#include "numbers/kernels.h"
#include "numbers/sample.h"
#include "text/tags.h"

namespace dedup::cleaner {

/// Whether rule 5 has to do with the block if it is left: removes it, or keeps it as a witness.
[[nodiscard]] bool may_be_near(const Block& block) noexcept;

/// Call grammar: strip* finish. Asks nothing where neither documents nor paragraphs are compared.
class Description {
 private:
  /// The key of what is prose in a block that holds tags or addresses, too.
  struct StrippedKey {
    std::size_t block = 0;
    std::size_t first_unit = 0;  ///< in Bench::keys
    std::size_t unit_count = 0;
    std::uint32_t weight = 0;
  };

 public:
  /// What is kept for the next window, so that nothing is allocated for a block.
  class Bench {
    friend Description;
    std::vector<StrippedKey> stripped_;  // in the order of the blocks
    std::u16string keys_;
    numbers::Sampler sampler_;
  };

  /// `documents`, `blocks`: whether those are compared by resemblance. The others must outlive it.
  Description(bool documents, bool blocks, const numbers::Kernels& kernels, Window& window,
              Bench& bench);

  /// `content` of the newest block of the window.
  void strip(std::string_view content, const Block& block);

  /// Once settle() has been asked, which may let a whole neighbourhood go: fills in Window::sample,
  /// title and near_bands. A document is not sampled beyond what is compared.
  void finish();

 private:
  void sample();
  void add_near_bands();

  bool documents_;
  bool blocks_;
  const numbers::Kernels& kernels_;
  Window& window_;
  std::vector<StrippedKey>& stripped_;
  std::u16string& stripped_keys_;
  numbers::Sampler& sampler_;
  text::TagState tags_;  // behind the last line of mark-up
};

}  // namespace dedup::cleaner
