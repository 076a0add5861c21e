// SPDX-License-Identifier: Apache-2.0
// The tools of the tests are tested where a fault in them would let other tests pass.
#include "support.h"

#include "catch.h"

namespace dedup::test {
namespace {

TEST_CASE("a missing test file is a failure") {
  CHECK_THROWS(testdata("no such file"));
  CHECK_THROWS(read_file("/no/such/file"));
  CHECK_THROWS(read_file("/"));
}

TEST_CASE("what does not show is made visible") {
  CHECK(visible("甲\u200B乙\u3000\r\n") == "甲⟨U+200B⟩乙⟨U+3000⟩⟨U+000D⟩⏎\n");
  CHECK(visible("a\xFF\xE4\xBD") == "a⟨FF⟩⟨E4⟩⟨BD⟩");
  CHECK(difference("same", "same").empty());
  CHECK(difference("甲\n乙", "甲\n丙").find("byte 5, line 2") != std::string::npos);
}

TEST_CASE("the tests' own decoder follows Unicode 15, table 3-8 and its neighbours") {
  struct Case {
    std::string_view bytes;
    std::string_view decoded;
  };
  const Case cases[] = {
      {"甲𠀀", "甲𠀀"},
      {"\xC0\xAF", "\uFFFD\uFFFD"},                      // overlong
      {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},            // a surrogate
      {"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},  // beyond U+10FFFF
      {"\xE7\x94", "\uFFFD"},                            // cut off
      {"\xF0\x9F\x98"
       "a",
       "\uFFFD"
       "a"},
      {"\x80"
       "a",
       "\uFFFD"
       "a"},
  };
  for (const Case& c : cases) {
    CHECK(visible(decoded(c.bytes)) == visible(c.decoded));
    CHECK(is_utf8(c.bytes) == (c.bytes == c.decoded));
  }
}

TEST_CASE("Recorder rebuilds both texts and rejects a sink's broken contract") {
  Recorder recorder;
  CHECK_THROWS(recorder.kept("no document yet"));
  recorder.begin_document(0, "a.txt");
  recorder.kept("甲");
  recorder.edit({.start = 3, .end = 8, .text = "&amp;", .replacement = "&"});
  CHECK_THROWS(recorder.edit({.start = 7, .end = 8, .text = "x"}));   // overlaps
  CHECK_THROWS(recorder.edit({.start = 8, .end = 10, .text = "x"}));  // a wrong length
  CHECK_THROWS(recorder.end_document(Stats{.decoded_bytes = 1}, Damage{}));
  recorder.end_document(Stats{.decoded_bytes = 8, .output_bytes = 4}, Damage{});
  CHECK(recorder.only().clean == "甲&");
  CHECK(recorder.only().decoded == "甲&amp;");
  CHECK(recorder.only().removed(Reason::repair) == std::vector<std::string>{"&amp;"});
}

}  // namespace
}  // namespace dedup::test
