// SPDX-License-Identifier: Apache-2.0
// A record of a JSONL stream, of which only the text fields are ever changed.
//
//   dedup::Record record(line, "text");          // throws FormatError where it is none
//   out << record.with_text(dedup::clean(record.text())) << '\n';
//
//   line        {"id":7, "text":"\u7532\u4e59", "score":1.50}
//   with_text   {"id":7, "text":"\u7532", "score":1.50}
//
// The text may stand in several values:
//
//   dedup::Record record(line, dedup::Fields({"title", "/paras/*"}));
//   dedup::Division division(record.sizes());    // hears of the text what a Sink hears
//   out << record.with_texts(division.texts(clean)) << '\n';
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dedup/division.h"
#include "dedup/export.h"
#include "dedup/fields.h"

namespace dedup {

/// One line of JSONL. Every byte outside the text fields is kept as it came: spaces, the order of
/// the members, the way numbers are written.
///
/// A value: any calls in any order. Thread rule: as for a std::string; several threads may read one
/// that none changes. Memory: the line, the unescaped text once more, and some 32 bytes a value.
class DEDUP_EXPORT Record {
 public:
  /// Reads one line without its line feed. Throws FormatError, with a cause fit for a user, where
  /// the line is not one JSON object with exactly one string under `field`. The field is looked for
  /// at the top of the object, not in what is nested. Cost: one pass over the line.
  Record(std::string_view line, std::string_view field);

  /// The same for fields of any kind: the record has at least one string under them. A value that
  /// two of them lead to counts once, and where there may be several (see Fields::are_several), a
  /// null counts as none, and a string with an escape that no string may have is left out: see
  /// broken(). Throws FormatError where nothing is left, where a value is no string, or where an
  /// object on the way has a key twice.
  Record(std::string_view line, const Fields& fields);

  /// The unescaped text, UTF-8: of several values in the order of the line, a line feed between
  /// two. Valid as long as this, or until take_text().
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

  /// The same, moved out: text() is empty from then on, all else as before.
  [[nodiscard]] std::string take_text() noexcept { return std::exchange(text_, {}); }

  /// How many values the text is of: 1 for a member.
  [[nodiscard]] std::size_t values() const noexcept { return values_.size(); }

  /// Bytes of each value in the text, in its order.
  [[nodiscard]] std::vector<std::uint64_t> sizes() const;

  /// How many strings were left out.
  [[nodiscard]] std::size_t broken() const noexcept { return broken_; }

  /// The line as it was read, without its line feed.
  [[nodiscard]] const std::string& line() const noexcept { return line_; }

  /// The value of "id", else of "url": a string unescaped, a number as written; else empty. What
  /// takes more than 64 KiB in the line is no name.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

  /// The value of "url" likewise, whether or not it is the name.
  [[nodiscard]] const std::string& url() const noexcept { return url_; }

  /// The line with another text in its one value, escaped in the style of the line: non-ASCII
  /// characters as `\u` escapes where the value held no byte outside ASCII but such escapes. `text`
  /// is UTF-8; the line feed is the caller's. Throws Misuse where there are several values. Cost: a
  /// copy of the line.
  [[nodiscard]] std::string with_text(std::string_view text) const;

  /// The same for each value; one with nothing for it stays as it is written. Throws Misuse where
  /// there is another number of values.
  [[nodiscard]] std::string with_texts(
      const std::vector<std::optional<std::string_view>>& texts) const;

 private:
  friend class RecordReader;
  struct Value {
    std::size_t start = 0;  // of the string's opening quote in line_
    std::size_t end = 0;    // one past its closing quote
    std::size_t size = 0;   // unescaped
    bool ascii = false;     // it is written in ASCII with \u escapes
  };
  explicit Record(std::string_view line);
  void scan(const Fields::State& fields);
  void add_value(std::size_t start, std::size_t end, std::string_view text);
  [[nodiscard]] std::string_view part(std::size_t start, std::size_t size) const;

  std::string line_;
  std::string text_;
  std::string name_;
  std::string url_;
  std::vector<Value> values_;
  std::size_t broken_ = 0;
};

/// Reads records one after the other, with what memory the last one took.
///
///   dedup::RecordReader records(dedup::Fields({"text"}));
///   while (std::getline(in, line)) use(records.read(line));
///
/// Thread rule: one thread at a time; the records are their own. Memory: some MB at most.
class DEDUP_EXPORT RecordReader {
 public:
  /// Reads what stands under these.
  explicit RecordReader(Fields fields);
  /// Leaves one that may only be assigned to, or go.
  RecordReader(RecordReader&&) noexcept;
  /// The same.
  RecordReader& operator=(RecordReader&&) noexcept;
  ~RecordReader();

  /// Record(line, fields), and throws what that does; the next line may be read all the same.
  [[nodiscard]] Record read(std::string_view line);

 private:
  friend class Record;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dedup
