// SPDX-License-Identifier: Apache-2.0
// A window that was parted from its tail against the window as it was.
#include "cleaner/window.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.h"
#include "cleaner/analysis.h"
#include "cleaner/boilerplate_layer.h"
#include "cleaner/verdict.h"
#include "generator.h"
#include "numbers/fingerprint.h"

namespace dedup::cleaner {
namespace {

/// What is known of a block, in words that do not depend on where its window begins.
std::vector<std::string> described(const Window& window) {
  std::vector<std::string> blocks;
  for (const Block& block : window.blocks) {
    std::string text = std::to_string(start_of(window, block)) + ' ' +
                       std::to_string(end_of(window, block)) + ' ' +
                       std::to_string(block.line.number) + ' ';
    text += std::string(content_of(window, block)) + '|' + repaired_content(window, block) + '|';
    for (std::uint32_t i = 0; i < block.sentence_count; ++i) {
      const Sentence& sentence = window.sentences[block.first_sentence + i];
      text += std::to_string(sentence.start) + '-' + std::to_string(sentence.end) + ' ' +
              std::to_string(sentence.key.low) + ' ' + std::to_string(sentence.run.low) + ' ';
    }
    blocks.push_back(text + std::to_string(block.key.low) + (block.joins ? " joins" : ""));
  }
  return blocks;
}

std::string document(unsigned seed) {
  std::string text = test::Generator(seed).document(60);
  text.insert(text.size() / 2, "零\u200b宽字符，全角ＡＢＣ。第二句话在这里。\n\n\n\u3000\u3000\n");
  return text;
}

TEST_CASE("a window and its tail say what the window said") {
  const Options options;
  const numbers::Fingerprinter fingerprinter(Secret{});
  const BoilerplateLayer boilerplate(options);
  const Analyser analyser(analysis_options(options), fingerprinter, boilerplate);
  Workbench bench;
  const auto analysed = [&](const std::string& text) {
    Window window;
    window.stretch.text = text;
    window.stretch.offset = 1'000;
    window.stretch.line = 70;
    analyser.analyse(window, 0, bench);
    return window;
  };
  for (unsigned seed = 0; seed < 20; ++seed) {
    CAPTURE(seed);
    const std::string text = document(seed);
    const Window whole = analysed(text);
    for (std::size_t first = 1; first < whole.blocks.size();
         first = end_of_group(whole.blocks, first + 1)) {
      if (whole.blocks[first].joins) continue;
      Window head = analysed(text);
      const auto tail = cut_tail(head, first);
      CHECK(tail->tail);
      REQUIRE(head.stretch.text + tail->stretch.text == text);
      REQUIRE(head.stretch.offset + head.stretch.text.size() == tail->stretch.offset);
      REQUIRE(head.changes.size() + tail->changes.size() == whole.changes.size());
      REQUIRE(tail->blocks.front().line.start == 0);
      std::vector<std::string> both = described(head);
      for (std::string& each : described(*tail)) both.push_back(std::move(each));
      REQUIRE(both == described(whole));
    }
  }
}

}  // namespace
}  // namespace dedup::cleaner
