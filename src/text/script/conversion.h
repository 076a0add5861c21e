// SPDX-License-Identifier: Apache-2.0
// Conversion: Chinese of one script, written in the other. Phrases decide before characters do, the
// longest first: 头发 → 頭髮, 发财 → 發財. A character that both scripts have (后, 里, 干) speaks for
// neither; which script a text is in shows in those that only one has (後, 裡, 发).
//
// To Simplified by OpenCC's t2s, to Traditional by its s2tw: of Traditional prose of Taiwan (law,
// manuals, dialogue; 1.9 million ideographs) that went to Simplified and back, s2tw got 2 to 6 in
// 1000 ideographs wrong, s2t 11 to 14 and s2hk 10 to 18.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/options.h"
#include "text/repair/changes.h"
#include "text/script/phrases.h"
#include "text/tags.h"
#include "walls/opencc.h"

namespace dedup::text {

/// What a text is written in: counts of its characters.
struct Writing {
  std::size_t target = 0;  ///< ideographs that only the script asked for has
  std::size_t other = 0;   ///< those that only the other one has
  std::size_t ideographs = 0;
  std::size_t syllables = 0;  ///< kana and Hangul

  /// Japanese uses characters of both scripts and is neither.
  [[nodiscard]] bool is_chinese() const noexcept { return 5 * syllables <= ideographs; }
};

/// Immutable, safe on any thread.
class Conversion {
 public:
  /// Reads the dictionaries in `directory`, see opencc::dictionary(), which takes some 80 ms and
  /// 12 MB to Traditional, a tenth of that to Simplified. Throws Error where there are none.
  /// Requires: not Script::keep.
  explicit Conversion(Script target, const std::string& directory = {});

  /// Counts the characters of `text`, which is valid UTF-8, as all here is.
  [[nodiscard]] Writing weigh(std::string_view text) const noexcept;

  /// Appends the changes that write `text` in the script asked for, outside of `untouched`, spans
  /// of it in order. Neighbours that change are one change. Linear.
  void convert(std::string_view text, const MarkupSpans& untouched, Changes& changes) const;

 private:
  void add(const std::vector<opencc::Entry>& entries);
  void tell_apart(const std::vector<opencc::Entry>& entries, std::uint8_t script);
  void convert_stretch(std::string_view text, std::size_t at, Changes& changes) const;

  Phrases phrases_;
  std::vector<std::uint8_t> only_;  // of the basic plane: which script alone has it
};

}  // namespace dedup::text
