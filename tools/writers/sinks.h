// SPDX-License-Identifier: Apache-2.0
// Sinks of documents that the Cleaner has not come to the end of.
#pragma once

#include <deque>
#include <utility>

namespace dedup::tool {

/// Sinks in the order of their documents; those that are done leave.
template <typename Each>
class Sinks {
 public:
  template <typename... Arguments>
  Each& add(Arguments&&... arguments) {
    while (!sinks_.empty() && sinks_.front().done()) sinks_.pop_front();
    return sinks_.emplace_back(std::forward<Arguments>(arguments)...);
  }
  [[nodiscard]] bool empty() const noexcept { return sinks_.empty(); }
  [[nodiscard]] Each& last() noexcept { return sinks_.back(); }

 private:
  std::deque<Each> sinks_;
};

}  // namespace dedup::tool
