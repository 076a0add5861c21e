// SPDX-License-Identifier: Apache-2.0
// Places count in words from the beginning of records_; a record is its length, then its words:
//
//   records   | n w w … w | n w … | …
//             ^ place     ^ place = end_ when it was appended
//
// An entry of the runs is an Identity alone: its upper half says the bucket, its lower the place.
// So entries of one bucket lie together, earliest first, and find_all() of an upper half gives
// them.
#include "memory/near_archive.h"

#include <algorithm>

namespace dedup::memory {
namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);
constexpr std::size_t kBuffer = 32'768;  // words
constexpr std::uint64_t kFirstRead =
    531;  // words: a sketch of the largest size, with head and title

Identity identity_of(std::size_t band, std::uint32_t hash, std::uint64_t place) noexcept {
  Identity identity(numbers::Fingerprint{});
  identity.high = bucket_key(band, hash);
  identity.low = place + 1;  // so that none is all-zero
  return identity;
}

}  // namespace

NearArchive::NearArchive(Budget& budget)
    : runs_(budget, Identity::kBytes), records_(budget.scratch().create()) {}

/// Records first: entries name their places. Buckets in their order are entries in ascending order,
/// as runs must be, because bucket_key() ascends with band and hash.
void NearArchive::add(const Buckets& buckets, std::uint32_t ids, const Describe& describe) {
  std::vector<std::uint64_t> places;
  places.reserve(ids);
  for (std::uint32_t id = 0; id < ids; ++id) {
    places.push_back(end_);
    record_.clear();
    describe(id, record_);
    append(record_);
  }
  flush();
  runs_.add([&](const SortedRuns::Put& put) {
    buckets.for_each_in_order([&](std::size_t band, std::uint32_t hash, std::uint32_t id) {
      std::byte entry[Identity::kBytes];
      identity_of(band, hash, places[id]).store(entry);
      put(entry);
    });
  });
}

void NearArchive::append(std::span<const std::uint64_t> words) {
  appended_.push_back(words.size());
  appended_.insert(appended_.end(), words.begin(), words.end());
  end_ += 1 + words.size();
  if (appended_.size() >= kBuffer) {
    flush();
  }
}

void NearArchive::flush() {
  records_->append(std::as_bytes(std::span(appended_)));
  appended_.clear();
}

std::span<const std::uint64_t> NearArchive::find(const numbers::Bands& bands,
                                                 Buckets::Counts& met) {
  places_.clear();
  for (std::size_t band = 0; band < numbers::kBands; ++band) {
    runs_.prefetch(bucket_key(band, bands[band]));
  }
  for (std::size_t band = 0; band < numbers::kBands; ++band) {
    const auto found = runs_.find_all(bucket_key(band, bands[band]));
    const std::size_t count =
        std::min(found.size() / Identity::kBytes, Buckets::kMostIds - std::size_t{met[band]});
    for (std::size_t i = 0; i < count; ++i) {
      places_.push_back(Identity(&found[i * Identity::kBytes]).low - 1);
    }
    met[band] = static_cast<std::uint8_t>(met[band] + count);
  }
  std::sort(places_.begin(), places_.end());
  places_.erase(std::unique(places_.begin(), places_.end()), places_.end());
  return places_;
}

/// One read for most records; the rest of a longer one takes another. Nothing is read beyond end_.
std::span<const std::uint64_t> NearArchive::read(std::uint64_t place) {
  const auto fetch = [&](std::uint64_t from, std::uint64_t words) {
    const std::size_t before = record_.size();
    record_.resize(before + words);
    records_->read(from * kWord, std::as_writable_bytes(std::span(record_).subspan(before)));
  };
  record_.clear();
  fetch(place, std::min(kFirstRead, end_ - place));
  const std::uint64_t size = 1 + record_.front();
  if (size > record_.size()) {
    fetch(place + record_.size(), size - record_.size());
  }
  return std::span(record_).subspan(1, size - 1);
}

std::size_t NearArchive::memory() const noexcept {
  return runs_.memory() + (appended_.capacity() + record_.capacity() + places_.capacity()) * kWord;
}

}  // namespace dedup::memory
