// SPDX-License-Identifier: Apache-2.0
// A body that came in chunks (RFC 9112, 7.1):
//
//   5;name=value\r\n  12345\r\n  0\r\n  Trailer: value\r\n  \r\n
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace dedup::formats {

/// Takes the next bytes; valid during the call only.
using TakeBytes = std::function<void(std::string_view)>;

/// Undoes chunking. A body that does not begin with the size of a chunk never was chunked, or is no
/// more: it is given as it stands. Where a later size is broken the rest is, and that is a fault.
/// Call grammar: feed* finish. Memory: a line with a size.
class Chunks {
 public:
  void feed(std::string_view bytes, const TakeBytes& take);
  void finish(const TakeBytes& take);

  /// What is wrong; empty where nothing is.
  [[nodiscard]] std::string_view fault() const noexcept { return fault_; }

 private:
  enum class At { size, data, data_end, plain, done };
  void read_size(std::string_view& bytes, const TakeBytes& take);
  void read_data(std::string_view& bytes, const TakeBytes& take);
  void read_data_end(std::string_view& bytes);
  void give_plain(const TakeBytes& take);

  At at_ = At::size;
  bool first_ = true;       // no chunk came yet
  std::string line_;        // the one with a size, so far
  std::uint64_t left_ = 0;  // of the chunk
  std::string_view fault_;
};

}  // namespace dedup::formats
