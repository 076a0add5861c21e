// Folding: text to matching key. NFKC and case fold, radicals to ideographs, Traditional to
// Simplified code point by code point; letters, digits and ideographs only. The key is UTF-16; it
// is hashed and matched, never written.
//
//   text   「科創」走廊 G60，2024年！
//   key    科创走廊g602024年          weight 6: five ideographs and one run, g602024
//
// One table look-up per code point. Only text with combining marks, conjoining Jamo and the like
// goes through ICU, which alone can tell how such a sequence composes; runs of marks are cut at 30
// (UAX #15, Stream-Safe Text) since ICU reorders them in quadratic time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dedup::text {

/// What fold() says of the piece it appended.
struct Piece {
  std::uint32_t weight = 0;  ///< ideographs and kana 1 each, each run of other letters and digits 1
  bool starts_in_run = false;  ///< the first unit belongs to such a run
  bool ends_in_run = false;    ///< the last unit does
  bool visible = false;        ///< the text holds more than blanks and invisible characters
};

/// Appends the key of `text` (valid UTF-8) to `key`. Linear; at most 6 units a byte.
Piece fold(std::string_view text, std::u16string& key);

/// What two adjoining pieces are together, since a run may go on across the joint.
[[nodiscard]] Piece join(const Piece& left, const Piece& right) noexcept;

}  // namespace dedup::text
