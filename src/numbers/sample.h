// SPDX-License-Identifier: Apache-2.0
// Samples: signature and sketch of the shingles of a text that comes in parts, which may be sampled
// each by itself, on any thread, and joined in order.
//
//   part   科创走廊共有九城      part   市，面积      shingles over the border   共有九城市  有九城市面  …
//
// A part keeps its first four characters for the border before it, and its last five for the one
// behind.
#pragma once

#include <string>
#include <string_view>

#include "numbers/kernels.h"
#include "numbers/shingles.h"
#include "numbers/signature.h"
#include "numbers/sketch.h"

namespace dedup::numbers {

/// What is known of the shingles of a part of a text.
struct Sample {
  std::u16string head;  ///< its first four characters, or all it has
  Shingler tail;        ///< behind its last character
  Signature signature;
  Sketch sketch;
};

/// Makes samples. Cost: 3.5 ns a character, 9 to 11 in texts of two to nine thousand.
class Sampler {
 public:
  /// The next piece of the text, of whole characters.
  void feed(std::u16string_view piece, const Kernels& kernels = numbers::kernels());

  /// The text goes on with a part that was sampled by itself.
  void append(Sample part);

  /// The text so far as a part of a longer one, and a new beginning.
  [[nodiscard]] Sample take_part();

  /// The text so far as the whole, and a new beginning. One of fewer than five characters is one
  /// shingle.
  struct Whole {
    Bands bands{};
    Sketch sketch;
  };
  [[nodiscard]] Whole take_whole();

 private:
  void take(std::uint64_t shingle) {
    signature_.add(shingle);
    sketcher_.add(shingle);
  }
  void begin() noexcept;
  void run_on(std::u16string_view piece);

  std::u16string head_;
  Shingler shingler_;
  Signature signature_;
  Sketcher sketcher_;
};

}  // namespace dedup::numbers
