// SPDX-License-Identifier: Apache-2.0
// Streams of gzip, zstd and xz: told by magic and name, unpacked from pieces of any size, whatever
// follows what, and no further than the limits go.
#include "dedup/compression.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "generator.h"

using dedup::Compression;
using dedup::Packer;
using dedup::Unpacker;
using dedup::Unpacking;
using dedup::UnpackLimits;
using namespace std::string_literals;

namespace {

constexpr Compression kAll[] = {Compression::gzip, Compression::zstd, Compression::xz};
constexpr std::size_t kWhole = ~std::size_t{0};

struct Result {
  Unpacking state;
  std::string text;
  std::uint64_t offset;
  bool operator==(const Result&) const = default;
};

Result unpack(std::string_view bytes, std::size_t piece = kWhole, const UnpackLimits& limits = {}) {
  Unpacker unpacker(dedup::compression_of(bytes), limits);
  std::string text;
  while (!bytes.empty()) {
    std::string_view packed = bytes.substr(0, piece);
    bytes.remove_prefix(packed.size());
    for (std::string_view got; !(got = unpacker.unpack(packed)).empty();) text += got;
  }
  unpacker.finish();
  return {unpacker.state(), text, unpacker.offset()};
}

std::string pack(std::string_view text, Compression compression, std::size_t flushed = kWhole) {
  Packer packer(compression);
  std::string packed;
  const Packer::Take take = [&](std::string_view piece) { packed += piece; };
  for (; text.size() > flushed; text.remove_prefix(flushed)) {
    packer.pack(text.substr(0, flushed), take);
    packer.flush(take);
  }
  packer.pack(text, take);
  packer.finish(take);
  return packed;
}

/// Text that is neither all the same nor mere chance.
std::string some_text(std::size_t size) {
  dedup::test::Generator random(7);
  std::string text;
  while (text.size() < size) text += "第" + std::to_string(random.below(500)) + "條。\n";
  return text;
}

/// A frame of zstd that asks for a window of 2 to the `exponent` bytes and holds "abc".
std::string zstd_frame(int exponent) {
  return "\x28\xB5\x2F\xFD\0"s + static_cast<char>((exponent - 10) << 3) + "\x19\0\0abc"s;
}

}  // namespace

TEST_CASE("a compressed stream is told by its first bytes") {
  for (const Compression compression : kAll) {
    const std::string bytes = pack("甲", compression);
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
      const std::string_view head = std::string_view(bytes).substr(0, size);
      const Compression found = dedup::compression_of(head);
      CHECK((found == compression || (found == Compression::none && size < dedup::kLongestMagic)));
      CHECK((found == compression || dedup::may_become_compressed(head)));
    }
  }
  CHECK(dedup::compression_of("\x5A\x2A\x4D\x18"s) == Compression::zstd);  // skippable
  for (const std::string& head :
       {"甲"s, "P*M"s, "P*Mx"s, "(a"s, "\x1F\x8A"s, "\x1F\x8B\x07"s, "\0"s}) {
    CHECK(dedup::compression_of(head) == Compression::none);
  }
  CHECK(dedup::may_become_compressed("P*M"));
  CHECK_FALSE(dedup::may_become_compressed("P*Mx"));
  CHECK_FALSE(dedup::may_become_compressed("("s + "a"));
}

TEST_CASE("a compressed file is told by its name") {
  CHECK(dedup::compression_of_name("a/甲.txt.gz") == Compression::gzip);
  CHECK(dedup::compression_of_name("a.zst") == Compression::zstd);
  CHECK(dedup::compression_of_name("a.jsonl.xz") == Compression::xz);
  for (const char* name : {"", "-", "gz", ".gz", "a.gz.txt", "agz"}) {
    CHECK((dedup::compression_of_name(name) == Compression::none || name == ".gz"s));
  }
  CHECK(dedup::name_of_content("a.jsonl.gz") == "a.jsonl");
  CHECK(dedup::name_of_content("a.jsonl") == "a.jsonl");
}

TEST_CASE("what is packed is unpacked, in pieces of any size") {
  for (const Compression compression : kAll) {
    for (const std::size_t size : {0U, 1U, 1000U, 700000U}) {
      const std::string text = some_text(size);
      const std::string bytes = pack(text, compression);
      CHECK(bytes == pack(text, compression));
      for (const std::size_t piece : {kWhole, std::size_t{1}, std::size_t{4096}}) {
        CHECK(unpack(bytes, piece) == Result{Unpacking::whole, text, bytes.size()});
      }
    }
    const std::string text = some_text(5000);
    CHECK(unpack(pack(text, compression, 100)).text == text);
  }
}

TEST_CASE("what was flushed can be unpacked at once") {
  for (const Compression compression : kAll) {
    Packer packer(compression);
    std::string packed;
    const Packer::Take take = [&](std::string_view piece) { packed += piece; };
    packer.pack("第一行\n", take);
    packer.flush(take);
    CHECK(unpack(packed).text == "第一行\n");
    CHECK(unpack(packed).state == Unpacking::truncated);
  }
}

TEST_CASE("units that follow one another are one stream") {
  const std::string skippable = "\x53\x2A\x4D\x18\3\0\0\0xyz"s;
  for (const Compression compression : kAll) {
    const std::string a = pack("甲\n", compression);
    const std::string b = pack("乙\n", compression);
    const std::string none = pack("", compression);
    std::vector<std::string> streams = {a + b, a + none + b, none + a + b};
    if (compression == Compression::gzip) streams.push_back(a + b + std::string(100, '\0'));
    if (compression == Compression::xz)
      streams.push_back(a + "\0\0\0\0"s + b + std::string(8, '\0'));
    if (compression == Compression::zstd) streams.push_back(skippable + a + skippable + b);
    for (const std::string& stream : streams) {
      for (std::size_t piece : {kWhole, std::size_t{1}, std::size_t{3}}) {
        CHECK(unpack(stream, piece) == Result{Unpacking::whole, "甲\n乙\n", stream.size()});
      }
    }
  }
}

TEST_CASE("what follows the end is told with its place") {
  for (const Compression compression : kAll) {
    const std::string a = pack("甲\n", compression);
    const Compression other = compression == Compression::xz ? Compression::gzip : Compression::xz;
    std::vector<std::string> rests = {"x", "\n", "\x1F", pack("乙", other), a.substr(0, 3)};
    if (compression != Compression::gzip) rests.push_back("\0"s);
    for (const std::string& rest : rests) {
      for (const std::size_t piece : {kWhole, std::size_t{1}}) {
        const Result result = unpack(a + rest, piece);
        CHECK(result.text == "甲\n");
        // Of gzip three bytes are all of the magic: a member begins and is cut short.
        const bool begun = rest == a.substr(0, 3) && compression == Compression::gzip;
        CHECK(result.state == (begun ? Unpacking::truncated : Unpacking::trailing));
        CHECK(result.offset >= a.size());
        CHECK(result.offset <= a.size() + rest.size());
      }
    }
  }
  const std::string gzip = pack("甲\n", Compression::gzip);
  CHECK(unpack(gzip + "\0\0"s + gzip).state == Unpacking::trailing);  // as gzip itself says
}

TEST_CASE("behind a fault nothing more is given") {
  for (const Compression compression : kAll) {
    Unpacker unpacker(compression);
    const std::string bytes = pack("甲\n", compression) + "x" + pack("乙\n", compression);
    std::string_view packed = bytes;
    CHECK(unpacker.unpack(packed) == "甲\n");
    CHECK(unpacker.unpack(packed).empty());
    CHECK(unpacker.state() == Unpacking::trailing);
    CHECK(unpacker.unpack(packed).empty());
    unpacker.finish();
    CHECK(unpacker.state() == Unpacking::trailing);
    CHECK(packed.starts_with("x"));
  }
}

TEST_CASE("what grows without measure is stopped") {
  const std::string zeros(std::size_t{8} << 20, '\0');
  const UnpackLimits limits{.ratio = 100, .free = std::size_t{1} << 20};
  for (const Compression compression : kAll) {
    const std::string bytes = pack(zeros, compression);
    const Result bomb = unpack(bytes, kWhole, limits);
    CHECK(bomb.state == Unpacking::too_dense);
    CHECK(bomb.text.size() <= limits.free + 101 * bomb.offset + (std::size_t{1} << 18));
    CHECK(unpack(bytes).state == Unpacking::whole);  // by default so little is free
    const std::string text = some_text(std::size_t{2} << 20);
    CHECK(unpack(pack(text, compression), kWhole, limits).state == Unpacking::whole);
  }
}

TEST_CASE("a window takes no more memory than is allowed, and is announced") {
  std::vector<std::uint64_t> announced;
  UnpackLimits limits;
  limits.on_memory = [&](std::uint64_t bytes) { announced.push_back(bytes); };
  for (const std::size_t piece : {kWhole, std::size_t{1}}) {
    announced.clear();
    CHECK(unpack(zstd_frame(23), piece, limits).text == "abc");
    CHECK(announced.empty());
    CHECK(unpack(zstd_frame(27), piece, limits) == Result{Unpacking::whole, "abc", 12});
    CHECK(std::is_sorted(announced.begin(), announced.end()));
    CHECK(announced.back() >> 20 == 129);
    for (const int exponent : {28, 31, 41}) {
      CHECK(unpack(zstd_frame(exponent), piece, limits).state == Unpacking::too_large);
    }
  }
  limits.memory = ~std::uint64_t{0};
  CHECK(unpack(zstd_frame(28), 1, limits).text == "abc");
  CHECK(unpack(zstd_frame(32), 1, limits).state == Unpacking::too_large);
  // A window stays allowed for the frames behind it.
  CHECK(unpack(zstd_frame(25) + zstd_frame(24) + zstd_frame(26), 2, limits).text == "abcabcabc");
}
