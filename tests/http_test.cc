// SPDX-License-Identifier: Apache-2.0
// HTTP responses: what their heads say, and bodies freed from chunks and compression.
#include "formats/http.h"

#include <string>
#include <string_view>

#include "catch.h"

namespace dedup::formats {
namespace {

constexpr std::size_t kNoLimit = ~std::size_t{0};

// "abcdefgh" 200 times, and what Python's gzip and zlib make of it.
const std::string kText = [] {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "abcdefgh";
  return text;
}();
const std::string_view kRaw(
    "\113\114\112\116\111\115\113\317\110\034\245\107\351\121\172\224\036\245\107\151\022\150\000",
    23);
const std::string_view kZlib(
    "\170\332\113\114\112\116\111\115\113\317\110\034\245\107\351\121\172\224\036\245\107\151\022"
    "\150\000\166\224\164\077",
    29);
const std::string_view kGzip(
    "\037\213\010\000\000\000\000\000\002\003\113\114\112\116\111\115\113\317\110\034\245\107\351"
    "\121\172\224\036\245\107\151\022\150\000\207\104\330\101\100\006\000\000",
    41);

std::string body(std::string_view bytes, const std::string& fields, std::size_t piece,
                 std::size_t longest) {
  const auto head = http_head("HTTP/1.1 200 OK\r\n" + fields + "\r\n");
  HttpBody body(*head, longest);
  std::string text;
  const auto take = [&](std::string_view data) { text += data; };
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    body.feed(bytes.substr(0, piece), take);
  }
  body.finish(take);
  if (!body.fault().empty()) text += '!' + std::string(body.fault());
  return body.too_long() ? text + "…" : text;
}

/// The same whatever the pieces.
std::string body(std::string_view bytes, const std::string& fields = {},
                 std::size_t longest = kNoLimit) {
  const std::string whole = body(bytes, fields, bytes.size() + 1, longest);
  for (const std::size_t piece : {1U, 2U, 3U, 7U}) {
    INFO("pieces of " << piece << " bytes");
    CHECK(body(bytes, fields, piece, longest) == whole);
  }
  return whole;
}

std::string chunks(std::string_view bytes) { return body(bytes, "Transfer-Encoding: chunked\r\n"); }
std::string coded(std::string_view bytes, const std::string& coding) {
  return body(bytes, "Content-Encoding: " + coding + "\r\n");
}

TEST_CASE("http_head: what is a status line") {
  const auto status = [](std::string_view line) {
    const auto head = http_head(line);
    return head ? head->status : -1;
  };
  CHECK(status("HTTP/1.1 200 OK\r\n\r\n") == 200);
  CHECK(status("HTTP/1.0 404\n\n") == 404);
  CHECK(status("http/2  301 \r\n") == 301);
  CHECK(status("HTTP/1.1 2000 OK") == -1);
  CHECK(status("HTTP/1.1 20 OK") == -1);
  CHECK(status("HTTP/1.1 OK") == -1);
  CHECK(status("HTTP/1.1") == -1);
  CHECK(status("ICY 200 OK") == -1);
  CHECK(status("") == -1);
  CHECK(http_head("HTTP/1.1 200 OK\r\ncontent-TYPE: a\r\n\r\n")->fields.value("Content-Type") ==
        "a");
}

TEST_CASE("http: values of fields") {
  CHECK(media_type(" Text/HTML ; charset=gbk") == "text/html");
  CHECK(media_type("").empty());
  CHECK(is_chunked("gzip, Chunked"));
  CHECK_FALSE(is_chunked("identity"));
  CHECK(content_coding("") == ContentCoding::none);
  CHECK(content_coding("identity, GZIP") == ContentCoding::gzip);
  CHECK(content_coding("x-gzip") == ContentCoding::gzip);
  CHECK(content_coding("deflate") == ContentCoding::deflate);
  CHECK(content_coding("br") == ContentCoding::unknown);
  CHECK(content_coding("gzip, gzip") == ContentCoding::unknown);
}

TEST_CASE("Chunks: what is well formed") {
  CHECK(chunks("5\r\n12345\r\n3\r\n678\r\n0\r\n\r\n") == "12345678");
  CHECK(chunks("A;x=\"y\"\r\n1234567890\r\n0;z\r\n\r\n") == "1234567890");
  CHECK(chunks("000a\n1234567890\n0\n\n") == "1234567890");
  CHECK(chunks(" 1 \r\nx\r\n0\r\nTrailer: value\r\n5\r\n12345\r\n\r\n") == "x");
  CHECK(chunks("0\r\n\r\n").empty());
  CHECK(chunks("").empty());
  CHECK(chunks("2\r\n\r\n\r\n0\r\n\r\n") == "\r\n");
}

TEST_CASE("Chunks: a body that never was chunked stands as it is") {
  CHECK(chunks("<html>\n1\n") == "<html>\n1\n");
  CHECK(chunks("plain") == "plain");
  CHECK(chunks("\r\n") == "\r\n");
  CHECK(chunks("fffffffffffffffff\r\nx") == "fffffffffffffffff\r\nx");
  const std::string line(10'000, '1');
  CHECK(chunks(line) == line);
}

TEST_CASE("Chunks: damage is told, and nothing is lost but sizes") {
  const std::string broken =
      "!the size of a chunk is broken; the rest of the body is taken as it stands";
  CHECK(chunks("1\r\nx\r\nzz\r\nrest") == "xzz\r\nrest" + broken);
  CHECK(chunks("1\r\nxrest") == "xrest" + broken);
  CHECK(chunks("1\r\nxrest\r\n") == "xrest\r\n" + broken);
  CHECK(chunks("1\r\nx\r\n-1\r\ny") == "x-1\r\ny" + broken);
}

TEST_CASE("Chunks: a body that breaks off anywhere") {
  const std::string_view whole = "5\r\n12345\r\n1\r\n6\r\n0\r\n";
  for (std::size_t size = 4; size < whole.size(); ++size) {
    const std::string told = chunks(whole.substr(0, size));
    INFO(size << ": " << told);
    CHECK(told.ends_with("!a body in chunks ends early"));
    CHECK(std::string_view("123456").starts_with(told.substr(0, told.find('!'))));
  }
  CHECK(chunks(whole) == "123456");
}

TEST_CASE("Inflation: gzip, and deflate with a header and without") {
  CHECK(coded(kGzip, "gzip") == kText);
  CHECK(coded(kZlib, "deflate") == kText);
  CHECK(coded(kRaw, "deflate") == kText);
  CHECK(coded(kGzip, "deflate") == kText);
  const std::string two = std::string(kGzip) + std::string(kGzip);
  CHECK(coded(two, "gzip") == kText + kText);
  CHECK(coded(two + "junk", "gzip") == kText + kText);
  CHECK(coded(two + "j", "gzip") == kText + kText);
  CHECK(coded(std::string(kZlib) + "junk", "deflate") == kText);
}

TEST_CASE("Inflation: a body that is no longer compressed stands as it is") {
  for (const std::string coding : {"gzip", "deflate"}) {
    for (const std::string text :
         {"", "<", "<!DOCTYPE html><html>", "\n<html>", "\xE4\xB8\xAD\xE6\x96\x87"}) {
      INFO(coding << ": " << text);
      CHECK(coded(text, coding) == text);
    }
  }
}

TEST_CASE("Inflation: damage is told, and what was sound stays") {
  for (std::size_t size = 2; size < kGzip.size(); ++size) {
    const std::string told = coded(kGzip.substr(0, size), "gzip");
    INFO(size << ": " << told);
    CHECK(told.ends_with("!a compressed body ends early"));
    CHECK(kText.starts_with(told.substr(0, told.find('!'))));
  }
  for (std::size_t size = 2; size < kZlib.size(); ++size) {
    CHECK(coded(kZlib.substr(0, size), "deflate").ends_with("!a compressed body ends early"));
  }
  std::string flipped(kGzip);
  flipped[flipped.size() - 6] ^= 1;  // in the checksum
  CHECK(coded(flipped, "gzip") == kText + "!a compressed body is damaged");
}

TEST_CASE("Inflation: a limit cuts off") {
  const std::string field = "Content-Encoding: gzip\r\n";
  CHECK(body(kGzip, field, 10) == "abcdefghab…");
  CHECK(body(kGzip, field, kText.size()) == kText);
  CHECK(body(kGzip, field, kText.size() - 1) == kText.substr(0, kText.size() - 1) + "…");
}

TEST_CASE("HttpBody: compressed, then cut into chunks") {
  std::string bytes;
  for (std::size_t at = 0; at < kGzip.size(); at += 7) {
    const std::string_view part = kGzip.substr(at, 7);
    bytes += std::to_string(part.size()) + "\r\n" + std::string(part) + "\r\n";
  }
  CHECK(body(bytes + "0\r\n\r\n", "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n") ==
        kText);
  CHECK(body(bytes, "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n") ==
        kText + "!a body in chunks ends early");
}

}  // namespace
}  // namespace dedup::formats
