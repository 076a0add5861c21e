// SPDX-License-Identifier: Apache-2.0
// Shards: a corpus cleaned in parts gives what one Cleaner gives, byte for byte, with the same
// edits and numbers. The cluster is a map, and rows reach it in no order.
#include "dedup/shard.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "catch.h"
#include "corpora.h"
#include "dedup/dedup.h"
#include "generator.h"
#include "index_place.h"
#include "support.h"

namespace dedup {
namespace {

using test::article;
using test::check_same;
using test::corpus_of;
using test::feed;
using test::IndexPlace;
using test::options_of;
using test::Recorder;
using test::refusal;

using Key = std::pair<KeyKind, std::array<std::byte, 16>>;
using Rows = std::vector<KeyRow>;

constexpr Secret kSecret{};

/// A part of a corpus: its documents, and how many come before it.
struct Shard {
  std::span<const std::string> documents;
  std::size_t first = 0;
};

std::vector<Shard> shards_of(const std::vector<std::string>& corpus, std::size_t count) {
  std::vector<Shard> shards;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t first = corpus.size() * i / count;
    const std::size_t end = corpus.size() * (i + 1) / count;
    shards.push_back({std::span(corpus).subspan(first, end - first), first});
  }
  return shards;
}

/// Of each part; one recorder will do for all, since it remembers nothing.
std::vector<Rows> keys_of(const std::vector<Shard>& shards, const Options& options,
                          std::vector<DocumentRow>& documents) {
  KeyRecorder recorder({.near_threshold = options.near_threshold, .secret = kSecret});
  Cleaner cleaner(options, recorder.index());
  std::vector<Rows> rows;
  Recorder ignored;
  for (const Shard& shard : shards) {
    feed(cleaner, shard.documents, ignored, shard.first);
    rows.push_back(recorder.take());
    std::ranges::move(recorder.take_documents(), std::back_inserter(documents));
  }
  return rows;
}

/// Of those that have company, which is all that NearDocuments is shown.
std::vector<DocumentVerdict> verdicts_of(const std::vector<DocumentRow>& documents,
                                         const Options& options) {
  std::map<std::uint64_t, int> groups;
  for (const DocumentRow& row : documents) {
    for (const std::uint64_t group : row.groups) ++groups[group];
  }
  NearDocuments near({.near_threshold = options.near_threshold});
  std::vector<DocumentVerdict> verdicts;
  for (const DocumentRow& row : documents) {
    if (std::ranges::none_of(row.groups, [&](auto group) { return groups[group] > 1; })) continue;
    if (const auto verdict = near.find_or_add(row)) verdicts.push_back(*verdict);
  }
  return verdicts;
}

/// The rule as shard.h says it, and nothing else: which key was first where. `removed`: documents
/// that have a verdict.
std::map<Key, KeyRow> first_places(const std::vector<Rows>& parts,
                                   std::set<std::uint64_t> removed) {
  std::map<Key, KeyRow> first;
  const auto add = [&first](const KeyRow& row) {
    const auto [at, fresh] = first.try_emplace({row.kind, row.key}, row);
    const auto place = [](const KeyRow& r) {
      return std::tuple(r.at.document, r.at.block, r.second, r.third);
    };
    if (!fresh && place(row) < place(at->second)) at->second = row;
  };
  for (const Rows& rows : parts) {
    for (const KeyRow& row : rows) {
      if (row.kind == KeyKind::document) add(row);
    }
  }
  for (const Rows& rows : parts) {
    for (const KeyRow& row : rows) {
      if (row.kind == KeyKind::document &&
          first.at({row.kind, row.key}).at.document != row.at.document) {
        removed.insert(row.at.document);
      }
    }
  }
  for (const Rows& rows : parts) {
    for (const KeyRow& row : rows) {
      if (row.kind != KeyKind::document && !removed.contains(row.at.document)) add(row);
    }
  }
  return first;
}

/// Of the keys that the part asks about, those that were in a part before.
Rows before(const Shard& shard, const Rows& rows, const std::map<Key, KeyRow>& first) {
  std::map<Key, KeyRow> known;
  for (const KeyRow& row : rows) {
    const auto at = first.find({row.kind, row.key});
    if (at != first.end() && at->second.at.document < shard.first) known.insert(*at);
  }
  Rows answers;
  for (const auto& [key, row] : known) answers.push_back(row);
  return answers;
}

void apply(const Shard& shard, const Rows& answers, const std::vector<DocumentVerdict>& verdicts,
           const Options& options, Recorder& sink) {
  Index index(
      {.near_threshold = options.near_threshold, .secret = kSecret, .first_document = shard.first});
  index.remember(answers);
  if (options.documents == Documents::near) {
    std::vector<DocumentVerdict> own;
    std::ranges::copy_if(verdicts, std::back_inserter(own), [&](const DocumentVerdict& verdict) {
      return verdict.document >= shard.first;
    });
    index.remember_verdicts(own);
  }
  Cleaner cleaner(options, index);
  feed(cleaner, shard.documents, sink, shard.first);
  CHECK(index.documents() == shard.first + shard.documents.size());
}

Recorder cleaned_alone(const std::vector<std::string>& corpus, const Options& options) {
  Recorder sink;
  Cleaner alone(options);
  feed(alone, corpus, sink);
  return sink;
}

void check_shards(const std::vector<std::string>& corpus, const Options& options,
                  const Recorder& expected, std::size_t count) {
  const std::vector<Shard> shards = shards_of(corpus, count);
  std::vector<DocumentRow> documents;
  std::vector<Rows> rows = keys_of(shards, options, documents);
  for (Rows& part : rows) std::ranges::reverse(part);
  const std::vector<DocumentVerdict> verdicts = verdicts_of(documents, options);
  std::set<std::uint64_t> removed;
  for (const DocumentVerdict& verdict : verdicts) removed.insert(verdict.document);
  const std::map<Key, KeyRow> first = first_places(rows, removed);
  Recorder actual;
  for (std::size_t i = 0; i < shards.size(); ++i) {
    apply(shards[i], before(shards[i], rows[i], first), verdicts, options, actual);
  }
  check_same(expected.documents, actual.documents);
  for (std::size_t i = 0; i < corpus.size(); ++i) {
    CHECK(actual.documents[i].number == i);
  }
}

/// Articles of which many are like one before them, some in chains; of one there are so many
/// versions that its buckets are full.
std::vector<std::string> near_articles(unsigned seed) {
  constexpr std::array kWords = {"河边", "老桥", "灯塔", "清晨", "码头", "渔港", "海鸥", "屋脊",
                                 "豆浆", "孩子", "书包", "巷口", "作坊", "匠人", "竹篾", "渡船"};
  std::mt19937 random(seed);
  const auto below = [&](std::size_t end) { return random() % end; };
  const auto line = [&] {
    std::string text;
    for (int i = 0; i < 24; ++i) text += kWords[below(kWords.size())];
    return text + "。\n";
  };
  std::vector<std::vector<std::string>> articles;
  for (std::size_t i = 0; i < 70; ++i) {
    std::vector<std::string> lines;
    if (i == 0 || (i < 40 && below(3) == 0)) {
      for (int j = 0; j < 12; ++j) lines.push_back(line());
    } else {
      lines = articles[i < 40 ? below(i) : 0];
      for (std::size_t j = below(4); j > 0; --j) lines[below(lines.size())] = line();
    }
    articles.push_back(lines);
  }
  std::vector<std::string> corpus;
  for (const auto& lines : articles) {
    corpus.emplace_back();
    for (const std::string& each : lines) corpus.back() += each;
  }
  return corpus;
}

Options shard_options(unsigned seed) {
  Options options = options_of(3 * (seed / 3) + (seed % 3 == 1 ? 2 : 0));  // not in wide scope
  options.documents = seed % 7 == 6   ? Documents::off
                      : seed % 7 >= 3 ? Documents::near
                                      : Documents::exact;
  options.near_threshold = seed % 2 == 0 ? 0.8 : 0.6;
  options.paragraphs = seed % 5 == 4 ? Paragraphs::near : Paragraphs::exact;
  options.runs = seed % 11 != 10;
  return options;
}

/// An index in a file compares nothing but keys with parts.
Options options_with_file(unsigned seed) {
  Options options = shard_options(seed);
  if (options.documents == Documents::near) options.documents = Documents::exact;
  options.near_threshold = 0.8;
  return options;
}

}  // namespace

namespace {

void check_corpora(unsigned first, unsigned end) {
  for (unsigned seed = first; seed < end; ++seed) {
    CAPTURE(seed);
    const std::vector<std::string> corpus = corpus_of(3000 + seed);
    const Options options = shard_options(seed);
    const Recorder expected = cleaned_alone(corpus, options);
    for (const std::size_t count : {1, 2, 7, 64}) {
      CAPTURE(count);
      check_shards(corpus, options, expected, count);
    }
  }
}

}  // namespace

TEST_CASE("a corpus in 1, 2, 7 and 64 parts gives what it gives as a whole") {
  check_corpora(0, 12);
}

TEST_CASE("and so do 200 corpora in parts") { check_corpora(12, 200); }

TEST_CASE("the pieces of an overlong line are parts of one line, and told apart all the same") {
  std::string piece;
  while (piece.size() < (std::size_t{1} << 20)) piece += "河边的老桥修了三个月今天早上重新开放";
  Options options;
  options.paragraphs = Paragraphs::off;
  const std::vector<std::string> corpus = {piece + piece + piece + '\n' + piece + '\n' + piece,
                                           piece + '\n' + piece + '\n' + piece};
  const Recorder expected = cleaned_alone(corpus, options);
  check_shards(corpus, options, expected, 2);
}

TEST_CASE("what a removed document holds was not seen there, also if it was removed elsewhere") {
  // Three lines too light to be asked about by themselves. In the first document they are too far
  // apart for a run; the second is its copy, without the gap, and goes.
  const std::string one =
      "河边的老桥修了三个月今天早上重新开放附近的居民都出来看热闹还带来了自家做的点心分给修桥的师傅"
      "们吃。\n";
  const std::string two =
      "桥头的石狮子也洗干净了孩子们排着队跟它合影卖糖人的老人说今年生意最好的一天比过年的时候还要热"
      "闹许多。\n";
  const std::string three =
      "到了傍晚桥上的灯一盏一盏亮起来倒映在水里像是又修好了另一座桥给鱼走路岸上的人看了很久才慢慢散"
      "去回家。\n";
  const std::string gap(std::size_t{5} << 20, '\n');
  const std::vector<std::string> corpus = {one + gap + two + three, one + two + three,
                                           "序言。\n" + one + two + three};
  const Recorder expected = cleaned_alone(corpus, {});
  for (const std::size_t count : {1, 2, 3}) {
    CAPTURE(count);
    check_shards(corpus, {}, expected, count);
  }
}

TEST_CASE("documents of elsewhere have names") {
  const std::string text = test::read_file(test::testdata("sample.txt"));
  KeyRecorder recorder({.secret = kSecret});
  Cleaner keys({}, recorder.index());
  static_cast<void>(keys.clean({.bytes = text, .url = {}, .name = "a"}));
  const Rows rows = recorder.take();
  REQUIRE_FALSE(rows.empty());
  CHECK(recorder.take().empty());

  Index index({.secret = kSecret, .first_document = 7});
  index.remember(rows);
  index.remember_name(0, "elsewhere/a");
  Cleaner cleaner({}, index);
  const Cleaned again = cleaner.clean({.bytes = text, .url = {}, .name = "b"});
  REQUIRE(again.duplicate);
  CHECK(again.duplicate->document == 0);
  CHECK(again.duplicate->name == "elsewhere/a");
  CHECK(again.document == 7);
  CHECK(index.name_of(7) == "b");
  CHECK(index.name_of(3).empty());
  CHECK(index.name_of(8).empty());
}

TEST_CASE("a recorder numbers documents from its first on") {
  KeyRecorder recorder({.secret = kSecret, .first_document = 40});
  Cleaner keys({}, recorder.index());
  const std::string text = test::read_file(test::testdata("sample.txt"));
  static_cast<void>(keys.clean({.bytes = text, .url = {}, .name = {}}));
  const Rows rows = recorder.take();
  REQUIRE_FALSE(rows.empty());
  CHECK(std::ranges::all_of(rows, [](const KeyRow& row) { return row.at.document == 40; }));
  CHECK(recorder.index().documents() == 41);
}

TEST_CASE("what cannot have been seen elsewhere is refused, and nothing of it is taken") {
  const KeyRow earlier{.kind = KeyKind::block, .key = {}, .at = {.document = 4, .block = 0}};
  Index index({.secret = kSecret, .first_document = 5});
  CHECK_NOTHROW(index.remember(std::span(&earlier, 1)));
  const KeyRow own{.kind = KeyKind::block, .key = {}, .at = {.document = 5, .block = 0}};
  const KeyRow of_no_kind{.kind = static_cast<KeyKind>(3), .key = {}, .at = {}};
  for (const KeyRow& row : {own, of_no_kind}) {
    CHECK_THROWS_AS(index.remember(std::span(&row, 1)), InvalidOption);
  }
  CHECK_THROWS_AS(index.remember_name(5, "own"), InvalidOption);

  Index without({.first_document = 5});
  CHECK_THROWS_AS(without.remember(std::span(&earlier, 1)), InvalidOption);
  CHECK_THROWS_AS(KeyRecorder({.first_document = 5}), InvalidOption);
  CHECK_THROWS_AS(Index({.first_document = std::uint64_t{1} << 63}), InvalidOption);

  Cleaner cleaner({}, index);
  static_cast<void>(cleaner.clean({.bytes = "甲", .url = {}, .name = {}}));
  CHECK_THROWS_AS(index.remember(std::span(&earlier, 1)), Misuse);
  KeyRecorder recorder({.secret = kSecret, .first_document = 5});
  CHECK_THROWS_AS(recorder.index().remember(std::span(&earlier, 1)), Misuse);
}

TEST_CASE("near-duplicate documents go as they do in one run, and there are some") {
  Options options;
  options.documents = Documents::near;
  std::size_t found = 0;
  for (unsigned seed = 0; seed < 6; ++seed) {
    CAPTURE(seed);
    const std::vector<std::string> corpus = near_articles(seed);
    check_shards(corpus, options, cleaned_alone(corpus, options), 7);
    std::vector<DocumentRow> documents;
    static_cast<void>(keys_of(shards_of(corpus, 1), options, documents));
    for (const DocumentVerdict& verdict : verdicts_of(documents, options)) {
      found += verdict.similarity < 1 ? 1U : 0U;
    }
  }
  CHECK(found > 6);
}

TEST_CASE("verdicts do not depend on memory: what has no room goes on in scratch space") {
  Options options;
  options.documents = Documents::near;
  std::vector<std::string> corpus;
  for (unsigned seed = 0; seed < 12; ++seed) {
    std::ranges::move(near_articles(seed), std::back_inserter(corpus));
  }
  std::vector<DocumentRow> documents;
  static_cast<void>(keys_of(shards_of(corpus, 1), options, documents));
  NearDocuments near({});
  NearDocuments small({.memory = 1 << 16,
                       .scratch = file_scratch(std::filesystem::temp_directory_path().string())});
  std::size_t found = 0;
  for (const DocumentRow& row : documents) {
    const auto verdict = near.find_or_add(row);
    CHECK(small.find_or_add(row) == verdict);
    found += verdict ? 1U : 0U;
  }
  CHECK(found > 100);
}

TEST_CASE("a document of elsewhere that nobody recorded is refused") {
  NearDocuments near({});
  for (const char* facts :
       {"", "\x01", "\x02xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}) {
    CHECK_THROWS_AS(near.find_or_add({.document = 0, .groups = {}, .facts = facts}), InvalidOption);
  }
  CHECK_THROWS_AS(NearDocuments({.near_threshold = 2}), InvalidOption);
  CHECK_THROWS_AS(NearDocuments({.memory = 1 << 20}), InvalidOption);
  Index index({.secret = kSecret, .first_document = 5});
  const DocumentVerdict of_another{.document = 4, .first = 1, .similarity = 1};
  const DocumentVerdict of_a_later{.document = 6, .first = 6, .similarity = 1};
  for (const DocumentVerdict& verdict : {of_another, of_a_later}) {
    CHECK_THROWS_AS(index.remember_verdicts(std::span(&verdict, 1)), InvalidOption);
  }
}

TEST_CASE("parts are refused to Cleaners that compare more than keys") {
  KeyRecorder recorder({.secret = kSecret});
  Index told({.secret = kSecret});
  told.remember({});
  Options near;
  near.documents = Documents::near;
  Options wide;
  wide.scope = Scope::wide;
  for (Index* const index : {&recorder.index(), &told}) {
    CHECK_THROWS_AS(Cleaner(wide, *index), InvalidOption);
    CHECK_NOTHROW(Cleaner({}, *index));
  }
  CHECK_THROWS_AS(Cleaner(near, told), InvalidOption);
  told.remember_verdicts({});
  CHECK_NOTHROW(Cleaner(near, told));
  CHECK_NOTHROW(Cleaner(near, recorder.index()));
}

namespace {

/// What a run remembers in a file.
void see(const std::string& path, std::span<const std::string> corpus, const Options& options) {
  Index index = Index::open(path, {.commit_documents = 0, .commit_seconds = 0, .secret = kSecret});
  Cleaner cleaner(options, index);
  Recorder ignored;
  feed(cleaner, corpus, ignored, index.documents());
  CHECK(index.commit() == index.documents());
}

/// Rows of parts beside a file; both numbered behind its documents.
std::vector<Rows> keys_beside(const std::string& path, std::vector<Shard>& shards,
                              const Options& options) {
  KeyRecorder recorder(path, {});
  Cleaner cleaner(options, recorder.index());
  CHECK(recorder.options() == index_facts(path).options);
  std::vector<Rows> rows;
  Recorder ignored;
  for (Shard& shard : shards) {
    shard.first = recorder.index().documents();
    feed(cleaner, shard.documents, ignored, shard.first);
    rows.push_back(recorder.take());
  }
  const auto removed = std::ranges::count_if(ignored.documents, [](const auto& document) {
    return !document.removed(Reason::duplicate_document).empty();
  });
  CHECK(recorder.known() == static_cast<std::uint64_t>(removed));
  return rows;
}

void check_shards_beside(const std::string& path, const std::vector<std::string>& corpus,
                         const Options& options, std::size_t count) {
  Recorder expected;
  Index known = Index::open(path, {.read_only = true});
  const std::uint64_t before_all = known.documents();
  Cleaner alone(options, known);
  feed(alone, corpus, expected, before_all);
  std::vector<Shard> shards = shards_of(corpus, count);
  const std::vector<Rows> rows = keys_beside(path, shards, options);
  const std::map<Key, KeyRow> first = first_places(rows, {});
  Recorder actual;
  for (std::size_t i = 0; i < shards.size(); ++i) {
    Index index = Index::open(path, {.read_only = true, .elsewhere = shards[i].first - before_all});
    index.remember(before(shards[i], rows[i], first));
    Cleaner cleaner(options, index);
    feed(cleaner, shards[i].documents, actual, shards[i].first);
  }
  check_same(expected.documents, actual.documents);
  for (std::size_t i = 0; i < corpus.size(); ++i) {
    CHECK(actual.documents[i].number == before_all + i);
  }
}

/// All that an index file holds, but for the time.
std::string text_of(const std::string& path) {
  std::string text;
  export_index(path,
               [&text](std::string_view line) { text += line.substr(0, line.find("\"time\"")); });
  return text;
}

/// The rows of all parts as one file, whose documents are called as feed() calls them.
void build(const std::string& path, const std::vector<Rows>& rows, std::uint64_t begin,
           std::uint64_t end, const IndexBuilderOptions& options) {
  IndexBuilder builder(path, options);
  for (std::uint64_t i = begin; i < end; ++i) builder.add_document("d" + std::to_string(i));
  for (const auto& [key, row] : first_places(rows, {})) {
    KeyRow own = row;
    own.at.document -= begin;
    builder.add(std::span(&own, 1));
  }
  builder.commit();
}

}  // namespace

TEST_CASE("an index in a file was there before all parts") {
  for (unsigned seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    const std::vector<std::string> corpus = corpus_of(4000 + seed);
    const auto half = static_cast<std::ptrdiff_t>(corpus.size() / 2);
    std::vector<std::string> later(corpus.begin() + half, corpus.end());
    later.push_back(corpus.front());
    const Options options = options_with_file(seed);
    const IndexPlace place;
    see(place.path, std::span(corpus).first(corpus.size() / 2), options);
    const std::string there = text_of(place.path);
    for (const std::size_t count : {1, 2, 7}) {
      CAPTURE(count);
      check_shards_beside(place.path, later, options, count);
    }
    CHECK(text_of(place.path) == there);
  }
}

TEST_CASE("the index of a corpus in parts is the one that a single run leaves") {
  for (unsigned seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    const std::vector<std::string> corpus = corpus_of(5000 + seed);
    const Options options = options_with_file(seed);
    const std::string words = [&] {
      KeyRecorder recorder({.secret = kSecret});
      CHECK(recorder.options().empty());
      const Cleaner cleaner(options, recorder.index());
      return recorder.options();
    }();
    const IndexPlace one;
    see(one.path, corpus, options);
    const IndexPlace parts;
    std::vector<DocumentRow> none;
    build(parts.path, keys_of(shards_of(corpus, 3), options, none), 0, corpus.size(),
          {.secret = kSecret,
           .options = words,
           .memory = seed % 2 == 0 ? std::uint64_t{0} : std::uint64_t{1}});
    CHECK(text_of(parts.path) == text_of(one.path));
    check_index(parts.path);

    // And the next corpus, beside the one that is there.
    const std::vector<std::string> more = corpus_of(5000 + seed / 2);
    std::vector<Shard> shards = shards_of(more, 2);
    const std::vector<Rows> rows = keys_beside(one.path, shards, options);
    const IndexPlace both;
    build(both.path, rows, corpus.size(), corpus.size() + more.size(), {.base = one.path});
    see(one.path, more, options);
    CHECK(text_of(both.path) == text_of(one.path));
  }
}

TEST_CASE("an index that cannot be built so is refused, and nothing is left of it") {
  const IndexPlace place;
  const auto build_with = [&place](const IndexBuilderOptions& options) {
    return refusal([&] { IndexBuilder(place.path, options); });
  };
  CHECK(build_with({}).find("needs a secret") != std::string::npos);
  CHECK(build_with({.secret = kSecret, .near_threshold = 2}).find("from 0.5") != std::string::npos);
  CHECK(build_with({.base = place.path + ".gone"}).find("gone") != std::string::npos);
  {
    IndexBuilder builder(place.path, {.secret = kSecret});
    builder.add_document("a");
    const KeyRow later{.kind = KeyKind::block, .key = {}, .at = {.document = 1, .block = 0}};
    CHECK_THROWS_AS(builder.add(std::span(&later, 1)), InvalidOption);
    const KeyRow of_no_kind{.kind = static_cast<KeyKind>(3), .key = {}, .at = {}};
    CHECK_THROWS_AS(builder.add(std::span(&of_no_kind, 1)), InvalidOption);
  }
  CHECK(std::filesystem::is_empty(std::filesystem::path(place.path).parent_path()));
  IndexBuilder builder(place.path, {.secret = kSecret});
  builder.commit();
  CHECK_THROWS_AS(builder.commit(), Misuse);
  CHECK_THROWS_AS(builder.add_document("b"), Misuse);
  CHECK(index_facts(place.path).documents == 0);
  CHECK(index_secret(place.path) == kSecret);
  CHECK(build_with({.secret = kSecret}).find("is there already") != std::string::npos);

  see(place.path, std::vector{article(1)}, {});
  const std::string other = place.path + ".2";
  const auto beside = [&](IndexBuilderOptions options) {
    options.base = place.path;
    return refusal([&] { IndexBuilder(other, options); });
  };
  Secret another{};
  another[0] = std::byte{1};
  CHECK(beside({.secret = another}).find("another secret") != std::string::npos);
  CHECK(beside({.options = "runs=off"}).find("other options") != std::string::npos);
  CHECK(beside({.near_threshold = .9}).find("another near_threshold") != std::string::npos);
  CHECK(beside({}).empty());
}

TEST_CASE("a file that is only read is told of documents behind its own") {
  const IndexPlace place;
  see(place.path, std::vector{article(1), article(2)}, {});
  KeyRow row{.kind = KeyKind::block, .key = {}, .at = {.document = 2, .block = 0}};
  Index written = Index::open(place.path, {.commit_documents = 0, .commit_seconds = 0});
  CHECK_THROWS_AS(written.remember(std::span(&row, 1)), Misuse);
  CHECK_THROWS_AS(Index::open(place.path, {.elsewhere = 1}), InvalidOption);
  CHECK_THROWS_AS(Index::open(place.path, {.read_only = true, .elsewhere = ~std::uint64_t{}}),
                  InvalidOption);
  KeyRecorder recorder(place.path, {.elsewhere = 3});
  CHECK(recorder.index().documents() == 5);
  CHECK_THROWS_AS(recorder.index().remember(std::span(&row, 1)), Misuse);

  Index index = Index::open(place.path, {.read_only = true, .elsewhere = 3});
  CHECK(index.documents() == 5);
  CHECK_NOTHROW(index.remember(std::span(&row, 1)));
  for (const std::uint64_t document : {0, 1, 5}) {
    row.at.document = document;
    CHECK_THROWS_AS(index.remember(std::span(&row, 1)), InvalidOption);
    CHECK_THROWS_AS(index.remember_name(document, "x"), InvalidOption);
  }
  index.remember_name(3, "elsewhere");
  Cleaner cleaner({}, index);
  const Cleaned again = cleaner.clean({.bytes = article(2), .url = {}, .name = "own"});
  REQUIRE(again.duplicate);
  CHECK(again.duplicate->document == 1);
  CHECK(again.duplicate->name == "d1");
  CHECK(again.document == 5);
  CHECK(index.name_of(2).empty());
  CHECK(index.name_of(3) == "elsewhere");
  CHECK(index.name_of(5) == "own");
  CHECK(index.name_of(6).empty());
}

}  // namespace dedup
