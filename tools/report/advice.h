// SPDX-License-Identifier: Apache-2.0
// How to keep what went: the one table from the reason of an edit to what would have kept it.
#pragma once

#include <string>
#include <string_view>

#include "dedup/options.h"
#include "report/sample.h"

namespace dedup::tool {

struct Advice {
  std::string option;     ///< of the command, that keeps all of this kind
  std::string narrower;   ///< another that keeps less; empty: none
  std::string keep_rule;  ///< a line for --boilerplate-rules that keeps this text; empty: none
  std::string_view note;  ///< what else to know, in English; empty: nothing
};

/// `options` are those of the run.
[[nodiscard]] Advice advice(const Sample& sample, const Options& options);

}  // namespace dedup::tool
