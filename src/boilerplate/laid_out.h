// SPDX-License-Identifier: Apache-2.0
// Rules that were read from text, laid out as tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "boilerplate/grammar.h"
#include "boilerplate/phrase_matcher.h"
#include "boilerplate/rule_tables.h"

namespace dedup::boilerplate {

/// Immutable after construction.
class LaidOut {
 public:
  explicit LaidOut(const RuleSet& rules);

  /// Valid as long as this is there, unmoved.
  [[nodiscard]] RuleTables tables() const noexcept;

 private:
  tables::Place add(std::u16string_view word);
  tables::Place add(std::string_view text);
  tables::Pattern add(const Pattern& pattern);
  std::vector<tables::Pattern> patterns(const std::vector<Pattern>& read);
  std::vector<tables::NamedWord> named(const std::vector<WordRule>& read);
  void add_bylines(const std::vector<BylineRule>& read);

  std::u16string units_;
  std::string letters_;
  std::vector<tables::Part> parts_;
  std::vector<tables::Phrase> phrases_;
  std::vector<tables::Byline> bylines_;
  std::vector<tables::Place> tails_;
  std::vector<tables::BarWord> bar_words_;
  std::vector<tables::NamedWord> signs_;
  std::vector<tables::NamedWord> ornaments_;
  std::vector<tables::NamedWord> dated_;
  std::vector<tables::Place> classes_;
  PhraseIndex cues_;
  PhraseIndex keeps_;
  PhraseIndex guards_;
};

}  // namespace dedup::boilerplate
