// SPDX-License-Identifier: Apache-2.0
#include "stored/pages.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "stored/bytes.h"
#include "walls/hash.h"

namespace dedup::stored {
namespace {

constexpr std::size_t kBatch = 64;  // pages that are read or written at a time

std::uint64_t checksum(const std::byte* page, std::uint64_t number,
                       std::uint64_t generation) noexcept {
  // The factor keeps the two apart: neither alone, nor both swapped, give the seed of another.
  return hash::checksum({page, kPayload}, number * 0x9E3779B97F4A7C15U + generation);
}

void check(const files::SharedFile& file, const std::byte* page, std::uint64_t number,
           std::uint64_t generation) {
  if (get<8>(page + kPayload) != checksum(page, number, generation)) {
    file.fail("damaged at byte " + std::to_string(number * kPage));
  }
}

}  // namespace

void read_page(const files::SharedFile& file, const Extent& extent, std::uint64_t number,
               Page& page) {
  const std::uint64_t at = extent.first + number;
  file.read(at * kPage, page);
  check(file, page.data(), at, extent.generation);
}

void seal(std::span<std::byte, kPage> page, std::uint64_t number,
          std::uint64_t generation) noexcept {
  put<8>(page.data() + kPayload, checksum(page.data(), number, generation));
}

PageWriter::PageWriter(const files::SharedFile& file, const Extent& extent)
    : file_(file),
      extent_(extent),
      buffer_(kPage * std::min<std::uint64_t>(kBatch, std::max<std::uint64_t>(extent.pages, 1))) {}

void PageWriter::next() {
  const std::uint64_t number = extent_.first + written_ + at_ / kPage;
  seal(std::span(buffer_).subspan(at_).first<kPage>(), number, extent_.generation);
  at_ += kPage;
  if (at_ == buffer_.size()) flush();
}

void PageWriter::flush() {
  file_.write((extent_.first + written_) * kPage, std::span(buffer_).first(at_));
  written_ += at_ / kPage;
  std::fill_n(buffer_.begin(), at_, std::byte{});
  at_ = 0;
}

std::uint64_t PageWriter::finish() {
  flush();
  return written_;
}

const std::byte* PageReader::next() {
  if (at_ == buffer_.size()) {
    const std::uint64_t count = std::min<std::uint64_t>(kBatch, extent_.pages - page_);
    if (count == 0) return nullptr;
    buffer_.resize(count * kPage);
    file_.read((extent_.first + page_) * kPage, buffer_);
    page_ += count;
    at_ = 0;
  }
  const std::byte* const page = &buffer_[at_];
  at_ += kPage;
  const std::uint64_t number = extent_.first + page_ - (buffer_.size() - at_) / kPage - 1;
  check(file_, page, number, extent_.generation);
  return page;
}

void ByteWriter::add(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const std::size_t count = std::min(bytes.size(), kPayload - used_);
    std::memcpy(pages_.payload() + used_, bytes.data(), count);
    bytes = bytes.subspan(count);
    used_ += count;
    if (used_ == kPayload) {
      pages_.next();
      used_ = 0;
    }
  }
}

std::uint64_t ByteWriter::finish() {
  if (used_ > 0) pages_.next();
  used_ = 0;
  return pages_.finish();
}

void read_bytes(const files::SharedFile& file, const Extent& extent, std::uint64_t offset,
                std::span<std::byte> bytes) {
  Page page;
  while (!bytes.empty()) {
    read_page(file, extent, offset / kPayload, page);
    const std::size_t start = offset % kPayload;
    const std::size_t count = std::min(bytes.size(), kPayload - start);
    std::memcpy(bytes.data(), page.data() + start, count);
    bytes = bytes.subspan(count);
    offset += count;
  }
}

}  // namespace dedup::stored
