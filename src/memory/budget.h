// The budget: a limit of memory that all who remember share. Who takes more than is left makes the
// largest of them spill, that is, go on from disk.
#pragma once

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
    limit_ = bytes;
    scratch_ = &scratch;
  }

  [[nodiscard]] bool limited() const noexcept { return scratch_ != nullptr; }
  /// Requires: limited.
  [[nodiscard]] std::uint64_t bytes() const noexcept { return limit_; }
  [[nodiscard]] Scratch& scratch() const noexcept { return *scratch_; }
  /// For the filter of each member that spilled: a sixteenth of it all. Requires: limited.
  [[nodiscard]] std::size_t filter_bytes() const noexcept {
    return static_cast<std::size_t>(limit_ / 16);
  }

  /// A member stays where it is until it leaves.
  void join(Spillable& member) { members_.push_back(&member); }
  void leave(const Spillable& member) noexcept { std::erase(members_, &member); }

  /// Before a member takes so much more: the largest spill, the caller perhaps among them, until
  /// all has room, and a filter besides for the next who spills; or nobody has much to give.
  void reserve(std::size_t more);

 private:
  std::uint64_t limit_ = 0;
  Scratch* scratch_ = nullptr;
  std::vector<Spillable*> members_;
};

}  // namespace dedup::memory
