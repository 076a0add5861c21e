// SPDX-License-Identifier: Apache-2.0
// The files below an output directory, which become new together.
//
// Each is written to a numbered file in a directory of its own, ".dedup-" and ten characters, in
// the output directory, or at the top of another file system that is mounted below; when all are
// whole they are renamed to where they belong, in the order in which they were written. A run that
// fails leaves no trace. One that is killed leaves that directory, which the next run that writes
// to the same file system removes; and if it was killed in the midst of the renames, the files of
// the operands named first are new and the others as they were.
//
// At most a handful of descriptors is open, however many the files.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bytes/directory.h"
#include "bytes/publication.h"
#include "bytes/staging.h"

namespace dedup::tool {

class OutputTree {
 public:
  /// Nothing is made before the first reserve().
  explicit OutputTree(std::filesystem::path root) : root_path_(std::move(root)) {}
  ~OutputTree();
  OutputTree(const OutputTree&) = delete;
  OutputTree& operator=(const OutputTree&) = delete;

  struct Folder;
  /// A file that will stand in a folder.
  struct Entry {
    Staged file;
    Folder* folder = nullptr;
    std::string name;
  };

  /// The place of a file that will stand at `path`, below the root by its name, with owner and mode
  /// of what it replaces. Throws OutputError, also for a symbolic link on the way and where
  /// something stands that is neither a regular file nor a link.
  [[nodiscard]] Entry reserve(const std::filesystem::path& path);

  /// The file is whole, and durable unless syncs_at_once() was when it was reserved: it will be
  /// published. One that is not kept is to be dropped.
  void keep(Entry entry) { entries_.push_back(std::move(entry)); }

  /// Whether it is one of many, which prepare() makes durable all at once: a sync for each costs a
  /// few milliseconds, so that 19,000 files of 2 kB took 43 s, and 4 s at once.
  [[nodiscard]] bool syncs_at_once() const noexcept { return reserved_ > kMostSynced; }

  /// Makes durable what is not yet, and the directories that are missing: what can fail. Throws
  /// OutputError.
  void prepare();

  /// Puts all that was kept in its place. Requires prepare(). Further files may follow.
  void publish(Publication& publication);

 private:
  static constexpr std::uint64_t kMostSynced = 64;

  [[nodiscard]] Directory root() const { return *root_->enter("."); }
  Folder& enter_folder(const std::filesystem::path& path);
  void open_root();
  void make_root(const std::filesystem::path& path);
  Staging& staging_on(const Mount& mount, const std::filesystem::path& path, const Directory& here);
  [[nodiscard]] Directory highest_on(const Mount& mount, const std::filesystem::path& path,
                                     const Directory& here) const;
  [[nodiscard]] std::string label(const Entry& entry) const;
  [[nodiscard]] Directory deepest(const std::filesystem::path& path, bool& whole) const;
  [[nodiscard]] std::optional<Directory> enter(const std::filesystem::path& path) const;
  Directory make(const std::filesystem::path& path);
  void sync_folders(Publication& publication) const;
  void remove_made() noexcept;

  std::filesystem::path root_path_;
  std::optional<Directory> root_;
  std::deque<Staging> stagings_;  // one for each file system below the root
  std::map<std::filesystem::path, Folder> folders_;
  std::optional<Directory> here_;                 // of the folder of the last file, if it is there
  Folder* at_ = nullptr;                          // that folder
  std::vector<Entry> entries_;                    // kept
  std::vector<std::filesystem::path> made_root_;  // directories that a failed run removes again
  std::vector<std::filesystem::path> made_;
  std::uint64_t reserved_ = 0;
};

/// A directory that files go to.
struct OutputTree::Folder {
  std::filesystem::path path;  ///< below the root
  Staging* staging = nullptr;
  std::optional<Directory> directory;  ///< held open from prepare() on, in the first few
  bool changed = false;                ///< by publish()
};

}  // namespace dedup::tool
