// SPDX-License-Identifier: Apache-2.0
// Notices that a site broke over several short lines, because a button or a name in it was set
// apart; read as one:
//
//   点击【                    ┐
//   **阅读原文**              │  点击【阅读原文】立即报名！
//   】立即报名！              ┘
//
// Only a line that cannot end there opens one: it has an open bracket, or it bids to press
// what the next line names. A title may end in such a word (语音识别): where what follows is a
// notice by itself, only a bare word goes with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "boilerplate/neighbours.h"
#include "boilerplate/rules.h"

namespace dedup::boilerplate {

/// Reads the lines of a window in order. Cost: a look at the end of short lines; a fold of the
/// parts for each line that goes on.
class BrokenNotice {
 public:
  /// `rules` must outlive it.
  explicit BrokenNotice(const BoilerplateRules& rules) : with_(rules), without_(rules) {}

  /// The line that `neighbours` read last.
  void read(const JudgedLine& line, Neighbours& neighbours) {
    if (may_be_part(line) || !is_closed()) look_at(line, neighbours);
  }

  /// No line follows.
  void finish(Neighbours& neighbours);

 private:
  /// The notice that may be open in one row of lines.
  class Parts {
   public:
    explicit Parts(const BoilerplateRules& rules) : rules_(&rules) {}
    void read(const JudgedLine& line, std::size_t index, bool opens, Neighbours& neighbours);
    [[nodiscard]] bool is_closed() const noexcept { return lines_.empty(); }
    void finish(Neighbours& neighbours);

   private:
    void add(const JudgedLine& line, std::size_t index);
    void judge();

    const BoilerplateRules* rules_;
    std::string text_;
    std::size_t behind_ = 0;          // in text_, where its first line ends if that may be a title
    std::vector<std::size_t> lines_;  // of the parts; none: no notice is open
    std::optional<Hit> hit_;          // of all of them,
    std::size_t first_ = 0;           // or of those from this one on
  };

  static constexpr std::uint32_t kHeaviestPart = 20;
  static constexpr std::size_t kLongestPart = 120;  // bytes

  /// Most lines are too heavy, and of the others many are items.
  [[nodiscard]] static bool may_be_part(const JudgedLine& line) noexcept {
    using structure::Kind;
    const bool written = line.kind == Kind::prose || line.kind == Kind::heading ||
                         line.kind == Kind::label || line.kind == Kind::field;
    return line.weight <= kHeaviestPart && written && !line.guarded &&
           line.content.size() <= kLongestPart;
  }
  [[nodiscard]] bool is_closed() const noexcept {
    return with_.is_closed() && without_.is_closed();
  }
  void look_at(const JudgedLine& line, Neighbours& neighbours);

  Parts with_;     // lines that go by themselves among the parts
  Parts without_;  // such lines looked past
};

}  // namespace dedup::boilerplate
