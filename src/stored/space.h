// SPDX-License-Identifier: Apache-2.0
// Space: which pages of the file are free. What a commit no longer needs may still be read: by
// those who opened the file before, and by who opens it if this commit is the last to be safe.
//
//   take, give_back          what no commit refers to yet
//   retire                   what the last commit refers to and the next will not
//   committed                the next is safe: what was retired waits for older readers to go
//   release                  they are gone
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stored/pages.h"

namespace dedup::stored {

/// One thread at a time.
class Space {
 public:
  /// A file in which `used` is taken, and the pages below `first`.
  Space(std::uint64_t first, std::vector<Extent> used);

  /// The first place with so many pages, at the end of the file if there is none before.
  [[nodiscard]] Extent take(std::uint64_t pages, std::uint64_t generation);
  /// The pages of an extent behind the first `kept`, or all; nobody has read them.
  void give_back(const Extent& extent, std::uint64_t kept = 0);
  void retire(const Extent& extent) { retired_.push_back(extent); }

  void committed();
  /// What waited, which is free now.
  std::vector<Extent> release();

  /// Where the last page that is taken ends, waiting ones included.
  [[nodiscard]] std::uint64_t end() const noexcept;
  /// Pages before that which are free.
  [[nodiscard]] std::uint64_t free() const noexcept;

 private:
  struct Gap {
    std::uint64_t first = 0;
    std::uint64_t end = 0;
  };
  void add(std::uint64_t first, std::uint64_t end);

  std::vector<Gap> gaps_;  // ascending, none empty, no two touch; the last is without end
  std::vector<Extent> retired_;
  std::vector<Extent> waiting_;
};

}  // namespace dedup::stored
