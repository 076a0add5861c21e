// SPDX-License-Identifier: Apache-2.0
#include "formats/fields.h"

#include <utility>

#include "dedup/error.h"

namespace dedup {
namespace {

json::Path path_of(const std::string& name) {
  if (!name.starts_with('/')) return json::Path::member(name);
  if (auto path = json::Path::pointer(name)) return *path;
  throw InvalidOption("no JSON pointer: " + name + " (~ is written ~0, and / in a key ~1)");
}

/// What a record is called by stands at the top.
void add_names(std::vector<json::Path>& paths) {
  paths.push_back(json::Path::member("id"));
  paths.push_back(json::Path::member("url"));
}

}  // namespace

Fields::Fields(std::vector<std::string> names) {
  static_assert(kMost + 2 <= json::Walk::kMost);
  if (names.empty() || names.size() > kMost) {
    throw InvalidOption("fields must be at least 1 and at most " + std::to_string(kMost));
  }
  const auto state = std::make_shared<State>();
  state->member = names.size() == 1 && !names.front().starts_with('/');
  state->several = names.size() > 1;
  for (const std::string& name : names) {
    state->paths.push_back(path_of(name));
    state->several |= state->paths.back().any();
  }
  add_names(state->paths);
  state->names = std::move(names);
  state_ = state;
}

Fields::Fields(std::shared_ptr<const State> state) : state_(std::move(state)) {}

Fields Fields::member(std::string name) {
  const auto state = std::make_shared<State>();
  state->member = true;
  state->paths.push_back(json::Path::member(name));
  add_names(state->paths);
  state->names.push_back(std::move(name));
  return Fields(state);
}

const std::vector<std::string>& Fields::names() const noexcept { return state_->names; }

bool Fields::is_member() const noexcept { return state_->member; }

bool Fields::are_several() const noexcept { return state_->several; }

}  // namespace dedup
