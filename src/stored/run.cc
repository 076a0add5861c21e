// SPDX-License-Identifier: Apache-2.0
#include "stored/run.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace dedup::stored {
namespace {

constexpr std::size_t kHead = 8;   // of a page of entries
constexpr std::size_t kLine = 64;  // bytes
constexpr std::size_t kLines = kPayload / kLine;
constexpr std::uint64_t kBits = 10;    // of the filter for an entry
constexpr std::uint64_t kFill = 85;    // percent of a home
constexpr std::size_t kSmallest = 64;  // slots

/// In proportion: `parts` share all that 64 bits can say.
std::uint64_t part_of(std::uint64_t high, std::uint64_t parts) noexcept {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>(Wide{high} * parts >> 64);
}

std::uint64_t filter_lines_for(std::uint64_t entries) noexcept {
  return entries * kBits / (8 * kLine) + 1;
}

std::uint64_t homes_for(const Shape& shape, std::uint64_t entries) noexcept {
  return entries * 100 / (kFill * shape.capacity) + 1;
}

std::uint64_t filter_pages(std::uint64_t lines) noexcept { return (lines + kLines - 1) / kLines; }

/// The three bits of a line: which byte of it, and which bit. The line goes by the high bits of the
/// upper half, these by the low ones, so the two do not hang together.
struct Bit {
  std::size_t byte;
  unsigned mask;
};
std::array<Bit, 3> bits_of(std::uint64_t high) noexcept {
  std::array<Bit, 3> bits{};
  for (Bit& bit : bits) {
    bit = {high >> 3 & (kLine - 1), 1U << (high & 7)};
    high >>= 9;
  }
  return bits;
}

Extent part(const Extent& extent, std::uint64_t first, std::uint64_t pages) noexcept {
  return {extent.first + first, pages, extent.generation};
}

Extent entries_of(const Run& run) noexcept {
  const std::uint64_t filter = run.filter_pages();
  return part(run.extent, filter, run.extent.pages - filter);
}

/// A page's count comes from a file whose checksum is public: it may say anything.
std::size_t count_on(const std::byte* page, const Shape& shape) noexcept {
  return std::min<std::size_t>(get<2>(page), shape.capacity);
}

}  // namespace

std::uint64_t Run::filter_pages() const noexcept { return stored::filter_pages(filter_lines); }

/// In the worst case all entries have the last home.
std::uint64_t pages_for_run(const Shape& shape, std::uint64_t entries) noexcept {
  return filter_pages(filter_lines_for(entries)) + homes_for(shape, entries) +
         entries / shape.capacity + 1;
}

RunWriter::RunWriter(const files::SharedFile& file, const Shape& shape, const Extent& extent,
                     std::uint64_t entries)
    : shape_(shape),
      run_{.extent = extent,
           .entries = 0,
           .homes = homes_for(shape, entries),
           .filter_lines = filter_lines_for(entries)},
      filter_extent_(part(extent, 0, run_.filter_pages())),
      entry_extent_(part(extent, run_.filter_pages(), extent.pages - run_.filter_pages())),
      filter_(file, filter_extent_),
      pages_(file, entry_extent_) {}

void RunWriter::add(const std::byte* entry) {
  const std::uint64_t high = get<8>(entry);
  const std::uint64_t home = part_of(high, run_.homes);
  while (page_ < home || count_ == shape_.capacity) next_page();
  std::memcpy(pages_.payload() + kHead + count_ * shape_.entry, entry, shape_.entry);
  ++count_;
  ++run_.entries;
  set_filter(high);
}

void RunWriter::next_page() {
  put<2>(pages_.payload(), count_);
  pages_.next();
  ++page_;
  count_ = 0;
}

void RunWriter::set_filter(std::uint64_t high) {
  const std::uint64_t line = part_of(high, run_.filter_lines);
  for (; line >= line_ + kLines; line_ += kLines) filter_.next();
  std::byte* const at = filter_.payload() + (line - line_) * kLine;
  for (const Bit& bit : bits_of(high)) at[bit.byte] |= static_cast<std::byte>(bit.mask);
}

Run RunWriter::finish() {
  while (page_ < run_.homes) next_page();
  if (count_ > 0) next_page();
  for (; line_ < run_.filter_lines; line_ += kLines) filter_.next();
  run_.extent.pages = filter_.finish() + pages_.finish();
  return run_;
}

RunReader::RunReader(const files::SharedFile& file, const Shape& shape, const Run& run)
    : shape_(shape), entries_(entries_of(run)), pages_(file, entries_) {}

const std::byte* RunReader::next() {
  while (at_ == count_) {
    page_ = pages_.next();
    if (page_ == nullptr) return nullptr;
    at_ = 0;
    count_ = count_on(page_, shape_);
  }
  return page_ + kHead + at_++ * shape_.entry;
}

FilterCache::FilterCache(const files::SharedFile& file, std::uint64_t bytes)
    : file_(file),
      most_(bytes == 0 ? ~std::size_t{} : std::max<std::size_t>(bytes / sizeof(Page), 16)),
      slots_(kSmallest) {}

bool FilterCache::may_hold(const Run& run, std::uint64_t high) {
  const std::uint64_t line = part_of(high, run.filter_lines);
  const std::byte* const at = page(run, line / kLines) + line % kLines * kLine;
  return std::ranges::all_of(bits_of(high), [at](const Bit& bit) {
    return (static_cast<unsigned>(at[bit.byte]) & bit.mask) != 0;
  });
}

void FilterCache::prefetch(const Run& run, std::uint64_t high) const noexcept {
  const std::uint64_t line = part_of(high, run.filter_lines);
  const Slot& slot = slots_[slot_of(run.extent.first + line / kLines, run.extent.generation)];
  if (slot.page != 0) __builtin_prefetch(pages_[slot.at]->data() + line % kLines * kLine);
}

std::size_t FilterCache::slot_of(std::uint64_t page, std::uint64_t generation) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = (page * 0x9E3779B97F4A7C15U >> 32) & mask;
  while (slots_[at].page != 0 && (slots_[at].page != page || slots_[at].generation != generation)) {
    at = (at + 1) & mask;
  }
  return at;
}

/// Where it may hold no more it begins anew: which pages are asked for is a matter of hashes, so no
/// choice would be better than another.
const std::byte* FilterCache::page(const Run& run, std::uint64_t number) {
  const std::uint64_t page = run.extent.first + number;
  std::size_t at = slot_of(page, run.extent.generation);
  if (slots_[at].page == 0) {
    if (pages_.size() == most_) clear();
    if (2 * (pages_.size() + 1) > slots_.size()) rehash(2 * slots_.size());
    auto filter = std::make_unique<Page>();
    read_page(file_, run.extent, number, *filter);
    at = slot_of(page, run.extent.generation);
    slots_[at] = {page, run.extent.generation, static_cast<std::uint32_t>(pages_.size())};
    pages_.push_back(std::move(filter));
  }
  return pages_[slots_[at].at]->data();
}

/// Few runs take the place of one that was asked in their generation: then all is read anew.
void FilterCache::begin(const Run& run) noexcept {
  for (std::uint64_t page = run.extent.first; page < run.extent.first + run.filter_pages();
       ++page) {
    if (slots_[slot_of(page, run.extent.generation)].page != 0) return clear();
  }
}

void FilterCache::rehash(std::size_t slots) {
  std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots));
  for (const Slot& slot : old) {
    if (slot.page != 0) slots_[slot_of(slot.page, slot.generation)] = slot;
  }
}

void FilterCache::clear() noexcept {
  pages_.clear();
  std::ranges::fill(slots_, Slot{});
}

void find_all(const files::SharedFile& file, const Shape& shape, const Run& run, std::uint64_t high,
              std::vector<std::byte>& found) {
  const Extent entries = entries_of(run);
  Page page;
  for (std::uint64_t number = part_of(high, run.homes); number < entries.pages; ++number) {
    read_page(file, entries, number, page);
    const std::size_t count = count_on(page.data(), shape);
    const std::byte* const begin = page.data() + kHead;
    std::size_t low = 0;
    for (std::size_t end = count; low < end;) {
      const std::size_t middle = (low + end) / 2;
      if (get<8>(begin + middle * shape.entry) < high) {
        low = middle + 1;
      } else {
        end = middle;
      }
    }
    std::size_t end = low;
    while (end < count && get<8>(begin + end * shape.entry) == high) ++end;
    found.insert(found.end(), begin + low * shape.entry, begin + end * shape.entry);
    if (end < shape.capacity) return;  // it ends here, and nothing was pushed on
  }
}

}  // namespace dedup::stored
