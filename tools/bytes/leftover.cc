// SPDX-License-Identifier: Apache-2.0
#include "bytes/leftover.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <random>

namespace dedup::tool {
namespace {

constexpr std::string_view kLetters = "0123456789abcdefghijklmnopqrstuv";
constexpr std::string_view kStart = ".dedup-";
constexpr std::size_t kRandom = 10;

struct CloseDirectory {
  void operator()(DIR* directory) const noexcept { ::closedir(directory); }
};
using Listing = std::unique_ptr<DIR, CloseDirectory>;

/// The entries of an open directory, through a descriptor of their own.
Listing listing(int directory) noexcept {
  Descriptor copy = open_at(directory, ".", O_RDONLY | O_DIRECTORY);
  if (copy.number() < 0) return nullptr;
  Listing opened(::fdopendir(copy.number()));
  if (opened) copy.release();
  return opened;
}

/// A file of ours that nobody holds, or a directory. Links, pipes and devices are none.
bool is_leftover(const struct stat& found) noexcept {
  return found.st_uid == ::geteuid() && (S_ISREG(found.st_mode) || S_ISDIR(found.st_mode));
}

void clear(const Directory& directory, const char* name) noexcept {
  struct stat found {};
  if (::fstatat(directory.number(), name, &found, AT_SYMLINK_NOFOLLOW) != 0) return;
  if (!is_leftover(found)) return;
  constexpr int kFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
  const Descriptor file = open_at(directory.number(), name, kFlags);
  if (file.number() < 0 || ::flock(file.number(), LOCK_EX | LOCK_NB) != 0) return;
  struct stat held {};
  if (::fstat(file.number(), &held) != 0 || held.st_ino != found.st_ino) return;
  if (S_ISREG(held.st_mode)) {
    ::unlinkat(directory.number(), name, 0);
  } else {
    remove_staging(directory, name, file.number());
  }
}

}  // namespace

std::string temporary_name() {
  std::random_device random;
  std::string name(kStart);
  for (std::size_t i = 0; i < kRandom; ++i) name += kLetters[random() % kLetters.size()];
  return name;
}

bool is_temporary_name(std::string_view name) noexcept {
  return name.size() == kStart.size() + kRandom && name.starts_with(kStart) &&
         name.find_first_not_of(kLetters, kStart.size()) == name.npos;
}

void hold(int descriptor) noexcept {
  while (::flock(descriptor, LOCK_EX) != 0 && errno == EINTR) {
  }
}

bool is_still(const Directory& directory, const std::string& name, int descriptor) noexcept {
  struct stat named {};
  struct stat held {};
  return ::fstatat(directory.number(), name.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0 &&
         ::fstat(descriptor, &held) == 0 && named.st_ino == held.st_ino &&
         named.st_dev == held.st_dev;
}

void remove_staging(const Directory& directory, const std::string& name, int staging) noexcept {
  if (const Listing entries = listing(staging)) {
    while (const dirent* const entry = ::readdir(entries.get())) {
      const std::string_view numbered(entry->d_name);  // as the tree of outputs names them
      if (numbered.find_first_not_of("0123456789") != numbered.npos) continue;
      ::unlinkat(staging, entry->d_name, 0);
    }
  }
  ::unlinkat(directory.number(), name.c_str(), AT_REMOVEDIR);
}

void clear_leftovers(const Directory& directory, std::size_t most) noexcept {
  const Listing entries = listing(directory.number());
  if (!entries) return;
  for (std::size_t i = 0; i < most; ++i) {
    const dirent* const entry = ::readdir(entries.get());
    if (entry == nullptr) return;
    if (is_temporary_name(entry->d_name)) clear(directory, entry->d_name);
  }
}

}  // namespace dedup::tool
