// Bylines: lines that name an author, an editor, a source, as `责任编辑：张三` or
// `来源：某某网 更新时间：2020-01-02 10:30`.
//
// They need punctuation, so they are read from the text of a line and not from its key: the letters
// of 责编 stand in 负责编制, too. A line is a byline if every part of it is a label, a mark, or a value
// that looks like a name, a date or an address; a sentence behind a label is none.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "memory/rule_grammar.h"

namespace dedup::memory {

/// Immutable after construction and shareable between threads.
class BylineMatcher {
 public:
  /// `rules` must outlive the matcher, unmoved.
  explicit BylineMatcher(std::span<const BylineRule> rules);

  /// The index of the rule whose label opens the byline `line`, which has this key; nothing if it
  /// is none. Cost: a look at the start of the key; a fold of the line where a label stands there.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view line,
                                                std::u16string_view key) const;

 private:
  std::span<const BylineRule> rules_;
  std::array<std::uint64_t, 64> openings_{};  // hashed first two units of the labels
};

}  // namespace dedup::memory
