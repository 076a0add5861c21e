// SPDX-License-Identifier: Apache-2.0
#include "formats/chunks.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

#include "formats/header_fields.h"

namespace dedup::formats {
namespace {

constexpr std::size_t kLongestLine = 4096;  // with extensions, which nobody writes
constexpr int kHexadecimal = 16;

/// The size at the head of a chunk: "1a;name=value", with blanks about the number.
std::optional<std::uint64_t> size_of(std::string_view line) {
  const std::string_view digits = trimmed(line.substr(0, line.find(';')));
  std::uint64_t size = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, size, kHexadecimal);
  if (error != std::errc() || stop != end) return std::nullopt;
  return size;
}

}  // namespace

void Chunks::feed(std::string_view bytes, const TakeBytes& take) {
  while (!bytes.empty()) {
    switch (at_) {
      case At::size:
        read_size(bytes, take);
        break;
      case At::data:
        read_data(bytes, take);
        break;
      case At::data_end:
        read_data_end(bytes);
        break;
      case At::plain:
        take(std::exchange(bytes, {}));
        break;
      case At::done:
        return;  // trailers
    }
  }
}

/// Behind the end of data an empty line may stand for the line end that is due there.
void Chunks::read_size(std::string_view& bytes, const TakeBytes& take) {
  const std::size_t feed = bytes.find('\n');
  const std::string_view part = bytes.substr(0, feed == bytes.npos ? feed : feed + 1);
  line_ += part.substr(0, kLongestLine);
  bytes.remove_prefix(std::min(part.size(), kLongestLine));
  if (line_.size() < kLongestLine && !line_.ends_with('\n')) return;
  const auto size = size_of(line_);
  if (!size) return give_plain(take);
  first_ = false;
  line_.clear();
  left_ = *size;
  at_ = left_ == 0 ? At::done : At::data;
}

void Chunks::read_data(std::string_view& bytes, const TakeBytes& take) {
  const std::string_view data = bytes.substr(0, left_);
  take(data);
  bytes.remove_prefix(data.size());
  left_ -= data.size();
  if (left_ == 0) at_ = At::data_end;
}

/// A line end; what stands there instead begins the next size, and shows as one that is broken.
void Chunks::read_data_end(std::string_view& bytes) {
  const char byte = bytes.front();
  if (byte == '\r' && line_.empty()) {
    line_ = byte;
    bytes.remove_prefix(1);
    return;
  }
  if (byte == '\n') {
    line_.clear();
    bytes.remove_prefix(1);
  }
  at_ = At::size;
}

void Chunks::give_plain(const TakeBytes& take) {
  if (!first_) fault_ = "the size of a chunk is broken; the rest of the body is taken as it stands";
  at_ = At::plain;
  take(line_);
  line_.clear();
}

/// Without the last chunk the body broke off.
void Chunks::finish(const TakeBytes& take) {
  if (at_ == At::size && !line_.empty() && (first_ || !size_of(line_))) return give_plain(take);
  if (at_ == At::plain || at_ == At::done || (at_ == At::size && first_)) return;
  fault_ = "a body in chunks ends early";
}

}  // namespace dedup::formats
