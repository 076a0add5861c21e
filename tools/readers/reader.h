// SPDX-License-Identifier: Apache-2.0
// From bytes to documents. A reader gives one document after the other, and what is none in its
// place between them.
//
//   ( lead* ( broken_values? begin feed* end | begin_stray feed_stray* end_stray |
//             skipped | fault ) )* lead*
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "bytes/source.h"
#include "dedup/fields.h"
#include "dedup/scratch.h"
#include "dedup/warc.h"
#include "listeners/document.h"
#include "readers/markup.h"

namespace dedup::tool {

/// A line, or a value of JSON, that should be a document and is none.
struct Stray {
  std::uint64_t line = 0;    ///< lines of the file in front of it
  std::uint64_t offset = 0;  ///< bytes of the file in front of it
  std::string fault;         ///< what is wrong with it; empty: it is longer than a record may be
};

/// Strings of a record that nobody can read, beside others that are its text.
struct BrokenValues {
  std::uint64_t line = 0;    ///< as in Stray
  std::uint64_t offset = 0;  ///< likewise, of the record
  std::size_t count = 0;
};

/// Takes what a reader gives. Views are valid during the call only.
class Receiver {
 public:
  virtual ~Receiver() = default;

  virtual void begin(Document&& document) = 0;
  /// The next bytes of the document, as they are in the source, or unescaped.
  virtual void feed(std::string_view bytes) = 0;
  /// `separator`: the line behind the document that ended it.
  virtual void end(std::string_view separator) = 0;

  /// Bytes that belong to no document, and before the next: blank lines, byte order marks.
  virtual void lead(std::string_view bytes) = 0;

  virtual void begin_stray(const Stray& stray) = 0;
  virtual void feed_stray(std::string_view bytes) = 0;
  virtual void end_stray() = 0;

  /// Of the record that begins next: values are broken and no part of its text.
  virtual void broken_values(const BrokenValues& /*values*/) {}

  /// Of archives: a record that is no document, and what is wrong with the file.
  virtual void skipped(const WarcSkipped& /*record*/) {}
  virtual void fault(const WarcFault& /*fault*/) {}
};

class Reader {
 public:
  virtual ~Reader() = default;
  /// Gives all of a source. Throws InputError where it cannot be read on: what was begun then stays
  /// without its end.
  virtual void read(Source& source, Receiver& receiver) = 0;
  /// Whether the source read last was a page of HTML, or had any.
  [[nodiscard]] virtual bool gave_pages() const { return false; }
};

/// A file is a document; with a separator, a line equal to it (its end aside) ends one. An empty
/// separator is any line of nothing but white space, behind one that has more.
[[nodiscard]] std::unique_ptr<Reader> text_reader(std::optional<std::string> separator,
                                                  Markup markup = Markup::text);

/// A line is a document: what its fields hold, which is text or HTML. `scratch`, not null, takes
/// long lines.
[[nodiscard]] std::unique_ptr<Reader> jsonl_reader(Fields fields, std::shared_ptr<Scratch> scratch,
                                                   Markup markup = Markup::text);

/// The same for elements of arrays in JSON, and for objects outside of them, which may follow one
/// another. What parts them leads: blanks, commas, brackets of arrays.
[[nodiscard]] std::unique_ptr<Reader> json_reader(Fields fields, std::shared_ptr<Scratch> scratch,
                                                  Markup markup = Markup::text);

/// A page or a text of an archive is a document: see WarcReader.
[[nodiscard]] std::unique_ptr<Reader> warc_reader();

}  // namespace dedup::tool
