// SPDX-License-Identifier: Apache-2.0
// For tests/unpack_test.py: unpacks thousands of streams in one process. Standard input holds each
// as its size, 4 bytes with the least first, and its bytes; standard output gets a line for each:
//
//   STATE OFFSET TEXT      STATE is none, whole, or a fault; TEXT in hexadecimal, after a -
#include <cstdint>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "dedup/compression.h"

namespace {

const char* name_of(dedup::Unpacking state) {
  switch (state) {
    case dedup::Unpacking::whole:
      return "whole";
    case dedup::Unpacking::damaged:
      return "damaged";
    case dedup::Unpacking::truncated:
      return "truncated";
    case dedup::Unpacking::trailing:
      return "trailing";
    default:
      return "limit";
  }
}

void unpack(std::string_view bytes) {
  const dedup::Compression compression = dedup::compression_of(bytes);
  if (compression == dedup::Compression::none) {
    std::cout << "none 0 -\n";
    return;
  }
  dedup::Unpacker unpacker(compression);
  std::string hexadecimal = "-";
  for (std::string_view text; !(text = unpacker.unpack(bytes)).empty();) {
    for (const char c : text) {
      constexpr std::string_view kDigits = "0123456789abcdef";
      const auto byte = static_cast<unsigned char>(c);
      hexadecimal += kDigits[byte >> 4];
      hexadecimal += kDigits[byte & 15];
    }
  }
  unpacker.finish();
  std::cout << name_of(unpacker.state()) << ' ' << unpacker.offset() << ' ' << hexadecimal << '\n';
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  const std::string all(std::istreambuf_iterator<char>(std::cin), {});
  std::string_view rest = all;
  while (rest.size() >= 4) {
    std::uint32_t size = 0;
    for (unsigned i = 0; i < 4; ++i)
      size |= std::uint32_t{static_cast<unsigned char>(rest[i])} << 8 * i;
    unpack(rest.substr(4, size));
    rest.remove_prefix(4 + size);
  }
  return std::cout.good() ? 0 : 1;
}
