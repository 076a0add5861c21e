#include "dedup/cleaner.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "cleaner/analysis.h"
#include "cleaner/judge.h"
#include "dedup/error.h"
#include "memory/boilerplate.h"
#include "numbers/fingerprint.h"
#include "text/decode.h"
#include "text/lines.h"

namespace dedup {
namespace {

/// Bytes are taken in portions, so that no buffer ever holds more than a window and this.
constexpr std::size_t kPortion = std::size_t{1} << 20;

Options checked(Options options) {
  if (options.min_block == 0) {
    throw InvalidOption("min_block must be at least 1");
  }
  if (options.min_block_across < options.min_block) {
    throw InvalidOption("min_block_across (" + std::to_string(options.min_block_across) +
                        ") must not be below min_block (" + std::to_string(options.min_block) +
                        ")");
  }
  return options;
}

}  // namespace

/// bytes → decode → windows → analyse → judge → sink
struct Cleaner::State {
  explicit State(Options given)
      : options(checked(std::move(given))),
        rules(options.boilerplate_rules),
        fingerprinter(options.secret ? *options.secret : hash::random_seed()),
        analyser(options, fingerprinter, rules),
        judge(options, fingerprinter) {}

  void judge_windows(std::optional<text::Stretch> (text::Windower::*next)()) {
    while (auto stretch = (windower.*next)()) {
      judge.add(analyser.analyse(std::move(*stretch)));
    }
  }

  Options options;
  memory::BoilerplateRules rules;
  numbers::Fingerprinter fingerprinter;
  cleaner::Analyser analyser;
  cleaner::Judge judge;
  text::Decoder decoder;
  text::Windower windower;
  Sink* sink = nullptr;
  Stats stats;
};

Cleaner::Cleaner(Options options) : state_(std::make_unique<State>(std::move(options))) {}
Cleaner::~Cleaner() = default;
Cleaner::Cleaner(Cleaner&&) noexcept = default;
Cleaner& Cleaner::operator=(Cleaner&&) noexcept = default;

void Cleaner::clean(std::string_view document, Sink& sink, std::string_view name) {
  begin(sink, name);
  feed(document);
  end();
}

void Cleaner::begin(Sink& sink, std::string_view name) {
  State& state = *state_;
  state.sink = &sink;
  state.decoder.reset();
  state.windower.reset();
  sink.begin_document(state.stats.documents, name);
  state.judge.begin(state.stats.documents, sink);
}

void Cleaner::feed(std::string_view bytes) {
  State& state = *state_;
  for (std::size_t at = 0; at < bytes.size(); at += kPortion) {
    state.decoder.feed(bytes.substr(at, kPortion), state.windower.buffer());
    state.judge_windows(&text::Windower::next);
  }
}

void Cleaner::end() {
  State& state = *state_;
  state.decoder.finish(state.windower.buffer());
  state.judge_windows(&text::Windower::rest);
  state.judge.end();
  Stats document = state.judge.stats();
  document.documents = 1;
  document.input_bytes = state.decoder.input_bytes();
  document.decoded_bytes = state.windower.offset();
  document.broken_sequences = state.decoder.damage().sequences;
  state.stats += document;
  state.sink->end_document(document, state.decoder.damage());
}

const Stats& Cleaner::stats() const noexcept { return state_->stats; }

namespace {

class TextSink : public Sink {
 public:
  void kept(std::string_view text) override { text_ += text; }
  void edit(const Edit& edit) override { text_ += edit.replacement; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string clean(std::string_view document, const Options& options) {
  TextSink sink;
  Cleaner(options).clean(document, sink);
  return sink.take();
}

}  // namespace dedup
