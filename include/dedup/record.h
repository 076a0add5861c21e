// SPDX-License-Identifier: Apache-2.0
// A record of a JSONL stream, of which only the text field is ever changed.
//
//   dedup::Record record(line, "text");          // throws FormatError where it is none
//   out << record.with_text(dedup::clean(record.text())) << '\n';
//
//   line        {"id":7, "text":"\u7532\u4e59", "score":1.50}
//   with_text   {"id":7, "text":"\u7532", "score":1.50}
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "dedup/export.h"

namespace dedup {

/// One line of JSONL. Every byte outside the text field is kept as it came: spaces, the order of
/// the members, the way numbers are written.
///
/// A value: any calls in any order. Thread rule: as for a std::string; several threads may read one
/// that none changes. Memory: the line, and the unescaped field once more.
class DEDUP_EXPORT Record {
 public:
  /// Reads one line without its line feed. Throws FormatError, with a cause fit for a user, where
  /// the line is not one JSON object with exactly one string under `field`. The field is looked for
  /// at the top of the object, not in what is nested. Cost: one pass over the line.
  Record(std::string_view line, std::string_view field);

  /// The unescaped text field, UTF-8. Valid as long as this, or until take_text().
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

  /// The same, moved out: text() is empty from then on, all else as before.
  [[nodiscard]] std::string take_text() noexcept { return std::exchange(text_, {}); }

  /// The line as it was read, without its line feed.
  [[nodiscard]] const std::string& line() const noexcept { return line_; }

  /// The value of "id", else of "url": a string unescaped, a number as written; else empty. What
  /// takes more than 64 KiB in the line is no name.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

  /// The value of "url" likewise, whether or not it is the name.
  [[nodiscard]] const std::string& url() const noexcept { return url_; }

  /// The line with another text in the field, escaped in the style of the line: non-ASCII
  /// characters as \u escapes where the field held no byte outside ASCII but such escapes. `text`
  /// is UTF-8; the line feed is the caller's. Cost: a copy of the line.
  [[nodiscard]] std::string with_text(std::string_view text) const;

 private:
  std::string line_;
  std::string text_;
  std::string name_;
  std::string url_;
  std::size_t value_start_ = 0;  // of the string's opening quote in line_
  std::size_t value_end_ = 0;    // one past its closing quote
  bool ascii_ = false;           // the field is written in ASCII with \u escapes
};

}  // namespace dedup
