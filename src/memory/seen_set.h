// SPDX-License-Identifier: Apache-2.0
// The seen set: fingerprint to the place where it was seen first. In memory, and beyond its budget
// on disk; the answers are the same.
//
// What is stored of a fingerprint is 112 of its 128 bits. That some one of n different blocks is
// wrongly taken for seen has a probability of about n² / 2^113: 1e-16 at 10^9 blocks, 1e-14 at
// 10^10; and 1e-13 with three sets of 10^10 each. (Whole fingerprints would give 1.5e-19 for two
// bytes more; quotienting them out of the place in the table saves as much but takes other bits to
// say where an entry would have stood.)
#pragma once

#include <cstddef>
#include <cstring>
#include <optional>
#include <type_traits>

#include "memory/budget.h"
#include "memory/ordered_table.h"
#include "memory/sorted_runs.h"
#include "numbers/fingerprint.h"

namespace dedup::memory {

/// One thread at a time. `Place` is a plain value. Once it spilled, all may throw what the scratch
/// file throws.
template <typename Place>
class SeenSet final : public Spillable {
  static_assert(std::is_trivially_copyable_v<Place>);

 public:
  /// Without places, `find_or_insert` answers with Place{}. `budget` must outlive it.
  SeenSet(bool keep_places, Budget& budget)
      : keep_places_(keep_places), budget_(budget), table_(keep_places ? sizeof(Place) : 0) {
    budget_.join(*this);
  }
  ~SeenSet() override { budget_.leave(*this); }
  SeenSet(const SeenSet&) = delete;
  SeenSet& operator=(const SeenSet&) = delete;

  /// The place first given for the fingerprint; nothing if it is new, which `place` then is for.
  std::optional<Place> find_or_insert(const numbers::Fingerprint& fingerprint, const Place& place) {
    const Identity identity(fingerprint);
    auto at = table_.find(identity);
    if (at.found) {
      return place_at(table_.payload(at));
    }
    if (spilled_) [[unlikely]] {
      if (const std::byte* const found = spilled_->find(identity)) {
        return place_at(found);
      }
    }
    if (table_.full()) [[unlikely]] {
      make_room();
      at = table_.find(identity);
    }
    std::byte* const payload = table_.insert(identity, at);
    if (keep_places_) {
      std::memcpy(payload, &place, sizeof place);
    }
    return std::nullopt;
  }

  [[nodiscard]] bool contains(const numbers::Fingerprint& fingerprint) {
    const Identity identity(fingerprint);
    return table_.find(identity).found || (spilled_ && spilled_->find(identity) != nullptr);
  }

  /// Starts to fetch what a later find_or_insert() will look at: a miss in a large set costs more
  /// than all the rest.
  void prefetch(const numbers::Fingerprint& fingerprint) const noexcept {
    const Identity identity(fingerprint);
    table_.prefetch(identity);
    if (spilled_) {
      spilled_->prefetch(identity.high);
    }
  }

  [[nodiscard]] std::size_t size() const noexcept {
    return table_.size() + (spilled_ ? spilled_->size() : 0);
  }

  /// Forgets all entries. Costs as much as were inserted.
  void clear() noexcept {
    table_.clear();
    spilled_.reset();
  }

  [[nodiscard]] std::size_t memory() const noexcept override {
    return table_.memory() + (spilled_ ? spilled_->memory() : 0);
  }
  [[nodiscard]] std::size_t spillable() const noexcept override { return table_.memory(); }

  void spill() override {
    if (!spilled_) {
      spilled_.emplace(budget_, table_.entry_bytes());
    }
    spilled_->add([this](const SortedRuns::Put& put) { table_.for_each(put); });
    table_.release();
  }

 private:
  [[nodiscard]] Place place_at(const std::byte* payload) const noexcept {
    Place place{};
    if (keep_places_) {
      std::memcpy(&place, payload, sizeof place);
    }
    return place;
  }

  void make_room() {
    budget_.reserve(table_.growth());
    if (table_.full()) {  // it may have spilled
      table_.grow();
    }
  }

  bool keep_places_;
  Budget& budget_;
  OrderedTable table_;
  std::optional<SortedRuns> spilled_;
};

}  // namespace dedup::memory
