// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/laid_out.h"

#include <utility>

namespace dedup::boilerplate {
namespace {

/// Appends a word to a text of many.
template <class Text, class View>
tables::Place append(Text& text, View word) {
  const tables::Place place{static_cast<std::uint32_t>(text.size()),
                            static_cast<std::uint32_t>(word.size())};
  text += word;
  return place;
}

}  // namespace

/// The indices come last: they are made of the words of all.
LaidOut::LaidOut(const RuleSet& rules) {
  std::vector<tables::Pattern> cues;
  for (const PhraseRule& rule : rules.phrases) {
    phrases_.push_back({add(rule.reason), rule.kind, rule.pattern.sign});
    cues.push_back(add(rule.pattern));
  }
  std::vector<tables::Pattern> keeps = patterns(rules.keeps);
  std::vector<tables::Pattern> guards = patterns(rules.guards);
  add_bylines(rules.bylines);
  for (const std::u16string& tail : rules.tails) tails_.push_back(add(tail));
  for (const BarWord& bar : rules.bar_words) {
    bar_words_.push_back({add(bar.reason), add(bar.word), bar.button});
  }
  for (const SignRule& sign : rules.signs) signs_.push_back({add(sign.reason), add(sign.sign)});
  ornaments_ = named(rules.ornaments);
  dated_ = named(rules.dated);
  for (const std::string& name : rules.classes) classes_.push_back(add(name));
  cues_ = PhraseIndex(std::move(cues), parts_, units_);
  keeps_ = PhraseIndex(std::move(keeps), parts_, units_);
  guards_ = PhraseIndex(std::move(guards), parts_, units_);
}

RuleTables LaidOut::tables() const noexcept {
  return {.units = units_,
          .letters = letters_,
          .parts = parts_,
          .phrases = phrases_,
          .cues = cues_.tables(),
          .keeps = keeps_.tables(),
          .guards = guards_.tables(),
          .bylines = bylines_,
          .tails = tails_,
          .bar_words = bar_words_,
          .signs = signs_,
          .ornaments = ornaments_,
          .dated = dated_,
          .classes = classes_};
}

tables::Place LaidOut::add(std::u16string_view word) { return append(units_, word); }

tables::Place LaidOut::add(std::string_view text) { return append(letters_, text); }

tables::Pattern LaidOut::add(const Pattern& pattern) {
  const auto first = static_cast<std::uint32_t>(parts_.size());
  for (const Part& part : pattern.parts) parts_.push_back({add(part.literal), part.after_gap});
  return {.first = first,
          .count = static_cast<std::uint32_t>(pattern.parts.size()),
          .anchor = static_cast<std::uint32_t>(pattern.anchor),
          .lead = pattern.lead,
          .to_end = pattern.to_end,
          .gap_before_end = pattern.gap_before_end};
}

std::vector<tables::Pattern> LaidOut::patterns(const std::vector<Pattern>& read) {
  std::vector<tables::Pattern> all;
  all.reserve(read.size());
  for (const Pattern& pattern : read) all.push_back(add(pattern));
  return all;
}

std::vector<tables::NamedWord> LaidOut::named(const std::vector<WordRule>& read) {
  std::vector<tables::NamedWord> all;
  all.reserve(read.size());
  for (const WordRule& rule : read) all.push_back({add(rule.reason), add(rule.word)});
  return all;
}

void LaidOut::add_bylines(const std::vector<BylineRule>& read) {
  for (const BylineRule& rule : read) {
    const BylinePattern& pattern = rule.pattern;
    bylines_.push_back({.reason = add(rule.reason),
                        .label = add(pattern.label),
                        .value_end = add(pattern.value_end),
                        .form = pattern.form,
                        .value = pattern.value,
                        .open = pattern.open,
                        .fires = rule.fires});
  }
}

}  // namespace dedup::boilerplate
