// SPDX-License-Identifier: Apache-2.0
// From documents to counted blocks, by the same steps as cleaning: decode, windows, analysis. What
// is counted and what is learned of it: see src/boilerplate/block_counts.h.
#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "boilerplate/block_counts.h"
#include "boilerplate/structure.h"
#include "cleaner/analysis.h"
#include "cleaner/dense.h"
#include "cleaner/window_pool.h"
#include "dedup/error.h"
#include "dedup/learn.h"
#include "structure/label.h"
#include "text/decode.h"
#include "text/lines.h"

namespace dedup {
namespace {

constexpr std::size_t kPortion = std::size_t{1} << 20;
constexpr std::uint64_t kLeastKeys = 1000;

constexpr std::uint64_t kBytesOfKey = 160;  // with what copies of documents are known by

LearnOptions checked(LearnOptions options) {
  if (options.min_documents < 2) {
    throw InvalidOption("min_documents must be at least 2: what occurs once is no boilerplate");
  }
  if (options.max_keys < kLeastKeys) {
    throw InvalidOption("max_keys must be at least " + std::to_string(kLeastKeys));
  }
  if (options.memory != 0) {
    options.max_keys = std::clamp(options.memory / kBytesOfKey, kLeastKeys, options.max_keys);
  }
  return options;
}

}  // namespace

struct BoilerplateLearner::State {
  explicit State(const LearnOptions& options)
      : most_blocks(options.max_keys / 2), counts(options, hash::random_seed()) {}

  void add_windows(std::optional<text::Stretch> (text::Windower::*next)()) {
    while (auto stretch = (windower.*next)()) {
      if (blocks.size() >= most_blocks) {
        continue;
      }
      auto window = std::make_unique<cleaner::Window>();
      window->stretch = std::move(*stretch);
      analyser.analyse(*window, 0, workbench);
      dense.give(std::move(window), 0, [this](cleaner::WindowPointer part) { add(*part); });
    }
  }

  void add(const cleaner::Window& window) {
    for (const cleaner::Block& block : window.blocks) {
      const bool counts_as_one = !block.blank && block.keyed && !block.line.continues;
      if (counts_as_one && block.unit_count != 0 && blocks.size() < most_blocks) {
        add(window, block);
      }
    }
  }

  void add(const cleaner::Window& window, const cleaner::Block& block) {
    const std::string line = cleaner::repaired_content(window, block);
    const std::u16string_view key = cleaner::key_of(window, block);
    const bool bounded =
        block.weight <= boilerplate::kHeaviestLearned && key.size() <= boilerplate::kLongestLearned;
    blocks.push_back({.print = block.key,
                      .weight = block.weight,
                      .may_be_learned = bounded && !boilerplate::is_structure(line, key),
                      .lead_in = structure::is_lead_in(line),
                      .plain = !boilerplate::has_clause_mark(line)});
  }

  std::uint64_t most_blocks;  // of a document
  boilerplate::BlockCounts counts;
  boilerplate::Host host = 0;  // of the document
  cleaner::BoilerplateLayer no_boilerplate{{.boilerplate = Boilerplate::off}};
  cleaner::Analyser analyser{
      {.sentences = false, .runs = false, .keys = true}, counts.fingerprinter(), no_boilerplate};
  cleaner::DenseWindows dense{analyser};
  cleaner::Workbench workbench;
  text::Utf8Decoder decoder;
  text::Windower windower;
  std::vector<boilerplate::CountedBlock> blocks;  // of the document
};

BoilerplateLearner::BoilerplateLearner(LearnOptions options)
    : state_(std::make_unique<State>(checked(options))) {}
BoilerplateLearner::~BoilerplateLearner() = default;
BoilerplateLearner::BoilerplateLearner(BoilerplateLearner&&) noexcept = default;
BoilerplateLearner& BoilerplateLearner::operator=(BoilerplateLearner&&) noexcept = default;

void BoilerplateLearner::learn(std::string_view document, std::string_view url) {
  begin(url);
  feed(document);
  end();
}

void BoilerplateLearner::begin(std::string_view url) {
  State& state = *state_;
  state.decoder.reset();
  state.windower.reset();
  state.blocks.clear();
  state.host = boilerplate::host_number(state.counts.fingerprinter(), url);
}

void BoilerplateLearner::feed(std::string_view bytes) {
  State& state = *state_;
  for (std::size_t at = 0; at < bytes.size(); at += kPortion) {
    state.decoder.feed(bytes.substr(at, kPortion), state.windower.buffer());
    state.add_windows(&text::Windower::next);
  }
}

void BoilerplateLearner::end() {
  State& state = *state_;
  state.decoder.finish(state.windower.buffer());
  state.add_windows(&text::Windower::rest);
  state.counts.add(state.blocks, state.host);
}

std::uint32_t BoilerplateLearner::missed() const noexcept { return state_->counts.missed(); }

std::string BoilerplateLearner::model() const { return state_->counts.model(); }

}  // namespace dedup
