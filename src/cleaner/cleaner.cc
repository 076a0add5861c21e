// SPDX-License-Identifier: Apache-2.0
// The whole way of a document on one screen:
//
//   begin, feed, end → Front → batches → Pipeline: analysis on all threads → Back → Judge → Outlet
//                                                                             │ asks
//                                                                           Index
//
// Everything but analysis is on the calling thread. What a call does to the pipeline:
//
//   feed         puts batches that are full, takes while too much is on its way
//   end          puts the rest and takes all: the sinks have heard everything
//   end_later    puts the rest when there is a batch full of it; takes as feed() does
//   flush        as end()
//   advance      puts the rest and takes what need not be waited for
//
// Faults of three kinds: a Misuse is thrown before anything is touched; what a sink threw is kept
// by Back and thrown when the call is done; all else leaves `failed` set, since nobody knows then
// which half of the work is done.
#include "dedup/cleaner.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "cleaner/allotment.h"
#include "cleaner/analysis.h"
#include "cleaner/back.h"
#include "cleaner/front.h"
#include "cleaner/key_options.h"
#include "dedup/error.h"
#include "text/charset/content_type.h"

namespace dedup {
namespace {

/// Bytes are taken in pieces, so that no buffer ever holds more than a window and this.
constexpr std::size_t kFeed = std::size_t{1} << 18;

/// More than any machine has work for; each costs memory, and starting them time.
constexpr unsigned kMostThreads = 1024;

/// What can be known wrong of the options by themselves; the rules and the model check their own.
void check(const Options& options) {
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
  if (options.threads > kMostThreads) {
    throw InvalidOption("threads must be at most " + std::to_string(kMostThreads));
  }
  if (!(options.near_threshold >= 0.5 && options.near_threshold <= 1)) {
    throw InvalidOption("near_threshold must be from 0.5 to 1");
  }
}

Options checked(Options options) {
  check(options);
  if (options.threads == 0) {
    options.threads = std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads);
  }
  return options;
}

/// With a shared index some things are settled by it. First positions are told where both want
/// them; another secret or threshold is refused, since answers would be other than asked for.
Options checked_with(Options options, const memory::Index& shared) {
  options = checked(std::move(options));
  const IndexOptions& index = shared.options();
  if (options.keep == Keep::none) {
    throw InvalidOption("keep=none needs an index of its own: it must see all input beforehand");
  }
  if (options.secret && options.secret != index.secret) {
    throw InvalidOption("the index has another secret");
  }
  if (options.near_threshold != index.near_threshold) {
    throw InvalidOption("the index has another near_threshold");
  }
  if (shared.is_in_file() && options.scope == Scope::wide &&
      options.paragraphs == Paragraphs::near) {
    throw InvalidOption(
        "an index in a file does not keep near-duplicate paragraphs of all documents");
  }
  if (shared.keeps_to_keys() && options.scope == Scope::wide) {
    throw InvalidOption(
        "scope=wide compares more than parts of a corpus that are cleaned apart have");
  }
  if (options.documents == Documents::near &&
      (!shared.compares_documents() || (shared.only_records() && shared.is_in_file()))) {
    throw InvalidOption("documents=near needs verdicts where parts of a corpus are cleaned apart");
  }
  options.first_positions = options.first_positions && index.places;
  // Sentences come last and within their document: they leave no keys to record.
  if (shared.only_records()) options.sentences = Sentences::off;
  return options;
}

/// The limit of memory comes once it is known what windows take: see
/// State::limit().
IndexOptions own_index(const Options& options) {
  return {.places = options.first_positions,
          .names = options.first_names,
          .near_threshold = options.near_threshold,
          .memory = 0,
          .scratch = options.scratch,
          .secret = options.secret};
}

}  // namespace

/// All parts, in the order in which they are made: each refers to those before it alone. They are
/// destroyed the other way round, the threads of the pipeline first, which work on the others.
struct Cleaner::State {
  explicit State(Options given)
      : options(checked(std::move(given))),
        own(std::in_place, own_index(options)),
        index(*own),
        budget(index.budget()) {
    limit();
  }
  /// What decides keys is agreed on as it was given, and last: what was refused decides nothing.
  State(Options given, memory::Index& shared)
      : State(cleaner::key_options(given), std::move(given), shared) {}
  State(const std::string& words, Options&& given, memory::Index& shared)
      : options(checked_with(std::move(given), shared)), index(shared), budget(rest) {
    limit();
    index.agree(words);
  }

  /// What the windows on their way may take is set apart, and what the caller wants; the index and
  /// the rest have what is left, half of it in any case.
  void limit(std::uint64_t aside = 0) {
    if (options.memory != 0) {
      const std::uint64_t left = cleaner::memory_for_index(options, analyser, threads);
      budget.limit(left - std::min(aside, left / 2), *options.scratch);
    }
  }

  /// Carries out a call; after a fault of our own no other follows: `failed` is set while it runs,
  /// and stays so where it throws. A sink's fault does not, and comes last.
  template <typename Call>
  void run(const Call& call) {
    if (failed) {
      throw Misuse("the Cleaner failed before and cannot go on");
    }
    failed = true;
    call();
    failed = false;
    if (const auto fault = back.take_fault()) {
      std::rethrow_exception(fault);
    }
  }

  /// Before run(), so that a call out of order changes nothing. After a fault of our own that is
  /// the thing to say, whatever the order: run() says it.
  void require(bool right, const char* misuse) const {
    if (!failed && !right) {
      throw Misuse(misuse);
    }
  }

  void submit() {
    cleaner::Batch batch = front.take_batch();
    if (!batch.empty()) {
      pipeline.put(std::move(batch));
    }
  }

  /// Takes no more than it must: as long as the pipeline is not full, the threads have work and the
  /// caller goes on reading.
  void submit_if_full() {
    if (front.has_batch()) {
      submit();
    }
    while (pipeline.full()) {
      back.settle(pipeline.take());
    }
  }

  void flush() {
    submit();
    while (!pipeline.empty()) {
      back.settle(pipeline.take());
    }
  }

  /// True where something is left that another thread has in work.
  bool advance() {
    submit();
    while (!pipeline.empty() && pipeline.may_take()) {
      back.settle(pipeline.take());
    }
    return !pipeline.empty();
  }

  Options options;
  std::optional<memory::Index> own;
  memory::Index& index;
  memory::Budget rest;     // for what is not in a shared index
  memory::Budget& budget;  // the index's, where it is ours alone
  cleaner::BoilerplateLayer boilerplate{options};
  cleaner::Analyser analyser{cleaner::analysis_options(options), index.fingerprinter(),
                             boilerplate};
  unsigned threads = cleaner::affordable_threads(options, analyser);  // the calling one included
  cleaner::WindowPool pool;
  cleaner::Outlet outlet;
  cleaner::Census census{options, index.fingerprinter(), budget};
  cleaner::Style style{options};
  cleaner::Judge judge{options, analyser, options.keep == Keep::none ? &census : nullptr,
                       index,   budget,   own.has_value(),
                       style,   outlet,   pool};
  cleaner::Front front{pool, options.encoding};
  cleaner::Back back{analyser, census, judge, outlet, index};
  bool failed = false;
  cleaner::Pipeline pipeline{analyser, threads, options.on_ready};  // last: its threads end first
};

Cleaner::Cleaner(Options options) : state_(std::make_unique<State>(std::move(options))) {}
Cleaner::Cleaner(Options options, Index& index)
    : state_(std::make_unique<State>(std::move(options), index.home())) {}
Cleaner::~Cleaner() = default;
Cleaner::Cleaner(Cleaner&&) noexcept = default;
Cleaner& Cleaner::operator=(Cleaner&&) noexcept = default;

void Cleaner::clean(std::string_view document, Sink& sink, const DocumentId& id) {
  begin(sink, id);
  feed(document);
  end();
}

void Cleaner::begin(Sink& sink, const DocumentId& id) {
  State& state = *state_;
  state.require(!state.front.is_open(), "begin() before the end of the last document");
  state.run([&] {
    const text::ContentType type = text::parse_content_type(id.content_type);
    if (type.is_html()) {
      state.boilerplate.expect_pages();
    }
    state.front.open({&sink, std::string(id.name), state.boilerplate.host(id.url), {}},
                     {.label = type.charset, .html = type.is_html()});
  });
}

void Cleaner::feed(std::string_view bytes) {
  State& state = *state_;
  state.require(state.front.is_open(), "feed() without begin()");
  state.run([&] {
    for (std::size_t at = 0; at < bytes.size(); at += kFeed) {
      state.front.feed(bytes.substr(at, kFeed));
      state.submit_if_full();
    }
  });
}

void Cleaner::end() {
  State& state = *state_;
  state.require(state.front.is_open(), "end() without begin()");
  state.run([&] {
    state.front.close();
    state.flush();
  });
}

void Cleaner::end_later() {
  State& state = *state_;
  state.require(state.front.is_open(), "end_later() without begin()");
  state.run([&] {
    state.front.close();
    if (state.threads == 1) {
      state.flush();  // alone there is nothing to wait for, and nothing gained by being late
    } else {
      state.submit_if_full();
    }
  });
}

/// Flushed, so that the caller may let the sink go when it returns.
void Cleaner::abandon() {
  State& state = *state_;
  state.require(state.front.is_open(), "abandon() without begin()");
  state.run([&] {
    state.front.abandon();
    state.flush();
  });
}

void Cleaner::flush() {
  state_->run([&] { state_->flush(); });
}

bool Cleaner::advance() {
  bool more = false;
  state_->run([&] { more = state_->advance(); });
  return more;
}

void Cleaner::set_aside(std::uint64_t bytes) {
  state_->run([&] {
    state_->limit(bytes);
    state_->budget.reserve(0);
  });
}

int Cleaner::surveys() const noexcept { return state_->census.passes(); }

void Cleaner::next_pass() {
  State& state = *state_;
  state.require(!state.front.is_open(), "next_pass() before the end of the last document");
  state.run([&] {
    state.flush();
    state.back.next_pass();
  });
}

const Stats& Cleaner::stats() const noexcept { return state_->back.stats(); }

}  // namespace dedup
