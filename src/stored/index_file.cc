// SPDX-License-Identifier: Apache-2.0
#include "stored/index_file.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace dedup::stored {
namespace {

constexpr std::uint64_t kPresence = 0;
constexpr std::uint64_t kWriting = 1;
constexpr std::uint64_t kReading = 2;
constexpr unsigned kPause = 20;  // thousandths of a second

/// Takes a lock, or waits for it as long as `how` says.
bool lock(const files::SharedFile& file, std::uint64_t number, bool exclusive, std::uint64_t wait) {
  const std::uint64_t start = files::ticks();
  while (!file.lock(number, exclusive)) {
    if (files::ticks() - start >= wait) return false;
    files::wait_a_moment(kPause);
  }
  return true;
}

[[noreturn]] void refuse(const files::SharedFile& file) {
  const auto holder = file.signed_by();
  if (holder) file.fail("is being written by process " + std::to_string(*holder));
  file.fail("is being written, or replaced, by another, perhaps in this process");
}

/// The locks that last as long as the file is open.
void enter(const files::SharedFile& file, const IndexFile::How& how) {
  if (!how.remote && file.is_remote()) {
    file.fail("lies on a file system of the network, where locks may not hold");
  }
  if (!lock(file, kPresence, how.alone, how.wait)) {
    if (how.alone) file.fail("is in use by another process");
    refuse(file);
  }
  if (how.mode == IndexFile::Mode::read) return;
  if (!lock(file, kWriting, true, how.wait)) refuse(file);
  file.sign();
}

/// Opened again where another replaced it in between.
files::SharedFile open(const std::string& path, const IndexFile::How& how, bool create) {
  using Access = files::SharedFile::Access;
  const Access access = how.mode == IndexFile::Mode::read ? Access::read
                        : create                          ? Access::create
                                                          : Access::update;
  for (;;) {
    files::SharedFile file(path, access);
    enter(file, how);
    if (file.is_in_place()) return file;
  }
}

}  // namespace

IndexFile::IndexFile(const std::string& path, const How& how, const std::optional<Manifest>& fresh)
    : file_(open(path, how, fresh.has_value())),
      writes_(how.mode == Mode::update),
      space_(kHeads, {}),
      filters_(file_, how.memory),
      ground_{file_, space_, filters_, files::process(), 1} {
  if (file_.size() == 0) {
    if (!writes_ || !fresh) file_.fail("is empty");
    begin(*fresh);
  } else {
    read();
  }
  ground_.generation = head_.generation + 1;
  for (std::size_t i = 0; i < kSets; ++i) {
    sets_.emplace_back(ground_, kPayloads[i], manifest_.sets[i]);
  }
  for (const auto& segments : manifest_.records) records_.emplace_back(ground_, segments);
}

/// Whoever dies before the first commit leaves an index of nothing.
void IndexFile::begin(const Manifest& fresh) {
  manifest_ = fresh;
  prepare(0);
  commit();
  file_.sync_name();
  is_new_ = true;
}

IndexFile::~IndexFile() {
  if (is_new_ && files::process() == ground_.process && file_.is_in_place()) file_.remove();
}

/// Who only reads holds the generation that it reads. Between its look at the head and the lock
/// another may have committed twice, so it looks again.
void IndexFile::read() {
  head_ = read_head(file_);
  while (!writes_) {
    const std::uint64_t lock = kReading + head_.generation;
    if (!file_.lock(lock, false)) refuse(file_);
    const Head now = read_head(file_);
    if (now.generation == head_.generation) break;
    file_.unlock(lock);
    head_ = now;
  }
  manifest_ = read_manifest(file_, head_);
  std::vector<Extent> used = manifest_.extents();
  used.push_back(head_.manifest());
  space_ = Space(kHeads, std::move(used));
}

void IndexFile::prepare(std::uint64_t documents) {
  Writing writing(ground_);
  if (next_) space_.give_back(std::exchange(next_, std::nullopt)->manifest());
  manifest_.documents = documents;
  for (std::size_t i = 0; i < sets_.size(); ++i) manifest_.sets[i] = sets_[i].runs();
  for (std::size_t i = 0; i < records_.size(); ++i) manifest_.records[i] = records_[i].segments();

  const std::string bytes = encode(manifest_);
  const Extent extent = space_.take(pages_for(bytes.size()), ground_.generation);
  ByteWriter writer(file_, extent);
  writer.add(std::as_bytes(std::span(bytes)));
  writer.finish();
  file_.sync();
  next_ = {ground_.generation, extent.first, bytes.size(), space_.end()};
  ground_.changed = false;
  writing.finish();
}

std::optional<std::uint64_t> IndexFile::prepared() const noexcept {
  return next_ && !ground_.changed ? std::optional(manifest_.documents) : std::nullopt;
}

/// The order of writing is what makes it safe: see manifest.h.
void IndexFile::commit() {
  Writing writing(ground_);
  file_.write(0, head_page(0, *next_));
  file_.sync();
  file_.write(kPage, head_page(1, *next_));
  const Extent before = std::exchange(head_, *std::exchange(next_, std::nullopt)).manifest();
  is_new_ = false;
  ground_.generation = head_.generation + 1;
  tidy(before);
  writing.finish();
}

/// What cannot be given back now is free when the file is opened the next time.
void IndexFile::tidy(const Extent& manifest) noexcept {
  try {
    if (manifest.generation != 0) space_.retire(manifest);
    space_.committed();
    filters_.clear();
    if (file_.others_hold(kReading, kReading + head_.generation)) return;
    // Those who read this generation hold another lock, and refer to none of what waited.
    for (const Extent& gone : space_.release()) {
      file_.release(gone.first * kPage, gone.pages * kPage);
    }
    file_.cut(std::max(space_.end(), head_.pages) * kPage);
  } catch (const std::exception&) {  // no memory, or a disk that fails: the commit is safe
  }
}

void IndexFile::check() {
  for (std::size_t i = 0; i < kSets; ++i) {
    const Source all = sets_[i].all();
    std::uint64_t entries = 0;
    Key last;
    while (const std::byte* const entry = all()) {
      const Key key = Key::of(entry);
      if (entries > 0 && (key < last || (key == last && i + 1 < kSets))) {
        file_.fail("damaged: the keys of set " + std::to_string(i) + " are out of order");
      }
      last = key;
      ++entries;
    }
    if (entries != sets_[i].size()) {
      file_.fail("damaged: set " + std::to_string(i) + " has " + std::to_string(entries) +
                 " entries of " + std::to_string(sets_[i].size()));
    }
  }
  for (const Extent& extent : manifest_.extents()) {
    PageReader pages(file_, extent);
    while (pages.next() != nullptr) {
    }
  }
}

}  // namespace dedup::stored
