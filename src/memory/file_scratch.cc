// SPDX-License-Identifier: Apache-2.0
// Scratch files that share one file on disk, so that however many there are, one descriptor is
// taken. Each is a row of extents, anywhere in the shared file; who goes gives its extents back,
// and the next takes those first.
//
//   extent of a scratch file   0  1  2  3   4    5    6    7, 8, …
//   bytes                      64 KiB each  256 KiB each   1 MiB each
//
// Small ones come first because most scratch files of a small run stay small. Memory: 8 bytes an
// extent, so some 8 bytes a MiB.
#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "dedup/scratch.h"
#include "walls/files.h"

namespace dedup {
namespace {

/// Extents of one size: those with the numbers from `first` on, which begin at `start`.
struct Rank {
  std::uint64_t first;
  std::uint64_t start;
  std::uint64_t bytes;
};
constexpr std::uint64_t kKibibyte = 1024;
constexpr std::array<Rank, 3> kRanks{{{0, 0, 64 * kKibibyte},
                                      {4, 256 * kKibibyte, 256 * kKibibyte},
                                      {7, 1024 * kKibibyte, 1024 * kKibibyte}}};

std::size_t rank_of_extent(std::uint64_t number) noexcept {
  return number < kRanks[1].first ? 0 : number < kRanks[2].first ? 1 : 2;
}

/// Where a byte of a scratch file lies: in which extent, how far from its start and from its end.
struct Place {
  explicit Place(std::uint64_t offset) noexcept {
    const Rank& rank = kRanks[offset < kRanks[1].start ? 0 : offset < kRanks[2].start ? 1 : 2];
    extent = rank.first + (offset - rank.start) / rank.bytes;
    within = (offset - rank.start) % rank.bytes;
    left = rank.bytes - within;
  }
  std::uint64_t extent;
  std::uint64_t within;
  std::uint64_t left;
};

/// The shared file and what of it is free. Opened when it is first needed. Any thread.
class Store {
 public:
  explicit Store(std::string directory) : directory_(std::move(directory)) {}

  /// Throws ScratchError where it cannot be opened.
  const files::UnnamedFile& file() {
    const std::lock_guard lock(mutex_);
    if (!file_) {
      file_.emplace(directory_);
    }
    return *file_;
  }

  /// The offset of an extent that nobody has. The disk may have no room for it.
  std::uint64_t take(std::size_t rank) noexcept {
    const std::lock_guard lock(mutex_);
    std::vector<std::uint64_t>& free = free_[rank];
    if (free.empty()) {
      const std::uint64_t fresh = end_;
      end_ += kRanks[rank].bytes;
      return fresh;
    }
    const std::uint64_t extent = free.back();
    free.pop_back();
    return extent;
  }

  /// What an extent file had, in its order, which says of each how large it is. The holes are made
  /// before the extents are free: afterwards they would take what the next owner wrote.
  void give_back(std::span<const std::uint64_t> extents) noexcept {
    for (std::size_t i = 0; i < extents.size(); ++i) {  // nobody has them yet
      file_->release(extents[i], kRanks[rank_of_extent(i)].bytes);
    }
    const std::lock_guard lock(mutex_);
    try {
      for (std::size_t i = 0; i < extents.size(); ++i) {
        free_[rank_of_extent(i)].push_back(extents[i]);
      }
    } catch (const std::bad_alloc&) {  // their room in the file is lost, and nothing else
    }
  }

 private:
  std::mutex mutex_;
  std::string directory_;
  std::optional<files::UnnamedFile> file_;
  std::uint64_t end_ = 0;
  std::array<std::vector<std::uint64_t>, kRanks.size()> free_;  // offsets of extents
};

/// Keeps the store, so it may outlive the scratch space that made it.
class ExtentFile final : public ScratchFile {
 public:
  explicit ExtentFile(std::shared_ptr<Store> store)
      : store_(std::move(store)), file_(store_->file()) {}
  ~ExtentFile() override { store_->give_back(extents_); }

  /// Part by part, each within one extent. A write that fails leaves the parts before it in place.
  void append(std::span<const std::byte> bytes) override {
    while (!bytes.empty()) {
      const Place place(end_);
      if (place.extent == extents_.size()) {
        extents_.push_back(0);  // room first, so that what is taken is noted
        extents_.back() = store_->take(rank_of_extent(place.extent));
      }
      const auto part = bytes.first(std::min<std::uint64_t>(place.left, bytes.size()));
      file_.write(extents_[place.extent] + place.within, part);
      bytes = bytes.subspan(part.size());
      end_ += part.size();
    }
  }

  /// Parts as in append(). Requires that all of it was appended: beyond the last extent at()
  /// throws, but the rest of an extent may hold what its last owner left.
  void read(std::uint64_t offset, std::span<std::byte> bytes) override {
    while (!bytes.empty()) {
      const Place place(offset);
      const auto part = bytes.first(std::min<std::uint64_t>(place.left, bytes.size()));
      file_.read(extents_.at(place.extent) + place.within, part);
      bytes = bytes.subspan(part.size());
      offset += part.size();
    }
  }

 private:
  std::shared_ptr<Store> store_;
  const files::UnnamedFile& file_;
  std::vector<std::uint64_t> extents_;  // their offsets in the shared file
  std::uint64_t end_ = 0;
};

class FileScratch final : public Scratch {
 public:
  explicit FileScratch(std::string directory)
      : store_(std::make_shared<Store>(std::move(directory))) {}
  [[nodiscard]] std::unique_ptr<ScratchFile> create() override {
    return std::make_unique<ExtentFile>(store_);
  }

 private:
  std::shared_ptr<Store> store_;
};

}  // namespace

std::shared_ptr<Scratch> file_scratch(std::string directory) {
  return std::make_shared<FileScratch>(std::move(directory));
}

}  // namespace dedup
