// SPDX-License-Identifier: Apache-2.0
// One edit of a run, as it is shown: cut to what a person reads, with a little of what stands
// around it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "dedup/edit.h"

namespace dedup::tool {

inline constexpr std::size_t kShownText = 600;     ///< bytes of a text that went, or of its copy
inline constexpr std::size_t kShownContext = 132;  ///< bytes of what stays on each side
inline constexpr std::size_t kShownName = 160;     ///< bytes of a name, a rule or a site

/// The earlier copy.
struct Copy {
  std::string name;        ///< of its document; empty where it has none
  std::uint64_t line = 0;  ///< of the document, from 0
  bool elsewhere = false;  ///< in another document
  std::string text;        ///< the beginning; empty where it is not at hand any more
};

struct Sample {
  std::string name;   ///< of the document
  std::string place;  ///< file and line
  std::string site;
  Reason reason = Reason::repair;
  std::string rule;
  std::string before;       ///< the clean text in front of it
  std::string text;         ///< that went: its beginning
  std::string replacement;  ///< and what came in its place
  std::string after;        ///< the clean text behind it
  std::uint64_t bytes = 0;  ///< of all that went
  std::optional<double> similarity;
  std::optional<Copy> first;
};

}  // namespace dedup::tool
