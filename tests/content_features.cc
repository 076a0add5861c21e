// SPDX-License-Identifier: Apache-2.0
// Prints the features of pages of HTML, line by line, for tools/measure/train_content_model.py: the
// model is trained on what the library computes, so that the two cannot differ.
//
//   content_features MODEL [--no-names] [--no-head] < paths
//
// with a path of a page on each line of standard input; as if its elements had no names, or nothing
// were known of title and description.
//
// For each page a row `page`, its path, whether it is a board (1), its title, and the ranges of
// lines of its elements as first-end; then for each line with a visible character a row `line`, its
// text, its visible characters, verdict (1 furniture), and the features; separated by tabs.
#include <algorithm>
#include <exception>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "boilerplate/content_model.h"
#include "boilerplate/rules.h"
#include "cleaner/analysis.h"
#include "cleaner/page_text.h"
#include "cleaner/window_pool.h"
#include "support.h"
#include "text/charset/choosing_decoder.h"
#include "text/fold.h"
#include "text/signs.h"

namespace {

using namespace dedup;

/// The windows of a page as a Cleaner has them.
class Pages {
 public:
  Pages(bool names, bool head) : names_(names), head_(head) {}

  std::vector<cleaner::WindowPointer> read(const std::string& path) {
    const auto decoder = text::decoder_called("auto");
    decoder->reset({.label = {}, .html = true});
    auto html = std::make_unique<std::string>();
    decoder->feed(test::read_file(path), *html);
    decoder->finish(*html);
    cleaner::Batch batch(1);
    batch[0].page = std::move(html);
    boilerplate_.expect_pages();
    cleaner::read_page(batch[0], analyser_.page_names());
    std::vector<cleaner::WindowPointer> windows;
    for (cleaner::Portion& portion : batch) {
      if (portion.window == nullptr) continue;
      auto page = std::make_shared<boilerplate::PageMarkup>(*portion.window->page);
      if (!names_) forget_names(*page);
      if (!head_) page->title = page->description = {};
      portion.window->page = std::move(page);
      analyser_.analyse(*portion.window, 0, workbench_);
      windows.push_back(std::move(portion.window));
    }
    return windows;
  }

 private:
  static void forget_names(boilerplate::PageMarkup& page) {
    for (boilerplate::MarkedElement& element : page.elements) {
      element.names = 0;
      element.signature = static_cast<std::uint32_t>(element.tag);
    }
  }

  bool names_;
  bool head_;
  numbers::Fingerprinter fingerprinter_{hash::random_seed()};
  cleaner::BoilerplateLayer boilerplate_{Options{}};
  cleaner::Analyser analyser_{{}, fingerprinter_, boilerplate_};
  cleaner::Workbench workbench_;
};

struct Lines {
  Lines(const cleaner::Window& window, const boilerplate::ContentModel& model,
        const boilerplate::BoilerplateRules& rules)
      : content(model.cues(), *window.page) {
    std::uint32_t marked = 0;
    std::u16string key;
    std::u16string room;
    for (const cleaner::Block& block : window.blocks) {
      if (block.blank) continue;
      const std::uint64_t start = window.stretch.offset + block.line.start;
      while (marked + 1 < window.page->lines.size() &&
             window.page->lines[marked + 1].start <= start) {
        ++marked;
      }
      texts.push_back(cleaner::repaired_content(window, block));
      key.clear();
      const text::Piece piece = text::fold(texts.back(), key);
      const std::u16string_view letters = text::letters_of(key, room);
      const auto hit = rules.judge(texts.back(), letters, piece.weight, block.kind);
      content.add(texts.back(), letters,
                  {.kind = block.kind, .quoted = block.quoted, .joins = block.joins},
                  hit.has_value(), marked);
    }
  }

  boilerplate::ContentLines content;
  std::vector<std::string> texts;
};

void print(const std::string& path, const Lines& lines, const boilerplate::ContentModel& model) {
  const boilerplate::ContentView view(lines.content);
  const auto verdicts = model.judge(lines.content);
  std::string title = lines.content.markup().title;
  for (char& c : title) c = c == '\t' ? ' ' : c;
  std::cout << "page\t" << path << '\t' << view.is_board() << '\t' << title;
  for (const auto& range : view.ranges()) std::cout << '\t' << range.first << '-' << range.end;
  std::cout << '\n';
  std::vector<std::int32_t> features;
  for (std::size_t i = 0; i < lines.texts.size(); ++i) {
    std::string text = lines.texts[i];
    for (char& c : text) c = c == '\t' ? ' ' : c;
    std::cout << "line\t" << text << '\t' << view.chars(i) << '\t' << verdicts[i].furniture;
    view.features(i, features);
    for (const std::int32_t feature : features) std::cout << '\t' << feature;
    std::cout << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::vector<std::string_view> args(argv + 1, argv + argc);
    if (args.empty()) throw std::invalid_argument("usage: content_features MODEL < paths");
    const auto given = [&](std::string_view word) {
      return std::find(args.begin() + 1, args.end(), word) != args.end();
    };
    std::ios::sync_with_stdio(false);
    const boilerplate::ContentModel model(test::read_file(argv[1]));
    const boilerplate::BoilerplateRules rules;
    std::cout << "names\ttext\tchars\tfurniture";
    for (const std::string& name : boilerplate::content_feature_names()) std::cout << '\t' << name;
    std::cout << '\n';
    Pages pages(!given("--no-names"), !given("--no-head"));
    for (std::string path; std::getline(std::cin, path);) {
      for (const auto& window : pages.read(path)) {
        if (!window->page->lines.empty()) print(path, Lines(*window, model, rules), model);
      }
    }
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "content_features: " << error.what() << '\n';
    return 1;
  }
}
