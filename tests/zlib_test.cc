// SPDX-License-Identifier: Apache-2.0
// Deflate in its three wrappings, in memory and as a stream. The packed bytes are of Python's zlib.
#include "walls/zlib.h"

#include <string>
#include <string_view>

#include "catch.h"

using dedup::coding::Encoder;
using dedup::coding::Outcome;
using dedup::zlib::Form;
using dedup::zlib::inflate;
using namespace std::string_literals;

namespace {

constexpr std::size_t kMany = std::size_t{1} << 20;

// By zlib.compressobj(9, DEFLATED, 15 / -15), and by gzip.compress(…, mtime=0).
const std::string kText = "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字";
const std::string kZlib =
    "\170\332\173\266\147\321\323\265\323\237\321\214\004\000\167\063\106\321"s;
const std::string kRaw = "\173\266\147\321\323\265\323\237\321\214\004\000"s;
const std::string kGzip =
    "\037\213\010\000\000\000\000\000\002\003\173\266\147\321\323\265\323\237\321\214"s
    "\004\000\242\333\005\172\140\000\000\000"s;

std::string packed(std::string_view text) {
  const auto encoder = dedup::zlib::encoder();
  std::string all;
  char out[16];
  for (;;) {
    const auto step = encoder->step(text, out, Encoder::Wish::end);
    all.append(out, step.given);
    text.remove_prefix(step.taken);
    if (step.outcome == Outcome::ended) return all;
  }
}

}  // namespace

TEST_CASE("deflate is unpacked in each wrapping") {
  for (const auto& [form, bytes] :
       {std::pair(Form::gzip, kGzip), {Form::zlib, kZlib}, {Form::raw, kRaw}}) {
    const auto whole = inflate(bytes, form, kMany);
    CHECK(whole.text == kText);
    CHECK(whole.whole);
    CHECK(inflate(bytes + "\r\n", form, kMany).whole);  // what follows is none of its business
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const auto cut = inflate(bytes.substr(0, size), form, kMany);
      CHECK_FALSE(cut.whole);
      CHECK_FALSE(cut.longer);
      CHECK(kText.starts_with(cut.text));
    }
  }
}

TEST_CASE("the wrong wrapping is no text") {
  CHECK_FALSE(inflate(kRaw, Form::zlib, kMany).whole);
  CHECK_FALSE(inflate(kZlib, Form::gzip, kMany).whole);
  CHECK_FALSE(inflate("no such thing", Form::gzip, kMany).whole);
  CHECK_FALSE(inflate("", Form::raw, kMany).whole);
}

TEST_CASE("a wrong checksum is told") {
  for (std::size_t back : {1, 5}) {  // length, and CRC
    std::string bytes = kGzip;
    bytes[bytes.size() - back] ^= 1;
    const auto broken = inflate(bytes, Form::gzip, kMany);
    CHECK(broken.text == kText);
    CHECK_FALSE(broken.whole);
  }
}

TEST_CASE("all members of gzip are unpacked") {
  const auto two = inflate(kGzip + kGzip, Form::gzip, kMany);
  CHECK(two.text == kText + kText);
  CHECK(two.whole);
  CHECK_FALSE(inflate(kGzip + kGzip.substr(0, 12), Form::gzip, kMany).whole);
}

TEST_CASE("a limit cuts short what is unpacked") {
  const std::string bomb = packed(std::string(kMany, 'a'));
  const auto cut = inflate(bomb, Form::gzip, 1000);
  CHECK(cut.text == std::string(1000, 'a'));
  CHECK(cut.longer);
  CHECK_FALSE(cut.whole);
  CHECK(inflate(bomb, Form::gzip, kMany).whole);
  CHECK(inflate(packed(""), Form::gzip, 0).whole);
}

TEST_CASE("gzip is written without name and time") {
  const std::string bytes = packed(kText);
  CHECK(bytes.starts_with("\x1F\x8B\x08\0\0\0\0\0"s));
  CHECK(bytes == packed(kText));
  CHECK(inflate(bytes, Form::gzip, kMany).text == kText);
}
