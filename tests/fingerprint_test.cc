// SPDX-License-Identifier: Apache-2.0
#include "numbers/fingerprint.h"

#include <set>
#include <string>

#include "catch.h"
#include "dedup/dedup.h"
#include "walls/hash.h"

using dedup::hash::Hasher;
using dedup::numbers::Fingerprint;
using dedup::numbers::Fingerprinter;

namespace {

Hasher::Seed seed(unsigned char fill) {
  Hasher::Seed seed{};
  seed.fill(static_cast<std::byte>(fill));
  return seed;
}

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

}  // namespace

// Every other test passes with another hash function; stored fingerprints would not. The lengths
// are on both sides of the branches of XXH3: 16, 128 and 240 bytes.
TEST_CASE("fingerprints under a fixed secret are pinned") {
  struct Row {
    std::size_t units;
    Fingerprint fingerprint;
  };
  const Row rows[] = {
      {0, {0x2c3fd0c7560a6a69, 0xdb025d70dd0b6977}},
      {1, {0x02ec43b5fc096527, 0xbbc1099f3b64cd4f}},
      {2, {0x4ba1f0f7b9b4cd6a, 0xe46e125446771a56}},
      {4, {0x75757b475f99b40e, 0x4d9a6986ca8e20f9}},
      {8, {0xbbb014e581e22dcf, 0xa994a5de0a71e5d8}},
      {9, {0x06db5061ccb10529, 0xea0c68f30327144b}},
      {64, {0x4703d51cefd819d4, 0x185ad8e8ad380e4d}},
      {65, {0xc6f0305243f8f4d2, 0x5e90bd5a6630c2d2}},
      {120, {0x4dacfe5d8b958b36, 0x44c145de3600aee2}},
      {121, {0x65ce3b8c954cf1ed, 0x73aae8af84244f61}},
      {500, {0xf61976e18a3c1923, 0x484b83e8da554e45}},
  };
  const Fingerprinter fingerprinter(seed(7));
  for (const Row& row : rows) {
    std::u16string key;
    for (std::size_t i = 0; i < row.units; ++i) key += static_cast<char16_t>(u'一' + i);
    CAPTURE(row.units);
    CHECK(fingerprinter.of(key).low == row.fingerprint.low);
    CHECK(fingerprinter.of(key).high == row.fingerprint.high);
  }
}

TEST_CASE("another secret gives other fingerprints, at every length") {
  const Fingerprinter one(seed(1));
  const Fingerprinter two(seed(2));
  std::u16string key;
  std::set<std::uint64_t> seen;
  for (std::size_t i = 0; i < 300; ++i) {
    CHECK(seen.insert(one.of(key).low).second);
    CHECK(seen.insert(two.of(key).low).second);
    key += u'春';
  }
}

TEST_CASE("runs depend on the order of their keys") {
  const Fingerprinter f(seed(1));
  const Fingerprint a = f.of(u"甲");
  const Fingerprint b = f.of(u"乙");
  const Fingerprint c = f.of(u"丙");
  CHECK_FALSE(f.of_run(a, b, c) == f.of_run(b, a, c));
  CHECK(f.of_run(a, b, c) == f.of_run(a, b, c));
}

// Two different valid texts with one XXH3-128 under the public seed 0: found in seconds, which is
// why the hash is keyed.
TEST_CASE("texts made to collide under the public seed both survive") {
  const std::string one = from_hex(
      "e6a298e7a09de8a0a2e6a7a1e8a2a0e8a199e6a085e7a09de7a6a2e8baa1e8a2a1e79a84e4b880e698afe59ca8e4"
      "b88de4ba86e69c89e5928ce4babae8bf992e");
  const std::string two = from_hex(
      "e8a38ce5a0afe8a1a0e5b3a3e890a0e7a38ce8a2b1e8a194e5b3a0e68ea0e7aba1e79a84e4b880e698afe59ca8e4"
      "b88de4ba86e69c89e5928ce4babae8bf992e");
  REQUIRE(one.size() == two.size());
  const auto bytes = [](const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
  };
  CHECK_FALSE(Hasher(seed(1))(bytes(one)) == Hasher(seed(1))(bytes(two)));

  dedup::Options options;
  options.min_block = options.min_block_across = 1;
  const std::string both = one + "\n" + two + "\n";
  for (int run = 0; run < 20; ++run) CHECK(dedup::clean(both, options) == both);
}
