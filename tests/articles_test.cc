// SPDX-License-Identifier: Apache-2.0
// Texts that must stay whole: they speak of disclaimers, copyright, share bars and editors, or use
// the words of notices, and are none themselves. Every line of testdata/articles/ must come out as
// it went in, with the defaults and with every rule that compares texts switched on.
//
// A text is added to the folder when a rule once took a line of its kind. The last case checks what
// the pairs of testdata/evaluation/ say of themselves.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "catch.h"
#include "dedup/cleaner.h"
#include "numbers/shingles.h"
#include "support.h"
#include "text/fold.h"

namespace dedup::test {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> articles() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(testdata("articles"))) {
    if (entry.path().extension() == ".txt") files.push_back(entry);
  }
  std::sort(files.begin(), files.end());
  REQUIRE(files.size() >= 12);
  return files;
}

// What was taken and by which rule, for the reader of a failure.
std::string losses(const RecordedDocument& document) {
  std::string all;
  for (const RecordedEdit& edit : document.edits) {
    all += std::to_string(edit.block + 1) + ": " + edit.rule + ": " + edit.text;
  }
  return all;
}

void check_whole(const fs::path& file, const Options& options) {
  const std::string text = read_file(file);
  Recorder recorder;
  Cleaner(options).clean(text, recorder);
  INFO(file.filename().string() << ", line " << losses(recorder.only()));
  CHECK(recorder.only().clean == text);
}

TEST_CASE("an article about notices keeps every line") {
  for (const fs::path& file : articles()) check_whole(file, {});
}

TEST_CASE("an article keeps every line when near copies are looked for") {
  Options options;
  options.paragraphs = Paragraphs::near;
  options.documents = Documents::near;
  for (const fs::path& file : articles()) check_whole(file, options);
}

TEST_CASE("articles shown to one cleaner keep every line") {
  Options options;
  options.scope = Scope::wide;
  options.paragraphs = Paragraphs::near;
  Cleaner cleaner(options);
  Recorder recorder;
  for (const fs::path& file : articles()) cleaner.clean(read_file(file), recorder);
  for (const RecordedDocument& document : recorder.documents) {
    INFO(document.number << ", line " << losses(document));
    CHECK(document.edits.empty());
  }
}

std::set<std::uint64_t> shingles(const std::string& text) {
  std::u16string key;
  text::fold(text, key);
  std::set<std::uint64_t> hashes;
  numbers::for_each_shingle(key, [&](std::uint64_t hash) { hashes.insert(hash); });
  return hashes;
}

double resemblance(const std::string& first, const std::string& second) {
  const std::set<std::uint64_t> a = shingles(first);
  const std::set<std::uint64_t> b = shingles(second);
  std::vector<std::uint64_t> common;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(common));
  const auto shared = static_cast<double>(common.size());
  return shared / (static_cast<double>(a.size() + b.size()) - shared);
}

TEST_CASE("the pairs of the evaluation set state their true resemblance") {
  std::istringstream table(read_file(testdata("evaluation/pairs/pairs.tsv")));
  std::string row;
  std::getline(table, row);  // the head line
  while (std::getline(table, row)) {
    std::vector<std::string> cells;
    std::istringstream columns(row);
    for (std::string cell; std::getline(columns, cell, '\t');) cells.push_back(cell);
    INFO(row);
    REQUIRE(cells.size() == 5);
    const double stated = std::stod(cells[2]);  // two decimals
    CHECK(std::abs(resemblance(cells[3], cells[4]) - stated) < 0.0051);
  }
}

}  // namespace
}  // namespace dedup::test
