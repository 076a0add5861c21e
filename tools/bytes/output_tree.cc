// SPDX-License-Identifier: Apache-2.0
// What stands in the output directory `out` after each step of a run over a/甲.txt and 乙.txt:
//
//   reserve, keep     out/.dedup-0123456789/0          a/甲.txt, whole
//   reserve, keep     out/.dedup-0123456789/1          乙.txt, whole
//   prepare           out/a/                           all that can fail was done
//   publish           out/a/甲.txt, out/乙.txt         a rename each, in this order
//   ~OutputTree       the staging directory goes; without publish() also the files and out/a
//
// After publish() all may begin again, with further files.
//
// A rename cannot lead to another file system, so each of them below the root has a staging
// directory of its own, as far up on it as we may write: there the next run looks for the leftovers
// of killed ones, whatever directories were made below meanwhile.
//
// Names are looked up from directories held open, never by a whole path, so that nobody can put a
// symbolic link in between: only the root's own path, which is the user's, is followed.
#include "bytes/output_tree.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "bytes/fault.h"
#include "bytes/leftover.h"
#include "bytes/paths.h"
#include "bytes/replacement.h"

namespace dedup::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kAllEntries = ~std::size_t{0};  // of the root, which is looked at once

[[noreturn]] void fail(const fs::path& path, const std::string& fault) {
  throw OutputError(shown(path.string()) + ": " + fault);
}

/// What stands under the name of an output, if that can be replaced. Throws OutputError if not: a
/// pipe or a device is no place for a file, and would be gone.
std::optional<struct stat> replaceable(const Directory& directory, const std::string& name) {
  const auto old = directory.status(name);
  if (!old || S_ISLNK(old->st_mode)) return std::nullopt;
  if (S_ISDIR(old->st_mode)) fail(directory.path() / name, cause(EISDIR));
  if (!S_ISREG(old->st_mode)) fail(directory.path() / name, "is no regular file; not replaced");
  if (::faccessat(directory.number(), name.c_str(), W_OK, AT_EACCESS) != 0) {
    fail(directory.path() / name, cause());
  }
  return old;
}

}  // namespace

OutputTree::~OutputTree() {
  stagings_.clear();  // before the directories that they stand in
  remove_made();
}

OutputTree::Entry OutputTree::reserve(const fs::path& path) {
  open_root();
  const fs::path below = path.lexically_relative(root_path_);
  std::string name = below.filename().string();
  Folder& folder = enter_folder(below.parent_path());
  const auto old = here_ ? replaceable(*here_, name) : std::nullopt;
  reserved_ += 1;
  return {{folder.staging, folder.staging->reserve(), old}, &folder, std::move(name)};
}

/// Files of a folder mostly come one behind the other, so that the last one is remembered. The
/// pointers kept in entries hold since neither a map nor a deque moves what it has.
OutputTree::Folder& OutputTree::enter_folder(const fs::path& path) {
  if (at_ != nullptr && at_->path == path) return *at_;
  bool whole = false;
  Directory here = deepest(path, whole);
  Staging& staging = staging_on(mount_of(here), path, here);
  Folder& folder = folders_[path];
  folder.path = path;
  folder.staging = &staging;
  at_ = &folder;
  here_ = whole ? std::optional(std::move(here)) : std::nullopt;
  return folder;
}

/// What stands at each place is asked again: since it was reserved somebody may have put a pipe
/// there. The first few directories are held open until publish(), which then asks for no memory;
/// of the others, whose files mostly come one behind the other, one is open at a time.
void OutputTree::prepare() {
  if (syncs_at_once()) {
    for (const Staging& staging : stagings_) staging.sync();
  }
  here_.reset();
  at_ = nullptr;
  constexpr std::size_t kMostHeld = 2;  // descriptors are few, folders may be many
  std::size_t held = 0;
  for (const Entry& entry : entries_) {
    Folder& folder = *entry.folder;
    if (&folder != at_ && !folder.directory) {
      here_.reset();
      here_.emplace(make(folder.path));
      if (held++ < kMostHeld) folder.directory = std::exchange(here_, std::nullopt);
    }
    at_ = &folder;
    static_cast<void>(replaceable(folder.directory ? *folder.directory : *here_, entry.name));
  }
  here_.reset();
  at_ = nullptr;
}

/// From the first rename on directories that were made stay. Each directory is synced once, after
/// all renames; one that cannot be is told as unsure, as its files are in place.
void OutputTree::publish(Publication& publication) {
  for (const Entry& entry : entries_) {
    Folder& folder = *entry.folder;
    if (&folder != at_ && !folder.directory) {
      here_.reset();
      here_ = enter(folder.path);
    }
    at_ = &folder;
    const auto& directory = folder.directory ? folder.directory : here_;
    if (!directory) publication.failed(label(entry), ENOENT);  // somebody moved it away
    if (const int error = entry.file.place(*directory, entry.name)) {
      publication.failed(label(entry), error);
    }
    publication.made();
    folder.changed = true;
    made_root_.clear();
    made_.clear();
  }
  here_.reset();
  at_ = nullptr;
  sync_folders(publication);
  entries_.clear();
  folders_.clear();
}

void OutputTree::sync_folders(Publication& publication) const {
  for (const auto& [path, folder] : folders_) {
    if (!folder.changed) continue;
    const auto reopened = folder.directory ? std::nullopt : enter(path);
    const auto& directory = folder.directory ? folder.directory : reopened;
    const int error = directory ? directory->sync() : ENOENT;
    if (error != 0) publication.unsure(shown((root_path_ / path).string()), error);
  }
}

std::string OutputTree::label(const Entry& entry) const {
  return shown((root_path_ / entry.folder->path / entry.name).string());
}

/// Before the first file, so that a run without outputs makes no directory.
void OutputTree::open_root() {
  if (root_) return;
  make_root(root_path_);
  root_.emplace(root_path_, shown(root_path_.string()));
  clear_leftovers(*root_, kAllEntries);
}

/// Makes the root and what is missing above it. Links are followed: the path is the user's.
void OutputTree::make_root(const fs::path& path) {
  struct stat found {};
  if (path.empty() || ::stat(path.c_str(), &found) == 0) return;
  if (errno != ENOENT) fail(path, cause());
  if (!path.has_filename()) return make_root(path.parent_path());  // "a/"
  make_root(path.parent_path());
  const Directory parent(path.parent_path(), shown(path.string()));
  fs::path made(path);
  made_root_.reserve(made_root_.size() + 1);  // what is made will be on the list
  if (parent.make(path.filename())) made_root_.push_back(std::move(made));
}

/// The root was cleared of leftovers when it was opened.
Staging& OutputTree::staging_on(const Mount& mount, const fs::path& path, const Directory& here) {
  for (Staging& staging : stagings_) {
    if (staging.mount() == mount) return staging;
  }
  const bool at_root = mount_of(*root_) == mount;
  Directory parent = at_root ? root() : highest_on(mount, path, here);
  if (!at_root) clear_leftovers(parent, kAllEntries);
  const std::string label = shown(parent.path().string());
  return stagings_.emplace_back(std::move(parent), label);
}

/// The first directory on the path that is on the file system and may be written to, at last
/// `here`, the deepest that there is.
Directory OutputTree::highest_on(const Mount& mount, const fs::path& path,
                                 const Directory& here) const {
  Directory at = root();
  for (const fs::path& part : path) {
    auto next = at.enter(part);
    if (!next) break;
    at = std::move(*next);
    const bool open = ::faccessat(at.number(), ".", W_OK | X_OK, AT_EACCESS) == 0;
    if (open && mount_of(at) == mount) return at;
  }
  return *here.enter(".");
}

/// As far down the path as there are directories, and whether that is all of it.
Directory OutputTree::deepest(const fs::path& path, bool& whole) const {
  Directory at = root();
  whole = false;
  for (const fs::path& part : path) {
    auto next = at.enter(part);
    if (!next) return at;
    at = std::move(*next);
  }
  whole = true;
  return at;
}

/// The directory at a path below the root, if it is there.
std::optional<Directory> OutputTree::enter(const fs::path& path) const {
  bool whole = false;
  Directory at = deepest(path, whole);
  return whole ? std::optional(std::move(at)) : std::nullopt;
}

/// The directory at a path below the root, made with those above it where it is missing.
Directory OutputTree::make(const fs::path& path) {
  Directory at = root();
  fs::path below;
  for (const fs::path& part : path) {
    below /= part;
    auto next = at.enter(part);
    if (!next) {
      fs::path made(below);
      made_.reserve(made_.size() + 1);  // what is made will be on the list
      if (at.make(part)) made_.push_back(std::move(made));
      next = at.enter(part);
    }
    if (!next) fail(root_path_ / below, cause(ENOENT));
    at = std::move(*next);
  }
  return at;
}

/// Removes the directories that this run made and that hold nothing.
void OutputTree::remove_made() noexcept {
  for (; !made_.empty(); made_.pop_back()) {
    try {
      const fs::path& made = made_.back();
      const auto opened = made.has_parent_path() ? enter(made.parent_path()) : std::nullopt;
      const int parent = opened ? opened->number() : made.has_parent_path() ? -1 : root_->number();
      ::unlinkat(parent, made.filename().c_str(), AT_REMOVEDIR);
    } catch (const std::exception&) {  // it stays
      continue;
    }
  }
  for (; !made_root_.empty(); made_root_.pop_back()) ::rmdir(made_root_.back().c_str());
}

}  // namespace dedup::tool
