// SPDX-License-Identifier: Apache-2.0
// The index in memory: one mutex around all of it. A Cleaner comes with many keys at a time, so the
// lock is taken a few times a document, and held for no call of anybody else's but scratch space.
//
//   begin_document, name_of    names
//   find_or_add                documents, as a whole
//   find_or_insert             keys of blocks, runs and sentences
//   find_or_add_near           blocks by resemblance
//
// To ask and to remember are one step under one lock: of two that ask at the same time about the
// same text one is the first, and the other hears of it.
#include "memory/index.h"

#include <utility>

#include "dedup/error.h"
#include "memory/seen_keys.h"

namespace dedup::memory {
namespace {

/// With a secret in any case: after this nobody asks where it came from.
IndexOptions checked(IndexOptions options) {
  if (options.memory != 0 && options.scratch == nullptr) {
    throw InvalidOption("memory is limited, and there is no scratch space for the rest");
  }
  if (!(options.near_threshold >= 0.5 && options.near_threshold <= 1)) {
    throw InvalidOption("near_threshold must be from 0.5 to 1");
  }
  if (!options.secret) {
    options.secret = hash::random_seed();
  }
  return options;
}

}  // namespace

Index::Index(const IndexOptions& options)
    : Index(options, [&](Budget& budget) -> std::unique_ptr<KeyHome> {
        return std::make_unique<SeenKeys>(options.places, budget);
      }) {}

Index::Index(const IndexOptions& options, const MakeHome& make_home)
    : options_(checked(options)),
      fingerprinter_(*options_.secret),
      keys_(make_home(budget_)),
      document_index_(options_.near_threshold, *keys_, budget_),
      near_blocks_(options_.near_threshold, NearIndex::Keep::copies, budget_),
      names_(budget_) {
  if (options_.memory != 0) {
    budget_.limit(options_.memory, *options_.scratch);
  }
}

std::uint64_t Index::begin_document(std::string_view name) {
  const Lock lock(mutex_);
  if (options_.names) {
    names_.add(name);
  }
  return documents_++;
}

std::string Index::name_of(std::uint64_t document) {
  const Lock lock(mutex_);
  return names_.at(document);
}

std::optional<NearVerdict> Index::find_or_add(const DocumentFacts& facts, std::uint64_t document) {
  const Lock lock(mutex_);
  return document_index_.find_or_add(facts, document);
}

void Index::find_or_insert(Kind kind, std::uint64_t document, std::span<const Ask> asks,
                           std::vector<Answer>& answers) {
  const Lock lock(mutex_);
  keys_->find_or_insert(kind, document, asks, answers);
}

std::optional<NearVerdict> Index::find_or_add_near(const NearBlock& block,
                                                   const numbers::Bands& bands, bool may_go,
                                                   const Position& place) {
  const Lock lock(mutex_);
  if (auto verdict = may_go ? near_blocks_.find(block, bands) : std::nullopt) {
    return verdict;
  }
  near_blocks_.add(block, bands, place);
  return std::nullopt;
}

/// Under the lock, too, since another thread may make the table grow meanwhile.
void Index::prefetch_near(const numbers::Bands& bands) {
  const Lock lock(mutex_);
  near_blocks_.prefetch(bands);
}

}  // namespace dedup::memory

namespace dedup {

Index::Index(const IndexOptions& options) : home_(std::make_unique<memory::Index>(options)) {}
Index::Index(std::unique_ptr<memory::Index> home) noexcept : home_(std::move(home)) {}
Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

std::uint64_t Index::documents() const { return home_->documents(); }
std::string Index::name_of(std::uint64_t document) const { return home_->name_of(document); }

}  // namespace dedup
