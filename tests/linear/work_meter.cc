// SPDX-License-Identifier: Apache-2.0
#include "linear/work_meter.h"

#include <linux/perf_event.h>
#include <malloc.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <ctime>
#include <limits>

namespace dedup::test {

void keep_memory() {
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
}

WorkMeter::WorkMeter() {
  perf_event_attr wanted{};
  wanted.size = sizeof wanted;
  wanted.type = PERF_TYPE_HARDWARE;
  wanted.config = PERF_COUNT_HW_INSTRUCTIONS;
  wanted.exclude_kernel = 1;
  wanted.exclude_hv = 1;
  counter_ = static_cast<int>(syscall(SYS_perf_event_open, &wanted, 0, -1, -1, 0));
}

WorkMeter::~WorkMeter() {
  if (counter_ >= 0) close(counter_);
}

double WorkMeter::now() const {
  std::uint64_t count = 0;
  if (counter_ >= 0 && read(counter_, &count, sizeof count) == sizeof count) {
    return static_cast<double>(count);
  }
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

}  // namespace dedup::test
