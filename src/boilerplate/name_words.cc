// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/name_words.h"

#include <deque>

#include "text/ascii.h"

namespace dedup::boilerplate {

std::size_t NameWords::symbol(char c) noexcept {
  const char small = text::lower(c);
  return small >= 'a' && small <= 'z' ? static_cast<std::size_t>(small - 'a') : kSymbols - 1;
}

void NameWords::add(std::string_view word, unsigned its_class) {
  std::size_t state = 0;
  for (const char c : word) {
    const std::size_t next = states_[state].next[symbol(c)];
    if (next != 0) {
      state = next;
      continue;
    }
    states_[state].next[symbol(c)] = static_cast<std::uint16_t>(states_.size());
    state = states_.size();
    states_.emplace_back();
  }
  states_[state].classes |= static_cast<Classes>(1U << its_class);
}

/// By breadth, so that where a state falls back to is complete before it is.
void NameWords::seal() {
  std::vector<std::uint16_t> fallback(states_.size(), 0);
  std::deque<std::uint16_t> waiting;
  for (const std::uint16_t first : states_[0].next) {
    if (first != 0) waiting.push_back(first);
  }
  while (!waiting.empty()) {
    const std::uint16_t at = waiting.front();
    waiting.pop_front();
    const State& shorter = states_[fallback[at]];
    states_[at].classes |= shorter.classes;
    for (std::size_t i = 0; i < kSymbols; ++i) {
      std::uint16_t& next = states_[at].next[i];
      if (next == 0) {
        next = shorter.next[i];
      } else {
        fallback[next] = shorter.next[i];
        waiting.push_back(next);
      }
    }
  }
}

NameWords::Classes NameWords::find(std::string_view name) const noexcept {
  if (name.empty()) {
    return 0;
  }
  const std::size_t begin = states_[0].next[kSymbols - 1];
  std::size_t as_it_is = begin;
  std::size_t together = begin;
  Classes found = 0;
  const auto step = [&](std::size_t& state, char c) {
    state = states_[state].next[symbol(c)];
    found |= states_[state].classes;
  };
  for (const char c : name) {
    step(as_it_is, c);
    if (c != '-' && c != '_') step(together, c);
  }
  step(as_it_is, ' ');
  step(together, ' ');
  return found;
}

}  // namespace dedup::boilerplate
