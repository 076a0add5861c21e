// SPDX-License-Identifier: Apache-2.0
// Questions asked of many places at a time, against a plain search.
#include "text/lanes.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"

namespace dedup::text {
namespace {

bool holds(std::string_view text, std::string_view wanted) {
  return any_lane(text, [wanted](const Triples& at) {
    return wanted.size() == 3   ? at.hold(wanted)
           : wanted.size() == 2 ? at.hold(wanted[0], wanted[1])
                                : at.hold(wanted[0]);
  });
}

TEST_CASE("a character is found at every place of a text of any length, and nowhere else") {
  for (const std::string_view wanted : {":", "->", "。"}) {
    for (std::size_t size = 0; size <= 70; ++size) {
      // Memory of just its size, so that a sanitizer sees what is read beyond it.
      const std::vector<char> blank(size, 'a');
      CHECK_FALSE(holds({blank.data(), size}, wanted));
      for (std::size_t at = 0; at < size; ++at) {
        std::string text(size, 'a');
        text.replace(at, wanted.size(), wanted);
        const std::vector<char> bytes(text.begin(), text.begin() + static_cast<long>(size));
        const std::string_view cut(bytes.data(), size);
        CAPTURE(size, at, wanted);
        CHECK(holds(cut, wanted) == (cut.find(wanted) != std::string_view::npos));
      }
    }
  }
}

TEST_CASE("the first place of a byte is found from wherever one looks") {
  const auto is_mark = [](Bytes bytes) { return Bytes((bytes == ';') | (bytes == 0xE3)); };
  for (std::size_t size = 0; size <= 40; ++size) {
    for (std::size_t at = 0; at <= size; ++at) {
      std::string text(size, 'a');
      if (at < size) text[at] = at % 2 == 0 ? ';' : '\xE3';
      if (at + 7 < size) text[at + 7] = ';';
      const std::vector<char> bytes(text.begin(), text.end());
      for (std::size_t start = 0; start <= size; ++start) {
        CAPTURE(size, at, start);
        CHECK(find_lane({bytes.data(), size}, start, is_mark) ==
              text.find_first_of(";\xE3", start));
      }
    }
  }
}

}  // namespace
}  // namespace dedup::text
