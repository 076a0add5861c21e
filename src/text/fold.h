// SPDX-License-Identifier: Apache-2.0
// Folding: text to matching key. NFKC and case fold, radicals to ideographs, Traditional to
// Simplified code point by code point; letters, digits, ideographs, and the signs that carry
// meaning (signs.h). The key is UTF-16; it is hashed and matched, never written.
//
//   text   「科創」走廊 G60，2024年！
//   key    科创走廊g602024年          weight 6: five ideographs and one run, g602024
//   text   “涨了 ３．５％”，－5℃！
//   key    涨了3.5%-5°c               weight 3: signs weigh nothing and part no run
//
// One table look-up per code point. Only text with combining marks, conjoining Jamo and the like
// goes through ICU, which alone can tell how such a sequence composes; runs of marks are cut at 30
// (UAX #15, Stream-Safe Text) since ICU reorders them in quadratic time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/kernels.h"
#include "text/key_buffer.h"

namespace dedup::text {

/// What fold() says of the piece it appended.
struct Piece {
  std::uint32_t weight = 0;  ///< ideographs and kana 1 each, each run of other letters and digits 1
  bool starts_in_run = false;  ///< the first unit belongs to such a run
  bool ends_in_run = false;    ///< the last unit does
  bool visible = false;        ///< the text holds more than blanks and invisible characters
  bool signs = false;          ///< the key has signs: see signs.h
};

/// How fast it may be done.
struct FoldWay {
  const Kernels& with = kernels();
  const char* readable = nullptr;  ///< bytes up to here may be read: behind the text, or null
};

/// Appends the key of `text` (valid UTF-8) to `key`. Linear; at most 6 units a byte.
Piece fold(std::string_view text, KeyBuffer& key, const FoldWay& way = {});
/// The same for who keeps the key.
Piece fold(std::string_view text, std::u16string& key);

/// Appends the keys of the stretches of `text` that end at `ends` (ascending, the last at its end),
/// one after the other, and of each its piece and where its key ends in `key`.
struct FoldedPiece {
  Piece piece;
  std::size_t key_end = 0;
};
void fold_pieces(std::string_view text, const std::vector<std::size_t>& ends, KeyBuffer& key,
                 std::vector<FoldedPiece>& pieces, const FoldWay& way = {});

/// What two adjoining pieces are together, since a run may go on across the joint.
/// It was counted on both sides then. An empty piece is no border.
[[nodiscard]] constexpr Piece join(const Piece& left, const Piece& right) noexcept {
  const bool left_empty = left.weight == 0;
  const bool right_empty = right.weight == 0;
  Piece piece;
  piece.weight = left.weight + right.weight - (left.ends_in_run && right.starts_in_run ? 1U : 0U);
  piece.starts_in_run = left_empty ? right.starts_in_run : left.starts_in_run;
  piece.ends_in_run = right_empty ? left.ends_in_run : right.ends_in_run;
  piece.visible = left.visible || right.visible;
  piece.signs = left.signs || right.signs;
  return piece;
}

}  // namespace dedup::text
