// A record of a JSONL stream, of which only the text field is ever changed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "dedup/export.h"

namespace dedup {

/// One line of JSONL. Every byte outside the text field is kept as it came.
class DEDUP_EXPORT Record {
 public:
  /// Reads one line without its line feed. Throws FormatError, with a cause fit for a user, where
  /// the line is not one JSON object with exactly one string under `field`.
  Record(std::string_view line, std::string_view field);

  /// The unescaped text field, UTF-8.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

  /// The same, moved out: text() is empty from then on, all else as before.
  [[nodiscard]] std::string take_text() noexcept { return std::exchange(text_, {}); }

  /// The line as it was read.
  [[nodiscard]] const std::string& line() const noexcept { return line_; }

  /// The value of "id", else of "url": a string unescaped, a number as written; else empty.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

  /// The line with another text in the field, escaped in the style of the line: non-ASCII
  /// characters as \u escapes where the field held no byte outside ASCII but such escapes.
  [[nodiscard]] std::string with_text(std::string_view text) const;

 private:
  std::string line_;
  std::string text_;
  std::string name_;
  std::size_t value_start_ = 0;  // of the string's opening quote in line_
  std::size_t value_end_ = 0;    // one past its closing quote
  bool ascii_ = false;           // the field is written in ASCII with \u escapes
};

}  // namespace dedup
