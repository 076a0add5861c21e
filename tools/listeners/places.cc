// SPDX-License-Identifier: Apache-2.0
#include "listeners/places.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/temporary.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kRecent = std::size_t{1} << 16;  // entries in memory

}  // namespace

std::string shown(const Place& place, std::uint64_t block) {
  const std::string file = shown(place.file) + ':';
  if (!place.in_record) return file + std::to_string(place.line + block + 1);
  return file + std::to_string(place.line + 1) + ':' + std::to_string(block + 1);
}

void Places::add(const Document& document) {
  while (spilled_ + recent_.size() < document.number) put({});
  if (files_.empty() || files_.back() != document.file) files_.push_back(document.file);
  put({.line = document.line,
       .file = static_cast<std::uint32_t>(files_.size() - 1),
       .in_record = document.in_record,
       .known = true});
}

void Places::put(const Entry& entry) {
  if (recent_.size() == kRecent) spill();
  recent_.push_back(entry);
}

void Places::spill() {
  static_assert(sizeof(Entry) == 16);
  if (file_.number() < 0) file_ = unnamed_file(directory_);
  write_all(file_, {reinterpret_cast<const char*>(recent_.data()), recent_.size() * sizeof(Entry)},
            directory_);
  spilled_ += recent_.size();
  recent_.clear();
}

std::optional<Place> Places::find(std::uint64_t number) const {
  if (number >= spilled_ + recent_.size()) return std::nullopt;
  const Entry entry = number < spilled_ ? read(number) : recent_[number - spilled_];
  if (!entry.known) return std::nullopt;
  return Place{files_[entry.file], entry.line, entry.in_record};
}

Places::Entry Places::read(std::uint64_t number) const {
  char bytes[sizeof(Entry)];
  std::size_t have = 0;
  while (have < sizeof bytes) {
    const auto at = static_cast<off_t>(number * sizeof(Entry) + have);
    const ssize_t got = ::pread(file_.number(), bytes + have, sizeof bytes - have, at);
    if (got == 0) throw OutputError(shown(directory_) + ": a temporary file was cut short");
    if (got < 0 && errno != EINTR) throw OutputError(shown(directory_) + ": " + cause());
    if (got > 0) have += static_cast<std::size_t>(got);
  }
  Entry entry;
  std::memcpy(&entry, bytes, sizeof entry);
  return entry;
}

}  // namespace dedup::tool
