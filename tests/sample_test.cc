// SPDX-License-Identifier: Apache-2.0
#include "numbers/sample.h"

#include <cstddef>
#include <string>
#include <vector>

#include "catch.h"
#include "naive_resemblance.h"

namespace dedup::numbers {
namespace {

using test::RandomKeys;

Sampler::Whole whole(const std::u16string& text) {
  Sampler sampler;
  sampler.feed(text);
  return sampler.take_whole();
}

TEST_CASE("parts sampled by themselves make the sample of the whole, wherever it is cut") {
  RandomKeys random(1);
  for (const std::size_t length : {0U, 1U, 4U, 5U, 9U, 30U, 700U, 4000U}) {
    std::u16string text = random.key(length);
    if (length > 20) text.insert(10, u"\xD840\xDC0B\xD840\xDC0C");  // beyond U+FFFF
    const auto expected = whole(text);
    for (int round = 0; round < 40; ++round) {
      Sampler all;
      Sampler part;
      for (std::u16string_view rest = text; !rest.empty();) {
        for (std::size_t pieces = random.below(3); pieces > 0; --pieces) {
          const auto piece = whole_characters(rest, random.below(1 + rest.size()) % 300);
          part.feed(piece);
          rest.remove_prefix(piece.size());
        }
        all.append(part.take_part());
      }
      const auto joined = all.take_whole();
      REQUIRE(joined.sketch == expected.sketch);
      REQUIRE(joined.bands == expected.bands);
    }
  }
}

TEST_CASE("a sampler begins anew") {
  RandomKeys random(2);
  const std::u16string first = random.key(5000);
  const std::u16string second = random.key(100);
  Sampler sampler;
  for (const auto& text : {first, second, first}) {
    sampler.feed(text);
    CHECK(sampler.take_whole().sketch == whole(text).sketch);
  }
}

}  // namespace
}  // namespace dedup::numbers
