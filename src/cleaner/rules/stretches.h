// SPDX-License-Identifier: Apache-2.0
// Stretches: the longest rows of sentences that an earlier text has as well. One goes whole or not
// at all, so it is decided only where it ends.
//
//   earlier   A B C D E
//   later     x A B C D y       runs found: ABC, BCD        stretch: A B C D
//
//   A stretch goes if it holds a run that is heavy enough, and neither begins nor ends inside
//   quotation marks, brackets or a tag: what is quoted belongs to who quotes it. One that begins
//   or ends within a paragraph has to be long, and of sentences that are no mere entries:
//   registers say the same of many (秩正五品。达鲁花赤一员。).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "cleaner/verdict.h"
#include "text/nesting.h"

namespace dedup::cleaner {

/// Where a sentence stands.
struct SentencePlace {
  const Window* window = nullptr;
  const Block* block = nullptr;
  BlockNumber number = 0;  ///< of the block
  std::uint32_t sentence = 0;
};

/// The earlier places of the three sentences of a run.
using RunPlaces = std::array<std::optional<Position>, 3>;

/// Call order: (begin_document (push* (found | alone)* close)* ). The windows of places must live
/// as long as open() says. One thread.
class Stretches {
 public:
  void begin_document();

  /// The next sentence that has a key; its number.
  std::uint64_t push(const SentencePlace& place) {
    places_.push_back(place);
    return front_ + places_.size() - 1;
  }

  /// The run whose last sentence has this number was there before. In ascending order.
  void found(std::uint64_t last, bool heavy, const RunPlaces& first, std::vector<Cut>& cuts);

  /// A single sentence was there before.
  void alone(std::uint64_t number, std::optional<Position> first, std::vector<Cut>& cuts);

  /// Nothing more will be found of the sentences pushed so far but of the last two. Decides what
  /// cannot grow any more, or with `all` everything.
  void close(bool all, std::vector<Cut>& cuts);

  /// Ends the stretch where it would reach too far from here.
  void end_if_far(const Window& window, const Block& here, BlockNumber number,
                  std::vector<Cut>& cuts);

  /// The earliest block of a stretch that is not decided, or kNoBlock.
  [[nodiscard]] BlockNumber open() const noexcept;

 private:
  void bound(std::vector<Cut>& cuts);
  [[nodiscard]] bool is_enough() const noexcept;
  void decide(bool whole, std::vector<Cut>& cuts);
  /// Walks along a block, from sentence to sentence.
  struct Walk {
    std::optional<text::Nesting> nesting;
    BlockNumber block = kNoBlock;
    std::size_t asked = 0;
  };
  [[nodiscard]] static bool is_inside(const SentencePlace& place, bool end, Walk& walk);
  [[nodiscard]] const SentencePlace& at(std::uint64_t number) const noexcept {
    return places_[static_cast<std::size_t>(number - front_)];
  }

  std::vector<SentencePlace> places_;  // from number front_ on
  std::uint64_t front_ = 0;
  // The stretch at hand: sentences first_ to first_ + earlier_.size().
  std::uint64_t first_ = 0;
  std::vector<std::optional<Position>> earlier_;
  bool heavy_ = false;
  Walk walk_;
  Walk lone_walk_;  // for alone(), which runs ahead
};

}  // namespace dedup::cleaner
