// SPDX-License-Identifier: Apache-2.0
// Which records of an archive are documents, and what is told of the others.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.h"
#include "dedup/warc.h"

namespace dedup {
namespace {

/// Writes down what it hears: "[url type|text]", "-why detail" for what is passed over, "!text".
class Trace : public WarcSink {
 public:
  void begin(const WarcDocument& document) override {
    text_ += '[' + document.url + ' ' + document.content_type + '|';
    last = document;
  }
  void feed(std::string_view bytes) override { text_ += bytes; }
  void end() override { text_ += ']'; }
  void skipped(const WarcSkipped& record) override {
    text_ += '-' + std::string(name(record.why));
    if (!record.detail.empty()) text_ += ' ' + record.detail;
  }
  void fault(const WarcFault& fault) override {
    text_ += '!' + fault.text + (fault.limit ? " (limit)" : "");
  }
  [[nodiscard]] std::string take() { return std::exchange(text_, {}); }

  WarcDocument last;

 private:
  std::string text_;
};

std::string trace(std::string_view bytes, std::size_t piece = 1U << 20U) {
  Trace trace;
  WarcReader reader(trace);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    reader.feed(bytes.substr(0, piece));
  }
  reader.finish();
  return trace.take();
}

std::string record(const std::string& fields, const std::string& body) {
  return "WARC/1.0\r\nWARC-Target-URI: u\r\n" + fields +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body + "\r\n\r\n";
}

std::string record_of(const std::string& type, const std::string& body = "x") {
  return trace(record("WARC-Type: " + type + "\r\n", body));
}

std::string response(const std::string& fields, const std::string& body,
                     const std::string& status = "200 OK", const std::string& more = {}) {
  const std::string bytes =
      record("WARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n" + more,
             "HTTP/1.1 " + status + "\r\n" + fields + "\r\n" + body);
  const std::string whole = trace(bytes);
  for (const std::size_t piece : {1U, 3U, 16U}) {
    INFO("pieces of " << piece << " bytes");
    CHECK(trace(bytes, piece) == whole);
  }
  return whole;
}

TEST_CASE("WarcReader: kinds of record") {
  CHECK(record_of("warcinfo") == "-warcinfo");
  CHECK(record_of("Request") == "-request");
  CHECK(record_of("metadata") == "-metadata");
  CHECK(record_of("revisit") == "-revisit");
  CHECK(record_of("continuation") == "-continuation");
  CHECK(record_of("screenshot") == "-other screenshot");
  CHECK(record_of("") == "-other");
  CHECK(record_of("conversion") == "[u text/plain; charset=utf-8|x]");
  CHECK(record_of("conversion\r\nContent-Type: text/plain") == "[u text/plain; charset=utf-8|x]");
  CHECK(record_of("conversion\r\nContent-Type: text/plain;charset=gbk") ==
        "[u text/plain;charset=gbk|x]");
  CHECK(record_of("conversion\r\nContent-Type: image/png") == "-media_type image/png");
  CHECK(record_of("resource\r\nContent-Type: TEXT/HTML") == "[u TEXT/HTML|x]");
  CHECK(record_of("resource\r\nContent-Type: text/css") == "-media_type text/css");
  CHECK(record_of("resource") == "-media_type");
  CHECK(record_of("response\r\nContent-Type: text/dns") == "-media_type text/dns");
  CHECK(record_of("response", "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nx") ==
        "[u text/plain|x]");
  CHECK(record_of("conversion", "") == "[u text/plain; charset=utf-8|]");
}

TEST_CASE("WarcReader: responses") {
  const std::string html = "Content-Type: text/html; charset=gbk\r\n";
  CHECK(response(html, "<p>") == "[u text/html; charset=gbk|<p>]");
  CHECK(response(html, "<p>", "206 Partial Content") == "[u text/html; charset=gbk|<p>]");
  CHECK(response(html, "<p>", "404 Not Found") == "-status 404");
  CHECK(response(html, "", "301 Moved") == "-status 301");
  CHECK(response("Content-Type: application/xhtml+xml\r\n", "x") == "[u application/xhtml+xml|x]");
  CHECK(response("Content-Type: image/png\r\n", "x") == "-media_type image/png");
  CHECK(response("", "x") == "-media_type");
  CHECK(response("", "x", "200", "WARC-Identified-Payload-Type: text/html\r\n") ==
        "[u text/html|x]");
  CHECK(response(html, "") == "[u text/html; charset=gbk|]");
}

TEST_CASE("WarcReader: bodies of responses") {
  const std::string html = "Content-Type: text/html\r\n";
  CHECK(response(html + "Transfer-Encoding: chunked\r\n", "2\r\nab\r\n0\r\n\r\n") ==
        "[u text/html|ab]");
  CHECK(response(html + "Transfer-Encoding: chunked\r\n", "2\r\na") ==
        "[u text/html|a!a body in chunks ends early]");
  CHECK(response(html + "Transfer-Encoding: chunked\r\n", "2\r\na", "200",
                 "WARC-Truncated: length\r\n") == "[u text/html|a]");
  CHECK(response(html + "Content-Encoding: gzip\r\n", "<p>") == "[u text/html|<p>]");
  CHECK(response(html + "Content-Encoding: br\r\n", "x") == "-encoding br");
  CHECK(response("Content-Type: image/png\r\nContent-Encoding: br\r\n", "x") ==
        "-media_type image/png");
}

TEST_CASE("WarcReader: what is no response") {
  const std::string none = "!the record holds no response of HTTP-damaged";
  const std::string type = "response\r\nContent-Type: application/http";
  CHECK(record_of(type, "") == none);
  CHECK(record_of(type, "<html>\r\n\r\n") == none);
  CHECK(record_of(type, std::string(70'000, 'x') + "\r\n\r\n") == none);
  CHECK(record_of(type, "HTTP/1.1 200\r\nContent-Type: text/plain") == "[u text/plain|]");
}

TEST_CASE("WarcReader: where a document is from") {
  Trace trace;
  WarcReader reader(trace);
  reader.feed(record("WARC-Type: warcinfo\r\n", ""));
  reader.feed(
      "WARC/1.1\r\nWARC-Type: conversion\r\nWARC-Date: 2026-01-31T12:00:00Z\r\n"
      "WARC-Target-URI: <http://a/\xE4 b>\r\nContent-Length: 0\r\n\r\n");
  reader.finish();
  CHECK(trace.last.url == "http://a/%e4%20b");
  CHECK(trace.last.date == "2026-01-31T12:00:00Z");
  CHECK(trace.last.record == 1);
  CHECK(trace.last.offset == record("WARC-Type: warcinfo\r\n", "").size());
}

/// The texts of a file, each with a line end behind it.
std::string texts(std::string_view bytes) {
  class Texts : public WarcSink {
   public:
    void begin(const WarcDocument&) override {}
    void feed(std::string_view piece) override { all += piece; }
    void end() override { all += '\n'; }
    std::string all;
  } texts;
  WarcReader reader(texts);
  reader.feed(bytes);
  reader.finish();
  return texts.all;
}

TEST_CASE("WarcReader: a flipped bit costs the record that it is in, and the next at most") {
  constexpr std::size_t kRecords = 5;
  const auto text_of = [](std::size_t i) { return "body no. " + std::to_string(i) + '.'; };
  std::string file;
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < kRecords; ++i) {
    file += record("WARC-Type: conversion\r\n", text_of(i));
    ends.push_back(file.size());
  }
  for (std::size_t at = 0; at < file.size(); ++at) {
    const auto hit =
        static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), at) - ends.begin());
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = file;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
      const std::string found = texts(flipped);
      for (std::size_t i = 0; i < kRecords; ++i) {
        if (i == hit || i == hit + 1 || found.find(text_of(i)) != found.npos) continue;
        FAIL("bit " << bit << " of byte " << at << " costs record " << i);
      }
    }
  }
}

TEST_CASE("WarcReader: a record that is too long is passed over, and the next one read") {
  const std::size_t size = (std::size_t{64} << 20) + 1;
  const std::string type = "WARC-Type: conversion\r\n";
  CHECK(trace(record(type, std::string(size, 'x')) + record(type, "y")) ==
        "!a body of more than 64 MiB; the record is passed over (limit)-too_long"
        "[u text/plain; charset=utf-8|y]");
}

}  // namespace
}  // namespace dedup
