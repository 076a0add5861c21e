// SPDX-License-Identifier: Apache-2.0
// An arena: memory for many small things that stay long and go all at once. Apart from what comes
// and goes, so that they do not lie scattered among it and keep it from being given back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace dedup::memory {

/// One thread at a time. Memory: chunks of 1 MiB, and one of its own for what is larger.
class Arena {
 public:
  /// Uninitialised words, which do not move.
  [[nodiscard]] std::uint64_t* allocate(std::size_t words);

  /// Takes all of it back.
  void release() noexcept;

  /// Bytes taken from the heap.
  [[nodiscard]] std::size_t memory() const noexcept { return bytes_; }
  /// Bytes that it will take for so many words more.
  [[nodiscard]] std::size_t growth(std::size_t words) const noexcept;

 private:
  std::vector<std::unique_ptr<std::uint64_t[]>> chunks_;
  std::uint64_t* next_ = nullptr;
  std::size_t left_ = 0;  // words
  std::size_t bytes_ = 0;
};

}  // namespace dedup::memory
