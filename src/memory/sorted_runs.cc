// SPDX-License-Identifier: Apache-2.0
// A run is a file of entries in order, read by pages; of each page the fence has the upper half of
// the first identity:
//
//   file    | a a b | c d d | d d e | f …      pages of page_ entries
//   fence   | a     | c     | d     | f …      8 bytes each, in memory
//
// Looking for d: the last page that begins below d, since it may go on to d, and each after it that
// begins with d. Identities are hashes, so that is one page, hardly ever two.
//
// Invariants: no identity is in two runs, since what is here is not added again; runs_ go from the
// longest and earliest to the shortest, each at least kRatio times the next. So there are few, and
// an entry is written a few times in all. The filter holds every upper half that was ever put.
#include "memory/sorted_runs.h"

#include <algorithm>
#include <utility>

namespace dedup::memory {
namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kBuffer = std::size_t{256} << 10;
constexpr std::size_t kRatio = 3;  // of the lengths of a run and the next

}  // namespace

/// Appends entries to a new run: (add* finish). Writes in large pieces, and takes the fence from
/// every entry that begins a page, so whoever puts need not know of pages.
class SortedRuns::Writer {
 public:
  Writer(Scratch& scratch, std::size_t entry, std::size_t page) : entry_(entry), page_(page) {
    run_.file = scratch.create();
    buffer_.reserve(kBuffer + entry);
  }

  void add(std::span<const std::byte> entry) {
    if (run_.entries++ % page_ == 0) {
      run_.fence.push_back(Identity(entry.data()).high);
    }
    buffer_.insert(buffer_.end(), entry.begin(), entry.end());
    if (buffer_.size() >= kBuffer) {
      flush();
    }
  }

  [[nodiscard]] Run finish() {
    flush();
    return std::move(run_);
  }

 private:
  void flush() {
    run_.file->append(buffer_);
    buffer_.clear();
  }

  std::size_t entry_;
  std::size_t page_;
  Run run_;
  std::vector<std::byte> buffer_;
};

/// Reads the entries of a run one by one, in large pieces that hold whole entries: (entry step)*
/// until done.
class SortedRuns::Reader {
 public:
  Reader(const Run& run, std::size_t entry)
      : run_(run), entry_(entry), buffer_(std::max(kBuffer / entry, std::size_t{1}) * entry) {
    fill();
  }

  [[nodiscard]] bool done() const noexcept { return left_ == 0; }
  [[nodiscard]] std::span<const std::byte> entry() const noexcept {
    return std::span(buffer_).subspan(at_, entry_);
  }
  void step() {
    --left_;
    at_ += entry_;
    if (left_ > 0 && at_ == buffer_.size()) {
      fill();
    }
  }

 private:
  void fill() {
    const std::size_t bytes = std::min(buffer_.size(), left_ * entry_);
    run_.file->read((run_.entries - left_) * entry_, std::span(buffer_).first(bytes));
    at_ = 0;
  }

  const Run& run_;
  std::size_t entry_;
  std::vector<std::byte> buffer_;
  std::size_t at_ = 0;
  std::size_t left_ = run_.entries;
};

SortedRuns::SortedRuns(Budget& budget, std::size_t entry)
    : scratch_(budget.scratch()),
      share_(budget),
      entry_(entry),
      page_(std::max(kPage / entry, std::size_t{1})),
      filter_(std::max(share_.bytes() / sizeof(FilterBlock), std::size_t{1})),
      buffer_(page_ * entry_) {}

/// Merges at once where it must, as often as it must: a counter that carries.
void SortedRuns::add(const std::function<void(const Put&)>& source) {
  Writer writer(scratch_, entry_, page_);
  source([&](std::span<const std::byte> entry) {
    set_filter(Identity(entry.data()).high);
    writer.add(entry);
  });
  runs_.push_back(writer.finish());
  while (runs_.size() > 1 &&
         runs_[runs_.size() - 2].entries < kRatio * runs_[runs_.size() - 1].entries) {
    merge_last_two();
  }
}

/// Equal upper halves stay in the order of their lower ones. The readers end before the runs that
/// they read from do; the filter holds all of both already.
void SortedRuns::merge_last_two() {
  Writer writer(scratch_, entry_, page_);
  {
    Reader left(runs_[runs_.size() - 2], entry_);
    Reader right(runs_[runs_.size() - 1], entry_);
    while (!left.done() || !right.done()) {
      const bool take_left = right.done() || (!left.done() && Identity(left.entry().data()) <
                                                                  Identity(right.entry().data()));
      Reader& next = take_left ? left : right;
      writer.add(next.entry());
      next.step();
    }
  }
  Run merged = writer.finish();
  runs_.pop_back();
  runs_.back() = std::move(merged);
}

/// By the upper half, which the fences know; more than one that shares it is all but unheard of.
const std::byte* SortedRuns::find(const Identity& identity) {
  const std::span<const std::byte> found = find_all(identity.high);
  for (std::size_t at = 0; at < found.size(); at += entry_) {
    if (Identity(&found[at]) == identity) {
      return &found[at] + Identity::kBytes;
    }
  }
  return nullptr;
}

std::span<const std::byte> SortedRuns::find_all(std::uint64_t high) {
  found_.clear();
  if (may_hold(high)) {
    for (Run& run : runs_) {  // the longest and earliest first
      find_all(run, high);
    }
  }
  return found_;
}

void SortedRuns::find_all(Run& run, std::uint64_t high) {
  // The page before the first that begins with it or behind it, and those that it goes on to.
  const auto behind = std::lower_bound(run.fence.begin(), run.fence.end(), high);
  auto page = static_cast<std::size_t>(behind - run.fence.begin());
  page -= page > 0 ? 1 : 0;
  for (; page < run.fence.size() && run.fence[page] <= high; ++page) {
    const std::size_t first = page * page_;
    const std::size_t count = std::min(page_, run.entries - first);
    run.file->read(first * entry_, std::span(buffer_).first(count * entry_));
    // The entries of the page with this upper half: [low, end), found by halving, then by stepping.
    std::size_t low = 0;
    std::size_t end = count;
    while (low < end) {
      const std::size_t middle = (low + end) / 2;
      if (Identity(&buffer_[middle * entry_]).high < high) {
        low = middle + 1;
      } else {
        end = middle;
      }
    }
    while (end < count && Identity(&buffer_[end * entry_]).high == high) {
      ++end;
    }
    const auto found = std::span(buffer_).subspan(low * entry_, (end - low) * entry_);
    found_.insert(found_.end(), found.begin(), found.end());
  }
}

// -- filter: three bits of one line of the cache --------------------------------------------------

// Three looks into one line cost one miss of the cache. The line goes by the high bits of the upper
// half, the bits in it by the low ones, so the two do not hang together.
std::size_t SortedRuns::block_of(std::uint64_t high) const noexcept {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::size_t>(Wide{high} * filter_.size() >> 64);
}

/// Once for each entry put; a merge has nothing to add, and nothing is ever taken out.
void SortedRuns::set_filter(std::uint64_t high) noexcept {
  FilterBlock& block = filter_[block_of(high)];
  block.words[high & 7] |= std::uint64_t{1} << (high >> 3 & 63);
  block.words[high >> 9 & 7] |= std::uint64_t{1} << (high >> 12 & 63);
  block.words[high >> 18 & 7] |= std::uint64_t{1} << (high >> 21 & 63);
}

/// False only of what was never put.
bool SortedRuns::may_hold(std::uint64_t high) const noexcept {
  const FilterBlock& block = filter_[block_of(high)];
  return (block.words[high & 7] >> (high >> 3 & 63) &
          block.words[high >> 9 & 7] >> (high >> 12 & 63) &
          block.words[high >> 18 & 7] >> (high >> 21 & 63) & 1) != 0;
}

std::size_t SortedRuns::size() const noexcept {
  std::size_t entries = 0;
  for (const Run& run : runs_) {
    entries += run.entries;
  }
  return entries;
}

std::size_t SortedRuns::memory() const noexcept {
  std::size_t bytes = filter_.size() * sizeof(FilterBlock) + buffer_.size() + found_.capacity();
  for (const Run& run : runs_) {
    bytes += run.fence.capacity() * sizeof(std::uint64_t);
  }
  return bytes;
}

}  // namespace dedup::memory
