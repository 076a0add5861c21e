// SPDX-License-Identifier: Apache-2.0
#include "cleaner/analysed.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "cleaner/census.h"
#include "cleaner/dense.h"
#include "cleaner/front.h"
#include "cleaner/rules/block_asker.h"
#include "memory/document_index.h"

namespace dedup::cleaner {

Batch analyse_document(std::string_view bytes, Portion::Opening opening, const Analyser& analyser,
                       Workbench& workbench) {
  constexpr std::size_t kFeed = std::size_t{1} << 18;
  WindowPool pool;
  Front front(pool);
  front.open(std::move(opening));
  for (std::size_t at = 0; at < bytes.size(); at += kFeed) {
    front.feed(bytes.substr(at, kFeed));
  }
  front.close();
  Batch batch;
  DenseWindows dense(analyser);
  for (Portion& portion : front.take_batch()) {
    if (portion.window == nullptr) {
      batch.push_back(std::move(portion));
      continue;
    }
    analyser.analyse(*portion.window, portion.host, workbench);
    dense.give(std::move(portion.window), portion.host, [&](WindowPointer window) {
      Portion& part = batch.emplace_back();
      part.window = std::move(window);
      part.host = portion.host;
      part.opening = std::exchange(portion.opening, std::nullopt);
    });
    batch.back().closing = portion.closing;
  }
  return batch;
}

DocumentKeys document_keys(const Batch& document, const Options& options,
                           const numbers::Fingerprinter& fingerprinter) {
  memory::DocumentReader reader(fingerprinter, false);
  BlockAsker asker(options, fingerprinter);
  BlockAsks asks;
  BlockNumber number = 0;
  for (const Portion& portion : document) {
    if (portion.window == nullptr) {
      continue;
    }
    const Window& window = *portion.window;
    for (const Block& block : window.blocks) {
      if (is_asked(block)) {
        reader.feed(block.weight, block.keyed ? std::optional(block.key) : std::nullopt);
      }
    }
    asker.gather(window, 0, window.blocks.size(), number, asks);
    number += window.blocks.size();
  }
  const memory::DocumentFacts facts = reader.finish();
  const bool compared =
      compares_documents(options) && facts.weight >= memory::DocumentIndex::kLeastWeight;
  DocumentKeys keys{.sequence = compared ? facts.sequence : std::nullopt,
                    .blocks = std::move(asks.across.asks),
                    .runs = {}};
  if (options.scope != Scope::document) {
    keys.runs = std::move(asks.runs.asks);
  }
  return keys;
}

}  // namespace dedup::cleaner
