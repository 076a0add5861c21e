// SPDX-License-Identifier: Apache-2.0
// Names of documents by their numbers, so that what goes in March can name the page of January.
//
//   bytes   a.txt b.txt https://…          ends   5 10 30 …          name of 1: bytes [5, 10)
//
// Beyond the budget both arrays go on in scratch files, and a name is read from there.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/scratch.h"
#include "memory/budget.h"

namespace dedup::memory {

/// One thread at a time. Memory: the name and 8 bytes a document. All may throw what the scratch
/// file throws.
class Names final : public Spillable {
 public:
  /// `budget` must outlive it.
  explicit Names(Budget& budget) : budget_(budget) { budget_.join(*this); }
  ~Names() override { budget_.leave(*this); }
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;

  /// The name of the next document; documents are numbered from 0.
  void add(std::string_view name);

  /// The name of a document; empty for one that was not added.
  [[nodiscard]] std::string at(std::uint64_t document);

  [[nodiscard]] std::size_t memory() const noexcept override {
    return bytes_.capacity() + ends_.capacity() * sizeof(std::uint64_t);
  }
  [[nodiscard]] std::size_t spillable() const noexcept override { return memory(); }
  void spill() override;

 private:
  [[nodiscard]] std::uint64_t end_of(std::uint64_t document);

  Budget& budget_;
  std::string bytes_;                // of the names that are not on disk
  std::vector<std::uint64_t> ends_;  // in all bytes, of the same
  std::uint64_t spilled_bytes_ = 0;
  std::uint64_t spilled_names_ = 0;
  std::unique_ptr<ScratchFile> bytes_file_;
  std::unique_ptr<ScratchFile> ends_file_;
};

}  // namespace dedup::memory
