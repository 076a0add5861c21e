// SPDX-License-Identifier: Apache-2.0
// Benchmark of the stages, one thread: MB/s of UTF-8 text through each, on a text file.
//
//   dedup_bench FILE [Google Benchmark's options]
//
// tools/bench sets the whole command beside cat and sort -u on the same file; tools/bench --stages
// runs this one.
//
// Each stage gets what those before it make, which Corpus keeps ready, so it is timed by itself:
//
//   FILE -> decode -> windows -> mark -> marks -> split -> lines -> fold -> keys, weights
//                     windows, marks, lines -> repair, find damage, segment
//                     lines, keys, weights  -> fingerprint, insert, boilerplate rules
//
// The rate is always that of the bytes of FILE, also for stages that read keys or marks: so the
// times of stages may be compared, and added up.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "boilerplate/rules.h"
#include "dedup/dedup.h"
#include "memory/seen_set.h"
#include "numbers/fingerprint.h"
#include "text/damage.h"
#include "text/decode.h"
#include "text/fold.h"
#include "text/lines.h"
#include "text/repair/repair.h"
#include "text/segment.h"

namespace {

using dedup::text::Line;
using dedup::text::Marks;
using dedup::text::Stretch;

/// All there are, as Corpus serves every stage.
constexpr auto kAllMarks = {dedup::text::Mark::line_end, dedup::text::Mark::sentence,
                            dedup::text::Mark::repair, dedup::text::Mark::damage};
constexpr std::size_t kMost = std::size_t{64} << 20;  // enough for steady figures

/// The text at every stage. Keys are in the order in which each_line() visits their lines.
struct Corpus {
  std::string bytes;
  std::vector<Stretch> windows;
  std::vector<Marks> marks;
  std::vector<std::vector<Line>> lines;
  std::vector<std::u16string> keys;
  std::vector<std::uint32_t> weights;

  /// Decodes in pieces of 1 MiB, as decode() does. Keys are those of lines that are not repaired,
  /// so that they hang on no other stage.
  explicit Corpus(const char* path) {
    std::ifstream file(path, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(file), {});
    if (bytes.empty()) {
      std::cerr << "dedup_bench: " << path << ": nothing to read\n";
      std::exit(2);
    }
    bytes.resize(std::min(bytes.size(), kMost));
    dedup::text::Utf8Decoder decoder;
    dedup::text::Windower windower;
    for (std::size_t at = 0; at < bytes.size(); at += std::size_t{1} << 20) {
      decoder.feed(std::string_view(bytes).substr(at, std::size_t{1} << 20), windower.buffer());
      while (auto stretch = windower.next()) windows.push_back(std::move(*stretch));
    }
    while (auto stretch = windower.rest()) windows.push_back(std::move(*stretch));
    for (const Stretch& window : windows) {
      Marks& found = marks.emplace_back();
      found.find(window.text, kAllMarks);
      dedup::text::split_lines(window, found, lines.emplace_back());
    }
    each_line([&](std::string_view line) {
      weights.push_back(dedup::text::fold(line, keys.emplace_back()).weight);
    });
  }

  /// Without their line ends, in order, one window after the other.
  void each_line(const std::function<void(std::string_view)>& visit) const {
    for (std::size_t i = 0; i < windows.size(); ++i) {
      for (const Line& line : lines[i]) {
        visit(std::string_view(windows[i].text).substr(line.start, line.content_end - line.start));
      }
    }
  }
};

void decode(const Corpus& corpus) {
  dedup::text::Utf8Decoder decoder;
  std::string out;
  for (std::size_t at = 0; at < corpus.bytes.size(); at += std::size_t{1} << 20) {
    out.clear();
    decoder.feed(std::string_view(corpus.bytes).substr(at, std::size_t{1} << 20), out);
    benchmark::DoNotOptimize(out.data());
  }
}

/// All marks in one pass: asking for one after the other would fetch the text four times.
void mark(const Corpus& corpus) {
  Marks marks;
  for (const Stretch& window : corpus.windows) {
    marks.find(window.text, kAllMarks);
    benchmark::DoNotOptimize(&marks);
  }
}

void split(const Corpus& corpus) {
  std::vector<Line> lines;
  for (std::size_t i = 0; i < corpus.windows.size(); ++i) {
    lines.clear();
    dedup::text::split_lines(corpus.windows[i], corpus.marks[i], lines);
    benchmark::DoNotOptimize(lines.data());
  }
}

void repair(const Corpus& corpus) {
  for (std::size_t i = 0; i < corpus.windows.size(); ++i) {
    benchmark::DoNotOptimize(dedup::text::repair(corpus.windows[i].text, corpus.marks[i]).size());
  }
}

void find_damage(const Corpus& corpus) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < corpus.windows.size(); ++i) {
    dedup::text::find_damage(corpus.windows[i].text, corpus.marks[i], found);
  }
  benchmark::DoNotOptimize(found.data());
}

void segment(const Corpus& corpus) {
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < corpus.windows.size(); ++i) {
    for (const Line& line : corpus.lines[i]) {
      ends.clear();
      dedup::text::segment(std::string_view(corpus.windows[i].text)
                               .substr(line.start, line.content_end - line.start),
                           corpus.marks[i], line.start, ends);
      benchmark::DoNotOptimize(ends.data());
    }
  }
}

void fold(const Corpus& corpus) {
  std::u16string key;
  corpus.each_line([&](std::string_view line) {
    key.clear();
    benchmark::DoNotOptimize(dedup::text::fold(line, key).weight);
  });
}

void fingerprint(const Corpus& corpus) {
  const dedup::numbers::Fingerprinter fingerprinter{dedup::hash::Hasher::Seed{}};
  for (const std::u16string& key : corpus.keys) {
    benchmark::DoNotOptimize(fingerprinter.of(key).low);
  }
}

/// The built-in rules are parsed anew for each pass, which a small FILE would show.
void boilerplate(const Corpus& corpus) {
  const dedup::boilerplate::BoilerplateRules rules;
  std::size_t i = 0;
  corpus.each_line([&](std::string_view line) {
    benchmark::DoNotOptimize(rules.judge(line, corpus.keys[i], corpus.weights[i]).has_value());
    ++i;
  });
}

/// With the fingerprints, and into a set that begins empty, so that its growing is part of it.
void insert(const Corpus& corpus) {
  const dedup::numbers::Fingerprinter fingerprinter{dedup::hash::Hasher::Seed{}};
  dedup::memory::Budget budget;
  dedup::memory::SeenSet<dedup::Position> seen(false, budget);
  for (const std::u16string& key : corpus.keys) {
    benchmark::DoNotOptimize(seen.find_or_insert(fingerprinter.of(key), {}).has_value());
  }
}

/// Takes all and does nothing with it: no output is part of the figures.
struct Discard : dedup::Sink {
  void kept(std::string_view) override {}
  void edit(const dedup::Edit&) override {}
};

/// The library from bytes to edits. A Cleaner for each pass, or all of the second would be repeats.
void whole(const Corpus& corpus, const dedup::Options& options) {
  Discard sink;
  dedup::Cleaner(options).clean(corpus.bytes, sink);
}

/// But for first_positions, which would add memory for each block that is remembered.
void defaults(const Corpus& corpus) {
  dedup::Options options;
  options.first_positions = false;
  whole(corpus, options);
}

/// Only what drops repeated blocks is left on: to be set beside the stages from decode to insert.
void exact_blocks(const Corpus& corpus) {
  dedup::Options options;
  options.first_positions = false;
  options.boilerplate = dedup::Boilerplate::off;
  options.repair = false;
  options.sentences = dedup::Sentences::off;
  options.runs = false;
  whole(corpus, options);
}

}  // namespace

/// The options of Google Benchmark are taken out first: what is left must be one file. Status 64 is
/// wrong use, 2 a file that gives nothing. Names of stages are what --benchmark_filter goes by.
int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc != 2) {
    std::cerr << "usage: dedup_bench FILE\n";
    return 64;
  }
  const Corpus corpus(argv[1]);
  // The corpus outlives the runs, which are over when main() ends. A stage is timed from its first
  // line to its last, what it sets up included.
  const auto stage = [&](const char* name, void (*run)(const Corpus&)) {
    benchmark::RegisterBenchmark(name, [&corpus, run](benchmark::State& state) {
      for (auto _ : state) run(corpus);
      state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                              static_cast<std::int64_t>(corpus.bytes.size()));
    })->Unit(benchmark::kMillisecond);
  };
  stage("decode", decode);
  stage("split into lines", split);
  stage("repair", repair);
  stage("mark", mark);
  stage("find damage", find_damage);
  stage("segment", segment);
  stage("fold", fold);
  stage("fingerprint", fingerprint);
  stage("fingerprint, insert", insert);
  stage("boilerplate rules", boilerplate);
  stage("whole: exact blocks only", exact_blocks);
  stage("whole: defaults", defaults);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
