// From documents to counted blocks, by the same steps as cleaning: decode, windows, repair, lines,
// keys. What is counted and what is learned of it: see src/boilerplate/block_counts.h.
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "boilerplate/block_counts.h"
#include "boilerplate/structure.h"
#include "dedup/error.h"
#include "dedup/learn.h"
#include "text/damage.h"
#include "text/decode.h"
#include "text/fold.h"
#include "text/lines.h"
#include "text/repair/changes.h"
#include "text/repair/repair.h"

namespace dedup {
namespace {

constexpr std::size_t kPortion = std::size_t{1} << 20;
constexpr std::uint64_t kLeastKeys = 1000;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

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
    while (auto stretch = (windower.*next)()) add(std::move(*stretch));
  }

  void add(text::Stretch stretch) {
    if (stretch.offset == 0 && stretch.text.starts_with(kByteOrderMark)) {
      stretch.text.erase(0, kByteOrderMark.size());
    }
    stretch.text = text::apply(stretch.text, text::repair(stretch.text));
    lines.clear();
    damage.clear();
    marks.find(stretch.text, {text::Mark::line_end, text::Mark::damage});
    text::split_lines(stretch, marks, lines);
    text::find_damage(stretch.text, marks, damage);
    auto damaged = damage.begin();
    for (const text::Line& line : lines) {
      const auto first = damaged;
      while (damaged != damage.end() && *damaged < line.end) ++damaged;
      const bool whole = first == damaged && !line.continues;
      if (whole)
        add(std::string_view(stretch.text).substr(line.start, line.content_end - line.start));
    }
  }

  void add(std::string_view line) {
    key.clear();
    const text::Piece piece = text::fold(line, key);
    if (key.empty()) return;
    const bool bounded =
        piece.weight <= boilerplate::kHeaviestLearned && key.size() <= boilerplate::kLongestLearned;
    blocks.push_back({.print = counts.fingerprinter().of(key),
                      .weight = piece.weight,
                      .may_be_learned = bounded && !boilerplate::is_structure(line, key),
                      .lead_in = boilerplate::is_lead_in(line),
                      .plain = !boilerplate::has_clause_mark(line)});
  }

  boilerplate::BlockCounts counts;
  text::Decoder decoder;
  text::Windower windower;
  std::vector<boilerplate::CountedBlock> blocks;  // of the document
  text::Marks marks;
  std::vector<text::Line> lines;
  std::vector<std::size_t> damage;
  std::u16string key;
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
