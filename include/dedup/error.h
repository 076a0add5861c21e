// SPDX-License-Identifier: Apache-2.0
// The faults that the library reports by exception. Damaged data is never one of them: broken bytes
// are repaired by a stated policy, counted in Stats and told to Sink::end_document().
//
//   std::runtime_error
//     Error            all that the library throws itself
//       InvalidOption  an option makes no sense: mend the caller
//       Misuse         calls in a wrong order: mend the caller
//       FormatError    rules, a record or an edit list are not what they should be: mend the data
//       ScratchError   a disk does not do what it should: make room, start anew
//       IndexError     an index in a file cannot be opened, is in use, does not fit or is damaged
//
// What a sink or a caller's own scratch space throws comes out as it is, and std::bad_alloc too.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

#include "dedup/export.h"

namespace dedup {

/// Base of everything the library throws itself; what() is one line fit for a user.
class DEDUP_EXPORT Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An option, or two options together, make no sense. Thrown by constructors only, so that a call
/// cannot fail for what was known before the first.
class DEDUP_EXPORT InvalidOption : public Error {
 public:
  using Error::Error;
};

/// A call that does not fit the calls before, such as end() without begin(). Nothing was changed.
class DEDUP_EXPORT Misuse : public Error {
 public:
  using Error::Error;
};

/// Text in one of the project's own formats (rules, edit list) does not follow its grammar, or a
/// line is not the JSONL record it should be.
class DEDUP_EXPORT FormatError : public Error {
 public:
  using Error::Error;
};

/// An index in a file cannot be opened, read or written, is in use by another, was made with other
/// options, or is damaged. What was committed before stays as it was; the object must not be used
/// any more.
class DEDUP_EXPORT IndexError : public Error {
 public:
  /// what() is "path: cause".
  IndexError(const std::string& path, const std::string& cause)
      : Error(path + ": " + cause), size_(path.size()) {}

  /// Where the index lies, as it was given; valid as long as this.
  [[nodiscard]] std::string_view path() const noexcept { return {what(), size_}; }
  /// What went wrong, without the path; likewise.
  [[nodiscard]] std::string_view cause() const noexcept { return what() + size_ + 2; }

 private:
  std::size_t size_;
};

/// Scratch space made by file_scratch() cannot be opened, written or read, e.g. because the disk is
/// full. What used it must not be used any more.
class DEDUP_EXPORT ScratchError : public Error {
 public:
  /// what() is "directory: cause".
  ScratchError(const std::string& directory, const std::string& cause)
      : Error(directory + ": " + cause), size_(directory.size()) {}

  /// Where the scratch space lies, as it was given to file_scratch(); valid as long as this.
  [[nodiscard]] std::string_view directory() const noexcept { return {what(), size_}; }
  /// The words of the system; likewise.
  [[nodiscard]] std::string_view cause() const noexcept { return what() + size_ + 2; }

 private:
  std::size_t size_;
};

}  // namespace dedup
