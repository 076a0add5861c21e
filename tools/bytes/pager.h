// SPDX-License-Identifier: Apache-2.0
// A program that shows standard output page by page.
#pragma once

#include <sys/types.h>

#include <string>

namespace dedup::tool {

/// From its making on all that is written to standard output goes to a pager, where that is a
/// terminal and there is a pager: $DEDUP_PAGER, else $PAGER, else less. An empty one, and cat, are
/// none. What is in these variables is for the shell.
///
/// Whoever quits the pager has seen enough: from then on writing throws ReaderGone. The keys that
/// interrupt a program are the pager's meanwhile.
class Pager {
 public:
  /// `wanted`: else nothing is done. Throws OutputError.
  explicit Pager(bool wanted);
  /// Waits as finish() does, and says nothing.
  ~Pager();
  Pager(const Pager&) = delete;
  Pager& operator=(const Pager&) = delete;

  /// Whether there is one.
  [[nodiscard]] bool any() const noexcept { return !command_.empty(); }

  /// Tells the pager that this was all, and waits until it ends. Throws OutputError where it never
  /// began.
  void finish();

 private:
  int wait() noexcept;

  std::string command_;
  pid_t child_ = -1;
};

}  // namespace dedup::tool
