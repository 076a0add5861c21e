// SPDX-License-Identifier: Apache-2.0
// How much work a piece of code does on this thread: instructions where the kernel counts them,
// else processor time, which other processes do not add to but disturb a little.
#pragma once

namespace dedup::test {

/// From now on what was freed is used again, so that no run pays the kernel for its memory but the
/// first.
void keep_memory();

/// One thread at a time.
class WorkMeter {
 public:
  WorkMeter();
  ~WorkMeter();
  WorkMeter(const WorkMeter&) = delete;  // it holds a descriptor
  WorkMeter& operator=(const WorkMeter&) = delete;

  /// Whether what now() counts is exact.
  [[nodiscard]] bool counts_instructions() const noexcept { return counter_ >= 0; }

  /// Work done by this thread so far: instructions, or nanoseconds.
  [[nodiscard]] double now() const;

 private:
  int counter_ = -1;
};

}  // namespace dedup::test
