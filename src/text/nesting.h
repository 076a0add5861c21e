// SPDX-License-Identifier: Apache-2.0
// Nesting: whether a place of a line lies inside quotation marks, brackets or a tag.
//
//   他写道：“路渐渐窄了。|到了冬天，再没有人。”五句由宽到窄。
//                        ^ inside                 ^ outside
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace dedup::text {

/// Walks along one line. Closing marks that nothing opened count for nothing; what nothing closes
/// stays open to the end of the line, so that when in doubt a place is inside.
class Nesting {
 public:
  explicit Nesting(std::string line) : line_(std::move(line)) {}

  /// Whether the place is inside. Asked for in ascending order; all asks together are linear.
  [[nodiscard]] bool is_inside(std::size_t place) noexcept;

 private:
  static constexpr std::size_t kPairs = 13;

  void step() noexcept;

  std::string line_;
  std::size_t at_ = 0;
  std::array<std::uint32_t, kPairs> open_{};
  std::size_t depth_ = 0;
  bool straight_ = false;  // between straight quotation marks
  bool tag_ = false;
};

}  // namespace dedup::text
