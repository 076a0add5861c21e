// SPDX-License-Identifier: Apache-2.0
// WARC files cut into records, whole and damaged, in pieces of every size.
#include "formats/warc.h"

#include <string>
#include <string_view>
#include <vector>

#include "catch.h"

namespace dedup::formats {
namespace {

/// Writes down what it hears: "[type body]" for a record, "!offset:text" for a fault.
class Trace : public WarcEvents {
 public:
  void header(const WarcHeader& header) override {
    text_ += '[' + std::string(header.fields.value("WARC-Type")) + ' ';
  }
  void body(std::string_view bytes) override { text_ += bytes; }
  void end() override { text_ += ']'; }
  void fault(const Fault& fault) override {
    faults_ +=
        '!' + std::to_string(fault.offset) + ':' + fault.text + (fault.limit ? " (limit)" : "");
  }
  [[nodiscard]] std::string text() const { return text_ + faults_; }

 private:
  std::string text_;
  std::string faults_;  // behind the rest, since pieces decide when one is seen
};

std::string trace(std::string_view bytes, std::size_t piece) {
  Trace trace;
  WarcFrames frames(trace);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    frames.feed(bytes.substr(0, piece));
  }
  frames.finish();
  return trace.text();
}

/// The same whatever the pieces.
std::string trace(std::string_view bytes) {
  const std::string whole = trace(bytes, bytes.size() + 1);
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 64U}) {
    INFO("pieces of " << piece << " bytes");
    CHECK(trace(bytes, piece) == whole);
  }
  return whole;
}

std::string record(const std::string& type, const std::string& body, std::string length = {}) {
  if (length.empty()) length = std::to_string(body.size());
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n" + body +
         "\r\n\r\n";
}

TEST_CASE("WarcFrames: records follow one another") {
  CHECK(trace("").empty());
  CHECK(trace("\r\n\n").empty());
  CHECK(trace(record("a", "x")) == "[a x]");
  CHECK(trace(record("a", "") + record("b", "\r\n\r\n") + record("c", "WARC/1.0")) ==
        "[a ][b \r\n\r\n][c WARC/1.0]");
}

TEST_CASE("WarcFrames: headers are read as people write them") {
  CHECK(trace("WARC/1.1\nwarc-type:\tresponse\nCONTENT-LENGTH : 1\n\nx\n\n") == "[response x]");
  CHECK(trace("WARC/1.0\r\nWARC-Type: a\r\n b\r\n\tc\r\nContent-Length: 1\r\n\r\nx") ==
        "[a b c x]");
  CHECK(trace("WARC/1.0\r\nnot a field\r\nContent-Length: 1\r\n\r\nx\r\n\r\n") == "[ x]");
  CHECK(trace("WARC/1.0\r\nContent-Length: 1\r\nContent-Length: 9\r\n\r\nx\r\n\r\n") == "[ x]");
  const HeaderFields fields("WARC/1.0\r\n a: folded onto nothing\r\nB:\r\nc: d:e\r\n\r\n");
  CHECK(fields.first_line() == "WARC/1.0");
  CHECK(fields.find("b") == std::string_view());
  CHECK(fields.value("C") == "d:e");
  CHECK_FALSE(fields.find("d"));
}

TEST_CASE("WarcFrames: a length that is wrong costs its own record only") {
  const std::string next = record("b", "y");
  SECTION("too short") {
    CHECK(trace(record("a", "12345", "2") + next) ==
          "[a 12][b y]!47:no record where one should begin");
  }
  SECTION("too long") {
    const auto told = [](const std::string& length) {
      return "[a 12345][b y]!0:the record says that it has " + length +
             " bytes, but another begins within them at offset ";
    };
    CHECK(trace(record("a", "12345", "12") + next) == told("12") + "55");
    CHECK(trace(record("a", "12345", "40") + next) == told("40") + "55");
    CHECK(trace(record("a", "12345", "99999999") + next) == told("99999999") + "61");
    CHECK(trace(record("a", "12345", "18446744073709551615") + next) ==
          told("18446744073709551615") + "73");
  }
  SECTION("no number") {
    for (const std::string length : {"-1", "+1", "1.0", "x", "18446744073709551616", "1 1"}) {
      CHECK(trace(record("a", "12345", length) + next) ==
            "[b y]!0:the Content-Length of the record is no number");
    }
    CHECK(trace("WARC/1.0\r\nWARC-Type: a\r\n\r\n" + next) ==
          "[b y]!0:the record has no Content-Length");
  }
  SECTION("too long, and something else in front of the next") {
    CHECK(trace(record("a", "12345", "400") + "rubbish\r\n" + next + next)
              .starts_with("[a 12345\r\n\r\nrubbish][b y][b y]!0:the record says"));
  }
  SECTION("many of them") {
    std::string bytes;
    std::string records;
    for (int i = 0; i < 50; ++i) {
      bytes += record("a", "12345", "100000");
      records += "[a 12345]";
    }
    CHECK(trace(bytes + next).starts_with(records + "[b y]!"));
  }
}

TEST_CASE("WarcFrames: a body may quote a record") {
  const std::string quoted = "page\r\n\r\n" + record("q", "z") + record("r", "") + "more";
  CHECK(trace(record("a", quoted) + record("b", "y")) == "[a " + quoted + "][b y]");
  CHECK(trace(record("a", quoted)) == "[a " + quoted + "]");
  const std::string line = "a line\r\nWARC/1.0 is a version";
  const std::string long_line = line + std::string(std::size_t{17} << 20, 'x');
  CHECK(trace(record("a", line) + record("b", "y")) == "[a " + line + "][b y]");
  CHECK(
      (trace(record("a", long_line) + record("b", "y"), 1 << 20) == "[a " + long_line + "][b y]"));
  CHECK(trace(record("a", quoted) + std::string(99, '\n')) == "[a " + quoted + "]");
}

TEST_CASE("WarcFrames: what parts records may be missing or too much") {
  const std::string a = record("a", "x");
  const std::string bare = a.substr(0, a.size() - 4);
  CHECK(trace(bare) == "[a x]");
  CHECK(trace(bare + "\n" + a) == "[a x][a x]");
  CHECK(trace(a + "\r\n\n\n" + a) == "[a x][a x]");
  CHECK(trace(bare + a) == "[a x][a x]!46:no line end in front of the record");
}

TEST_CASE("WarcFrames: what is no record is passed over up to the next line that begins one") {
  CHECK(trace("filedesc://a.arc") == "!0:no record where one should begin");
  CHECK(trace("x WARC/1.0\nWARC/1.0\nContent-Length: 0\n\n") ==
        "[ ]!0:no record where one should begin");
  CHECK(trace("WARC/0.9\r\n\r\n" + record("b", "y")) == "[b y]!0:no record where one should begin");
  CHECK(trace(record("a", "x") + "\xff\r\n" + record("b", "y")) ==
        "[a x][b y]!50:no record where one should begin");
  CHECK(trace("WARC/1.0\r\nx: " + std::string(70'000, 'x') + "\r\n\r\n" + record("b", "y")) ==
        "[b y]!0:the header of the record is longer than 64 KiB (limit)");
}

TEST_CASE("WarcFrames: a file that breaks off anywhere") {
  const std::string first = record("a", "x");
  const std::string second = record("b", "12345");
  const std::size_t body = second.find("\r\n\r\n") + 4;
  for (std::size_t size = 0; size <= second.size(); ++size) {
    const std::string told = trace(first + second.substr(0, size), 5);
    INFO(size << ": " << told);
    if (size == 0) {
      CHECK(told == "[a x]");
    } else if (size < 7) {
      CHECK(told == "[a x]!50:no record where one should begin");
    } else if (size < body) {
      CHECK(told == "[a x]!50:the file ends within the header of a record");
    } else if (size < body + 5) {
      CHECK(told == "[a x][b " + std::string("12345").substr(0, size - body) +
                        "]!50:the file ends " + std::to_string(body + 5 - size) +
                        " bytes before the record does");
    } else {
      CHECK(told == "[a x][b 12345]");
    }
  }
}

}  // namespace
}  // namespace dedup::formats
