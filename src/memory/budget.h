// SPDX-License-Identifier: Apache-2.0
// The budget: a limit of memory that all who remember share. Who takes more than is left makes the
// largest of them spill, that is, go on from disk.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "dedup/scratch.h"

namespace dedup::memory {

/// Someone who remembers and can do so on disk.
class Spillable {
 public:
  virtual ~Spillable() = default;
  /// Bytes taken from the heap.
  [[nodiscard]] virtual std::size_t memory() const noexcept = 0;
  /// How many of them spill() would give back.
  [[nodiscard]] virtual std::size_t spillable() const noexcept = 0;
  /// Throws what the scratch file throws.
  virtual void spill() = 0;
};

/// One thread at a time.
class Budget {
 public:
  /// Less than this is not worth a file; so a limit may be passed by this much for each member.
  static constexpr std::size_t kLeast = std::size_t{64} << 10;

  /// Without a limit.
  Budget() = default;
  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;

  /// `scratch` must outlive it.
  void limit(std::uint64_t bytes, Scratch& scratch) noexcept {
    limit(bytes);
    scratch_ = &scratch;
  }
  /// Without scratch space, for members that all spill elsewhere.
  void limit(std::uint64_t bytes) noexcept {
    limited_ = true;
    limit_ = bytes;
  }

  [[nodiscard]] bool limited() const noexcept { return limited_; }
  /// Requires: limited.
  [[nodiscard]] std::uint64_t bytes() const noexcept { return limit_; }
  /// Requires: limited, with scratch space.
  [[nodiscard]] Scratch& scratch() const noexcept { return *scratch_; }
  /// Bytes for the filter of the next member that spills: half of what the others left of half the
  /// limit. Who spills first is the largest, and needs most. Requires: limited.
  [[nodiscard]] std::size_t next_filter() const noexcept {
    const std::uint64_t left = limit_ / 2 - std::min(limit_ / 2, filters_);
    return static_cast<std::size_t>(std::max(left / 2, limit_ / 64));
  }

  /// A share of the limit for a filter, until it goes.
  class FilterShare {
   public:
    /// Takes the next. `budget` must outlive it.
    explicit FilterShare(Budget& budget) noexcept : budget_(budget), bytes_(budget.next_filter()) {
      budget_.filters_ += bytes_;
    }
    ~FilterShare() { budget_.filters_ -= bytes_; }
    FilterShare(const FilterShare&) = delete;
    FilterShare& operator=(const FilterShare&) = delete;
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

   private:
    Budget& budget_;
    std::size_t bytes_;
  };

  /// A member stays where it is until it leaves.
  void join(Spillable& member) { members_.push_back(&member); }
  void leave(const Spillable& member) noexcept { std::erase(members_, &member); }

  /// Before a member takes so much more: the largest spill, the caller perhaps among them, until
  /// all has room, and a filter besides for the next who spills; or nobody has much to give.
  void reserve(std::size_t more);

 private:
  bool limited_ = false;
  std::uint64_t limit_ = 0;
  std::uint64_t filters_ = 0;  // bytes of shares that were taken
  Scratch* scratch_ = nullptr;
  std::vector<Spillable*> members_;
};

}  // namespace dedup::memory
