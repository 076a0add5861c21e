// SPDX-License-Identifier: Apache-2.0
// A path is kept as its steps, unescaped; a walk keeps, for each bracket that is open, the set of
// paths that came as far as that:
//
//   paths            /a/*/text   /a/0   /b
//   {"a":            yes         yes    .      reached
//        [           yes         yes    .      within
//         {          yes         ends   .      element 0
//          "text":   ends        .      .
#include "walls/json_path.h"

#include <algorithm>
#include <bit>
#include <charconv>

namespace dedup::json {

Path Path::member(std::string_view key) {
  Path path;
  path.steps_.push_back({.key = std::string(key)});
  return path;
}

std::optional<Path> Path::pointer(std::string_view text) {
  Path path;
  while (!text.empty()) {
    if (!text.starts_with('/')) return std::nullopt;
    const std::size_t end = std::min(text.find('/', 1), text.size());
    auto made = step(text.substr(1, end - 1));
    if (!made) return std::nullopt;
    path.any_ |= made->any;
    path.steps_.push_back(std::move(*made));
    text.remove_prefix(end);
  }
  return path;
}

/// An element's number has no zeros in front: /a/01 is the member "01" and no element.
std::optional<Path::Step> Path::step(std::string_view text) {
  Step made{.key = {}, .any = text == "*"};
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '~') {
      made.key += text[at];
      continue;
    }
    if (++at == text.size() || (text[at] != '0' && text[at] != '1')) return std::nullopt;
    made.key += text[at] == '0' ? '~' : '/';
  }
  std::uint64_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  const bool number = !text.empty() && error == std::errc() && end == text.data() + text.size();
  if (number && (text == "0" || text[0] != '0')) made.index = index;
  return made;
}

Walk::Walk(const std::vector<Path>& paths) : paths_(paths) {
  for (std::size_t i = 0; i < paths.size(); ++i) {
    ending_.resize(std::max(ending_.size(), paths[i].size() + 1));
    ending_[paths[i].size()] |= Set{1} << i;
  }
  reach(paths.size() == kMost ? ~Set{0} : (Set{1} << paths.size()) - 1);
}

void Walk::reach(Set reached) {
  reached_ = reached;
  here_ = levels_.size() < ending_.size() ? reached & ending_[levels_.size()] : 0;
}

void Walk::open() {
  levels_.push_back({.reached = reached_, .within = reached_ & ~here_});
  reach(0);
}

void Walk::close() {
  const Set reached = levels_.back().reached;
  levels_.pop_back();
  reach(reached);
}

/// The paths that go on from here, as far as `leads` is true of their next step.
template <typename Leads>
Walk::Set Walk::those_within(const Leads& leads) const {
  Set set = 0;
  for (Set rest = levels_.back().within; rest != 0; rest &= rest - 1) {
    const auto i = static_cast<std::size_t>(std::countr_zero(rest));
    if (leads(paths_[i], levels_.size() - 1)) set |= Set{1} << i;
  }
  return set;
}

/// Of two members under one key nobody knows which is meant, unless every member is.
void Walk::key(std::string_view key) {
  unreadable_key();
  const Set every = reached_;
  reach(those_within([&](const Path& path, std::size_t at) { return path.leads_to(at, key); }));
  Level& level = levels_.back();
  twice_ |= reached_ & ~every & level.seen;
  level.seen |= reached_ & ~every;
}

void Walk::unreadable_key() {
  reach(those_within([](const Path& path, std::size_t at) { return path.any(at); }));
}

void Walk::element() {
  const std::uint64_t index = levels_.back().next++;
  reach(those_within([&](const Path& path, std::size_t at) { return path.leads_to(at, index); }));
}

}  // namespace dedup::json
