// SPDX-License-Identifier: Apache-2.0
// One deque under one mutex. A job does not move while it is in work: a deque that grows and
// shrinks at its ends alone keeps its elements in place.
//
//   jobs_    [ done | in work | done | in work | not begun … ]
//              ^ front: taken next               ^ begun_
//
// Invariants, under mutex_: begun_ <= jobs_.size(); a job before begun_ is touched by the thread
// that began it alone, until `done`. bytes_ is the calling thread's own.
#include "cleaner/pipeline.h"

#include <algorithm>
#include <new>
#include <system_error>
#include <utility>

#include "cleaner/page_text.h"

namespace dedup::cleaner {

Pipeline::Pipeline(const Analyser& analyser, unsigned threads, std::function<void()> on_done)
    : analyser_(analyser),
      on_done_(std::move(on_done)),
      most_threads_(std::max(threads, 1U) - 1),
      most_bytes_((most_windows(threads) - 1) * analyser.longest_cost()),
      most_jobs_(std::size_t{3} * threads) {}

std::size_t Pipeline::cost_of(const Batch& batch) const noexcept {
  std::size_t bytes = batch.size() * sizeof(Portion);
  for (const Portion& portion : batch) {
    if (portion.page != nullptr) {
      bytes += analyser_.page_cost(portion.page->size());
    }
    if (portion.window != nullptr) {
      const text::Stretch& stretch = portion.window->stretch;
      bytes += analyser_.cost(stretch.text.size(), stretch.lines);
    }
  }
  return bytes;
}

/// Two jobs that nobody has begun: one for the calling thread, and one for a thread more.
void Pipeline::put(Batch batch) {
  Job job;
  job.bytes = cost_of(batch);
  job.batch = std::move(batch);
  bytes_ += job.bytes;
  const Lock lock(mutex_);
  jobs_.push_back(std::move(job));
  waiting_.notify_one();
  if (jobs_.size() - begun_ > 1 && threads_.size() < most_threads_) {
    start_thread();
  }
}

void Pipeline::start_thread() {
  try {
    threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
  } catch (const std::system_error&) {
    most_threads_ = threads_.size();  // those that run, and the calling one, do it all
  }
}

/// The caller's function is called without the lock, so that nobody waits for it, and only
/// after the job is done: whoever it wakes finds it so.
void Pipeline::work(const std::stop_token& stop) {
  try {
    Workbench workbench;
    Lock lock(mutex_);
    while (waiting_.wait(lock, stop, [this] { return begun_ < jobs_.size(); })) {
      run_next(lock, workbench);
      if (on_done_) {
        lock.unlock();
        on_done_();
        lock.lock();
      }
    }
  } catch (const std::bad_alloc&) {  // no room for a workbench: the calling thread does it all
  }
}

/// Requires: a job that nobody has begun. What analysis throws is kept with the job: it comes out
/// where the batch is taken, in the order of the input, whichever thread met it.
void Pipeline::run_next(Lock& lock, Workbench& workbench) {
  Job& job = jobs_[begun_++];
  lock.unlock();
  try {
    for (Portion& portion : job.batch) {
      if (portion.page != nullptr) {
        read_page(portion, analyser_.page_names());
      }
      if (portion.window != nullptr) {
        analyser_.analyse(*portion.window, portion.host, workbench);
      }
    }
  } catch (...) {
    job.error = std::current_exception();
  }
  lock.lock();
  job.done = true;
  done_.notify_one();
}

/// Waits only when every job is in somebody's work, so it always comes to an end.
Batch Pipeline::take() {
  Lock lock(mutex_);
  while (!jobs_.front().done) {
    if (begun_ < jobs_.size()) {
      run_next(lock, workbench_);
    } else {
      done_.wait(lock, [this] { return jobs_.front().done; });
    }
  }
  Job job = std::exchange(jobs_.front(), {});
  jobs_.pop_front();
  --begun_;  // the front was begun, or it would not be done
  lock.unlock();
  bytes_ -= job.bytes;
  if (job.error) {
    std::rethrow_exception(job.error);
  }
  return std::move(job.batch);
}

bool Pipeline::may_take() {
  const Lock lock(mutex_);
  return jobs_.front().done || begun_ == 0;
}

}  // namespace dedup::cleaner
