// SPDX-License-Identifier: Apache-2.0
#include "text/script/phrases.h"

#include "walls/utf8.h"

namespace dedup::text {

void Phrases::add(std::string_view key, std::string_view value) {
  std::uint32_t node = 0;
  for (std::size_t at = 0; at < key.size();) {
    node = make_child(node, utf8::next(key, at));
  }
  if (nodes_[node].value_size == 0) {
    nodes_[node] = {static_cast<std::uint32_t>(values_.size()),
                    static_cast<std::uint32_t>(value.size())};
    values_ += value;
  }
}

Phrases::Match Phrases::longest(std::string_view text, std::size_t at) const noexcept {
  Match match;
  std::uint32_t node = 0;
  for (std::size_t end = at; end < text.size();) {
    node = child(node, utf8::next(text, end));
    if (node == 0) {
      break;
    }
    if (const Node& reached = nodes_[node]; reached.value_size != 0) {
      match = {end - at, std::string_view(values_).substr(reached.value_start, reached.value_size)};
    }
  }
  return match;
}

std::uint32_t Phrases::child(std::uint32_t node, char32_t c) const noexcept {
  if (node == 0 && c < roots_.size()) {
    return roots_[c];
  }
  const auto found = edges_.find(edge(node, c));
  return found == edges_.end() ? 0 : found->second;
}

std::uint32_t Phrases::make_child(std::uint32_t node, char32_t c) {
  std::uint32_t& next = node == 0 && c < roots_.size() ? roots_[c] : edges_[edge(node, c)];
  if (next == 0) {
    next = static_cast<std::uint32_t>(nodes_.size());
    nodes_.emplace_back();
  }
  return next;
}

}  // namespace dedup::text
