// SPDX-License-Identifier: Apache-2.0
// The promises of the design, over generated texts. Generators are seeded: a failure comes back.
#include <algorithm>
#include <array>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.h"
#include "dedup/dedup.h"
#include "generator.h"
#include "oracle.h"
#include "support.h"
#include "text/fold.h"

namespace {

using dedup::Cleaner;
using dedup::Options;
using dedup::Reason;
using dedup::test::Generator;
using dedup::test::RecordedDocument;
using dedup::test::Recorder;

Options only_repeats() {
  Options options;
  options.boilerplate = dedup::Boilerplate::off;
  options.documents = dedup::Documents::off;
  options.repair = false;
  return options;
}

Options nothing() {
  Options options = only_repeats();
  options.paragraphs = dedup::Paragraphs::off;
  options.runs = false;
  options.sentences = dedup::Sentences::off;
  return options;
}

std::vector<RecordedDocument> run(const std::vector<std::string>& documents, const Options& options,
                                  std::size_t piece = std::string::npos) {
  Cleaner cleaner(options);
  Recorder recorder;
  for (const std::string& document : documents) {
    cleaner.begin(recorder);
    for (std::size_t at = 0; at < document.size(); at += std::min(piece, document.size())) {
      cleaner.feed(std::string_view(document).substr(at, piece));
    }
    cleaner.end();
  }
  return recorder.documents;
}

/// One document at a time, each by itself; the rules are read only once.
class Single {
 public:
  explicit Single(Options options = {}) : cleaner_(for_documents(std::move(options))) {}

  RecordedDocument run(std::string_view document, std::size_t piece = std::string::npos) {
    Recorder recorder;
    cleaner_.begin(recorder);
    for (std::size_t at = 0; at < document.size(); at += std::min(piece, document.size())) {
      cleaner_.feed(document.substr(at, piece));
    }
    cleaner_.end();
    return recorder.only();
  }

 private:
  static Options for_documents(Options options) {
    options.scope = dedup::Scope::document;
    return options;
  }

  Cleaner cleaner_;
};

std::vector<std::string> texts(const std::vector<RecordedDocument>& documents) {
  std::vector<std::string> result;
  for (const RecordedDocument& document : documents) result.push_back(document.clean);
  return result;
}

/// The inputs of all golden cases.
std::vector<std::string> golden_inputs() {
  std::vector<std::string> inputs;
  for (const auto& entry : std::filesystem::directory_iterator(dedup::test::testdata("golden"))) {
    for (const char* name : {"input.txt", "input.jsonl"}) {
      if (std::filesystem::exists(entry.path() / name)) {
        inputs.push_back(dedup::test::read_file(entry.path() / name));
      }
    }
  }
  REQUIRE(inputs.size() > 20);
  return inputs;
}

void check_same(const std::vector<RecordedDocument>& some,
                const std::vector<RecordedDocument>& others) {
  REQUIRE(some.size() == others.size());
  for (std::size_t i = 0; i < some.size(); ++i) {
    CHECK(some[i].clean == others[i].clean);
    CHECK(some[i].edits == others[i].edits);
    CHECK(some[i].stats == others[i].stats);
  }
}

}  // namespace

TEST_CASE("rules 3, 4 and 6 do what the oracle does") {
  std::size_t removals = 0;
  for (unsigned seed = 0; seed < 600; ++seed) {
    Generator generator(seed);
    const auto corpus = generator.corpus();
    Options options = only_repeats();
    if (generator.below(3) == 0) options.scope = dedup::Scope::document;
    if (generator.below(4) == 0) options.runs = false;
    if (generator.below(4) == 0) options.sentences = dedup::Sentences::off;
    if (generator.below(4) == 0) options.paragraphs = dedup::Paragraphs::off;
    if (generator.below(3) == 0) options.min_block = 10;
    if (generator.below(3) == 0) options.min_block_across = 40;
    CAPTURE(seed);
    const auto cleaned = run(corpus, options);
    REQUIRE(texts(cleaned) == dedup::test::oracle(corpus, options));
    for (const auto& document : cleaned) removals += document.edits.size();
  }
  CHECK(removals > 2000);  // or the generator makes nothing to remove
}

TEST_CASE("P1: with nothing to remove and nothing to repair, output is input") {
  for (unsigned seed = 0; seed < 100; ++seed) {
    Generator generator(seed);
    const auto corpus = generator.corpus();
    CHECK(texts(run(corpus, nothing())) == corpus);
    // Once cleaned to a fixpoint, the defaults have nothing left to do either.
    std::vector<std::string> fixed = texts(run(corpus, Options()));
    for (auto next = texts(run(fixed, Options())); next != fixed;
         next = texts(run(fixed, Options()))) {
      fixed = next;
    }
    for (const auto& document : run(fixed, Options())) CHECK(document.edits.empty());
  }
}

TEST_CASE("P2: kept text and edits rebuild the decoded input") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    Generator generator(seed);
    auto corpus = generator.corpus();
    for (std::string& text : corpus) text = generator.broken(text);
    const auto cleaned = run(corpus, Options());
    for (std::size_t i = 0; i < corpus.size(); ++i) {
      CHECK(cleaned[i].decoded == dedup::test::decoded(corpus[i]));
      CHECK(cleaned[i].stats.decoded_bytes == cleaned[i].decoded.size());
      CHECK(cleaned[i].stats.output_bytes == cleaned[i].clean.size());
    }
  }
}

TEST_CASE("P3: repair, boilerplate rules and rule 3 are idempotent, each by itself") {
  Options repair = nothing();
  repair.repair = true;
  Options boilerplate = nothing();
  boilerplate.boilerplate = dedup::Boilerplate::rules;
  Options blocks = nothing();
  blocks.paragraphs = dedup::Paragraphs::exact;
  auto inputs = golden_inputs();
  for (unsigned seed = 0; seed < 100; ++seed) inputs.push_back(Generator(seed).document(30));
  for (const std::string& input : inputs) {
    for (const Options& options : {repair, boilerplate, blocks}) {
      const std::string once = dedup::clean(input, options);
      CHECK(dedup::clean(once, options) == once);
    }
  }
}

TEST_CASE("P4: output is UTF-8 whatever the input, and broken sequences are counted") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    Generator generator(seed);
    const std::string text = generator.broken(generator.document(20));
    const auto cleaned = run({text}, Options());
    CHECK(dedup::test::is_utf8(cleaned[0].clean));
    CHECK((cleaned[0].damage.sequences == 0) == dedup::test::is_utf8(text));
    CHECK(cleaned[0].stats.broken_sequences == cleaned[0].damage.sequences);
  }
}

TEST_CASE("P5: output does not depend on how the input was read, nor on the secret") {
  for (unsigned seed = 0; seed < 40; ++seed) {
    Generator generator(seed);
    auto corpus = generator.corpus();
    for (std::string& text : corpus) text = generator.broken(text);
    const auto whole = run(corpus, Options());
    for (const std::size_t piece : {1U, 2U, 3U, 5U, 64U, 1000U}) {
      check_same(run(corpus, Options(), piece), whole);
    }
    Options other;
    other.secret.emplace().fill(static_cast<std::byte>(seed));
    check_same(run(corpus, other), whole);
  }
}

TEST_CASE("P5: every golden input gives the same in pieces of every size up to 64") {
  Single cleaner;
  for (const std::string& input : golden_inputs()) {
    const auto whole = cleaner.run(input);
    for (std::size_t piece = 1; piece <= 64; ++piece) {
      const auto cut = cleaner.run(input, piece);
      REQUIRE(cut.clean == whole.clean);
      // Documents are numbered on; everything else about the edits is the same.
      REQUIRE(cut.edits.size() == whole.edits.size());
      REQUIRE(cut.stats == whole.stats);
    }
  }
}

// Those that are UTF-8 are found to be, however they end; the others are read as if they were.
TEST_CASE("P2, P4: every prefix of the golden inputs is accounted for") {
  Single finding;
  Single told({.encoding = "utf-8"});
  for (const std::string& input : golden_inputs()) {
    Single& cleaner = dedup::test::is_utf8(input) ? finding : told;
    const std::size_t limit = std::min<std::size_t>(input.size(), 1500);
    for (std::size_t size = 0; size <= limit; ++size) {
      const std::string prefix = input.substr(0, size);
      const auto cleaned = cleaner.run(prefix);
      REQUIRE(cleaned.decoded == dedup::test::decoded(prefix));
      REQUIRE(dedup::test::is_utf8(cleaned.clean));
    }
  }
}

TEST_CASE("P6: what follows changes nothing for the documents before") {
  for (unsigned seed = 0; seed < 100; ++seed) {
    Generator generator(seed);
    auto corpus = generator.corpus();
    auto longer = corpus;
    for (const std::string& more : generator.corpus()) longer.push_back(more);
    auto cleaned = run(longer, Options());
    cleaned.resize(corpus.size());
    check_same(cleaned, run(corpus, Options()));
  }
}

TEST_CASE("P12: for each block that rule 3 or 4 removed the output holds one of the same key") {
  Options options = only_repeats();
  options.sentences = dedup::Sentences::off;
  const auto keys_of = [](const std::string& text) {
    std::vector<std::u16string> keys;
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
      std::u16string key;
      dedup::text::fold(std::string_view(text).substr(at, end - at), key);
      keys.push_back(key);
      at = end + 1;
    }
    return keys;
  };
  for (unsigned seed = 0; seed < 200; ++seed) {
    Generator generator(seed);
    std::vector<std::u16string> kept;
    std::vector<std::u16string> removed;
    for (const auto& document : run(generator.corpus(), options)) {
      for (auto& key : keys_of(document.clean)) kept.push_back(std::move(key));
      for (const Reason reason : {Reason::repeated_block, Reason::repeated_run}) {
        for (const std::string& text : document.removed(reason)) {
          for (auto& key : keys_of(text)) removed.push_back(std::move(key));  // groups by lines
        }
      }
    }
    for (const std::u16string& key : removed) {
      if (key.empty()) continue;  // of a blank line within a group
      CHECK(std::find(kept.begin(), kept.end(), key) != kept.end());
    }
  }
}

TEST_CASE("P2, P4, P5, P6 hold with everything on") {
  Options options;
  options.boilerplate = dedup::Boilerplate::page;
  options.documents = dedup::Documents::near;
  options.paragraphs = dedup::Paragraphs::near;
  options.sentences = dedup::Sentences::lone;
  options.scope = dedup::Scope::wide;
  std::size_t near = 0;
  for (unsigned seed = 0; seed < 60; ++seed) {
    Generator generator(seed);
    auto corpus = generator.corpus();
    const auto again = corpus;  // documents that repeat, whole or nearly
    for (const std::string& text : again) corpus.push_back(generator.broken(text));
    const auto whole = run(corpus, options);
    for (std::size_t i = 0; i < corpus.size(); ++i) {
      CHECK(whole[i].decoded == dedup::test::decoded(corpus[i]));
      CHECK(dedup::test::is_utf8(whole[i].clean));
      near += whole[i].removed(Reason::near_duplicate).size();
      near += whole[i].removed(Reason::duplicate_document).size();
    }
    check_same(run(corpus, options, 7), whole);
    auto fewer = whole;
    fewer.resize(again.size());
    check_same(run(again, options), fewer);
  }
  CHECK(near > 20);  // or the rules were never asked
}

TEST_CASE("block order: a document that repeats in another order keeps one copy of each block") {
  for (unsigned seed = 0; seed < 50; ++seed) {
    Generator generator(seed);
    std::vector<std::string> blocks;
    for (int i = 0; i < 12; ++i) {
      std::string block = std::to_string(i);
      for (std::size_t n = 60 + generator.below(40); n > 0; --n) {
        static constexpr std::string_view kCharacters = "春夏秋冬山水花鳥風月天地人和日星";
        block += kCharacters.substr(3 * generator.below(16), 3);
      }
      blocks.push_back(block + "\n");
    }
    std::string text;
    for (const std::string& block : blocks) text += block;
    std::string shuffled = text;
    for (int i = 0; i < 30; ++i) shuffled += blocks[generator.below(blocks.size())];
    CHECK(dedup::clean(shuffled, only_repeats()) == text);
  }
}
