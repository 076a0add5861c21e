// SPDX-License-Identifier: Apache-2.0
// Words within the names that authors of pages give to their elements:
//
//   artibody       anywhere: artiBody, news_arti-body2
//   _nav           where a word begins: nav-bar, topNav is another
//   _content_      a whole word: content, main-content
//
// Names are written together, shortened and hyphenated in every way, so they are read twice: as
// they are, and with hyphens and underlines left out. All words are looked for in one walk, by the
// automaton of Aho and Corasick (Efficient string matching, CACM 18:6, 1975).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace dedup::boilerplate {

/// Immutable once sealed, and safe on any thread then.
class NameWords {
 public:
  /// A set of classes, a bit for each.
  using Classes = std::uint16_t;

  NameWords() { states_.emplace_back(); }

  /// `word`: small Latin letters, and _ for whatever is none.
  void add(std::string_view word, unsigned its_class);
  /// To be called once, after the last add().
  void seal();

  /// The classes of all words in a name. Linear in it, and in nothing else.
  [[nodiscard]] Classes find(std::string_view name) const noexcept;

 private:
  static constexpr std::size_t kSymbols = 27;  // letters, and all else
  struct State {
    std::array<std::uint16_t, kSymbols> next{};
    Classes classes = 0;
  };

  [[nodiscard]] static std::size_t symbol(char c) noexcept;

  std::vector<State> states_;
};

}  // namespace dedup::boilerplate
