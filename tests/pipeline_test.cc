// SPDX-License-Identifier: Apache-2.0
// P5: what comes out does not hang on threads, on how the bytes were fed, on the width of vectors,
// nor on whether memory was limited. And the contract with sinks holds on several threads.
#include "cleaner/pipeline.h"

#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "catch.h"
#include "dedup/dedup.h"
#include "support.h"

using dedup::Cleaner;
using dedup::Options;
using dedup::Simd;
using dedup::test::MemoryScratch;
using dedup::test::Recorder;

namespace {

/// Lines that repeat one another, by themselves and in runs, with dirt and broken bytes in between.
std::string make_text(std::uint32_t seed, std::size_t lines) {
  static constexpr std::string_view kPieces[] = {
      "山中人家，",       "水邊有花。",   "春天来了！", "他说：“好。”",    "A4 &amp; B5 ",
      "第12条",           "創(chuàng)新", "\u3000",     "\u200B",          "编辑：王某",
      "http://a.cn/?b=1", "（一）",       "\xC3",       "甲乙丙丁戊己庚辛"};
  std::mt19937 random(seed);
  std::string text;
  for (std::size_t line = 0; line < lines; ++line) {
    std::mt19937 content(random() % 3 == 0 ? 1000 + random() % 300 : random());
    for (auto n = content() % 12; n > 0; --n) text += kPieces[content() % std::size(kPieces)];
    text += content() % 20 == 0 ? "\r\n" : "\n";
  }
  return text;
}

Recorder clean(const std::vector<std::string>& documents, const Options& options,
               std::size_t chunk) {
  Recorder recorder;
  Cleaner cleaner(options);
  for (const std::string& document : documents) {
    cleaner.begin(recorder, "d");
    for (std::size_t at = 0; at < document.size(); at += chunk) {
      cleaner.feed(std::string_view(document).substr(at, chunk));
    }
    cleaner.end();
  }
  cleaner.flush();
  return recorder;
}

void check_equal(const Recorder& expected, const Recorder& actual) {
  REQUIRE(actual.documents.size() == expected.documents.size());
  for (std::size_t i = 0; i < expected.documents.size(); ++i) {
    const auto& [number, name, text, decoded, edits, stats, damage] = expected.documents[i];
    REQUIRE(actual.documents[i].number == number);
    REQUIRE(actual.documents[i].clean == text);
    REQUIRE(actual.documents[i].decoded == decoded);
    REQUIRE(actual.documents[i].edits == edits);
  }
}

#ifdef __SANITIZE_THREAD__  // which looks for races, at a tenth of the speed
const std::vector<unsigned> kThreads = {2, 8};
const std::vector<unsigned> kFewThreads = {3};
const std::vector<Simd> kVectors = {Simd::wide};
#else
const std::vector<unsigned> kThreads = {1, 2, 3, 8};
const std::vector<unsigned> kFewThreads = {1, 3};
const std::vector<Simd> kVectors = {Simd::none, Simd::wide};
#endif

void check_all_ways(const std::vector<std::string>& documents, Options options,
                    std::initializer_list<std::size_t> chunks) {
  options.simd = Simd::none;
  const Recorder expected = clean(documents, options, std::size_t{1} << 30);
  CHECK_FALSE(expected.documents.front().edits.empty());
  for (const unsigned threads : kThreads) {
    for (const std::size_t chunk : chunks) {
      for (const Simd simd : kVectors) {
        CAPTURE(threads, chunk, static_cast<int>(simd));
        options.threads = threads;
        options.simd = simd;
        check_equal(expected, clean(documents, options, chunk));
      }
    }
  }
}

}  // namespace

TEST_CASE("a document of many windows: threads, pieces and vectors make no difference",
          "[threads]") {
  check_all_ways({make_text(1, 80'000)}, {}, {4'099, std::size_t{4} << 20});
}

TEST_CASE("a document fed byte by byte, too", "[threads]") {
  check_all_ways({make_text(2, 1'000)}, {}, {1, 2, 3, 65'536});
}

TEST_CASE("many documents, with near-duplicates and across all of them", "[threads]") {
  Options options;
  options.documents = dedup::Documents::near;
  options.paragraphs = dedup::Paragraphs::near;
  options.scope = dedup::Scope::wide;
  std::vector<std::string> documents;
  for (std::uint32_t i = 0; i < 150; ++i) documents.push_back(make_text(10 + i % 130, i % 37));
  documents.emplace_back();
  documents[0] = make_text(3, 2'000);
  check_all_ways(documents, options, {999, 1 << 20});
}

TEST_CASE("a limit of memory changes nothing but where things are remembered", "[threads]") {
  // The third document is held back to its end, the last two are removed there.
  const std::vector<std::string> documents = {make_text(4, 40'000), make_text(5, 12'000),
                                              make_text(6, 35'000), make_text(5, 12'000),
                                              make_text(4, 40'000)};
  Options options;
  options.scope = dedup::Scope::wide;
  options.documents = dedup::Documents::near;
  options.paragraphs = dedup::Paragraphs::near;
  const Recorder expected = clean(documents, options, 1 << 16);
  const auto scratch = std::make_shared<MemoryScratch>();
  options.scratch = scratch;
  for (const std::uint64_t memory : {1'000ULL, 1'000'000ULL, 200'000'000ULL}) {
    for (const unsigned threads : kFewThreads) {
      options.memory = memory;
      options.threads = threads;
      check_equal(expected, clean(documents, options, 1 << 16));
    }
  }
  CHECK(scratch->most_files() > 0);
  CHECK(scratch->files() == 0);
}

TEST_CASE("so does one where near-duplicates are looked for within each window", "[threads]") {
  // Regression: what the index of a window refers to went before the index did.
  std::vector<std::string> documents;
  for (std::uint32_t i = 0; i < 4; ++i) documents.push_back(make_text(20 + i % 3, 36'000));
  Options options;
  options.documents = dedup::Documents::near;
  options.paragraphs = dedup::Paragraphs::near;
  const Recorder expected = clean(documents, options, 1 << 18);
  options.scratch = std::make_shared<MemoryScratch>();
  for (const std::uint64_t memory : {1'000ULL, 20'000'000ULL, 60'000'000ULL}) {
    for (const unsigned threads : kFewThreads) {
      options.memory = memory;
      options.threads = threads;
      check_equal(expected, clean(documents, options, 1 << 18));
    }
  }
}

TEST_CASE("memory without scratch space is refused") {
  Options options;
  options.memory = 1;
  CHECK_THROWS_AS(Cleaner(options), dedup::InvalidOption);
}

TEST_CASE("on one thread a document is complete when it ends, on more after a flush") {
  for (const unsigned threads : {1U, 4U}) {
    Options options;
    options.threads = threads;
    Cleaner cleaner(options);
    Recorder recorder;
    cleaner.begin(recorder);
    cleaner.feed("山\n");
    cleaner.end();
    if (threads > 1) cleaner.flush();
    CHECK(recorder.documents.size() == 1);
    CHECK(cleaner.stats().documents == 1);
    cleaner.clean("水\n", recorder);
    CHECK(recorder.documents.size() == 2);
  }
}

TEST_CASE("sinks are called on the caller's thread, and what one throws comes back there",
          "[threads]") {
  struct Thrower : dedup::Sink {
    void kept(std::string_view) override {
      if (std::this_thread::get_id() != caller) std::terminate();
      if (--left == 0) throw std::runtime_error("enough");
    }
    void edit(const dedup::Edit&) override {}
    std::thread::id caller = std::this_thread::get_id();
    int left = 2;
  };
  const std::string text = make_text(6, 150'000);
  for (const unsigned threads : {1U, 4U}) {
    Options options;
    options.threads = threads;
    Cleaner cleaner(options);
    Thrower thrower;
    CHECK_THROWS_WITH(cleaner.clean(text, thrower), "enough");
  }
}

TEST_CASE("windows of nothing but dirt, or of tiny sentences, are judged in parts", "[threads]") {
  // Each is more than a window may hold the repairs or sentences of; in lines and in one line.
  std::string lines;
  std::string line;
  std::string sentences;
  for (int i = 0; i < 12'000; ++i) lines += "山\u2f00\u2f01\u2f00\u2f01\u2f00\u2f01山\r\n";
  for (int i = 0; i < 90'000; ++i)
    line +=
        "a\x01"
        "b\u200b\u2f00山";
  for (int i = 0; i < 200'000; ++i) sentences += i % 50'000 == 0 ? "水。\n" : "山。";
  const std::vector<std::string> documents = {lines + line, sentences, line};
  check_all_ways(documents, {}, {4'099, std::size_t{4} << 20});
  const Recorder recorder = clean({lines}, {}, 1 << 20);
  std::string expected;
  for (int i = 0; i < 12'000; ++i) expected += "山一丨一丨一丨山\r\n";
  CHECK((recorder.only().clean == expected));
  CHECK((recorder.only().decoded == lines));
}
