// SPDX-License-Identifier: Apache-2.0
// Notices that a site broke over several short lines, because a button or a name in it was set
// apart; read as one:
//
//   点击【                    ┐
//   **阅读原文**              │  点击【阅读原文】立即报名！
//   】立即报名！              ┘
//
// Only a line that cannot end there opens one: it has an open bracket, or it bids to press
// what the next line names.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "boilerplate/neighbours.h"
#include "boilerplate/rules.h"

namespace dedup::boilerplate {

/// Reads the lines of a window in order. Cost: a look at the end of short lines; a fold of the
/// parts for each line that goes on.
class BrokenNotice {
 public:
  /// `rules` must outlive it.
  explicit BrokenNotice(const BoilerplateRules& rules) : rules_(&rules) {}

  /// The next line, number `index` of its window.
  void read(const JudgedLine& line, std::size_t index, Neighbours& neighbours);

  /// No line follows.
  void finish(Neighbours& neighbours);

 private:
  void open(const JudgedLine& line, std::size_t index);
  void go_on(const JudgedLine& line, std::size_t index);
  [[nodiscard]] std::optional<Hit> judge(const std::string& text) const;

  const BoilerplateRules* rules_;
  std::string text_;       // of the parts
  std::string left_;       // of those that do not go by themselves
  std::size_t first_ = 0;  // line of the first part
  std::size_t parts_ = 0;  // none: no notice is open
  std::size_t end_ = 0;    // behind the last line of what hit_ is about
  std::optional<Hit> hit_;
};

}  // namespace dedup::boilerplate
