#include "memory/sorted_runs.h"

#include <algorithm>
#include <utility>

namespace dedup::memory {
namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kBuffer = std::size_t{256} << 10;
constexpr std::size_t kRatio = 3;  // of the lengths of a run and the next

}  // namespace

/// Appends entries to a new run.
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

/// Reads the entries of a run one by one.
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

SortedRuns::SortedRuns(Scratch& scratch, std::size_t entry, std::size_t filter_bytes)
    : scratch_(scratch),
      entry_(entry),
      page_(std::max(kPage / entry, std::size_t{1})),
      filter_(std::max(filter_bytes / sizeof(FilterBlock), std::size_t{1})),
      buffer_(page_ * entry_) {}

void SortedRuns::add(const OrderedTable& table) {
  Writer writer(scratch_, entry_, page_);
  table.for_each([&](std::span<const std::byte> entry) {
    set_filter(Identity(entry.data()));
    writer.add(entry);
  });
  runs_.push_back(writer.finish());
  while (runs_.size() > 1 &&
         runs_[runs_.size() - 2].entries < kRatio * runs_[runs_.size() - 1].entries) {
    merge_last_two();
  }
}

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

const std::byte* SortedRuns::find(const Identity& identity) {
  if (!may_hold(identity)) {
    return nullptr;
  }
  for (Run& run : runs_) {  // the longest first
    if (const std::byte* const payload = find(run, identity)) {
      return payload;
    }
  }
  return nullptr;
}

const std::byte* SortedRuns::find(Run& run, const Identity& identity) {
  // The page before the first that begins at the upper half or behind it; if identities of one
  // upper half go on across pages, those pages, too.
  const auto behind = std::lower_bound(run.fence.begin(), run.fence.end(), identity.high);
  auto page = static_cast<std::size_t>(behind - run.fence.begin());
  page -= page > 0 ? 1 : 0;
  for (; page < run.fence.size() && run.fence[page] <= identity.high; ++page) {
    const std::size_t first = page * page_;
    const std::size_t count = std::min(page_, run.entries - first);
    run.file->read(first * entry_, std::span(buffer_).first(count * entry_));
    std::size_t low = 0;
    std::size_t high = count;
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (Identity(&buffer_[middle * entry_]) < identity) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low < count && Identity(&buffer_[low * entry_]) == identity) {
      return &buffer_[low * entry_] + Identity::kBytes;
    }
  }
  return nullptr;
}

// -- filter: two bits of one line of the cache ----------------------------------------------------

std::size_t SortedRuns::block_of(const Identity& identity) const noexcept {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::size_t>(Wide{identity.high} * filter_.size() >> 64);
}

void SortedRuns::set_filter(const Identity& identity) noexcept {
  FilterBlock& block = filter_[block_of(identity)];
  block.words[identity.low & 7] |= std::uint64_t{1} << (identity.low >> 3 & 63);
  block.words[identity.low >> 9 & 7] |= std::uint64_t{1} << (identity.low >> 12 & 63);
  block.words[identity.low >> 18 & 7] |= std::uint64_t{1} << (identity.low >> 21 & 63);
}

bool SortedRuns::may_hold(const Identity& identity) const noexcept {
  const FilterBlock& block = filter_[block_of(identity)];
  return (block.words[identity.low & 7] >> (identity.low >> 3 & 63) &
          block.words[identity.low >> 9 & 7] >> (identity.low >> 12 & 63) &
          block.words[identity.low >> 18 & 7] >> (identity.low >> 21 & 63) & 1) != 0;
}

std::size_t SortedRuns::size() const noexcept {
  std::size_t entries = 0;
  for (const Run& run : runs_) {
    entries += run.entries;
  }
  return entries;
}

std::size_t SortedRuns::memory() const noexcept {
  std::size_t bytes = filter_.size() * sizeof(FilterBlock) + buffer_.size();
  for (const Run& run : runs_) {
    bytes += run.fence.capacity() * sizeof(std::uint64_t);
  }
  return bytes;
}

}  // namespace dedup::memory
