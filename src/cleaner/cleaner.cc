#include "dedup/cleaner.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "cleaner/analysis.h"
#include "cleaner/census.h"
#include "cleaner/judge.h"
#include "dedup/error.h"
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
  if (!(options.near_threshold >= 0.5 && options.near_threshold <= 1)) {
    throw InvalidOption("near_threshold must be from 0.5 to 1");
  }
  return options;
}

}  // namespace

/// bytes → decode → windows → analyse → judge → sink
struct Cleaner::State {
  explicit State(Options given)
      : options(checked(std::move(given))),
        boilerplate(options),
        fingerprinter(options.secret ? *options.secret : hash::random_seed()),
        analyser(options, fingerprinter, boilerplate),
        census(options, fingerprinter),
        judge(options, fingerprinter, options.keep == Keep::none ? &census : nullptr) {}

  void judge_windows(std::optional<text::Stretch> (text::Windower::*next)()) {
    while (auto stretch = (windower.*next)()) {
      cleaner::Window window = analyser.analyse(std::move(*stretch), host);
      if (census.counting()) {
        census.read(window);
      } else {
        judge.add(std::move(window));
      }
    }
  }

  Options options;
  cleaner::BoilerplateLayer boilerplate;
  numbers::Fingerprinter fingerprinter;
  cleaner::Analyser analyser;
  cleaner::Census census;
  cleaner::Judge judge;
  text::Decoder decoder;
  text::Windower windower;
  Sink* sink = nullptr;
  std::uint64_t document = 0;  // of this pass
  memory::Host host = 0;       // of the document at hand
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
  state.host = state.boilerplate.host(name);
  state.decoder.reset();
  state.windower.reset();
  if (state.census.counting()) {
    state.census.begin_document(state.document);
  } else {
    sink.begin_document(state.document, name);
    state.judge.begin(state.document, sink);
  }
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
  ++state.document;
  if (state.census.counting()) {
    state.census.end_document();
    return;
  }
  state.judge.end();
  Stats document = state.judge.stats();
  document.documents = 1;
  document.input_bytes = state.decoder.input_bytes();
  document.decoded_bytes = state.windower.offset();
  document.broken_sequences = state.decoder.damage().sequences;
  state.stats += document;
  state.sink->end_document(document, state.decoder.damage());
}

int Cleaner::surveys() const noexcept { return state_->census.passes(); }

void Cleaner::next_pass() {
  state_->census.next_pass();
  state_->document = 0;
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
