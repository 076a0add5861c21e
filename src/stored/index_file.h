// SPDX-License-Identifier: Apache-2.0
// The index file: what is remembered beyond the end of a process, in one file that survives kills
// and losses of power, and that several processes may have open.
//
//   sets, records     what is here, and what is staged: written, but by no commit referred to
//   stage             goes by Set::add and Records::add
//   prepare, commit   all that is staged becomes a part of the file, or nothing of it
//
// One writes, any number read. Locks, by their numbers (walls/shared_file.h):
//
//   0          presence    shared by all; alone for who replaces the file
//   1          writing     alone, from opening to closing
//   2 + g      reading     shared, of generation g
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stored/manifest.h"
#include "stored/records.h"
#include "stored/set.h"
#include "stored/space.h"
#include "walls/shared_file.h"

namespace dedup::stored {

/// One thread at a time. All throw IndexError, after which nothing more is to be staged.
class IndexFile {
 public:
  enum class Mode { read, update };
  struct How {
    Mode mode = Mode::update;
    std::uint64_t wait = 0;    ///< thousandths of a second, for another who writes
    std::uint64_t memory = 0;  ///< for filters; 0: no limit
    bool remote = false;       ///< on a file system of the network, too
    /// Instead of presence, to replace it: nobody else may have it open.
    bool alone = false;
  };
  /// Opens one. `fresh` is what a new one begins with, where the file is not there or is empty;
  /// with none it must be there.
  IndexFile(const std::string& path, const How& how, const std::optional<Manifest>& fresh);
  /// A new one that was never committed goes.
  ~IndexFile();
  IndexFile(const IndexFile&) = delete;
  IndexFile& operator=(const IndexFile&) = delete;

  [[nodiscard]] const Manifest& manifest() const noexcept { return manifest_; }
  [[nodiscard]] std::uint64_t generation() const noexcept { return head_.generation; }
  [[nodiscard]] const files::SharedFile& file() const noexcept { return file_; }
  [[nodiscard]] std::uint64_t free_pages() const noexcept { return space_.free(); }
  [[nodiscard]] bool is_new() const noexcept { return is_new_; }
  [[nodiscard]] bool writes() const noexcept { return writes_; }

  [[nodiscard]] Set& set(std::size_t number) noexcept { return sets_[number]; }
  [[nodiscard]] Records& records(std::size_t number) noexcept { return records_[number]; }

  /// What the next commit says of options.
  void set_options(std::string options) { manifest_.options = std::move(options); }
  /// Writes all that a commit needs space for. `documents`: how many of them will be known.
  void prepare(std::uint64_t documents);
  /// How many documents commit() would make known; none if nothing was prepared, or something was
  /// staged since.
  [[nodiscard]] std::optional<std::uint64_t> prepared() const noexcept;
  /// Makes last what was prepared, and must be. Takes no memory, and no space on the disk.
  void commit();

  /// Reads every page that counts and looks whether it is in order. Throws for the first that is
  /// not.
  void check();
  /// Puts it in the place of another file, which nobody has open.
  void replace(const std::string& path) { file_.rename_to(path); }

 private:
  void begin(const Manifest& fresh);
  void read();
  void tidy(const Extent& manifest) noexcept;

  files::SharedFile file_;
  bool writes_;
  bool is_new_ = false;  // no commit was made
  Head head_;
  std::optional<Head> next_;  // of what was prepared
  Manifest manifest_;
  Space space_;
  FilterCache filters_;
  Ground ground_;
  std::vector<Set> sets_;
  std::vector<Records> records_;
};

/// Bytes of an entry behind its key, of each set.
inline constexpr std::array<std::size_t, kSets> kPayloads{5, 10, 18, 18, 10, 0};

}  // namespace dedup::stored
