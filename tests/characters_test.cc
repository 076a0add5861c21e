// SPDX-License-Identifier: Apache-2.0
#include "text/characters.h"

#include "catch.h"

using namespace dedup::text;

TEST_CASE("ideographs are Han, in all planes, and so are radicals that stand for one") {
  for (const char32_t c : {U'創', U'创', U'〇', U'㐀', U'𠀀', U'\uF900', U'⼈', U'⺠'})
    CHECK(is_han(c));
  for (const char32_t c : {U'あ', U'A', U'，', U'1', U'한'}) CHECK_FALSE(is_han(c));
}

TEST_CASE("radicals unify with their ideograph, Kangxi and supplement") {
  CHECK(unified(U'⼈') == U'人');
  CHECK(unified(U'⺠') == U'民');
  CHECK(unified(U'⻓') == U'长');
  CHECK(unified(U'人') == U'人');
}

TEST_CASE("script and frequency of characters") {
  CHECK(is_traditional_only(U'創'));
  CHECK_FALSE(is_traditional_only(U'创'));
  CHECK_FALSE(is_traditional_only(U'人'));
  CHECK(is_common(U'創'));  // by its Simplified form
  CHECK(is_common(U'人'));
  CHECK_FALSE(is_common(U'裛'));
}

TEST_CASE("one reading for each ideograph, with its tone") {
  CHECK(reading(U'創') == "chuàng");
  CHECK(reading(U'長') == "zhǎng");
  CHECK(reading(U'綠') == "lǜ");
  CHECK(reading(U'⼈') == "rén");
  CHECK(reading(U'A').empty());
  CHECK(reading(U'，').empty());
}

TEST_CASE("syllables are those of Standard Chinese, v for ü") {
  for (const char* yes : {"chuang", "a", "zhu", "lü", "lv", "nv", "er"}) CHECK(is_syllable(yes));
  for (const char* no : {"", "cm", "chuangg", "jiaxing", "v", "b", "hm"})
    CHECK_FALSE(is_syllable(no));
}

TEST_CASE("other properties") {
  CHECK(is_mark(U'\u0301'));
  CHECK(is_pictograph(U'\u2640'));
  CHECK(is_rtl(U'\u05D0'));
  CHECK(is_rtl(U'\u0627'));
  CHECK_FALSE(is_rtl(U'a'));
  CHECK(is_joining(U'\u0628'));
  CHECK(is_joining(U'\u0915'));
  CHECK_FALSE(is_joining(U'人'));
  CHECK(mirrored(U'（') == U'）');
  CHECK(mirrored(U'人') == U'人');
}
