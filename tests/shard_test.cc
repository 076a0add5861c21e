// SPDX-License-Identifier: Apache-2.0
// Shards: a corpus cleaned in parts gives what one Cleaner gives, byte for byte, with the same
// edits and numbers. The cluster is a map, and rows reach it in no order.
#include "dedup/shard.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
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
#include "support.h"

namespace dedup {
namespace {

using test::check_same;
using test::corpus_of;
using test::feed;
using test::options_of;
using test::Recorder;

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
std::vector<Rows> keys_of(const std::vector<Shard>& shards, const Options& options) {
  KeyRecorder recorder({.secret = kSecret});
  Cleaner cleaner(options, recorder.index());
  std::vector<Rows> rows;
  Recorder ignored;
  for (const Shard& shard : shards) {
    feed(cleaner, shard.documents, ignored, shard.first);
    rows.push_back(recorder.take());
  }
  return rows;
}

/// The rule as shard.h says it, and nothing else: which key was first where.
std::map<Key, KeyRow> first_places(const std::vector<Rows>& parts) {
  std::map<Key, KeyRow> first;
  const auto add = [&first](const KeyRow& row) {
    const auto [at, fresh] = first.try_emplace({row.kind, row.key}, row);
    const auto place = [](const KeyRow& r) {
      return std::tuple(r.at.document, r.at.block, r.second, r.third);
    };
    if (!fresh && place(row) < place(at->second)) at->second = row;
  };
  std::set<std::uint64_t> removed;
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

void apply(const Shard& shard, const Rows& answers, const Options& options, Recorder& sink) {
  Index index({.secret = kSecret, .first_document = shard.first});
  index.remember(answers);
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
  std::vector<Rows> rows = keys_of(shards, options);
  for (Rows& part : rows) std::ranges::reverse(part);
  const std::map<Key, KeyRow> first = first_places(rows);
  Recorder actual;
  for (std::size_t i = 0; i < shards.size(); ++i) {
    apply(shards[i], before(shards[i], rows[i], first), options, actual);
  }
  check_same(expected.documents, actual.documents);
  for (std::size_t i = 0; i < corpus.size(); ++i) {
    CHECK(actual.documents[i].number == i);
  }
}

Options shard_options(unsigned seed) {
  Options options = options_of(3 * (seed / 3) + (seed % 3 == 1 ? 2 : 0));  // not in wide scope
  options.documents = seed % 7 == 6 ? Documents::off : Documents::exact;
  options.paragraphs = seed % 5 == 4 ? Paragraphs::near : Paragraphs::exact;
  options.runs = seed % 11 != 10;
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

TEST_CASE("parts are refused to Cleaners that compare more than keys") {
  KeyRecorder recorder({.secret = kSecret});
  Index told({.secret = kSecret});
  told.remember({});
  Options near;
  near.documents = Documents::near;
  Options wide;
  wide.scope = Scope::wide;
  for (Index* const index : {&recorder.index(), &told}) {
    CHECK_THROWS_AS(Cleaner(near, *index), InvalidOption);
    CHECK_THROWS_AS(Cleaner(wide, *index), InvalidOption);
    CHECK_NOTHROW(Cleaner({}, *index));
  }
}

}  // namespace dedup
