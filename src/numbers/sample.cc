// SPDX-License-Identifier: Apache-2.0
#include "numbers/sample.h"

#include <utility>

namespace dedup::numbers {

void Sampler::feed(std::u16string_view piece) {
  while (shingler_.missing() > 1 && !piece.empty()) {  // of the first four
    const std::u16string_view character = whole_characters(piece, 1);
    shingler_.feed(character, [](std::uint64_t) {});
    head_ += character;
    piece.remove_prefix(character.size());
  }
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
