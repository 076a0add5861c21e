// SPDX-License-Identifier: Apache-2.0
#include "stored/records.h"

#include <algorithm>
#include <array>
#include <utility>

#include "stored/bytes.h"

namespace dedup::stored {
namespace {

constexpr std::uint64_t kEnd = 8;    // bytes of an end
constexpr std::uint64_t kRatio = 3;  // of the sizes of a segment and the next
constexpr std::size_t kPiece = std::size_t{256} << 10;

std::uint64_t size_of(const Segment& segment) noexcept {
  return kEnd * segment.count + segment.bytes;
}

/// Copies a part of a segment, in pieces.
void copy(const files::SharedFile& file, const Segment& from, std::uint64_t offset,
          std::uint64_t bytes, ByteWriter& to) {
  std::vector<std::byte> piece;
  while (bytes > 0) {
    piece.resize(std::min<std::uint64_t>(kPiece, bytes));
    read_bytes(file, from.extent, offset, piece);
    to.add(piece);
    offset += piece.size();
    bytes -= piece.size();
  }
}

/// Copies the ends of a segment, which `before` bytes will now stand in front of.
void copy_ends(const files::SharedFile& file, const Segment& from, std::uint64_t before,
               ByteWriter& to) {
  std::vector<std::byte> piece;
  const std::uint64_t bytes = kEnd * from.count;
  for (std::uint64_t at = 0; at < bytes; at += piece.size()) {
    piece.resize(std::min<std::uint64_t>(kPiece, bytes - at));
    read_bytes(file, from.extent, at, piece);
    for (std::size_t i = 0; i < piece.size(); i += kEnd) {
      put<kEnd>(&piece[i], get<kEnd>(&piece[i]) + before);
    }
    to.add(piece);
  }
}

}  // namespace

Records::Records(Ground& ground, std::vector<Segment> segments)
    : ground_(ground), segments_(std::move(segments)) {}

std::uint64_t Records::end() const noexcept {
  return segments_.empty() ? 0 : segments_.back().first + segments_.back().count;
}

/// One segment of the new records and of those that would be too short beside it.
void Records::add(std::span<const std::string> records) {
  Writing writing(ground_);
  Segment segment{.extent = {}, .first = end(), .count = records.size(), .bytes = 0};
  for (const std::string& record : records) segment.bytes += record.size();
  std::size_t kept = segments_.size();
  while (kept > 0 && size_of(segments_[kept - 1]) < kRatio * size_of(segment)) {
    const Segment& earlier = segments_[--kept];
    segment.first = earlier.first;
    segment.count += earlier.count;
    segment.bytes += earlier.bytes;
  }
  const auto merged = std::span(segments_).subspan(kept);

  segment.extent = ground_.space.take(pages_for(size_of(segment)), ground_.generation);
  ByteWriter writer(ground_.file, segment.extent);
  std::uint64_t end = 0;
  for (const Segment& earlier : merged) {
    copy_ends(ground_.file, earlier, end, writer);
    end += earlier.bytes;
  }
  for (const std::string& record : records) {
    end += record.size();
    std::array<std::byte, kEnd> bytes;
    put<kEnd>(bytes.data(), end);
    writer.add(bytes);
  }
  for (const Segment& earlier : merged) {
    copy(ground_.file, earlier, kEnd * earlier.count, earlier.bytes, writer);
  }
  for (const std::string& record : records) writer.add(std::as_bytes(std::span(record)));
  writer.finish();

  for (const Segment& earlier : merged) ground_.drop(earlier.extent);
  segments_.resize(kept);
  segments_.push_back(segment);
  writing.finish();
}

void Records::read(std::uint64_t document, std::string& record) const {
  const auto behind = std::ranges::upper_bound(segments_, document, {}, &Segment::first);
  const Segment& segment = *std::prev(behind);
  const std::uint64_t number = document - segment.first;
  std::array<std::byte, 2 * kEnd> ends{};
  if (number == 0) {
    read_bytes(ground_.file, segment.extent, 0, std::span(ends).last(kEnd));
  } else {
    read_bytes(ground_.file, segment.extent, kEnd * (number - 1), ends);
  }
  const std::uint64_t start = get<kEnd>(ends.data());
  const std::uint64_t end = get<kEnd>(ends.data() + kEnd);
  if (start > end || end > segment.bytes) ground_.file.fail("damaged: a record has no end");
  record.resize(end - start);
  read_bytes(ground_.file, segment.extent, kEnd * segment.count + start,
             std::as_writable_bytes(std::span(record)));
}

}  // namespace dedup::stored
