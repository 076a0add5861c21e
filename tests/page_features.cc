// SPDX-License-Identifier: Apache-2.0
// Prints the features of pages, line by line, for tools/measure/train_page_model.py: the model is
// trained on what the library computes, so that the two cannot differ.
//
//   page_features MODEL < paths      a path of a text file on each line of standard input
//
// One row for each line with a visible character, after repair: path, number of the line from 0,
// verdict (1 furniture), score, judged by the block rules (1), and the features; separated by tabs.

#include <cstdint>
#include <exception>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "boilerplate/page_model.h"
#include "boilerplate/page_pieces.h"
#include "boilerplate/rules.h"
#include "support.h"
#include "text/fold.h"
#include "text/lines.h"
#include "text/repair/changes.h"
#include "text/repair/repair.h"
#include "text/signs.h"

namespace {

using namespace dedup;

struct Page {
  explicit Page(const boilerplate::PageCues& cues) : lines(cues) {}
  boilerplate::PageLines lines;
  std::vector<std::uint64_t> numbers;
};

Page read(const std::string& path, const boilerplate::PageModel& model,
          const boilerplate::BoilerplateRules& rules) {
  text::Stretch stretch;
  stretch.text = test::decoded(test::read_file(path));
  stretch.text = text::apply(stretch.text, text::repair(stretch.text));
  std::vector<text::Line> lines;
  text::split_lines(stretch, text::Marks(stretch.text, {text::Mark::line_end}), lines);
  std::vector<std::string> contents;
  for (const text::Line& line : lines)
    contents.push_back(stretch.text.substr(line.start, line.content_end - line.start));
  const std::vector<structure::Place> places = test::places_of(contents);
  Page page(model.cues());
  std::u16string key;
  std::u16string room;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    key.clear();
    const text::Piece piece = text::fold(contents[i], key);
    if (!piece.visible) continue;
    const std::u16string_view letters = text::letters_of(key, room);
    const auto hit = rules.judge(contents[i], letters, piece.weight, places[i].kind);
    page.lines.add(contents[i], letters, places[i], hit.has_value());
    page.numbers.push_back(lines[i].number);
  }
  return page;
}

void print(const std::string& path, const Page& page, const boilerplate::PageModel& model) {
  const std::span<const boilerplate::PageLine> lines = page.lines.lines();
  const boilerplate::PagePieces pieces(lines);
  const boilerplate::PageView view(pieces.pieces());
  const std::vector<boilerplate::PageVerdict> verdicts = model.judge(lines);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::cout << path << '\t' << page.numbers[i] << '\t' << verdicts[i].furniture << '\t'
              << verdicts[i].score << '\t' << lines[i].has(boilerplate::PageLine::kByRule);
    for (const std::int32_t feature : view.features(pieces.piece_of(i)))
      std::cout << '\t' << feature;
    std::cout << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 2) throw std::invalid_argument("usage: page_features MODEL < paths");
    std::ios::sync_with_stdio(false);
    const boilerplate::PageModel model(test::read_file(argv[1]));
    const boilerplate::BoilerplateRules rules;
    std::cout << "path\tline\tfurniture\tscore\tby_rule";
    for (const std::string_view name : boilerplate::page_feature_names()) std::cout << '\t' << name;
    std::cout << '\n';
    for (std::string path; std::getline(std::cin, path);) {
      print(path, read(path, model, rules), model);
    }
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "page_features: " << error.what() << '\n';
    return 1;
  }
}
