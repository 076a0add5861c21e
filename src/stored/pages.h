// SPDX-License-Identifier: Apache-2.0
// Pages: all that is in an index file, 4 KiB each, and each with a checksum of its own:
//
//   0                                            4088       4096
//   | payload                                    | checksum |
//
// The checksum is of the payload, under the number of the page and the generation in which it was
// written. So a bit that flipped, a page in another's place and one of an older generation are told
// from what was meant, always when the page is read. No byte of a file is taken for an answer
// before.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "walls/shared_file.h"

namespace dedup::stored {

inline constexpr std::size_t kPage = 4096;
inline constexpr std::size_t kPayload = kPage - 8;

/// Pages that follow one another, written in one generation.
struct Extent {
  std::uint64_t first = 0;
  std::uint64_t pages = 0;
  std::uint64_t generation = 0;
  friend bool operator==(const Extent&, const Extent&) = default;
};

using Page = std::array<std::byte, kPage>;

/// Reads a page of an extent. Throws IndexError, which names the byte, if it is not what was
/// written.
void read_page(const files::SharedFile& file, const Extent& extent, std::uint64_t number,
               Page& page);

/// Sets the checksum of a page that will be the `number`th of the file.
void seal(std::span<std::byte, kPage> page, std::uint64_t number,
          std::uint64_t generation) noexcept;

/// Writes the pages of an extent in order, many at a time: (payload next)* finish.
class PageWriter {
 public:
  /// Both must outlive it. Requires: the extent has all the pages that are written.
  PageWriter(const files::SharedFile& file, const Extent& extent);

  /// Of the page at hand; zeros at first.
  [[nodiscard]] std::byte* payload() noexcept { return &buffer_[at_]; }
  /// The page at hand is done.
  void next();
  /// Returns how many were done. Nothing is synced.
  std::uint64_t finish();

 private:
  void flush();

  const files::SharedFile& file_;
  const Extent& extent_;
  std::vector<std::byte> buffer_;
  std::size_t at_ = 0;         // of the page at hand in the buffer
  std::uint64_t written_ = 0;  // pages
};

/// Reads the pages of an extent in order, many at a time.
class PageReader {
 public:
  /// Both must outlive it.
  PageReader(const files::SharedFile& file, const Extent& extent) : file_(file), extent_(extent) {}
  /// The payload of the next page, valid until the next call; null behind the last.
  [[nodiscard]] const std::byte* next();

 private:
  const files::SharedFile& file_;
  const Extent& extent_;
  std::uint64_t page_ = 0;  // behind those in the buffer
  std::vector<std::byte> buffer_;
  std::size_t at_ = 0;
};

/// Bytes that run on over the payloads of an extent.
class ByteWriter {
 public:
  ByteWriter(const files::SharedFile& file, const Extent& extent) : pages_(file, extent) {}
  void add(std::span<const std::byte> bytes);
  std::uint64_t finish();

 private:
  PageWriter pages_;
  std::size_t used_ = 0;  // of the page at hand
};

/// How many pages so many bytes take.
[[nodiscard]] constexpr std::uint64_t pages_for(std::uint64_t bytes) noexcept {
  return (bytes + kPayload - 1) / kPayload;
}

/// Reads bytes of such a run of them.
void read_bytes(const files::SharedFile& file, const Extent& extent, std::uint64_t offset,
                std::span<std::byte> bytes);

}  // namespace dedup::stored
