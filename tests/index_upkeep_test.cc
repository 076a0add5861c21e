// SPDX-License-Identifier: Apache-2.0
// The upkeep of indexes in files: what is compacted, forgotten, merged, exported and imported says
// what it should, and nothing is replaced under who uses it.
#include <algorithm>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catch.h"
#include "dedup/dedup.h"
#include "dedup/index_file.h"
#include "index_place.h"

namespace dedup {

using test::article;
using test::refusal;
using Place = test::IndexPlace;

namespace {

/// A file with these articles, each called by its number.
void make(const std::string& path, std::span<const unsigned> articles,
          const std::optional<Secret>& secret = std::nullopt, Options options = {}) {
  Index index = Index::open(path, {.secret = secret});
  Cleaner cleaner(std::move(options), index);
  for (const unsigned one : articles) {
    static_cast<void>(cleaner.clean({.bytes = article(one), .url = std::to_string(one)}));
    index.commit();
  }
}

bool knows(const std::string& path, unsigned one, const Options& options = {}) {
  Index index = Index::open(path, {.read_only = true});
  return Cleaner(options, index).clean({.bytes = article(one)}).duplicate.has_value();
}

std::string text_of(const std::string& path) {
  std::string text;
  export_index(path, [&text](std::string_view line) { text += line; });
  return text;
}

void import(const std::string& text, const std::string& path) {
  std::size_t at = 0;
  import_index(
      [&](std::string& line) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (at >= text.size()) return false;
        line = text.substr(at, end - at + 1);
        at = end + 1;
        return true;
      },
      path);
}

}  // namespace

TEST_CASE("a compacted index says what it said, in less space") {
  const Place place;
  std::vector<unsigned> articles(60);
  std::iota(articles.begin(), articles.end(), 0U);
  make(place.path, articles, std::nullopt, {.documents = Documents::near});
  const std::string before = text_of(place.path);
  const IndexFacts facts = index_facts(place.path);
  CHECK(facts.documents == 60);
  compact_index(place.path);
  CHECK(text_of(place.path) == before);
  CHECK(index_facts(place.path).bytes <= facts.bytes);
  CHECK(index_facts(place.path).free_bytes * 4 < index_facts(place.path).bytes);
  check_index(place.path);
}

TEST_CASE("what is forgotten is new again, and nothing else is") {
  const Place place;
  make(place.path, std::vector{0U, 1U, 2U});
  CHECK(forget_documents({.name = "1"}, place.path) == 1);
  CHECK(forget_documents({.name = "1"}, place.path) == 0);
  CHECK(forget_documents({.before = 1'000'000'000}, place.path) == 0);
  CHECK(knows(place.path, 0));
  CHECK_FALSE(knows(place.path, 1));
  CHECK(knows(place.path, 2));
  CHECK(Index::open(place.path).name_of(2) == "2");
  CHECK(forget_documents({.before = 10'000'000'000}, place.path) == 2);
  CHECK(index_facts(place.path).blocks == 0);
}

TEST_CASE("no file is replaced while it is in use") {
  const Place place;
  make(place.path, std::vector{0U});
  const Index index = Index::open(place.path, {.read_only = true});
  CHECK_THAT(refusal([&] { compact_index(place.path); }), Catch::Contains("is in use"));
  CHECK(knows(place.path, 0));
}

TEST_CASE("indexes of one secret are merged as if one run had seen all") {
  const Place a;
  const Place b;
  const Place both;
  const Secret secret{std::byte{7}};
  const Options options{.documents = Documents::near};
  make(a.path, std::vector{0U, 1U}, secret, options);
  make(b.path, std::vector{1U, 2U}, secret, options);
  merge_indexes(std::vector{a.path, b.path}, both.path);
  check_index(both.path);
  for (const unsigned one : {0U, 1U, 2U}) CHECK(knows(both.path, one, options));
  CHECK_FALSE(knows(both.path, 3, options));
  Index index = Index::open(both.path, {.read_only = true});
  CHECK(index.documents() == 4);
  Cleaner cleaner(options, index);
  CHECK(cleaner.clean({.bytes = article(1)}).duplicate->document == 1);  // of the first
  CHECK(cleaner.clean({.bytes = article(2)}).duplicate->document == 3);

  CHECK_THAT(refusal([&] { merge_indexes(std::vector{a.path}, both.path); }),
             Catch::Contains("is there already"));
  const Place other;
  make(other.path, std::vector{5U});
  CHECK_THAT(refusal([&] {
               merge_indexes(std::vector{a.path, other.path}, both.path + "2");
             }),
             Catch::Contains("has another secret"));
}

TEST_CASE("an export is imported as it was") {
  const Place place;
  make(place.path, std::vector{0U, 1U, 2U}, std::nullopt,
       {.documents = Documents::near, .scope = Scope::wide});
  forget_documents({.name = "1"}, place.path);
  const std::string text = text_of(place.path);
  const Place again;
  import(text, again.path);
  check_index(again.path);
  CHECK(text_of(again.path) == text);

  const Place empty;
  import(text.substr(0, text.find('\n') + 1), empty.path);
  CHECK(index_facts(empty.path).documents == 0);
  merge_indexes(std::vector{empty.path, again.path}, empty.path + ".all");

  for (std::size_t i = 0; i < text.size(); i += 97) {  // whatever is wrong with it, it says so
    std::string wrong = text;
    wrong[i] = wrong[i] == '"' ? '!' : '"';
    const Place nowhere;
    try {
      import(wrong, nowhere.path);
      check_index(nowhere.path);
    } catch (const FormatError& error) {
      CHECK_THAT(error.what(), Catch::Contains("line "));
    } catch (const IndexError&) {
    }
  }
}

}  // namespace dedup
