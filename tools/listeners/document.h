// SPDX-License-Identifier: Apache-2.0
// What is known of a document when it begins. Readers give it, writers and listeners take it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bytes/held_text.h"
#include "dedup/division.h"

namespace dedup::tool {

/// The line of JSONL that a document was taken from, or becomes.
class RecordLine {
 public:
  explicit RecordLine(std::string end) : end_(std::move(end)) {}
  RecordLine(const RecordLine&) = delete;
  RecordLine& operator=(const RecordLine&) = delete;
  virtual ~RecordLine() = default;

  /// Gives the line as it came, without its end; of one that is made, with an empty text.
  virtual void line(const Take& take) const = 0;
  /// Gives the same with another text in the field.
  virtual void with_text(const HeldText& text, const Take& take) const = 0;

  /// Bytes of each value where the text is of several, else nothing.
  [[nodiscard]] virtual std::vector<std::uint64_t> sizes() const { return {}; }
  /// Gives the line with what `division` made of them; `text` is all that it gave. Requires: they
  /// are several.
  virtual void with_texts(const HeldText& /*text*/, const Division& /*division*/,
                          const Take& /*take*/) const {}

  /// Whether it never came, but is made for a document that was none.
  [[nodiscard]] virtual bool is_made() const noexcept { return false; }

  /// Of the line; empty where the last line has none.
  [[nodiscard]] const std::string& end() const noexcept { return end_; }

 private:
  std::string end_;
};

struct Document {
  std::uint64_t number = 0;  ///< from 0 through the whole run; set when the Cleaner comes to it
  std::string name;          ///< in lists: id or URL of a record, else the path; "" for stdin
  std::string url;           ///< empty: none, or nobody asked
  std::string date;          ///< of its visit, where an archive tells it
  std::string title;         ///< empty: none, or not known
  std::string content_type;  ///< as HTTP has it; empty: not known
  std::string file;          ///< the operand as typed
  bool in_record = false;    ///< it is a record of the file, or a part of one
  std::uint64_t line = 0;    ///< lines of the file in front of it; of an archive, records
  std::uint64_t offset = 0;  ///< bytes of the file in front of it
  std::uint64_t before = 0;  ///< for JSONL: bytes of blank lines that were written without a record
  std::uint64_t frame = 0;   ///< for JSON: bytes of what leads it, and is written in any case
  std::string parting;  ///< for JSON: what parted it from the element before, and is not written
  std::shared_ptr<const RecordLine>
      record;  ///< for JSONL: what the text was taken from, or goes to
};

}  // namespace dedup::tool
