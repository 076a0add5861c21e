// SPDX-License-Identifier: Apache-2.0
// Files are found again by the directory that they stand in and by what tells one from another, so
// that neither a link put in the way nor a file put in the place leads to the loss of one that was
// not read.
#include "bytes/in_place.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "bytes/backup.h"
#include "bytes/fault.h"
#include "bytes/leftover.h"
#include "bytes/paths.h"
#include "bytes/replacement.h"

namespace dedup::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kAllEntries = ~std::size_t{0};  // of a directory, which is looked at once
constexpr std::size_t kMostDirectories = 8;           // that are synced one by one
constexpr const char* kChanged = "it changed since it was opened";

/// What stands under a name. What cannot be asked for concerns this file alone.
std::optional<struct stat> status_of(const Directory& directory, const std::string& name) {
  try {
    return directory.status(name);
  } catch (const OutputError& error) {
    throw NotReplaced(error.what());
  }
}

bool is_same(const struct stat& found, const FileState& file) noexcept {
  return found.st_dev == file.device && found.st_ino == file.inode;
}

}  // namespace

InPlace::Entry InPlace::reserve(std::size_t tag, const std::string& path, const FileState& read) {
  fs::path file = followed(path);
  At& at = enter(file.parent_path());
  const Found old = replaceable(at, file.filename().string());
  if (state_of(old.status) != read) throw NotReplaced(kChanged);
  if (at.staging == nullptr) at.staging = &staging_on(at.directory, shown(path));
  reserved_ += 1;
  const std::uint64_t number = at.staging->reserve();
  return {{at.staging, number, old.status}, tag, std::move(file), read, old.other_names};
}

/// The directory at a path, which is often that of the file before. Throws NotReplaced.
InPlace::At& InPlace::enter(const fs::path& path) {
  if (at_ && at_->directory.path() == path) return *at_;
  at_.reset();
  try {
    at_.emplace(At{Directory(path, shown(path.string())), nullptr, 0});
  } catch (const OutputError& error) {
    throw NotReplaced(error.what());
  }
  const int number = at_->directory.number();
  if (::faccessat(number, ".", W_OK | X_OK, AT_EACCESS) != 0) at_->fault = errno;
  struct stat status {};
  if (::fstat(number, &status) == 0 && cleared_.emplace(status.st_dev, status.st_ino).second) {
    clear_leftovers(at_->directory, kAllEntries);
  }
  return *at_;
}

std::string InPlace::backup_of(const std::string& name) const {
  return suffix_.empty() ? std::string() : backup_name(name, suffix_);
}

/// What stands under the name, if we may replace it, and if its backup has no name that is taken. A
/// backup that is the file itself was left by a run that was killed behind it.
InPlace::Found InPlace::replaceable(const At& at, const std::string& name) const {
  const Directory& directory = at.directory;
  const auto old = status_of(directory, name);
  if (!old || !S_ISREG(old->st_mode)) throw NotReplaced(kChanged);
  if (at.fault != 0) throw NotReplaced(cause(at.fault));
  if (::faccessat(directory.number(), name.c_str(), W_OK, AT_EACCESS) != 0) {
    throw NotReplaced(cause());
  }
  const std::uint64_t others = old->st_nlink - 1;
  const std::string backup = backup_of(name);
  if (backup.empty()) return {*old, others};
  const auto other = status_of(directory, backup);
  if (!other) return {*old, others};
  if (other->st_dev != old->st_dev || other->st_ino != old->st_ino) {
    throw NotReplaced(shown((directory.path() / backup).string()) + " is there already");
  }
  return {*old, others - 1};
}

/// That of the file system, or a new one beside the file.
Staging& InPlace::staging_on(const Directory& directory, const std::string& label) {
  const Mount mount = mount_of(directory);
  for (Staging& staging : stagings_) {
    if (staging.mount() == mount) return staging;
  }
  return stagings_.emplace_back(*directory.enter("."), label);
}

/// Takes a step with each file of the group; one that cannot take it stays as it is.
void InPlace::each(const Tell& tell, const std::function<void(const Entry&)>& step) {
  std::erase_if(entries_, [&](const Entry& entry) {
    try {
      step(entry);
      return false;
    } catch (const NotReplaced& refusal) {
      entry.file.drop();
      tell(entry.tag, refusal.what());
    }
    return true;
  });
}

void InPlace::prepare(const Tell& tell) {
  if (syncs_at_once()) sync_at_once();
  each(tell, [this](const Entry& entry) {
    const auto found = status_of(enter(entry.path.parent_path()).directory, entry.path.filename());
    if (!found || state_of(*found) != entry.read) throw NotReplaced(kChanged);
  });
}

void InPlace::sync_at_once() const {
  for (const Staging& staging : stagings_) staging.sync();
}

void InPlace::publish(Publication& publication, const Tell& tell) {
  if (!suffix_.empty()) {
    each(tell, [this](const Entry& entry) { link(entry); });
    sync_directories(publication);
  }
  each(tell, [&](const Entry& entry) { place(entry, publication); });
  sync_directories(publication);
  entries_.clear();
}

/// A link cannot take a name that is taken, whoever took it meanwhile.
void InPlace::link(const Entry& entry) {
  const Directory& directory = enter(entry.path.parent_path()).directory;
  const std::string name = entry.path.filename().string();
  const std::string backup = backup_of(name);
  const int at = directory.number();
  const int failed = ::linkat(at, name.c_str(), at, backup.c_str(), 0);
  const int error = failed == 0 ? 0 : errno;
  const std::string label = shown((directory.path() / backup).string());
  if (error != 0 && error != EEXIST) throw NotReplaced(label + ": " + cause(error));
  const auto found = status_of(directory, backup);
  if (found && is_same(*found, entry.read)) return;
  if (error != 0) throw NotReplaced(label + " is there already");
  ::unlinkat(at, backup.c_str(), 0);  // of what was put in the place of the file just now
  throw NotReplaced(kChanged);
}

void InPlace::place(const Entry& entry, Publication& publication) {
  const Directory& directory = enter(entry.path.parent_path()).directory;
  const std::string name = entry.path.filename().string();
  const auto found = status_of(directory, name);
  if (!found || state_of(*found) != entry.read) throw NotReplaced(kChanged);
  if (const int error = entry.file.place(directory, name)) {
    throw NotReplaced(cause(error));
  }
  publication.made();
}

/// Each that files of the group stand in, once; of many the whole file system is cheaper.
void InPlace::sync_directories(Publication& publication) {
  std::set<fs::path> paths;
  for (const Entry& entry : entries_) paths.insert(entry.path.parent_path());
  if (paths.size() > kMostDirectories) {
    try {
      return sync_at_once();
    } catch (const OutputError& error) {
      return publication.unsure(error.what());
    }
  }
  for (const fs::path& path : paths) {
    int error = 0;
    try {
      error = enter(path).directory.sync();
    } catch (const NotReplaced&) {
      error = ENOENT;  // somebody moved it away
    }
    if (error != 0) publication.unsure(path.empty() ? "." : shown(path.string()), error);
  }
}

}  // namespace dedup::tool
