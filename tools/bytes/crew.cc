// SPDX-License-Identifier: Apache-2.0
#include "bytes/crew.h"

#include <algorithm>
#include <system_error>

namespace dedup::tool {
namespace {

constexpr unsigned kMost = 2;

}  // namespace

Crew::Crew(unsigned threads) : most_threads_(std::clamp(threads, 1U, kMost) - 1) {}

Crew::~Crew() {
  {
    const Lock lock(mutex_);
    home_ = true;
  }
  called_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Crew::each(std::size_t count, const std::function<void(std::size_t)>& work) {
  if (count > 1) start();
  Lock lock(mutex_);
  work_ = &work;
  count_ = count;
  next_ = 0;
  if (count > 1) called_.notify_all();
  take_part(lock);
  finished_.wait(lock, [this] { return under_ == 0; });
}

void Crew::start() {
  while (threads_.size() < most_threads_) {
    try {
      threads_.emplace_back([this] { serve(); });
    } catch (const std::system_error&) {
      most_threads_ = threads_.size();
    }
  }
}

void Crew::serve() {
  Lock lock(mutex_);
  for (;;) {
    called_.wait(lock, [this] { return home_ || next_ < count_; });
    if (home_) return;
    take_part(lock);
  }
}

/// Until all is begun.
void Crew::take_part(Lock& lock) {
  while (next_ < count_) {
    const std::size_t number = next_++;
    under_ += 1;
    lock.unlock();
    (*work_)(number);
    lock.lock();
    under_ -= 1;
  }
  if (under_ == 0) finished_.notify_one();
}

}  // namespace dedup::tool
