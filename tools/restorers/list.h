// SPDX-License-Identifier: Apache-2.0
// The list of edits as the restorers read it.
//
//   header                      once, and first
//   edit edit edit closing      document 0
//   closing                     document 1, of which nothing was changed
//   …                           numbered without a gap, so that a line lost in between shows
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "bytes/lines.h"
#include "bytes/source.h"
#include "dedup/edit_list.h"

namespace dedup::tool {

/// The list, line by line, checked for order.
class List {
 public:
  /// Reads the header. Throws InputError, as all here do, naming file and line.
  explicit List(const std::string& path);
  List(const List&) = delete;  // the lines are read through the source beside them
  List& operator=(const List&) = delete;

  [[nodiscard]] const EditListHeader& header() const noexcept { return header_; }

  /// The next edit or closing line, of the document at hand: of the one before until its closing
  /// line, then of the next. Nothing at the end, which never is within a document.
  [[nodiscard]] std::optional<EditListLine> next();

  /// Throws the fault of the line last read.
  [[noreturn]] void refuse(const std::string& fault) const;

 private:
  std::optional<EditListLine> read();

  Source source_;
  LineReader lines_;
  EditListHeader header_;
  std::uint64_t document_ = 0;
  bool open_ = false;  // edits were seen, their closing line not yet
};

/// The file that a document was read from; empty for standard input.
[[nodiscard]] std::string file_of(const EditListClosing& closing);

/// Which documents of the list are restored, and which of them the clean text holds.
class Choice {
 public:
  /// All of them, or those of the file `name`; "-" is standard input, which the list leaves
  /// unnamed.
  Choice(const List& list, std::optional<std::string> name);

  /// Whether to restore a document of this file. Refuses to guess among several files of which each
  /// has a clean text of its own.
  [[nodiscard]] bool is_wanted(const std::string& file);

  /// Whether documents that are not restored stand in the clean text.
  [[nodiscard]] bool holds_others() const noexcept { return !separate_; }

  /// At the end of the list: refuses a name that it does not have.
  void check() const;

 private:
  const List& list_;
  std::optional<std::string> name_;
  bool separate_;
  bool seen_ = false;
  bool any_ = false;
  std::string file_;  // of the document last asked about
};

}  // namespace dedup::tool
