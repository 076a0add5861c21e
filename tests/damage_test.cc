// SPDX-License-Identifier: Apache-2.0
// Damage: places where bytes were lost.
#include "text/damage.h"

#include <string>
#include <string_view>
#include <vector>

#include "catch.h"

namespace dedup::text {
namespace {

std::vector<std::size_t> damage(std::string_view text) {
  std::vector<std::size_t> offsets;
  find_damage(text, Marks(text, {Mark::damage}), offsets);
  return offsets;
}

TEST_CASE("damaged places are found") {
  using Offsets = std::vector<std::size_t>;
  CHECK(damage("甲\uFFFD乙") == Offsets{3});
  CHECK(damage("甲?jié)h乙，乙？dú)g丙") == Offsets{3, 19});  // a note put over half a character
  CHECK(damage("甲?jie\u0301)h乙") == Offsets{3});
  CHECK(damage("型号 ?\x05\x07\x08？") == Offsets{7});  // control characters put there
  CHECK(damage("甲\uE000") == Offsets{3});
  CHECK(damage("\uF8FF甲\U000F0000") == Offsets{0, 6});
  // Around the blocks of the scan.
  const std::string letters(200, 'a');
  CHECK(damage(letters + "\uFFFD" + letters + "\uFFFD") == Offsets{200, 403});
}

TEST_CASE("sound text has none") {
  for (const std::string_view text : {
           "",
           "真的吗？好！",
           "什么?好)a",
           "a?b)c",
           "是(shì)的",
           "怎么?ma)h",
           "什么?jié)",
           "好吗\x05\x06？",  // noise before a mark: repaired
           "\uE62C 首页",
           "a\uE000b",  // icons
           "ＡＢＣ，﹏",
           "😀",
       }) {
    CAPTURE(text);
    CHECK(damage(text).empty());
  }
}

}  // namespace
}  // namespace dedup::text
