// SPDX-License-Identifier: Apache-2.0
#include "text/decode.h"

#include <algorithm>
#include <cstddef>

#include "walls/json.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

/// Bytes that are validated and then copied, while they are in the first cache.
constexpr std::size_t kTile = 4000;

struct Sequence {
  std::size_t size = 0;  // of the well-formed character, or of the maximal subpart
  bool complete = false;
  bool cut = false;  // the bytes end before it is decided
};

/// What stands at the head of `bytes` (not empty). The ranges are those of Unicode's table 3-7.
Sequence first_sequence(std::string_view bytes) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) {
    return {1, true, false};
  }
  const std::size_t length = lead < 0xC2   ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length == 0) {
    return {1, false, false};
  }
  const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  for (std::size_t i = 1; i < length; ++i) {
    if (i == bytes.size()) {
      return {i, false, true};
    }
    const bool fits = i == 1 ? byte(1) >= low && byte(1) <= high : (byte(i) & 0xC0U) == 0x80U;
    if (!fits) {
      return {i, false, false};
    }
  }
  return {length, true, false};
}

/// How many bytes at the end belong to a character that may go on: at most 3.
std::size_t unfinished_tail(std::string_view bytes) noexcept {
  const std::size_t most = std::min<std::size_t>(3, bytes.size());
  for (std::size_t back = 1; back <= most; ++back) {
    const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
    if ((byte & 0xC0U) != 0x80U) {
      const Sequence last = first_sequence(bytes.substr(bytes.size() - back));
      return last.cut ? back : 0;
    }
  }
  return 0;
}

}  // namespace

void Utf8Decoder::feed(std::string_view bytes, std::string& out) {
  // A sequence cut by the end of the last piece grows byte by byte until it is decided.
  while (!waiting_.empty() && !bytes.empty()) {
    waiting_ += bytes.front();
    bytes.remove_prefix(1);
    ++input_;
    settle_waiting(out);
  }
  while (!bytes.empty()) {
    const std::string_view tile = bytes.substr(0, kTile);
    const std::string_view whole = tile.substr(0, tile.size() - unfinished_tail(tile));
    if (json::is_valid_utf8(whole)) [[likely]] {
      out += whole;
    } else {
      repair(whole, input_, out);
    }
    input_ += whole.size();
    bytes.remove_prefix(whole.size());
    if (tile.size() < kTile) {
      waiting_ = bytes;
      input_ += bytes.size();
      return;
    }
  }
}

void Utf8Decoder::settle_waiting(std::string& out) {
  while (!waiting_.empty()) {
    const Sequence next = first_sequence(waiting_);
    if (next.cut) {
      return;
    }
    repair(std::string_view(waiting_).substr(0, next.size), input_ - waiting_.size(), out);
    waiting_.erase(0, next.size);
  }
}

void Utf8Decoder::finish(std::string& out) {
  if (!waiting_.empty()) {
    repair(waiting_, input_ - waiting_.size(), out);
    waiting_.clear();
  }
}

void Utf8Decoder::reset(const CharsetHints& /*hints*/) {
  waiting_.clear();
  input_ = 0;
  damage_ = {};
}

Encoding Utf8Decoder::encoding() const noexcept { return {"UTF-8", EncodingSource::given, 1}; }

void Utf8Decoder::repair(std::string_view bytes, std::uint64_t offset, std::string& out) {
  for (std::size_t at = 0; at < bytes.size();) {
    const Sequence next = first_sequence(bytes.substr(at));
    if (next.complete) {
      out.append(bytes, at, next.size);
    } else {
      broken(offset + at, out);
    }
    at += next.size;
  }
}

void Utf8Decoder::broken(std::uint64_t offset, std::string& out) {
  if (damage_.sequences == 0) {
    damage_.offset = offset;
  }
  ++damage_.sequences;
  out += utf8::kReplacementBytes;
}

}  // namespace dedup::text
