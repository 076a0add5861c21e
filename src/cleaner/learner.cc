// From documents to counted blocks, by the same steps as cleaning: decode, windows, analysis. What
// is counted and what is learned of it: see src/boilerplate/block_counts.h.
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "boilerplate/block_counts.h"
#include "boilerplate/structure.h"
#include "cleaner/analysis.h"
#include "dedup/error.h"
#include "dedup/learn.h"
#include "text/decode.h"
#include "text/lines.h"

namespace dedup {
namespace {

constexpr std::size_t kPortion = std::size_t{1} << 20;
constexpr std::uint64_t kLeastKeys = 1000;

LearnOptions checked(const LearnOptions& options) {
  if (options.min_documents < 2) {
    throw InvalidOption("min_documents must be at least 2: what occurs once is no boilerplate");
  }
  if (options.max_keys < kLeastKeys) {
    throw InvalidOption("max_keys must be at least " + std::to_string(kLeastKeys));
  }
  return options;
}

}  // namespace

struct BoilerplateLearner::State {
  explicit State(const LearnOptions& options) : counts(checked(options), hash::random_seed()) {}

  void add_windows(std::optional<text::Stretch> (text::Windower::*next)()) {
    while (auto stretch = (windower.*next)()) {
      windower.reuse(std::exchange(window.stretch.text, {}));
      window.stretch = std::move(*stretch);
      analyser.analyse(window, 0, workbench);
      for (const cleaner::Block& block : window.blocks) {
        if (!block.blank && block.keyed && !block.line.continues && block.unit_count != 0) {
          add(block);
        }
      }
    }
  }

  void add(const cleaner::Block& block) {
    const std::string line = cleaner::repaired_content(window, block);
    const std::u16string_view key = cleaner::key_of(window, block);
    const bool bounded =
        block.weight <= boilerplate::kHeaviestLearned && key.size() <= boilerplate::kLongestLearned;
    blocks.push_back({.print = block.key,
                      .weight = block.weight,
                      .may_be_learned = bounded && !boilerplate::is_structure(line, key),
                      .lead_in = boilerplate::is_lead_in(line),
                      .plain = !boilerplate::has_clause_mark(line)});
  }

  boilerplate::BlockCounts counts;
  cleaner::BoilerplateLayer no_boilerplate{{.boilerplate = Boilerplate::off}};
  cleaner::Analyser analyser{
      {.sentences = false, .runs = false, .keys = true}, counts.fingerprinter(), no_boilerplate};
  text::Utf8Decoder decoder;
  text::Windower windower;
  cleaner::Window window;
  cleaner::Workbench workbench;
  std::vector<boilerplate::CountedBlock> blocks;  // of the document
};

BoilerplateLearner::BoilerplateLearner(LearnOptions options)
    : state_(std::make_unique<State>(options)) {}
BoilerplateLearner::~BoilerplateLearner() = default;
BoilerplateLearner::BoilerplateLearner(BoilerplateLearner&&) noexcept = default;
BoilerplateLearner& BoilerplateLearner::operator=(BoilerplateLearner&&) noexcept = default;

void BoilerplateLearner::learn(std::string_view document, std::string_view url) {
  State& state = *state_;
  state.decoder.reset();
  state.windower.reset();
  state.blocks.clear();
  for (std::size_t at = 0; at < document.size(); at += kPortion) {
    state.decoder.feed(document.substr(at, kPortion), state.windower.buffer());
    state.add_windows(&text::Windower::next);
  }
  state.decoder.finish(state.windower.buffer());
  state.add_windows(&text::Windower::rest);
  state.counts.add(state.blocks, boilerplate::host_number(state.counts.fingerprinter(), url));
}

std::string BoilerplateLearner::model() const { return state_->counts.model(); }

}  // namespace dedup
