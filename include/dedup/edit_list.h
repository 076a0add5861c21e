// SPDX-License-Identifier: Apache-2.0
// The edit list: edits as lines of JSON, the format behind `--removed` and `dedup restore`.
//
//   header   {"dedup":"0.1.0","recipe":"…","format":"text",…}
//   edit     {"document":0,"name":"a.txt","block":3,"start":120,"end":131,"text":"…","reason":…}
//   closing  {"document":0,"name":"a.txt","decoded":5120,"output":4800}
//
// A closing line follows the edits of its document; its byte counts let concatenated output be cut
// again, and its digest tells whether what was restored is what was there.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/edit.h"
#include "dedup/export.h"

namespace dedup {

/// The digest of a decoded document, whatever the pieces it comes in: XXH3-128, which notices every
/// accident and no attack. Call grammar: (add | hex)*. One thread at a time; costs little more than
/// reading the bytes, and no memory that grows with them.
class DEDUP_EXPORT Digest {
 public:
  /// Of nothing yet.
  Digest();
  ~Digest();
  Digest(Digest&&) noexcept;             ///< the other may then be assigned to or destroyed only
  Digest& operator=(Digest&&) noexcept;  ///< likewise

  /// The next bytes of the document, cut anywhere.
  void add(std::string_view bytes) noexcept;
  /// 32 hexadecimal digits, of all that was added so far; more may be added afterwards.
  [[nodiscard]] std::string hex() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What stands at the head of a list: how the run read its input. The line itself also names the
/// program's version and key_recipe(), which reading it back passes over.
struct EditListHeader {
  /// "text"; "jsonl"; "json"; "warc": texts out of an archive, parted by blank lines; "documents":
  /// records made of texts, where a line that was left out lacks its text.
  std::string format = "text";
  std::string field;                     ///< the text field of a JSONL run, where it is one member
  std::string options;                   ///< the options as typed, for the reader's information
  bool separate = false;                 ///< each file has a clean text of its own
  std::vector<std::string> fields = {};  ///< where it is not one member: see Fields
};

/// The last line of a document, which tells how much of each text is its own. Offsets and sizes are
/// bytes of UTF-8.
struct EditListClosing {
  std::uint64_t document = 0;  ///< its number, the same as in its edits
  std::string name;            ///< empty where it has none
  std::string file;  ///< that it was read from, where that is not its name; "-": standard input
  std::uint64_t decoded = 0;           ///< bytes of the decoded document
  std::uint64_t output = 0;            ///< bytes written for it
  bool passed = false;                 ///< a JSONL line that was passed through as it came
  std::string digest;                  ///< of the decoded document; empty in lists of version 0.1
  std::uint64_t frame = 0;             ///< bytes of brackets in front of it, in JSON
  std::string parting;                 ///< what parted it from another element, and did not stay
  std::uint64_t before = 0;            ///< bytes of blank lines that end the JSONL file before
  std::optional<std::string> omitted;  ///< the raw line of a record that was left out
  std::vector<std::uint64_t> fields = {};  ///< bytes of each value, where the text is of several
  /// Lines of the file in front of it, or records of an archive. Nothing where a text begins its
  /// file, and in lists of older versions.
  std::optional<std::uint64_t> line = std::nullopt;
};

/// An edit read back, with texts of its own. Its score is not kept.
struct StoredEdit {
  std::uint64_t document = 0;  ///< the number of the document
  std::string name;            ///< and its name; empty where it has none
  std::uint64_t start = 0;     ///< first byte in the decoded document
  std::uint64_t end = 0;       ///< one past the last byte
  std::string text;            ///< the bytes [start, end): what the document held
  std::string replacement;     ///< what the clean text holds in their place; may be empty
  std::uint64_t block = 0;     ///< number of the line in which the span starts
  std::optional<Reason> reason = std::nullopt;   ///< nothing: one that this version does not know
  std::string rule = {};                         ///< what fired; may be empty
  std::optional<Position> first = std::nullopt;  ///< the earlier copy
  std::string first_name = {};                   ///< the name of its document, if it has one
  std::optional<double> similarity = std::nullopt;  ///< to it
};

/// Returns one line of JSON with its line feed. Optional members that are empty, false or
/// unset are left out. Texts that are not UTF-8, as names of files may be, are written with U+FFFD
/// for each byte that is no part of a character. Any thread; linear in the length of the line.
[[nodiscard]] DEDUP_EXPORT std::string to_line(const EditListHeader& header);
/// Likewise; `document` and `name` are those of the document that the edit is in.
[[nodiscard]] DEDUP_EXPORT std::string to_line(const Edit& edit, std::uint64_t document,
                                               std::string_view name);
/// Likewise.
[[nodiscard]] DEDUP_EXPORT std::string to_line(const EditListClosing& closing);

/// A line read back: exactly one member is set.
struct EditListLine {
  std::optional<EditListHeader> header;    ///< the head of a list
  std::optional<StoredEdit> edit;          ///< an edit of a document
  std::optional<EditListClosing> closing;  ///< the end of a document
};
/// Reads a line of an edit list, given without its line feed. Members it does not know are
/// passed over. Throws FormatError where the line is none of the three, lacks a member it must
/// have, or where an edit's start, end and text disagree in length. Any thread.
[[nodiscard]] DEDUP_EXPORT EditListLine parse_edit_list_line(std::string_view line);

}  // namespace dedup
