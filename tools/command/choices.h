// SPDX-License-Identifier: Apache-2.0
// The choices of the main job: what was typed for its options, as text, and what they mean.
#pragma once

#include <optional>
#include <string>

#include "command/args.h"

namespace dedup::tool {

/// One member for each option that takes a value to be judged; the defaults of the command.
struct Choices {
  std::string format = "auto", encoding = "auto";
  std::string to;  ///< empty: as the input
  std::string markup = "text";
  std::string boilerplate = "auto", runs;
  std::string documents, paragraphs;  ///< empty: by --near
  std::string sentences = "exact", scope = "corpus", keep = "first";
  std::string min_block, min_block_across, near_threshold;
  std::string repair = "on", normalise = "off", script = "keep";
  std::string stats = "off", threads = "0", progress = "auto";
  std::string memory = "50%";
  bool near = false;
};

/// Checks every choice and sets what it means. Throws UsageError.
void apply(const Choices& choices, CleanJob& job);

/// `--format`; unset for "auto".
[[nodiscard]] std::optional<Format> format_of(const std::string& value);

}  // namespace dedup::tool
