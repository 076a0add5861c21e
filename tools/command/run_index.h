// SPDX-License-Identifier: Apache-2.0
// The index of a run, where the job has one: what is remembered from run to run, or what the other
// parts of a corpus hold. What is to last is prepared before the outputs are in their places, so
// that a full disk fails first, and committed behind them: a run that dies has to be done again,
// and must then not find its own copies.
//
//   files       prepare, outputs, commit
//   a stream    the same at its end, and now_and_then: it may go on for months
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "bytes/fault.h"
#include "command/args.h"
#include "command/shard_run.h"
#include "dedup/cleaner.h"
#include "dedup/index.h"
#include "dedup/scratch.h"

namespace dedup::tool {

class RunIndex {
 public:
  /// Of a job without an index it does nothing. Who writes no text looks at an index that is there,
  /// and makes none. Throws IndexError and InvalidOption.
  RunIndex(const CleanJob& job, const std::shared_ptr<Scratch>& scratch);

  /// With the index, if there is one, and then with half the memory: the other half is the index's.
  [[nodiscard]] Cleaner make_cleaner(Options options);

  /// The number of the run's first document, where its own count from 0 all the same.
  [[nodiscard]] std::uint64_t first_document() const noexcept {
    return shard_ ? shard_->first_document() : first_document_;
  }

  /// The part of a corpus that the run is about, if it is.
  [[nodiscard]] ShardRun* shard() noexcept { return shard_ ? &*shard_ : nullptr; }

  /// Whether a stream is to call now_and_then().
  [[nodiscard]] bool goes_along() const noexcept { return index_ && streams_; }
  /// Every five seconds: commits what `give_out` has brought to where it belongs.
  void now_and_then(const std::function<void()>& give_out);

  /// Throws IndexError.
  void prepare();
  /// Throws HalfwayError, or IndexError where there is nothing but a stream.
  void commit();

 private:
  using Clock = std::chrono::steady_clock;

  bool streams_;  // all that is written goes to standard output as it comes
  std::optional<ShardRun> shard_;
  std::optional<Index> index_;
  std::uint64_t first_document_ = 0;
  Clock::time_point committed_ = Clock::now();
  HalfwayError doubt_;  // made when there is memory for it
};

}  // namespace dedup::tool
