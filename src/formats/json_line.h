// SPDX-License-Identifier: Apache-2.0
// One JSON object on one line: written member by member, and its members asked for by name. What
// the project's own lists are made of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dedup/edit.h"
#include "walls/json.h"
#include "walls/json_scan.h"

namespace dedup::formats {

/// One JSON object on one line, built member by member in the order of the calls. A key must not be
/// given twice.
class JsonLine {
 public:
  /// Bytes that are no part of a character come out as U+FFFD.
  void add(std::string_view key, std::string_view text);
  void add(std::string_view key, std::uint64_t number);
  /// The shortest digits that read back as the same number, whatever the locale.
  void add(std::string_view key, double number);
  /// An object in the object: where the earlier copy stands.
  void add(std::string_view key, const Position& position, std::string_view name);
  void add(std::string_view key, const std::vector<std::string>& texts);
  void add(std::string_view key, const std::vector<std::uint64_t>& numbers);
  /// There is no other: what is false is left out.
  void add_true(std::string_view key);

  /// The whole line with its line feed. Ends its life: the text is moved out.
  std::string finish() && { return std::move(line_ += "}\n"); }

 private:
  void start(std::string_view key);

  std::string line_ = "{";
};

/// The members of a line, asked for by name; of two under one key the first counts. A line has a
/// dozen at most, so that each is looked for from the start. Whatever is asked for and is not as it
/// should be throws FormatError with the name of the member.
class JsonMembers {
 public:
  /// `line` must outlive it.
  explicit JsonMembers(std::string_view line) : line_(line), members_(json::members(line)) {}

  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }

  /// A count: digits alone. JSON's 1e3, 1.0 and -1 are numbers, too, and refused.
  [[nodiscard]] std::uint64_t number(std::string_view key) const;
  [[nodiscard]] std::uint64_t number_or_zero(std::string_view key) const {
    return has(key) ? number(key) : 0;
  }
  /// A number of any kind; nothing where it is missing.
  [[nodiscard]] std::optional<double> real(std::string_view key) const;
  /// The object under a key, as written.
  [[nodiscard]] std::string_view object(std::string_view key) const;
  /// Counts in an array; none where it is missing.
  [[nodiscard]] std::vector<std::uint64_t> numbers(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
  [[nodiscard]] std::string text(std::string_view key) const;
  [[nodiscard]] std::string text_or_nothing(std::string_view key) const {
    return has(key) ? text(key) : std::string();
  }
  /// Whether it is there and says `true`; anything else is as good as false.
  [[nodiscard]] bool is_true(std::string_view key) const;

 private:
  [[nodiscard]] std::uint64_t count(std::string_view key, std::size_t start, std::size_t end) const;
  [[nodiscard]] std::vector<json::Scan::Found> elements(std::string_view key) const;
  [[nodiscard]] const json::Member* find(std::string_view key) const;
  [[nodiscard]] const json::Member& need(std::string_view key) const;

  std::string_view line_;
  std::vector<json::Member> members_;
};

}  // namespace dedup::formats
