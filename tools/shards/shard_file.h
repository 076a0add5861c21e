// SPDX-License-Identifier: Apache-2.0
// What the files of `dedup shard` have in common: a heading of lines for people and scripts, a
// blank line, and bytes.
//
//   dedup-keys 1
//   version 0.1.0
//   recipe 2f7c73cf57b6943e
//   …
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bytes/descriptor.h"

namespace dedup::tool {

/// What all parts of a corpus must agree on, or their keys do not meet.
struct Making {
  std::string version;
  std::string recipe;                 ///< see key_recipe()
  std::string check;                  ///< a key of the secret's: one secret, one check
  std::vector<std::string> settings;  ///< options that decide which keys there are
};

/// Lines of a name and a value, in their order.
class Heading {
 public:
  void add(std::string_view name, std::string_view value);
  void add(std::string_view name, std::uint64_t value);
  void add(const Making& making);

  /// The first value of that name; null where there is none.
  [[nodiscard]] const std::string* find(std::string_view name) const noexcept;
  [[nodiscard]] std::vector<std::string> all(std::string_view name) const;

  /// As it stands in a file, with the blank line.
  [[nodiscard]] std::string text(std::string_view kind) const;

 private:
  std::vector<std::pair<std::string, std::string>> lines_;
};

/// A file that is read by pieces. It is there whole: it took its place in one step. One thread at a
/// time.
class ShardFile {
 public:
  /// Throws InputError where it cannot be read, or is none of that kind.
  ShardFile(const std::string& path, std::string_view kind);

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// A number of the heading. Throws InputError where there is none.
  [[nodiscard]] std::uint64_t number(std::string_view name) const;
  [[nodiscard]] const Heading& heading() const noexcept { return heading_; }
  [[nodiscard]] Making making() const;
  /// The number that a part goes by, of its keys and names: of what is made of it, too.
  [[nodiscard]] std::uint64_t identity() const;

  /// The next section behind the heading, of so many pieces of so many bytes: where it begins.
  /// Throws InputError where the file is too short for it.
  std::uint64_t section(std::uint64_t count, std::uint64_t width);
  /// Throws InputError where anything is left behind the sections.
  void end_sections() const;

  /// Bytes behind the heading. Throws InputError where they are not there.
  [[nodiscard]] std::string read(std::uint64_t offset, std::uint64_t size) const;
  /// Gives back the descriptor until the next read(): of thousands of files few are read at once.
  void release() const noexcept { file_ = Descriptor(); }

 private:
  void open() const;
  [[noreturn]] void fail(const std::string& why) const;

  std::string path_;
  Heading heading_;
  mutable Descriptor file_;
  std::uint64_t size_ = 0;
  std::uint64_t body_ = 0;  // where it begins
  std::uint64_t used_ = 0;  // of it, by sections
};

/// Throws InputError where the two files do not agree, and says in what.
void must_agree(const std::string& path, const Making& making, const std::string& other,
                const Making& others);

}  // namespace dedup::tool
