// SPDX-License-Identifier: Apache-2.0
// An index that Python may close while Cleaners have it, and the Cleaners that it then closes.
#pragma once

#include <unistd.h>

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "dedup/cleaner.h"
#include "dedup/error.h"
#include "dedup/index.h"
#include "python/bindings/unlocked.h"

namespace dedup::python {

/// A Cleaner for any number of threads, one after the other, until it is closed.
class SharedCleaner {
 public:
  SharedCleaner(Options options, std::shared_ptr<Index> index)
      : encoding_(options.encoding), state_(std::make_shared<State>()) {
    state_->index = std::move(index);
    state_->cleaner = state_->index ? std::make_unique<Cleaner>(std::move(options), *state_->index)
                                    : std::make_unique<Cleaner>(std::move(options));
  }

  /// Without the GIL, so that other threads of Python go on.
  template <typename Call>
  auto call(const Call& call) const {
    if (state_->is_of_another_process()) {
      throw Misuse("the Cleaner was made in another process, and what is seen here would be lost");
    }
    const Unlocked released;
    const std::lock_guard lock(state_->mutex);
    if (!state_->cleaner) throw Misuse("the Cleaner is closed");
    return call(*state_->cleaner);
  }

  void close() const { state_->close(); }

  /// Of bytes; "auto" where it is found.
  [[nodiscard]] const std::string& encoding() const noexcept { return encoding_; }

 private:
  friend class SharedIndex;
  struct State {
    /// What a fork copied may be in the middle of anything, and its threads are not there.
    ~State() {
      if (is_of_another_process()) static_cast<void>(cleaner.release());
    }
    [[nodiscard]] bool is_of_another_process() const noexcept { return getpid() != process; }
    void close() {
      if (is_of_another_process()) return;
      const Unlocked released;
      const std::lock_guard lock(mutex);
      cleaner.reset();
      index.reset();
    }
    pid_t process = getpid();
    std::mutex mutex;
    std::shared_ptr<Index> index;
    std::unique_ptr<Cleaner> cleaner;  // behind the index, which must outlive it
  };
  std::string encoding_;
  std::shared_ptr<State> state_;
};

/// An index with the Cleaners that were made for it. Used with the GIL held, which is its lock.
class SharedIndex {
 public:
  /// `commits_by_itself`: now and then, without being asked to.
  SharedIndex(Index index, bool commits_by_itself)
      : index_(std::make_shared<Index>(std::move(index))), commits_by_itself_(commits_by_itself) {}
  /// In memory, and somebody else's, too.
  explicit SharedIndex(std::shared_ptr<Index> index)
      : index_(std::move(index)), commits_by_itself_(false) {}

  [[nodiscard]] bool commits_by_itself() const noexcept { return commits_by_itself_; }

  /// Raises Misuse where it was closed.
  [[nodiscard]] std::shared_ptr<Index> index() const {
    if (!index_) throw Misuse("the Index is closed");
    return index_;
  }

  void add(const SharedCleaner& cleaner) {
    std::erase_if(cleaners_, [](const auto& other) { return other.expired(); });
    cleaners_.push_back(cleaner.state_);
  }

  /// What is not committed is forgotten. The file is free for others when it returns, unless a
  /// commit on another thread still has it.
  void close() {
    index_.reset();
    for (const auto& cleaner : std::exchange(cleaners_, {})) {
      if (const auto there = cleaner.lock()) there->close();
    }
  }

 private:
  std::shared_ptr<Index> index_;
  bool commits_by_itself_;
  std::vector<std::weak_ptr<SharedCleaner::State>> cleaners_;
};

}  // namespace dedup::python
