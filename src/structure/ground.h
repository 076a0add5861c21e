// SPDX-License-Identifier: Apache-2.0
// Ground: the lines that a layout walks over, and what is fenced off in them. A fence of Markdown
// or a table in tags is closed: nothing in it is looked at. A zone is open, but has an end of its
// own, which no group that begins outside or inside of it reaches over:
//
//   ```cmd              closed    ┐                ::: moniker range="a"    a zone ┐
//   run /all                      │                1. 打开项目。                   │
//   ```                           ┘                ::: moniker-end                 ┘
//
// A walk within a zone is kept to it: size() is its end for as long as that lasts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "structure/shape.h"

namespace dedup::structure {

class Ground {
 public:
  explicit Ground(std::span<const Shape> shapes)
      : shapes_(shapes), closed_(shapes.size(), 0), size_(shapes.size()) {}

  void close(std::size_t first, std::size_t end) {
    for (std::size_t i = first; i < end; ++i) {
      closed_[i] = 1;
    }
  }
  /// Finds the zones from line `first` on, once everything closed is known. What none ends is a
  /// line of its own.
  void find_zones(std::size_t first);

  [[nodiscard]] const Shape& operator[](std::size_t i) const noexcept { return shapes_[i]; }
  /// Behind the lines that may be looked at.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// Keeps the walk to the lines before `size`, and says where it went to before.
  std::size_t keep_to(std::size_t size) noexcept { return std::exchange(size_, size); }

  [[nodiscard]] bool is_closed(std::size_t i) const noexcept { return closed_[i] != 0; }
  /// Whether a line is there that no fence or table holds.
  [[nodiscard]] bool free(std::size_t i) const noexcept { return i < size_ && closed_[i] == 0; }
  [[nodiscard]] bool is(std::size_t i, Kind kind) const noexcept {
    return free(i) && shapes_[i].kind == kind;
  }
  /// The next line from i on that is not blank, or size().
  [[nodiscard]] std::size_t filled(std::size_t i) const noexcept {
    while (i < size_ && shapes_[i].kind == Kind::blank) {
      ++i;
    }
    return i;
  }
  /// Behind the zone that begins with line i, or i.
  [[nodiscard]] std::size_t zone_end(std::size_t i) const noexcept {
    return zone_ends_.empty() || zone_ends_[i] == 0 ? i : zone_ends_[i];
  }
  /// Behind what stands at line i: a zone, closed lines or rows in a row, or the line.
  [[nodiscard]] std::size_t part_end(std::size_t i) const noexcept;

 private:
  std::span<const Shape> shapes_;
  std::vector<std::uint8_t> closed_;    // not bits: each line asks
  std::vector<std::size_t> zone_ends_;  // by first line; 0: none begins there. Empty without zones
  std::size_t size_;
};

}  // namespace dedup::structure
