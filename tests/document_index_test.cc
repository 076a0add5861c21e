// SPDX-License-Identifier: Apache-2.0
#include "memory/document_index.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "catch.h"
#include "memory/seen_keys.h"
#include "naive_resemblance.h"
#include "support.h"

namespace dedup::memory {
namespace {

using test::NaiveResemblance;
using test::RandomKeys;

using Document =
    std::vector<std::u16string>;  // block keys, the first that of a title if it is short

const numbers::Fingerprinter& fingerprinter() {
  static const numbers::Fingerprinter result{hash::Hasher::Seed{}};
  return result;
}

void read(DocumentReader& reader, const Document& document) {
  numbers::Sampler sampler;
  if (!document.empty()) {
    reader.open(document[0].size() < 20 ? document[0] : std::u16string{});
    reader.open(u"再来一次");  // only the first call counts
  }
  for (const auto& key : document) {
    reader.feed(static_cast<std::uint32_t>(key.size()), fingerprinter().of(key));
    sampler.feed(key);
  }
  reader.append(sampler.take_part());
}

DocumentFacts facts_of(const Document& document, bool near) {
  DocumentReader reader(fingerprinter(), near);
  read(reader, document);
  return reader.finish();
}

/// The witness of each document, or nothing where one is kept.
std::vector<std::optional<std::uint64_t>> witnesses(const std::vector<Document>& documents,
                                                    bool near, Budget& budget) {
  SeenKeys keys(true, budget);
  DocumentIndex index(0.8, keys, budget);
  std::vector<std::optional<std::uint64_t>> result;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const auto verdict = index.find_or_add(facts_of(documents[i], near), i);
    result.push_back(verdict ? std::optional(verdict->first.document) : std::nullopt);
  }
  return result;
}

std::vector<std::optional<std::uint64_t>> witnesses(const std::vector<Document>& documents,
                                                    bool near) {
  Budget budget;
  return witnesses(documents, near, budget);
}

using Witnesses = std::vector<std::optional<std::uint64_t>>;

Document random_document(RandomKeys& random, std::size_t blocks) {
  Document document;
  for (; blocks > 0; --blocks) document.push_back(random.key(20 + random.below(80)));
  return document;
}

std::u16string joined(const Document& document) {
  std::u16string result;
  for (const auto& key : document) result += key;
  return result;
}

TEST_CASE("exact repeats are the same sequence of block keys") {
  RandomKeys random(1);
  const Document first = random_document(random, 6);
  Document swapped = first;
  std::swap(swapped[1], swapped[2]);
  Document shorter = first;
  shorter.pop_back();
  Document split = first;
  split[0] = first[0].substr(0, 10);
  split.insert(split.begin() + 1, first[0].substr(10));
  CHECK(witnesses({first, swapped, shorter, split, first, swapped}, false) ==
        Witnesses{{}, {}, {}, {}, 0, 1});
}

TEST_CASE("light documents repeat nothing") {
  RandomKeys random(2);
  const Document light = {random.key(99)};
  const Document heavy = {random.key(100)};
  for (const bool near : {false, true}) {
    CHECK(witnesses({light, light, heavy, heavy, {}, {}}, near) ==
          Witnesses{{}, {}, {}, 2, {}, {}});
  }
}

TEST_CASE("a document with a block that has no key repeats nothing exactly") {
  RandomKeys random(3);
  const std::u16string key = random.key(150);
  Budget budget;
  SeenKeys keys(true, budget);
  DocumentIndex index(0.8, keys, budget);
  DocumentReader reader(fingerprinter(), false);
  for (int i = 0; i < 2; ++i) {
    reader.feed(150, fingerprinter().of(key));
    reader.feed(0, std::nullopt);
    CHECK_FALSE(index.find_or_add(reader.finish(), 0));
  }
}

TEST_CASE("shingles run on over the borders of blocks") {
  RandomKeys random(4);
  const std::u16string key = random.key(400);
  Document lines;
  for (std::size_t at = 0; at < key.size(); at += 7) lines.push_back(key.substr(at, 7));
  CHECK(facts_of({key}, true).sketch == facts_of(lines, true).sketch);
  CHECK(facts_of({key}, true).bands == facts_of(lines, true).bands);
  CHECK(witnesses({{key}, lines}, true) == Witnesses{{}, 0});
  CHECK(witnesses({{key}, lines}, false) == Witnesses{{}, {}});
}

TEST_CASE("figures do not keep documents apart, containment does not bring them together") {
  RandomKeys random(5);
  Document first = random_document(random, 10);
  Document dated = first;
  first[0] += u"2023年";
  dated[0] += u"2024年";
  Document half(first.begin(), first.begin() + 5);
  CHECK(witnesses({first, dated, half}, true) == Witnesses{{}, 0, {}});
}

TEST_CASE("documents whose titles disagree are two, in memory and on disk") {
  RandomKeys random(9);
  test::MemoryScratch scratch;
  for (const std::uint64_t bytes : {0U, 100'000'000U}) {
    Budget budget;
    budget.limit(bytes, scratch);
    std::vector<Document> documents;
    for (int i = 0; i < 100; ++i) {
      Document document = random_document(random, 20);
      document.insert(document.begin(), random.key(12));
      Document retitled = document;
      retitled[0] = random.key(12);
      retitled.push_back(u"另有一句");
      Document same = document;
      same[0] += u'海';
      documents.insert(documents.end(), {document, retitled, same});
    }
    const auto found = witnesses(documents, true, budget);
    for (std::size_t i = 0; i < found.size(); ++i) {
      CHECK(found[i] == (i % 3 == 2 ? std::optional<std::uint64_t>(i - 2) : std::nullopt));
    }
  }
}

TEST_CASE("a near-duplicate is no witness, neither for its kind nor for its exact copies") {
  RandomKeys random(6);
  const std::u16string original = random.key(1000);
  std::u16string near = original;
  for (std::size_t i = 0; i < 15; ++i) near[100 + 10 * i] = u'海';  // 75 shingles: .86
  std::u16string far = near;
  for (std::size_t i = 0; i < 15; ++i)
    far[400 + 10 * i] = u'海';  // .86 of near, .74 of the original
  CHECK(witnesses({{original}, {near}, {far}, {near}, {far}}, true) == Witnesses{{}, 0, {}, 0, 2});
}

TEST_CASE("a reader begins anew") {
  RandomKeys random(7);
  const Document first = random_document(random, 40);
  const Document second = random_document(random, 3);
  DocumentReader reader(fingerprinter(), true);
  for (const Document& document : {first, second}) {
    read(reader, document);
    const DocumentFacts facts = reader.finish();
    const DocumentFacts expected = facts_of(document, true);
    CHECK(facts.weight == expected.weight);
    CHECK(facts.sequence == expected.sequence);
    CHECK(facts.sketch == expected.sketch);
    CHECK(facts.bands == expected.bands);
  }
}

TEST_CASE("every removed document has its witness, and few pairs are missed") {
  std::size_t found_pairs = 0;
  std::size_t missed = 0;
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    RandomKeys random(100 + seed);
    std::vector<Document> documents;
    for (int family = 0; family < 6; ++family) {
      const Document original = random_document(random, 2 + random.below(30));
      for (std::size_t member = random.below(8); member > 0; --member) {
        Document copy = original;
        for (auto& key : copy) key = random.edited(key, random.below(1 + key.size() / 50));
        documents.push_back(copy);
      }
    }
    const auto found = witnesses(documents, true);
    for (std::size_t i = 0; i < documents.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (found[k]) continue;
        const NaiveResemblance truth(joined(documents[i]), joined(documents[k]));
        const bool exact = truth.here + truth.there - truth.common < numbers::kSketchSize;
        if (found[i] == k) {
          CHECK(truth.value() >= (exact ? .8 : .72));  // four standard errors
          ++found_pairs;
        } else if (truth.value() >= (exact ? .8 : .87) && k < found[i].value_or(i)) {
          ++missed;
        }
      }
    }
  }
  std::printf("near documents: %zu found, %zu missed\n", found_pairs, missed);
  CHECK(found_pairs > 100);
  CHECK(500 * missed <= found_pairs);
}

TEST_CASE("with little memory documents go on from disk, and the witnesses are the same") {
  test::MemoryScratch scratch;
  for (const bool near : {false, true}) {
    RandomKeys random(8);
    std::vector<Document> documents;
    for (int i = 0; i < 400; ++i) {
      if (i % 4 == 3) {
        Document copy = documents[random.below(documents.size())];
        for (auto& key : copy) key = random.edited(key, random.below(1 + key.size() / 50));
        documents.push_back(copy);
      } else {
        documents.push_back(random_document(random, 2 + random.below(30)));
      }
    }
    for (const std::uint64_t bytes : {0U, 200'000U}) {
      Budget budget;
      budget.limit(bytes, scratch);
      const auto found = witnesses(documents, near, budget);
      CHECK(found == witnesses(documents, near));
      CHECK(std::count(found.begin(), found.end(), std::nullopt) < 400);
    }
  }
  CHECK(scratch.most_files() > 1);
  CHECK(scratch.files() == 0);
}

}  // namespace
}  // namespace dedup::memory
