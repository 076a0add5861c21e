#include "dedup/cleaner.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "cleaner/analysis.h"
#include "cleaner/census.h"
#include "cleaner/judge.h"
#include "cleaner/pipeline.h"
#include "dedup/error.h"
#include "memory/budget.h"
#include "numbers/fingerprint.h"
#include "text/decode.h"
#include "text/lines.h"

namespace dedup {
namespace {

/// Bytes are taken in pieces, so that no buffer ever holds more than a window and this.
constexpr std::size_t kFeed = std::size_t{1} << 18;

/// A limit of memory is passed by this much at most,
constexpr std::uint64_t kOver = std::uint64_t{64} << 20;
/// of which the process takes so much whatever the input: code, tables, buffers of the command.
constexpr std::uint64_t kProcess = std::uint64_t{36} << 20;

/// Documents are gathered until they are worth handing to another thread.
constexpr std::size_t kBatch = std::size_t{1} << 18;

Options checked(Options options) {
  if (options.min_block == 0) {
    throw InvalidOption("min_block must be at least 1");
  }
  if (options.min_block_across < options.min_block) {
    throw InvalidOption("min_block_across (" + std::to_string(options.min_block_across) +
                        ") must not be below min_block (" + std::to_string(options.min_block) +
                        ")");
  }
  if (options.memory != 0 && options.scratch == nullptr) {
    throw InvalidOption("memory is limited, and there is no scratch space for the rest");
  }
  if (options.threads == 0) {
    options.threads = std::max(std::thread::hardware_concurrency(), 1U);
  }
  if (!(options.near_threshold >= 0.5 && options.near_threshold <= 1)) {
    throw InvalidOption("near_threshold must be from 0.5 to 1");
  }
  return options;
}

/// Bytes that windows take, on so many threads: on their way, being judged, being read.
std::uint64_t for_windows(const cleaner::Analyser& analyser, unsigned threads) {
  return (cleaner::Pipeline::most_windows(threads) + 1) * analyser.longest_cost() +
         3 * text::kWindow;
}

/// What of the limit is left for what is remembered; a quarter of it at least.
std::uint64_t for_memory(const Options& options, const cleaner::Analyser& analyser,
                         unsigned threads) {
  const std::uint64_t all = options.memory + kOver;
  const std::uint64_t taken = kProcess + for_windows(analyser, threads);
  return std::clamp(all - std::min(all, taken), options.memory / 4, options.memory);
}

/// As many threads as are wanted, or as leave half of the limit.
unsigned affordable_threads(const Options& options, const cleaner::Analyser& analyser) {
  unsigned threads = options.threads;
  while (options.memory != 0 && threads > 1 &&
         for_memory(options, analyser, threads) < options.memory / 2) {
    --threads;
  }
  return threads;
}

}  // namespace

/// bytes → decode → windows → analyse, on all threads → judge, in order → sink
struct Cleaner::State {
  explicit State(Options given)
      : options(checked(std::move(given))),
        boilerplate(options),
        fingerprinter(options.secret ? *options.secret : hash::random_seed()),
        analyser(options, fingerprinter, boilerplate),
        threads(affordable_threads(options, analyser)),
        census(options, fingerprinter, budget),
        judge(options, fingerprinter, analyser, options.keep == Keep::none ? &census : nullptr,
              budget),
        pipeline(analyser, threads) {
    if (options.memory != 0) {
      budget.limit(for_memory(options, analyser, threads), *options.scratch);
    }
  }

  // -- in front of the pipeline: documents to batches

  void open(Sink& receiver, std::string_view name) {
    decoder.reset();
    windower.reset();
    portion.host = boilerplate.host(name);
    portion.opening = {&receiver, std::string(name), portion.host};
  }

  void add_windows(std::optional<text::Stretch> (text::Windower::*next)()) {
    while (auto stretch = (windower.*next)()) {
      portion.window = judge.take_spent();
      if (portion.window == nullptr) {
        portion.window = std::make_unique<cleaner::Window>();
      }
      windower.reuse(std::exchange(portion.window->stretch.text, {}));
      batched += stretch->text.size();
      portion.window->stretch = std::move(*stretch);
      add_portion();
    }
  }

  void add_portion() {
    const boilerplate::Host host = portion.host;
    batch.push_back(std::exchange(portion, {}));
    portion.host = host;
    if (batched >= kBatch) {
      submit();
    }
  }

  void close() {
    decoder.finish(windower.buffer());
    add_windows(&text::Windower::rest);
    portion.closing = {decoder.input_bytes(), windower.offset(), decoder.damage()};
    add_portion();
  }

  void submit() {
    batched = 0;
    pipeline.put(std::exchange(batch, {}));
    while (pipeline.full()) {
      settle(pipeline.take());
    }
  }

  void flush() {
    if (!batch.empty()) {
      submit();
    }
    while (!pipeline.empty()) {
      settle(pipeline.take());
    }
  }

  // -- behind it: batches to verdicts

  void settle(cleaner::Batch analysed) {
    for (cleaner::Portion& part : analysed) {
      if (part.opening) {
        begin(*part.opening);
      }
      if (part.window != nullptr && census.counting()) {
        census.read(*part.window);
      } else if (part.window != nullptr) {
        judge.add(std::move(part.window));
      }
      if (part.closing) {
        end(*part.closing);
      }
    }
  }

  void begin(const cleaner::Portion::Opening& opening) {
    sink = opening.sink;
    if (census.counting()) {
      census.begin_document(document);
    } else {
      sink->begin_document(document, opening.name);
      judge.begin(document, opening.host, *sink);
    }
  }

  void end(const cleaner::Portion::Closing& closing) {
    ++document;
    if (census.counting()) {
      census.end_document();
      return;
    }
    judge.end();
    Stats counts = judge.stats();
    counts.documents = 1;
    counts.input_bytes = closing.input_bytes;
    counts.decoded_bytes = closing.decoded_bytes;
    counts.broken_sequences = closing.damage.sequences;
    stats += counts;
    sink->end_document(counts, closing.damage);
  }

  Options options;
  cleaner::BoilerplateLayer boilerplate;
  numbers::Fingerprinter fingerprinter;
  cleaner::Analyser analyser;
  unsigned threads;  // the calling one included
  memory::Budget budget;
  cleaner::Census census;
  cleaner::Judge judge;

  text::Decoder decoder;
  text::Windower windower;
  cleaner::Portion portion;  // being filled
  cleaner::Batch batch;      // before it, not yet with the pipeline
  std::size_t batched = 0;   // bytes of text in it

  Sink* sink = nullptr;        // of the document that is being judged
  std::uint64_t document = 0;  // its number in this pass
  Stats stats;
  cleaner::Pipeline pipeline;  // last: its threads end before what they read
};

Cleaner::Cleaner(Options options) : state_(std::make_unique<State>(std::move(options))) {}
Cleaner::~Cleaner() = default;
Cleaner::Cleaner(Cleaner&&) noexcept = default;
Cleaner& Cleaner::operator=(Cleaner&&) noexcept = default;

void Cleaner::clean(std::string_view document, Sink& sink, std::string_view name) {
  begin(sink, name);
  feed(document);
  end();
  flush();
}

void Cleaner::begin(Sink& sink, std::string_view name) { state_->open(sink, name); }

void Cleaner::feed(std::string_view bytes) {
  State& state = *state_;
  for (std::size_t at = 0; at < bytes.size(); at += kFeed) {
    state.decoder.feed(bytes.substr(at, kFeed), state.windower.buffer());
    state.add_windows(&text::Windower::next);
  }
}

void Cleaner::end() {
  state_->close();
  if (state_->threads == 1) {
    flush();
  }
}

void Cleaner::flush() { state_->flush(); }

int Cleaner::surveys() const noexcept { return state_->census.passes(); }

void Cleaner::next_pass() {
  flush();
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
