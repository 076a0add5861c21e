// SPDX-License-Identifier: Apache-2.0
// The elements that are open at a place of a page, and what closes them: end tags, and the start
// tags that imply one.
//
//   <ul><li>甲<li>乙</ul>        the second <li> closes the first, </ul> closes both
//
// Elements of the inline kind are not among them, unless they hide what they hold. A depth of more
// than kDeepest is counted only, so that no end tag has to be looked for far.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "markup/element.h"
#include "markup/formula.h"
#include "markup/markers.h"

namespace dedup::markup {

/// A list, and how far it is counted.
struct ItemList {
  Counting counting = Counting::bullet;
  std::int64_t next_item = 1;
  std::int8_t step = 1;                ///< -1: it counts down
  std::uint32_t counted_down = kNone;  ///< which of the lists is it that count down to 1?
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
};

struct OpenElement {
  Tag tag = Tag::unknown;
  std::string_view name;      ///< for Tag::unknown
  std::uint32_t element = 0;  ///< in Page::elements
  ItemList list;              ///< of a list
  bool out = false;           ///< nothing in it is text of the page
  bool preformatted = false;
  bool quoted = false;
  bool linked_before = false;  ///< a link was open where a cell began
  std::uint8_t heading = 0;
  FormulaPart formula = FormulaPart::none;
  std::size_t formula_start = 0;  ///< in the text of the formula
};

class OpenElements {
 public:
  static constexpr std::size_t kDeepest = 512;

  /// `bottom`: what is true of a page before any element.
  explicit OpenElements(const OpenElement& bottom) { open_.push_back(bottom); }

  [[nodiscard]] OpenElement& top() noexcept { return open_.back(); }
  [[nodiscard]] const OpenElement& top() const noexcept { return open_.back(); }
  /// The innermost open list.
  [[nodiscard]] OpenElement* list() noexcept;

  /// False where it is too deep; its end tag is expected all the same.
  bool push(const OpenElement& element);
  OpenElement pop();

  /// How many have to be popped for an end tag; 0: it closes nothing.
  [[nodiscard]] std::size_t closed_by_end(Tag tag, std::string_view name);
  /// How many have to be popped before this element may start.
  [[nodiscard]] std::size_t closed_by_start(Tag tag) const noexcept;
  /// How many have to be popped for it to leave an <svg> or <math> that does not hold it, as no
  /// paragraph is part of a drawing; 0: it is in none.
  [[nodiscard]] std::size_t foreign_closed_by(Tag tag, std::string_view name) const noexcept;
  /// Whether a table is open, but no row of it.
  [[nodiscard]] bool lacks_row() const noexcept;
  /// Whether the next would be too deep.
  [[nodiscard]] bool full() const noexcept { return size() >= kDeepest; }
  /// How many there are besides the bottom.
  [[nodiscard]] std::size_t size() const noexcept { return open_.size() - 1; }

 private:
  [[nodiscard]] bool is_open(Tag tag) const noexcept {
    return counts_[static_cast<std::size_t>(tag)] > 0;
  }
  [[nodiscard]] std::size_t closed_by_part(Tag tag) const noexcept;
  /// Whether one of Tag::unknown may be open under a name.
  [[nodiscard]] bool may_be_open(std::string_view name) const noexcept;

  template <class Wanted, class Border>
  [[nodiscard]] std::size_t depth_of(Wanted wanted, Border border) const noexcept;

  std::vector<OpenElement> open_;
  std::array<std::uint32_t, kTags> counts_{};
  std::array<std::uint16_t, 256> unknown_{};  // of Tag::unknown, by a hash of their names
  std::uint64_t too_deep_ = 0;
};

}  // namespace dedup::markup
