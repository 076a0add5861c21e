// SPDX-License-Identifier: Apache-2.0
// The OpenCC wall: the dictionaries by which Traditional and Simplified are written in one another.
// They are only read out here; text never goes through the library, which reads beyond the end of
// UTF-8 that is cut short, takes a NUL for an end, and converts some 1.5 MB a second. No state: any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dedup::opencc {

/// How a phrase or a character is written in the other script.
struct Entry {
  std::string key;
  std::string value;      ///< the first choice
  bool may_stay = false;  ///< the key is among its own choices, as 后 is of 後 and 后
};

/// Whether this build has OpenCC at all.
[[nodiscard]] bool is_built_in() noexcept;

/// The entries of a dictionary of OpenCC's, such as "STPhrases", of those in `directory`; empty:
/// where they were when this was built. Throws Error, which says what to install, where its file is
/// missing or cannot be read, and where is_built_in() is false.
[[nodiscard]] std::vector<Entry> dictionary(std::string_view name, const std::string& directory);

}  // namespace dedup::opencc
