// SPDX-License-Identifier: Apache-2.0
// Which strings of a JSONL record are its text.
//
//   dedup::Fields({"title", "/content/paragraphs/*", "/comments/*/body"})
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "dedup/export.h"

namespace dedup {

/// Names of fields, each a key or a pointer:
///
///   title        the member of the outermost object under this key
///   /a/0/text    what starts with a slash is a pointer (RFC 6901): keys of members and numbers of
///                elements on the way down; ~1 stands for / in a key, ~0 for ~
///   /a/*/text    a step that is * goes to every element of an array, and to every member of an
///                object
///
/// So a member whose name starts with a slash is reached by a pointer: /~1name.
///
/// A value: copies are cheap. Thread rule: any number of threads may use one.
class DEDUP_EXPORT Fields {
 public:
  /// Most names.
  static constexpr std::size_t kMost = 32;
  /// Most values under them in one record; one that has more is none.
  static constexpr std::size_t kMostValues = 65536;

  /// Throws InvalidOption where there is none or more than kMost, or one is no pointer though it
  /// starts with a slash.
  explicit Fields(std::vector<std::string> names);

  /// One member of the outermost object, whatever its name looks like.
  [[nodiscard]] static Fields member(std::string name);

  /// As they were given.
  [[nodiscard]] const std::vector<std::string>& names() const noexcept;

  /// Whether there is one, and it is the key of a member.
  [[nodiscard]] bool is_member() const noexcept;

  /// Whether a record may have several values under them: there are several, or a `*` is in one.
  [[nodiscard]] bool are_several() const noexcept;

 private:
  friend class Record;
  friend class LongRecord;
  friend class RecordReader;
  struct State;
  explicit Fields(std::shared_ptr<const State> state);

  std::shared_ptr<const State> state_;
};

}  // namespace dedup
