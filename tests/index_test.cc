// SPDX-License-Identifier: Apache-2.0
// The index as a value: any home of keys gives the same bytes; Cleaners share one on one thread or
// several; and what is judged from afar, by keys that went out and answers that came back, is what
// one Cleaner says.
#include "memory/index.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "catch.h"
#include "cleaner/analysed.h"
#include "cleaner/back.h"
#include "corpora.h"
#include "dedup/dedup.h"
#include "generator.h"
#include "support.h"

namespace dedup {
namespace {

using memory::Answer;
using memory::Ask;
using memory::Budget;
using memory::KeyHome;
using memory::Kind;
using memory::Place;
using test::check_same;
using test::corpus_of;
using test::feed;
using test::Generator;
using test::MemoryScratch;
using test::options_of;
using test::RecordedDocument;
using test::Recorder;

using Key = std::tuple<Kind, std::uint64_t, std::uint64_t>;
Key key_of(Kind kind, const numbers::Fingerprint& key) { return {kind, key.high, key.low}; }

/// The question in as few words as it has.
class MapHome final : public KeyHome {
 public:
  void find_or_insert(Kind kind, std::uint64_t document, std::span<const Ask> asks,
                      std::vector<Answer>& answers) override {
    for (std::uint32_t i = 0; i < asks.size(); ++i) {
      const Place here{document, asks[i].here};
      const auto [at, fresh] = places_.try_emplace(key_of(kind, asks[i].key), here);
      if (!fresh) answers.push_back({i, at->second});
    }
  }

 private:
  std::map<Key, Place> places_;
};

template <typename Home>
Index index_with() {
  return Index(std::make_unique<memory::Index>(
      IndexOptions{},
      [](Budget&) -> std::unique_ptr<KeyHome> { return std::make_unique<Home>(); }));
}

}  // namespace

TEST_CASE("a map and the sets of this process give the same bytes") {
  std::size_t edits = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    const std::vector<std::string> documents = corpus_of(seed);
    Recorder expected;
    Cleaner alone(options_of(seed));
    feed(alone, documents, expected);
    Recorder actual;
    Index index = index_with<MapHome>();
    Cleaner sharing(options_of(seed), index);
    feed(sharing, documents, actual);
    check_same(expected.documents, actual.documents);
    for (const RecordedDocument& document : expected.documents) edits += document.edits.size();
  }
  CHECK(edits > 2000);
}

// -- from afar ------------------------------------------------------------------------------------

namespace {

/// What a split of a cluster is told: of the keys that it asks about, where they were first, if
/// that was earlier. Keys of its own it need not remember.
class AnswerHome final : public KeyHome {
 public:
  explicit AnswerHome(const std::map<Key, Place>& first) : first_(first) {}
  void find_or_insert(Kind kind, std::uint64_t document, std::span<const Ask> asks,
                      std::vector<Answer>& answers) override {
    for (std::uint32_t i = 0; i < asks.size(); ++i) {
      const auto at = first_.find(key_of(kind, asks[i].key));
      const Place here{document, asks[i].here};
      if (at != first_.end() && at->second != here) answers.push_back({i, at->second});
    }
  }

 private:
  const std::map<Key, Place>& first_;
};

/// The first place of each key of a corpus, found without judging anything: documents first, since
/// the blocks of one that goes do not count.
std::map<Key, Place> first_places(const std::vector<cleaner::DocumentKeys>& corpus) {
  std::map<Key, Place> first;
  for (std::uint64_t document = 0; document < corpus.size(); ++document) {
    const cleaner::DocumentKeys& keys = corpus[document];
    if (keys.sequence &&
        !first.try_emplace(key_of(Kind::document, *keys.sequence), Place{document, {}}).second) {
      continue;
    }
    for (const Ask& ask : keys.blocks) {
      first.try_emplace(key_of(Kind::block, ask.key), Place{document, ask.here});
    }
    for (const Ask& ask : keys.runs) {
      first.try_emplace(key_of(Kind::run, ask.key), Place{document, ask.here});
    }
  }
  return first;
}

}  // namespace

TEST_CASE("documents analysed without judging, and judged by answers from elsewhere") {
  for (unsigned seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    Options options =
        options_of(3 * (seed / 3));  // blocks and runs in all documents, sentences not
    options.documents = Documents::exact;
    options.paragraphs = Paragraphs::exact;
    const std::vector<std::string> documents = corpus_of(1000 + seed);
    Recorder expected;
    Cleaner alone(options);
    feed(alone, documents, expected);

    const Secret secret{};
    const numbers::Fingerprinter fingerprinter(secret);
    const cleaner::BoilerplateLayer boilerplate(options);
    const cleaner::Analyser analyser(cleaner::analysis_options(options), fingerprinter,
                                     boilerplate);
    cleaner::Workbench bench;
    Recorder actual;
    std::vector<cleaner::Batch> analysed;
    std::vector<cleaner::DocumentKeys> keys;
    for (const std::string& document : documents) {
      analysed.push_back(cleaner::analyse_document(document, {&actual, {}, 0}, analyser, bench));
      keys.push_back(cleaner::document_keys(analysed.back(), options, fingerprinter));
    }
    const std::map<Key, Place> first = first_places(keys);

    memory::Index index({.secret = secret}, [&](Budget&) -> std::unique_ptr<KeyHome> {
      return std::make_unique<AnswerHome>(first);
    });
    Budget budget;
    cleaner::Outlet outlet;
    cleaner::WindowPool pool;
    cleaner::Census census(options, fingerprinter, budget);
    cleaner::Style style(options);
    cleaner::Judge judge(options, analyser, nullptr, index, budget, false, style, outlet, pool);
    cleaner::Back back(analyser, census, judge, outlet, index);
    for (cleaner::Batch& batch : analysed) back.settle(std::move(batch));
    check_same(expected.documents, actual.documents);
  }
}

// -- several Cleaners -----------------------------------------------------------------------------

TEST_CASE("Cleaners that share an index: each sees what the other has seen, by name") {
  Index index;
  Cleaner january({}, index);
  Cleaner march({}, index);
  const std::string text = test::read_file(test::testdata("sample.txt"));
  const Cleaned first = january.clean({.bytes = text, .url = "https://a.cn/1", .name = {}});
  CHECK_FALSE(first.text.empty());
  CHECK_FALSE(first.duplicate);
  const Cleaned again = march.clean({.bytes = text, .url = "https://b.cn/2", .name = "b"});
  CHECK(again.text.empty());
  REQUIRE(again.duplicate);
  CHECK(again.duplicate->name == "https://a.cn/1");
  CHECK(again.duplicate->document == first.document);
  CHECK(index.documents() == 2);
  CHECK(index.name_of(again.document) == "b");
}

TEST_CASE("many Cleaners on many threads share one index", "[threads]") {
  constexpr unsigned kThreads = 4;
  std::vector<std::string> distinct;
  for (unsigned i = 0; i < 60; ++i) distinct.push_back(Generator(500 + i).document(30));
  const auto scratch = std::make_shared<MemoryScratch>();
  for (const std::uint64_t memory : {std::uint64_t{0}, std::uint64_t{1} << 20}) {
    Index index({.memory = memory, .scratch = scratch});
    std::vector<std::vector<Cleaned>> pages(kThreads);
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        Options options;
        options.scope = Scope::wide;
        options.boilerplate = Boilerplate::off;
        options.repair = false;
        Cleaner cleaner(options, index);
        for (std::size_t i = 0; i < distinct.size(); ++i) {
          const std::string& page = distinct[(i + 15 * t) % distinct.size()];
          pages[t].push_back(cleaner.clean({.bytes = page, .url = {}, .name = "x"}));
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    std::map<std::string, int> kept;
    std::set<std::uint64_t> numbers;
    for (unsigned t = 0; t < kThreads; ++t) {
      for (std::size_t i = 0; i < distinct.size(); ++i) {
        numbers.insert(pages[t][i].document);
        if (!pages[t][i].duplicate) ++kept[distinct[(i + 15 * t) % distinct.size()]];
      }
    }
    // Whoever asked first kept it, and nobody else did: nothing is lost and nothing is double.
    CHECK(numbers.size() == kThreads * distinct.size());
    CHECK(index.documents() == numbers.size());
    CHECK(kept.size() == distinct.size());
    CHECK(std::all_of(kept.begin(), kept.end(), [](const auto& text) { return text.second == 1; }));
  }
}

TEST_CASE("an index refuses Cleaners that would read it otherwise") {
  Index index({.near_threshold = 0.7});
  CHECK_THROWS_AS(Cleaner({}, index), InvalidOption);
  Options options;
  options.near_threshold = 0.7;
  CHECK_NOTHROW(Cleaner(options, index));
  options.secret = Secret{};
  CHECK_THROWS_AS(Cleaner(options, index), InvalidOption);
  options.secret.reset();
  options.keep = Keep::none;
  CHECK_THROWS_AS(Cleaner(options, index), InvalidOption);
  CHECK_THROWS_AS(Index({.memory = 1}), InvalidOption);
  CHECK_THROWS_AS(Index({.near_threshold = 0.4}), InvalidOption);
}

TEST_CASE("names of documents go to disk and come back") {
  MemoryScratch scratch;
  Budget budget;
  budget.limit(300'000, scratch);
  memory::Names names(budget);
  const auto name = [](std::uint64_t i) {
    return i % 7 == 0 ? std::string() : "頁面/" + std::to_string(i * i) + ".txt";
  };
  for (std::uint64_t i = 0; i < 50'000; ++i) names.add(name(i));
  CHECK(scratch.files() == 2);
  for (std::uint64_t i = 0; i < 50'000; i += 37) CHECK(names.at(i) == name(i));
  CHECK(names.at(49'999) == name(49'999));
  CHECK(names.at(50'000).empty());
}

}  // namespace dedup
