// SPDX-License-Identifier: Apache-2.0
// Reading lines of any length out of chunks of bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bytes/pieces.h"
#include "bytes/source.h"

namespace dedup::tool {

/// A line of JSONL of more bytes, its end included, is no record: it passes, and is not held whole.
inline constexpr std::size_t kLongestRecord = std::size_t{64} << 20;

/// Files start with one now and then, so joined files have it at the start of any line.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Cuts a source into lines. A line is held whole, unless it is longer than a limit, its line feed
/// included.
class LineReader final : public Pieces {
 public:
  static constexpr std::size_t kNoLimit = ~std::size_t{0};
  explicit LineReader(ByteSource& source, std::size_t longest = kNoLimit)
      : source_(source), longest_(longest) {}
  /// Where the source starts within its file.
  void start_at(std::uint64_t offset, std::uint64_t lines) noexcept {
    following_ = offset;
    number_ = lines;
  }

  /// Sets `line` to the next line with its line feed, which only the last may lack; valid until the
  /// next call. False at the end. Throws InputError.
  bool next(std::string_view& line);

  /// Whether next() gave only the head of a line, which is longer than the limit.
  [[nodiscard]] bool is_head() const noexcept { return head_; }
  /// Sets `part` to what follows in that line; valid until the next call. False at its end. To be
  /// called until then. Throws InputError.
  bool more(std::string_view& part) override;

  /// The line that next() gave: its number from 1, and the offset of its first byte.
  [[nodiscard]] std::uint64_t number() const noexcept override { return number_; }
  [[nodiscard]] std::uint64_t offset() const noexcept override { return offset_; }

 private:
  /// The head of what is left of the chunk, up to a line feed. Empty at the end of the source only.
  std::string_view take();

  ByteSource& source_;
  std::size_t longest_;
  bool head_ = false;      // the line is longer than the limit
  bool ended_ = false;     // and no part of it is to come
  std::string_view rest_;  // of the chunk
  std::string carried_;    // the start of a line that goes on in the next chunk
  std::uint64_t number_ = 0;
  std::uint64_t offset_ = 0;
  std::uint64_t following_ = 0;  // offset of the next line
};

}  // namespace dedup::tool
