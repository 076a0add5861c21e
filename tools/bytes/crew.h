// SPDX-License-Identifier: Apache-2.0
// Threads for work that has no order: small files, of which each costs a few calls of the system to
// read and a few to write, whatever it holds.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace dedup::tool {

/// All calls belong to one thread.
class Crew {
 public:
  /// `threads` counts the calling one; 2 at most are used, since each holds a descriptor open, and
  /// a run with all accounts has two left of 16. They start when there is first something for them
  /// to do.
  explicit Crew(unsigned threads);
  /// Sends them home.
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  /// Does `work`, which must not throw, once for each number below `count`, and returns when all is
  /// done. Where the system refuses threads the calling one does it all.
  void each(std::size_t count, const std::function<void(std::size_t)>& work);

 private:
  using Lock = std::unique_lock<std::mutex>;

  void start();
  void serve();
  void take_part(Lock& lock);

  std::size_t most_threads_;  // besides the calling one
  std::vector<std::thread> threads_;

  std::mutex mutex_;  // of what follows
  std::condition_variable called_;
  std::condition_variable finished_;
  const std::function<void(std::size_t)>* work_ = nullptr;
  std::size_t count_ = 0;
  std::size_t next_ = 0;   // below it all was begun
  std::size_t under_ = 0;  // of these, not done
  bool home_ = false;
};

}  // namespace dedup::tool
