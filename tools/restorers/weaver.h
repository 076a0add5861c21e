// SPDX-License-Identifier: Apache-2.0
// The values of a record, with the edits of its text undone.
//
//   clean    甲甲     乙乙
//   list     [10, 14) "(yǐ)"      of the text, in which a line feed joins the values
//   values   甲甲     乙(yǐ)乙
//
// What is cut from where follows the rules of Division.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/edit_list.h"

namespace dedup::tool {

/// Call grammar: undo* finish texts. Each throws FormatError where edits do not fit; memory: the
/// text.
class Weaver {
 public:
  /// `clean`: the clean values, joined by line feeds, `clean_sizes` their bytes. Refers to what it
  /// is given.
  Weaver(std::string_view clean, const std::vector<std::uint64_t>& clean_sizes,
         const EditListClosing& closing);

  /// In the order of the list.
  void undo(const StoredEdit& edit);
  void finish();

  /// All of the text, after finish().
  [[nodiscard]] std::string text() const;

  /// The values; nothing for one without an edit.
  [[nodiscard]] std::vector<std::optional<std::string_view>> texts() const;

 private:
  struct Value {
    std::uint64_t size = 0;  // when it is whole again
    std::string_view clean;  // what is left of it
    std::string whole = {};  // so far
    bool edited = false;
  };
  void copy_until(std::uint64_t end);
  void put_back(std::string_view text);
  void next_value();

  const EditListClosing& closing_;
  std::vector<Value> values_;
  std::size_t at_ = 0;          // of the values, to its line feed
  std::uint64_t position_ = 0;  // in the text
  Digest digest_;
};

}  // namespace dedup::tool
