// SPDX-License-Identifier: Apache-2.0
// The simdjson wall: UTF-8 validation, and one line of JSON at a time.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dedup::json {

/// Whether all bytes are valid UTF-8.
[[nodiscard]] bool is_valid_utf8(std::string_view bytes) noexcept;

/// A member of a JSON object: where its value stands in the line, and the value unescaped if it is
/// a string.
struct Member {
  std::string key;
  std::size_t start = 0;  // of the raw value in the line, a string's quote included
  std::size_t end = 0;
  std::optional<std::string> string;
  bool broken = false;  ///< an escape of it is half of a surrogate pair; `string` is empty then
};

/// The members of the one object that `line` holds, in order. Throws FormatError with the cause
/// where the line is not exactly one valid JSON object, has integers beyond 64 bits, or nests more
/// than 1024 deep. NaN, Infinity and -Infinity are taken for numbers, as many writers do.
[[nodiscard]] std::vector<Member> members(std::string_view line);

/// Room that a line needs behind it while it is read.
inline constexpr std::size_t kPadding = 64;

/// The same, also of lines with halves of surrogate pairs in them, and without a copy of the line,
/// which is as before in the end, if it can take kPadding more without being moved. Only members
/// under the wanted keys are there, and of each key the first two at least. A line of more than
/// `longest_parsed` bytes is scanned instead of parsed, so that what it holds beside them takes no
/// memory.
[[nodiscard]] std::vector<Member> members(std::string& line,
                                          std::initializer_list<std::string_view> wanted,
                                          std::size_t longest_parsed = std::size_t{1} << 20);

/// The same for lines one after the other: what reading a line takes is kept for the next, unless
/// it is a long one. One thread at a time. Memory: some MB.
class LineParser {
 public:
  LineParser();
  LineParser(LineParser&&) noexcept;
  LineParser& operator=(LineParser&&) noexcept;
  ~LineParser();

  [[nodiscard]] std::vector<Member> members(std::string& line,
                                            std::initializer_list<std::string_view> wanted,
                                            std::size_t longest_parsed = std::size_t{1} << 20);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The first string under `key` that is not empty, in the object or the list of objects that `text`
/// holds, and in what each of them holds under `container`; nothing where there is none, or the
/// text is no JSON. Memory: some times the text.
[[nodiscard]] std::optional<std::string> find_string(std::string_view text, std::string_view key,
                                                     std::string_view container);

/// Whether JSON has such a number, and it fits 64 bits.
[[nodiscard]] bool is_number_token(std::string_view token);

/// Appends what the inside of a string, of valid UTF-8, stands for. Throws FormatError where an
/// escape is broken.
void append_unescaped(std::string& out, std::string_view inside);

/// The same for the head of it, some 64 KiB up to the end of a character; returns how much that is.
/// `inside` must be kHead long at least, unless the string ends with it.
[[nodiscard]] std::size_t append_unescaped_head(std::string& out, std::string_view inside);
inline constexpr std::size_t kHead = (std::size_t{64} << 10) + 64;

/// Appends `text` (valid UTF-8) as a JSON string with its quotes; with `ascii`, everything outside
/// ASCII as \u escapes.
void append_string(std::string& out, std::string_view text, bool ascii = false);

/// The same without the quotes.
void append_escaped(std::string& out, std::string_view text, bool ascii = false);

}  // namespace dedup::json
