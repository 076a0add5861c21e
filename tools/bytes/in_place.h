// SPDX-License-Identifier: Apache-2.0
// Files that are replaced where they stand, in groups: a sync for each would cost a few
// milliseconds.
//
//   reserve, keep     pages/.dedup-0123456789/0      pages/a.txt, whole
//   reserve, keep     pages/.dedup-0123456789/1      pages/sub/b.txt, whole
//   prepare           both are durable, and may still be replaced
//   publish           pages/a.txt.bak                a second name of the old file
//                     pages/a.txt                    renamed from the staging directory
//                     likewise b.txt; then the next group
//
// At any moment a file is the old or the new one, and where originals are kept, the old one has its
// second name before the new one takes the first. The staging directory lies beside the first file
// on each file system, and is cleared away by the next run there if this one is killed.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "bytes/directory.h"
#include "bytes/file_state.h"
#include "bytes/publication.h"
#include "bytes/staging.h"

namespace dedup::tool {

/// Why a file stays as it is; those around it do not.
struct NotReplaced : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class InPlace {
 public:
  /// `suffix`: see backup_name(); empty: originals are not kept.
  explicit InPlace(std::string suffix) : suffix_(std::move(suffix)) {}

  /// A file that will replace another.
  struct Entry {
    Staged file;
    std::size_t tag = 0;         ///< the caller's
    std::filesystem::path path;  ///< of the file, links followed
    FileState read;              ///< how that was
    /// How many names it has beside the one that will be replaced, and the one of its backup.
    std::uint64_t other_names = 0;
  };

  /// The place of a file with the manners of the one at `path`, links followed, which it will
  /// replace; that was `read` when it was opened. Throws NotReplaced, and OutputError where no file
  /// can be replaced.
  [[nodiscard]] Entry reserve(std::size_t tag, const std::string& path, const FileState& read);

  /// The file is whole, and durable unless syncs_at_once() was when it was reserved. One that is
  /// not kept is to be dropped.
  void keep(Entry entry) { entries_.push_back(std::move(entry)); }

  /// Whether prepare() makes it durable, together with others.
  [[nodiscard]] bool syncs_at_once() const noexcept { return reserved_ > kMostSynced; }

  /// Told of a file that stays as it is: its tag, and why.
  using Tell = std::function<void(std::size_t tag, const std::string& why)>;

  /// Makes what was kept durable, and drops what may not be replaced any more. Throws OutputError.
  void prepare(const Tell& tell);

  /// Puts all that is left in its place. Requires prepare(). The next group may follow.
  void publish(Publication& publication, const Tell& tell);

 private:
  static constexpr std::uint64_t kMostSynced = 64;

  struct Found {
    struct stat status {};
    std::uint64_t other_names = 0;
  };

  /// A directory that files are looked for in.
  struct At {
    Directory directory;
    Staging* staging = nullptr;  // for its files, once one of them was reserved
    int fault = 0;               // why nothing can be put there
  };
  [[nodiscard]] At& enter(const std::filesystem::path& path);
  [[nodiscard]] std::string backup_of(const std::string& name) const;
  [[nodiscard]] Found replaceable(const At& at, const std::string& name) const;
  Staging& staging_on(const Directory& directory, const std::string& label);
  void each(const Tell& tell, const std::function<void(const Entry&)>& step);
  void link(const Entry& entry);
  void place(const Entry& entry, Publication& publication);
  void sync_at_once() const;
  void sync_directories(Publication& publication);

  std::string suffix_;
  std::deque<Staging> stagings_;  // one for each file system
  std::vector<Entry> entries_;    // kept
  std::optional<At> at_;
  std::set<std::pair<dev_t, ino_t>> cleared_;  // directories looked at for leftovers
  std::uint64_t reserved_ = 0;
};

}  // namespace dedup::tool
