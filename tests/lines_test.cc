// SPDX-License-Identifier: Apache-2.0
#include "text/lines.h"

#include <string>
#include <vector>

#include "catch.h"

using dedup::text::kPiece;
using dedup::text::kPieceTail;
using dedup::text::kWindow;
using dedup::text::kWindowLines;
using dedup::text::Line;
using dedup::text::Mark;
using dedup::text::Marks;
using dedup::text::split_lines;
using dedup::text::Stretch;
using dedup::text::Windower;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  Stretch stretch;
  stretch.text = text;
  std::vector<Line> lines;
  split_lines(stretch, Marks(stretch.text, {Mark::line_end}), lines);
  std::vector<std::string> result;
  for (const Line& line : lines) {
    result.push_back(text.substr(line.start, line.content_end - line.start) + "|" +
                     std::to_string(line.end - line.content_end));
  }
  return result;
}

/// The windows of a text that arrives in portions of this size. `given`: memory for them is, which
/// held something else before.
std::vector<Stretch> windows_of(const std::string& text, std::size_t portion, bool given = false) {
  Windower windower;
  std::vector<Stretch> result;
  for (std::size_t at = 0; at < text.size(); at += portion) {
    if (given && windower.wants_room()) windower.move_to(std::string(300'000, 'x'));
    windower.buffer() += text.substr(at, portion);
    while (auto stretch = windower.next()) result.push_back(*stretch);
  }
  while (auto stretch = windower.rest()) result.push_back(*stretch);
  CHECK(windower.offset() == text.size());
  return result;
}

void check_windows(const std::string& text) {
  const auto windows = windows_of(text, 1 << 20);
  std::string joined;
  std::uint64_t lines = 0;
  for (const Stretch& stretch : windows) {
    CHECK(stretch.offset == joined.size());
    CHECK(stretch.text.size() <= kWindow);
    CHECK(stretch.line == lines);
    std::vector<Line> parts;
    split_lines(stretch, Marks(stretch.text, {Mark::line_end}), parts);
    for (const Line& part : parts) {
      CHECK(part.content_end - part.start <= kPiece);
      lines += part.end > part.content_end ? 1 : 0;
    }
    joined += stretch.text;
  }
  CHECK(joined == text);
  const auto others = windows_of(text, 777'777, true);
  REQUIRE(others.size() == windows.size());
  for (std::size_t i = 0; i < windows.size(); ++i) CHECK(others[i].text == windows[i].text);
}

}  // namespace

TEST_CASE("a line ends at LF, CR LF or CR") {
  CHECK(lines_of("").empty());
  CHECK(lines_of("一") == std::vector<std::string>{"一|0"});
  CHECK(lines_of("一\n二\r\n三\r四") == std::vector<std::string>{"一|1", "二|2", "三|1", "四|0"});
  CHECK(lines_of("\n\r\n\r\r\n") == std::vector<std::string>{"|1", "|2", "|1", "|2"});
}

TEST_CASE("windows hold whole lines, at most 4 MiB, whatever the reads") {
  std::string text;
  for (int i = 0; text.size() < 2 * kWindow + 100; ++i) text += std::to_string(i) + "\n";
  check_windows(text);
}

TEST_CASE("line ends of one kind alone make windows, too") {
  for (const std::string_view end : {"\r", "\n", "\r\n", "\n\r"}) {
    for (const std::size_t count : {1U, 32'767U, 32'768U, 32'769U, 70'000U}) {
      CAPTURE(count);
      std::string text;
      for (std::size_t i = 0; i < count; ++i) text += end;
      check_windows(text);
    }
  }
}

TEST_CASE("windows of short lines end behind 32,768 of them, CR LF not torn") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += i % 3 == 0 ? "a\r\n" : i % 3 == 1 ? "\r" : "b\n";
  check_windows(text);
  const auto windows = windows_of(text, 5'000);
  REQUIRE(windows.size() == 4);
  for (std::size_t i = 0; i < 3; ++i) CHECK(windows[i].lines == kWindowLines);
  CHECK(windows[3].line == 3 * kWindowLines);
}

TEST_CASE("a CR LF on the window's border is not torn") {
  for (std::size_t shift = 0; shift < 3; ++shift) {
    std::string text = std::string(kWindow / 2, 'a') + "\n";
    text += std::string(kWindow - text.size() - 2 + shift, 'b') + "\r\nc\n";
    check_windows(text);
    for (const Stretch& stretch : windows_of(text, 1 << 20)) {
      CHECK(stretch.text.find("\n") != 0);
    }
  }
}

TEST_CASE("an overlong line is cut at sentence ends, else between characters") {
  std::string sentence;
  for (int i = 0; i < 1000; ++i) sentence += "春";
  sentence += "。";
  std::string text;
  while (text.size() < kWindow + 3 * kPiece) text += sentence;
  check_windows(text + "\nend\n");
  for (const Stretch& stretch : windows_of(text, 1 << 20)) CHECK(stretch.text.ends_with("。"));

  std::string endless;
  while (endless.size() < kWindow + kPiece) endless += "春";
  check_windows(endless);
  for (const Stretch& stretch : windows_of(endless, 1 << 20)) CHECK(stretch.text.size() % 3 == 0);
}

TEST_CASE("a piece ends behind the last sentence of its last 64 KiB, else between characters") {
  const auto sizes = [](const std::string& text) {
    std::vector<std::size_t> found;
    Stretch stretch;
    stretch.text = text;
    std::vector<Line> lines;
    split_lines(stretch, Marks(stretch.text, {Mark::line_end}), lines);
    for (const Line& line : lines) found.push_back(line.content_end - line.start);
    return found;
  };
  const std::string stop = "。";
  for (const std::size_t back : {std::size_t{3}, kPieceTail / 2, kPieceTail - 6}) {
    CAPTURE(back);  // from the end of the piece to where the last sentence ends
    const std::string text =
        std::string(kPiece - back - stop.size(), 'x') + stop + std::string(kPiece, 'x');
    CHECK(sizes(text).front() == kPiece - back);
  }
  for (const std::size_t back : {kPieceTail + 3, kPiece / 2}) {
    CAPTURE(back);
    const std::string text =
        std::string(kPiece - back - stop.size(), 'x') + stop + std::string(kPiece, 'x');
    CHECK(sizes(text).front() == kPiece);
  }
  const std::string reference = std::string(kPiece - 2, 'x') + "&amp;" + std::string(100, 'x');
  CHECK(sizes(reference).front() == kPiece - 2);
  const std::string closed = "&amp;" + std::string(kPiece, 'x');  // far from the cut
  CHECK(sizes(closed).front() == kPiece);
}

TEST_CASE("pieces of one line share its number, and know that they go on") {
  Stretch stretch;
  stretch.text = "first\n" + std::string(3 * kPiece, 'x') + "\nlast";
  std::vector<Line> lines;
  split_lines(stretch, Marks(stretch.text, {Mark::line_end}), lines);
  REQUIRE(lines.size() == 5);
  CHECK(lines[1].number == 1);
  CHECK_FALSE(lines[1].continues);
  CHECK(lines[3].number == 1);
  CHECK(lines[3].continues);
  CHECK(lines[3].end == lines[3].content_end + 1);
  CHECK(lines[4].number == 2);
}
