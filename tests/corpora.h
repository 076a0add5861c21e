// SPDX-License-Identifier: Apache-2.0
// Corpora and options of all sorts, by a number, for tests that compare two ways to the same bytes.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "catch.h"
#include "dedup/dedup.h"
#include "generator.h"
#include "support.h"

namespace dedup::test {

/// Cleans the documents, which are called d0, d1 …, or from `first` on.
inline void feed(Cleaner& cleaner, std::span<const std::string> documents, Sink& sink,
                 std::size_t first = 0) {
  for (std::size_t i = 0; i < documents.size(); ++i) {
    cleaner.clean(documents[i], sink, "d" + std::to_string(first + i));
  }
}

inline void check_same(const std::vector<RecordedDocument>& expected,
                       const std::vector<RecordedDocument>& actual) {
  REQUIRE(actual.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(difference(expected[i].clean, actual[i].clean).empty());
    REQUIRE(actual[i].edits == expected[i].edits);
    CHECK(actual[i].stats == expected[i].stats);
  }
}

/// Options of all sorts, by a number.
inline Options options_of(unsigned seed) {
  // Not of arrays made for the look-up: from those GCC 12 takes a wrong element at -O3.
  static constexpr std::array kScopes{Scope::corpus, Scope::wide, Scope::document};
  static constexpr std::array kSentences{Sentences::exact, Sentences::lone};
  Options options;
  options.scope = kScopes[seed % kScopes.size()];
  options.sentences = kSentences[seed / 3 % kSentences.size()];
  options.min_block = seed % 4 == 0 ? 4 : 40;
  options.min_block_across = seed % 4 == 0 ? 8 : 60;
  if (seed % 5 == 4) {
    options.documents = Documents::near;
    options.paragraphs = Paragraphs::near;
  }
  return options;
}

/// A corpus in which documents and their parts recur.
inline std::vector<std::string> corpus_of(unsigned seed) {
  Generator generate(seed);
  std::vector<std::string> documents = generate.corpus();
  for (std::size_t i = generate.below(6); i > 0; --i) {
    const std::string again = documents[generate.below(documents.size())];
    documents.push_back(generate.below(2) == 0 ? again : again + generate.document(3));
  }
  return documents;
}

}  // namespace dedup::test
