// SPDX-License-Identifier: Apache-2.0
// Rows of keys, as dedup::KeyRow has them, and the asks that they are.
#pragma once

#include <cstdint>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "dedup/shard.h"
#include "memory/keys.h"
#include "stored/index_file.h"

namespace dedup::memory {

/// Of the kinds that rows are of.
[[nodiscard]] KeyRow row_of(Kind kind, std::uint64_t document, const Ask& ask) noexcept;
[[nodiscard]] Kind kind_of(const KeyRow& row) noexcept;
[[nodiscard]] Ask ask_of(const KeyRow& row) noexcept;

/// Answers nothing, and writes down what it is asked; but of what a file knows it writes nothing
/// down, and answers for documents alone: those are removed, and what they hold is not asked for.
/// Any thread.
class RecordingKeys final : public KeyHome {
 public:
  /// The file, if any, must outlive it.
  explicit RecordingKeys(stored::IndexFile* file = nullptr) noexcept : file_(file) {}

  void find_or_insert(Kind kind, std::uint64_t document, std::span<const Ask> asks,
                      std::vector<Answer>& answers) override;

  [[nodiscard]] std::vector<KeyRow> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(rows_, {});
  }
  /// Documents that it answered for.
  [[nodiscard]] std::uint64_t known() {
    const std::lock_guard lock(mutex_);
    return known_;
  }

 private:
  stored::IndexFile* file_;
  std::mutex mutex_;  // an index asks under its own, which whoever takes has not
  std::vector<KeyRow> rows_;
  std::uint64_t known_ = 0;
};

}  // namespace dedup::memory
