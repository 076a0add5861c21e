// SPDX-License-Identifier: Apache-2.0
#include "numbers/sample.h"

#include <utility>

#include "numbers/batches.h"

namespace dedup::numbers {

/// Windows over the border before the piece one at a time, those within by the kernel; behind it
/// stands what the last five characters leave.
void Sampler::feed(std::u16string_view piece, const Kernels& kernels) {
  constexpr std::size_t kBorder = kShingleLength - 1;
  while (shingler_.missing() > 1 && !piece.empty()) {  // of the first four
    const std::u16string_view character = whole_characters(piece, 1);
    shingler_.feed(character, [](std::uint64_t) {});
    head_ += character;
    piece.remove_prefix(character.size());
  }
  if (piece.size() < 2 * kShingleLength || has_surrogates(piece)) {
    run_on(piece);
    return;
  }
  run_on(piece.substr(0, kBorder));
  for_each_batch(piece, kernels, [this](std::span<const std::uint64_t> shingles) {
    for (const std::uint64_t shingle : shingles) {
      signature_.add(shingle);
    }
    sketcher_.add(shingles);
  });
  shingler_ = {};
  shingler_.feed(piece.substr(piece.size() - kShingleLength), [](std::uint64_t) {});
}

void Sampler::run_on(std::u16string_view piece) {
  shingler_.feed(piece, [this](std::uint64_t shingle) { take(shingle); });
}

void Sampler::append(Sample part) {
  feed(part.head);
  if (part.tail.missing() == 0) {
    shingler_ = part.tail;
    signature_.add(part.signature);
    sketcher_.add(std::move(part.sketch));
  }
}

Sample Sampler::take_part() {
  Sample part{std::move(head_), shingler_, signature_, sketcher_.finish()};
  begin();
  return part;
}

Sampler::Whole Sampler::take_whole() {
  shingler_.finish([this](std::uint64_t shingle) { take(shingle); });
  Whole whole{signature_.bands(), sketcher_.finish()};
  begin();
  return whole;
}

void Sampler::begin() noexcept {
  head_.clear();
  shingler_ = {};
  signature_ = {};
}

}  // namespace dedup::numbers
