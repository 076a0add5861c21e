// SPDX-License-Identifier: Apache-2.0
// Why something went, in the words of the lines above it.
//
//   # line 1: repair: pinyin (3), indent
//   # line 5: repeated-block: the same as page.txt:2
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/edit.h"

namespace dedup::tool {

/// An edit with what is said of it.
struct ShownEdit {
  const Edit& edit;
  std::string first;  ///< where the earlier copy stands; empty: there is none, or nobody knows
};

/// The notes of one change, which may be of several edits.
class Notes {
 public:
  /// `line`: its number, from 1. Repairs of a line are counted by their kinds.
  void add(std::uint64_t line, const ShownEdit& told);

  struct Note {
    std::uint64_t line = 0;
    std::string text;
  };
  [[nodiscard]] std::vector<Note> take();

 private:
  struct Kind {
    std::string name;
    std::size_t count = 0;
  };
  struct Entry {
    Note note;
    std::vector<Kind> kinds = {};  // of repairs
  };

  std::vector<Entry> entries_;
};

}  // namespace dedup::tool
