// SPDX-License-Identifier: Apache-2.0
// Sentences against the cases of testdata/segment/, which an empty line parts: the first line is
// the block, those after it are its sentences. \u{2028} stands for a character that would not show.
#include "text/segment.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "support.h"
#include "walls/utf8.h"

namespace dedup::test {
namespace {

namespace fs = std::filesystem;
using text::segment;

struct Case {
  std::string block;
  std::vector<std::string> sentences;
};

std::vector<Case> load(const fs::path& file) {
  std::vector<Case> cases;
  std::istringstream stream(read_file(file));
  bool in_case = false;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with('#')) continue;
    if (line.empty()) {
      in_case = false;
    } else if (!in_case) {
      cases.push_back({unescaped(line), {}});
      in_case = true;
    } else {
      cases.back().sentences.push_back(unescaped(line));
    }
  }
  return cases;
}

std::vector<std::string> sentences(std::string_view block) {
  std::vector<std::size_t> ends;
  segment(block, ends);
  std::vector<std::string> result;
  std::size_t start = 0;
  for (const std::size_t end : ends) {
    REQUIRE(end > start);
    REQUIRE(end <= block.size());
    result.emplace_back(block.substr(start, end - start));
    start = end;
  }
  REQUIRE(start == block.size());
  return result;
}

std::vector<fs::path> files() {
  std::vector<fs::path> result;
  for (const auto& entry : fs::directory_iterator(testdata("segment"))) result.push_back(entry);
  std::sort(result.begin(), result.end());
  return result;
}

TEST_CASE("segment cuts blocks where sentences end") {
  REQUIRE_FALSE(files().empty());
  for (const fs::path& file : files()) {
    DYNAMIC_SECTION(file.stem().string()) {
      const std::vector<Case> cases = load(file);
      REQUIRE_FALSE(cases.empty());
      for (const Case& c : cases) {
        std::string joined;
        for (const std::string& sentence : c.sentences) joined += sentence;
        REQUIRE(joined == c.block);  // else the case itself is wrong
        INFO(visible(c.block));
        CHECK(sentences(c.block) == c.sentences);
      }
    }
  }
}

TEST_CASE("segment finds the same ends when a sentence follows") {
  // What comes after a full sentence does not reach back into it, and no state stays behind it.
  for (const fs::path& file : files()) {
    for (const Case& c : load(file)) {
      for (const std::string_view before : {"起。", "起？！"}) {
        if (c.block.find_first_not_of(' ') == std::string::npos || c.block.front() == ' ' ||
            file.stem() == "blanks") {
          continue;  // blanks would belong to the sentence before
        }
        std::vector<std::string> expected = {std::string(before)};
        expected.insert(expected.end(), c.sentences.begin(), c.sentences.end());
        const std::string_view first = c.sentences.front();
        if (first.starts_with("。") || first.starts_with("？")) continue;  // joins the run
        INFO(visible(c.block));
        CHECK(sentences(std::string(before) + c.block) == expected);
      }
    }
  }
}

TEST_CASE("segment appends and leaves what was there") {
  std::vector<std::size_t> ends = {7};
  segment("", ends);
  CHECK(ends == std::vector<std::size_t>{7});
  segment("a.。", ends);
  CHECK(ends == std::vector<std::size_t>{7, 5});
}

}  // namespace
}  // namespace dedup::test
