// SPDX-License-Identifier: Apache-2.0
// The pipeline: batches of windows go to analysis on all threads and come back in the order in
// which they were put.
//
//   put → waiting … waiting | in work … in work | analysed → take
//
// The calling thread works along: while the oldest batch is not ready it analyses the next one that
// nobody has begun. So it is never idle while there is work, and where the system refuses a thread
// the rest do without. Threads start when there is first something for them to do: a page costs
// none.
//
// The threads are the standard library's, not a scheduler's: input comes in calls of feed() rather
// than being fetched, sinks are called on the caller's thread alone, and every hand-over is under
// one mutex, where ThreadSanitizer can see it. A batch takes milliseconds, so the mutex is idle.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "cleaner/analysis.h"
#include "cleaner/window.h"
#include "dedup/page_facts.h"
#include "dedup/sink.h"

namespace dedup::cleaner {

/// A window of a document, or the beginning or end of one without text, or a page of HTML.
struct Portion {
  struct Opening {
    Sink* sink = nullptr;
    std::string name;
    boilerplate::Host host = 0;
    std::optional<PageFacts> facts;  ///< of a page of HTML, once it is read
  };
  struct Closing {
    std::uint64_t input_bytes = 0;
    std::uint64_t decoded_bytes = 0;
    Damage damage;
    Encoding encoding;
    bool abandoned = false;  ///< the document is to be forgotten
  };

  std::unique_ptr<Window> window;     ///< with its stretch; the pipeline fills in the rest
  std::unique_ptr<std::string> page;  ///< of a whole page of HTML: no window then, see page_text.h
  boilerplate::Host host = 0;
  std::optional<Opening> opening;  ///< a document begins here
  std::optional<Closing> closing;  ///< and ends behind the window
};

/// What one thread analyses at a time: a large window, or many small documents.
using Batch = std::vector<Portion>;

/// One thread puts and takes.
class Pipeline {
 public:
  /// `analyser` must outlive it. `threads` counts the calling one; at least 1. `on_done`, if there
  /// is one, is called on another thread when a batch that it worked on may be taken.
  Pipeline(const Analyser& analyser, unsigned threads, std::function<void()> on_done = {});

  /// The most windows of the longest kind that are on their way at a time.
  [[nodiscard]] static constexpr std::size_t most_windows(unsigned threads) noexcept {
    return threads > 1 ? threads + std::size_t{2} : 1;  // two wait; alone, one after the other
  }

  /// Drops what was not taken.
  ~Pipeline() = default;
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  [[nodiscard]] bool empty() const noexcept { return jobs_.empty(); }
  /// As much is on its way as keeps all threads busy: take before the next put, to bound memory. Of
  /// batches of small documents more would keep nobody busier, and leave the processor's caches.
  [[nodiscard]] bool full() const noexcept {
    return bytes_ > most_bytes_ || jobs_.size() > most_jobs_;
  }

  void put(Batch batch);

  /// The oldest batch; works or waits until it is analysed. Requires: not empty. Throws what its
  /// analysis threw.
  [[nodiscard]] Batch take();

  /// Whether take() would not wait for another thread: the oldest is analysed or not begun.
  /// Requires: not empty.
  [[nodiscard]] bool may_take();

 private:
  struct Job {
    Batch batch;
    std::size_t bytes = 0;
    bool done = false;
    std::exception_ptr error;
  };
  using Lock = std::unique_lock<std::mutex>;

  [[nodiscard]] std::size_t cost_of(const Batch& batch) const noexcept;
  void start_thread();
  void work(const std::stop_token& stop);
  void run_next(Lock& lock, Workbench& workbench);

  const Analyser& analyser_;
  std::function<void()> on_done_;
  std::size_t most_threads_;  // besides the calling one
  std::size_t most_bytes_;
  std::size_t most_jobs_;
  std::size_t bytes_ = 0;  // of memory on its way, about
  Workbench workbench_;    // of the calling thread

  std::mutex mutex_;  // of what follows; only the calling thread adds or removes jobs
  std::condition_variable_any waiting_;
  std::condition_variable done_;
  std::deque<Job> jobs_;   // a job stays in place while others join and leave at the ends
  std::size_t begun_ = 0;  // jobs_ before this are in work or done
  std::vector<std::jthread> threads_;
};

}  // namespace dedup::cleaner
