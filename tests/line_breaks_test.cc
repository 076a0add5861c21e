// SPDX-License-Identifier: Apache-2.0
// What ends the lines of a document that has no line ends: `|` in a row stands for the places.
#include "text/line_breaks.h"

#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "text/marks.h"

namespace dedup::text {
namespace {

std::string parted(const std::string& text, const Changes& changes = {}) {
  Stretch stretch;
  stretch.text = text;
  std::vector<Line> lines;
  split_lines(stretch, Marks(text, {Mark::line_end}), lines);
  part_at_breaks(stretch, changes, lines);
  std::string made;
  std::uint64_t number = 0;
  for (const Line& line : lines) {
    CHECK(line.number == number++);
    made += text.substr(line.start, line.content_end - line.start) + "|";
    CHECK(line.end >= line.content_end);
  }
  CHECK(lines.back().end == text.size());
  return made;
}

}  // namespace

TEST_CASE("characters that separate lines end them where nothing else does") {
  CHECK(parted("春来了。\x0B责任编辑：林某\x0B如有侵权请联系。\x0B") ==
        "春来了。|责任编辑：林某|如有侵权请联系。|");
  CHECK(parted("甲\u2028乙\u2029丙") == "甲|乙|丙|");
  CHECK(parted("甲\u0085乙\x0C丙\n") == "甲|乙|丙|");
  CHECK(parted("甲\x0B乙") == "甲\x0B乙|");                       // one may be an accident
  CHECK(parted("甲\x0B乙\n丙\x0B丁\n") == "甲\x0B乙|丙\x0B丁|");  // there are line ends
}

TEST_CASE("tags and written line breaks do if they stand where lines end") {
  CHECK(parted("春来了。<br>夏天到。<br/>秋收了！<BR />") == "春来了。|夏天到。|秋收了！|");
  CHECK(parted("春来了。\\n夏天到。\\r\\n编者：\\n\\n秋收了") ==
        "春来了。|夏天到。|编者：||秋收了|");
  CHECK(parted("甲<br>乙<br>丙<br>丁") == "甲<br>乙<br>丙<br>丁|");
  CHECK(parted("换行写作 \\n，回车写作 \\r\\n，制表写作 \\t，空两行写作 \\n\\n。") ==
        "换行写作 \\n，回车写作 \\r\\n，制表写作 \\t，空两行写作 \\n\\n。|");
  CHECK(parted("打开 C:\\new。到 D:\\nine。到 E:\\name。") ==
        "打开 C:\\new。到 D:\\nine。到 E:\\name。|");
}

TEST_CASE("what a repair changes is no break") {
  const std::string text = "甲。\u2028乙。\u2028丙。\u2028丁。";
  const std::size_t second = text.find("\u2028", text.find("\u2028") + 1);
  const Changes changes = {{second, second + 3, {}, RepairKind::invisible}};
  CHECK(parted(text, changes) == "甲。|乙。\u2028丙。|丁。|");
}

}  // namespace dedup::text
