// SPDX-License-Identifier: Apache-2.0
// Messages on stderr.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace dedup::tool {

/// A line that stands on the terminal for the time being, to be taken away before a message.
class Footer {
 public:
  virtual ~Footer() = default;
  /// Takes it away; it stays away as long as the lock is held.
  virtual std::unique_lock<std::mutex> lift() = 0;
};

/// From now on tell() and say() lift `footer`, which must live until there is another, or none:
/// null. One for the process, as its stderr is one.
void set_footer(Footer* footer) noexcept;

/// Writes on stderr, in one piece, what was asked for. Throws OutputError.
void tell(std::string_view text);

/// Writes the message `english` as say() does. Throws OutputError.
void note(std::string_view english);

/// Writes "dedup: MESSAGE" and a line feed on stderr, in one piece, the message in the language of
/// whoever reads it (catalogue.h); in English it asks for no memory. What cannot be written there
/// is lost: the exit status tells of it, too.
void say(std::string_view english) noexcept;

/// Messages about damaged or skipped input. They do not end the run, they decide its status.
class Warnings {
 public:
  explicit Warnings(bool quiet) : quiet_(quiet) {}
  /// Those about one input: they are among `all`, which must live as long, too.
  explicit Warnings(Warnings& all) : quiet_(true), all_(&all) {}

  void add(std::string_view text);
  /// The same where the reason was a limit of ours.
  void add_limit(std::string_view text);

  /// The first message; empty: none came.
  [[nodiscard]] const std::string& first() const noexcept { return first_; }
  [[nodiscard]] bool any() const noexcept { return any_; }
  [[nodiscard]] bool any_limit() const noexcept { return any_limit_; }

 private:
  bool quiet_;
  Warnings* all_ = nullptr;
  bool any_ = false;
  bool any_limit_ = false;
  std::string first_;
};

}  // namespace dedup::tool
