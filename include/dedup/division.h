// SPDX-License-Identifier: Apache-2.0
// How a clean text is divided among the values that it came from.
//
//   values         甲甲      乙(yǐ)乙    乙
//   document       甲甲 \n   乙(yǐ)乙 \n 乙        joined by a line feed, which belongs to no value
//   kept, edits    甲甲 \n   乙·····乙 ·····
//   clean          甲甲      乙乙        (empty)
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "dedup/export.h"

namespace dedup {

/// Hears what a Sink hears of one document, and keeps count. What an edit takes out of several
/// values it takes out of each; its replacement belongs to the value in which it starts, and so
/// does that of an edit that starts with the line feed behind a value.
///
/// Call grammar: (kept | edit)*, in the order of the document; all else at any time. Thread rule:
/// one thread at a time. Memory: some 17 bytes a value.
class DEDUP_EXPORT Division {
 public:
  /// Takes the next bytes of a value; valid during the call only.
  using Take = std::function<void(std::string_view)>;

  /// `sizes`: of the values, in bytes; at least one. See Record::sizes().
  explicit Division(std::vector<std::uint64_t> sizes);

  /// Text that stays. Gives `take` what of it belongs to values, in their order.
  void kept(std::string_view text, const Take& take);
  /// `size` bytes of the document that are replaced.
  void edit(std::uint64_t size, std::string_view replacement, const Take& take);

  /// How many values there are.
  [[nodiscard]] std::size_t size() const noexcept { return sizes_.size(); }
  /// Bytes of the clean value so far.
  [[nodiscard]] std::uint64_t clean(std::size_t value) const { return clean_[value]; }
  /// Whether an edit changed the value.
  [[nodiscard]] bool edited(std::size_t value) const { return edited_[value]; }
  /// Bytes of all clean values so far.
  [[nodiscard]] std::uint64_t written() const noexcept { return written_; }

  /// The clean values, as Record::with_texts() wants them: nothing for one without an edit. `clean`
  /// is all that was given to `take`, which must live as long.
  [[nodiscard]] std::vector<std::optional<std::string_view>> texts(std::string_view clean) const;

 private:
  void pass(std::uint64_t size);
  void give(std::string_view text, const Take& take);
  /// Bytes between here and the end of the value at hand; without end behind the last.
  [[nodiscard]] std::uint64_t room() const noexcept;
  void next_value();

  std::vector<std::uint64_t> sizes_;
  std::vector<std::uint64_t> clean_;
  std::vector<bool> edited_;
  std::size_t value_ = 0;     // at hand, to its line feed
  std::uint64_t passed_ = 0;  // bytes of it
  std::uint64_t written_ = 0;
};

}  // namespace dedup
