// SPDX-License-Identifier: Apache-2.0
// What tests of indexes in files share: a place for one, articles to put in, and what is refused.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "dedup/dedup.h"
#include "generator.h"

namespace dedup::test {

/// A place for a file, and nothing there before and after.
class IndexPlace {
 public:
  IndexPlace() {
    std::string name = (std::filesystem::temp_directory_path() / "dedup-index-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    path = (folder_ / "seen.index").string();
  }
  ~IndexPlace() { std::filesystem::remove_all(folder_); }
  IndexPlace(const IndexPlace&) = delete;
  IndexPlace& operator=(const IndexPlace&) = delete;
  std::string path;

 private:
  std::filesystem::path folder_;
};

/// Long enough to be compared, and unlike each other.
inline std::string article(unsigned seed) { return Generator(9000 + seed).document(30); }

/// The message of an IndexError or InvalidOption; empty where all went well.
template <typename Call>
std::string refusal(const Call& call) {
  try {
    call();
  } catch (const IndexError& error) {
    return error.what();
  } catch (const InvalidOption& error) {
    return error.what();
  }
  return {};
}

}  // namespace dedup::test
