// SPDX-License-Identifier: Apache-2.0
// A log of fingerprints: a list that is written once, read once from its start and then forgotten.
// Beyond the budget it goes on in a scratch file.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "dedup/scratch.h"
#include "memory/budget.h"
#include "numbers/fingerprint.h"

namespace dedup::memory {

/// One thread at a time. Memory: 16 bytes each, up to the budget. All may throw what the scratch
/// file throws.
class FingerprintLog final : public Spillable {
 public:
  /// `budget` must outlive it.
  explicit FingerprintLog(Budget& budget) : budget_(budget) { budget_.join(*this); }
  ~FingerprintLog() override { budget_.leave(*this); }
  FingerprintLog(const FingerprintLog&) = delete;
  FingerprintLog& operator=(const FingerprintLog&) = delete;

  void push(const numbers::Fingerprint& fingerprint);

  /// Visits all, in order.
  template <typename Visit>
  void for_each(Visit&& visit) {
    std::vector<numbers::Fingerprint> part;
    for (std::uint64_t at = 0; read(at, part); at += part.size()) {
      for (const numbers::Fingerprint& fingerprint : part) {
        visit(fingerprint);
      }
    }
    for (const numbers::Fingerprint& fingerprint : list_) {
      visit(fingerprint);
    }
  }

  void clear() noexcept;

  [[nodiscard]] std::size_t memory() const noexcept override {
    return list_.capacity() * sizeof(numbers::Fingerprint);
  }
  [[nodiscard]] std::size_t spillable() const noexcept override { return memory(); }
  void spill() override;

 private:
  bool read(std::uint64_t at, std::vector<numbers::Fingerprint>& part);

  Budget& budget_;
  std::vector<numbers::Fingerprint> list_;  // behind what is on disk
  std::unique_ptr<ScratchFile> file_;
  std::uint64_t spilled_ = 0;
};

}  // namespace dedup::memory
