// SPDX-License-Identifier: Apache-2.0
// Bylines: lines that name an author, an editor, a source, as `责任编辑：张三` or
// `来源：某某网 更新时间：2020-01-02 10:30`.
//
// They need punctuation, so they are read from the text of a line and not from its key: the letters
// of 责编 stand in 负责编制, too. A line is a byline if every part of it is a label, a mark, or a value
// that looks like a name, a date or an address; a sentence behind a label is none. Without a mark,
// brackets and a blank do: （记者 陈大文）.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "boilerplate/first_units.h"
#include "boilerplate/rule_tables.h"
#include "boilerplate/value_shape.h"

namespace dedup::boilerplate {

struct Byline {
  std::size_t rule = 0;   ///< index of the rule whose label opens the line
  Fit fit = Fit::own;     ///< how well the value is what the rule wants
  bool is_field = false;  ///< one label, a colon and a value, as fields of a record have
};

/// Immutable after construction and shareable between threads.
class BylineMatcher {
 public:
  /// A rule that fires, and the unit that whatever holds its label begins or ends with: few rules
  /// need a closer look.
  struct Candidate {
    std::size_t rule = 0;
    char16_t unit = 0;
    bool opens = false;  ///< begins with
  };

  /// `rules` must outlive the matcher, unmoved.
  explicit BylineMatcher(const RuleTables& rules);

  /// The byline that `line` is, which has this key; nothing if it is none. Cost: a look at the
  /// start of the key; a fold of the line where a label stands there.
  [[nodiscard]] std::optional<Byline> find(std::string_view line, std::u16string_view key) const;

  /// Whether it is worth while to ask for one; no is sure, and what nearly every key says.
  [[nodiscard]] bool may_find(std::u16string_view key) const noexcept {
    return key.size() >= 2 && (starts_.may_hold(key[0]) || may_open(pair_of(key)));
  }

 private:
  /// Of a label of two units or more.
  struct Opening {
    std::uint32_t pair = 0;  // its first two units
    std::u16string_view label;
  };

  /// Requires: two units at least.
  static std::uint32_t pair_of(std::u16string_view units) noexcept {
    return std::uint32_t{units[0]} << 16U | units[1];
  }
  /// 12 bits of a pair.
  static std::size_t hash(std::uint32_t pair) noexcept {
    return ((pair >> 16U) * 0x9E37U + (pair & 0xFFFFU)) * 0x9E3779B1U >> 20U;
  }
  [[nodiscard]] bool may_open(std::uint32_t pair) const noexcept {
    return (openings_[hash(pair) / 64] >> (hash(pair) % 64) & 1) != 0;
  }
  [[nodiscard]] bool opens(std::u16string_view key, std::string_view line) const;
  [[nodiscard]] bool is_unmarked(std::string_view line, std::u16string_view key,
                                 const tables::Byline& rule) const;
  [[nodiscard]] std::optional<Byline> marked(std::string_view line) const;
  [[nodiscard]] std::u16string_view before_label(std::u16string_view key) const;

  const RuleTables& rules_;
  std::vector<Candidate> marked_;             // those whose label stands before a mark
  std::vector<Candidate> unmarked_;           // and the others
  std::u16string short_labels_;               // those of one unit
  FirstUnits starts_;                         // the same, and what no label but a lead begins with
  std::array<std::uint64_t, 64> openings_{};  // a bit for the hash of each pair
  std::vector<Opening> labels_;               // ordered by pair
};

}  // namespace dedup::boilerplate
