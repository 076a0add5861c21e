// SPDX-License-Identifier: Apache-2.0
#include "cleaner/description.h"

#include "cleaner/prose.h"
#include "memory/near_index.h"
#include "numbers/title.h"
#include "text/fold.h"

namespace dedup::cleaner {
namespace {

/// A heading, or a brief line before the text.
bool may_be_title(const Block& block, std::u16string_view key, std::uint32_t weight) noexcept {
  return block.kind != structure::Kind::row && !block.grouped && !block.line.continues &&
         key.size() >= numbers::kShortestTitle && weight <= numbers::kHeaviestTitle;
}

}  // namespace

bool may_be_near(const Block& block) noexcept {
  return is_prose(block) && block.keyed && block.weight >= memory::kLeastWitnessWeight;
}

Description::Description(bool documents, bool blocks, const numbers::Kernels& kernels,
                         Window& window, Bench& bench)
    : documents_(documents),
      blocks_(blocks),
      kernels_(kernels),
      window_(window),
      stripped_(bench.stripped_),
      stripped_keys_(bench.keys_),
      sampler_(bench.sampler_) {
  stripped_.clear();
  stripped_keys_.clear();
}

/// Documents are compared by their prose, so what stands beside tags and addresses gets a key of
/// its own.
void Description::strip(std::string_view content, const Block& block) {
  if (!documents_ || !block.boilerplate.empty()) {
    return;
  }
  const auto prose = prose_of(content, block.kind, tags_);
  if (!prose) {
    return;
  }
  const std::size_t start = stripped_keys_.size();
  const text::Piece piece = text::fold(*prose, stripped_keys_);
  stripped_.push_back({.block = window_.blocks.size() - 1,
                       .first_unit = start,
                       .unit_count = stripped_keys_.size() - start,
                       .weight = piece.weight});
}

void Description::finish() {
  const std::uint64_t end = window_.stretch.offset + window_.stretch.text.size();
  if (documents_ && end <= kLongestDocument) {
    sample();
  }
  if (blocks_) {
    add_near_bands();
  }
}

/// What is prose in the blocks, one after the other, to the sampler; the first may be a title.
void Description::sample() {
  auto stripped = stripped_.begin();
  for (std::size_t i = 0; i < window_.blocks.size(); ++i) {
    const Block& block = window_.blocks[i];
    std::u16string_view key = key_of(window_, block);
    std::uint32_t weight = block.weight;
    bool written = structure::is_written(block.kind);
    if (stripped != stripped_.end() && stripped->block == i) {
      key = std::u16string_view(stripped_keys_).substr(stripped->first_unit, stripped->unit_count);
      weight = stripped->weight;
      written = true;
      ++stripped;
    }
    if (!written || key.empty() || !is_left(block)) {
      continue;
    }
    if (!window_.title) {
      window_.title = may_be_title(block, key, weight)
                          ? numbers::whole_characters(key, numbers::kLongestTitle)
                          : std::u16string_view{};
    }
    sampler_.feed(key, kernels_);
  }
  window_.sample = sampler_.take_part();
}

void Description::add_near_bands() {
  for (Block& block : window_.blocks) {
    if (is_left(block) && may_be_near(block)) {
      block.near = static_cast<std::uint32_t>(window_.near_bands.size());
      window_.near_bands.push_back(numbers::bands_of(key_of(window_, block), kernels_));
    }
  }
}

}  // namespace dedup::cleaner
