// SPDX-License-Identifier: Apache-2.0
// Progress: a line at the foot of the terminal that says how far the run is, redrawn in place from
// the first second on, five times a second at most; and one plain line for each SIGUSR1, with a
// terminal or without.
//
//   the run's threads  ── bytes, files ──▶  │ counts │ ──▶  a thread with the clock ──▶ stderr
//
// A thread of its own draws, since a run may wait for its input, or for its reader, for long.
#pragma once

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "listeners/meter.h"
#include "listeners/report.h"

namespace dedup::tool {

/// From now on SIGUSR1, which asks for a line of progress, waits for a ProgressLine, on this thread
/// and those it makes: in whatever cannot answer it must not do what it does to a process that
/// never heard of it. To be called before there is another thread.
void hold_progress_signal() noexcept;

/// At most one at a time, and behind hold_progress_signal(). The counts may be told on any thread,
/// all else belongs to one.
class ProgressLine : private Footer {
 public:
  /// What is to be read in all, or nothing where that cannot be known.
  using Total = std::function<std::optional<std::uint64_t>()>;

  /// SIGUSR1 is answered from begin() on. `shown`: the line is drawn, too.
  explicit ProgressLine(bool shown) : shown_(shown) {}
  ~ProgressLine() override { end(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// The run begins, with `files` to read. `total` is asked once, on the other thread, when a line
  /// is to be written for the first time.
  void begin(std::uint64_t files, Total total);
  /// Takes the line away, for good. May be called again.
  void end() noexcept;

  /// Counts what is read of the files, as it is stored.
  [[nodiscard]] std::atomic<std::uint64_t>& bytes() noexcept { return bytes_; }
  void file_done() noexcept { files_.fetch_add(1, std::memory_order_relaxed); }

 private:
  using Clock = std::chrono::steady_clock;

  std::unique_lock<std::mutex> lift() override;
  void watch();
  void update();
  void draw();
  void erase();

  bool shown_;
  std::atomic<std::uint64_t> bytes_ = 0;
  std::atomic<std::uint64_t> files_ = 0;
  std::uint64_t all_files_ = 0;
  Total total_;
  Clock::time_point begun_;

  // Of the thread alone.
  Meter meter_;
  bool asked_ = false;
  std::optional<std::uint64_t> all_bytes_;

  std::mutex mutex_;       // of the terminal, and of this:
  std::size_t drawn_ = 0;  // characters that stand there
  std::atomic<bool> ended_ = false;
  // Not a std::thread, which frees on the new thread what it was started with: the C library maps
  // an arena for that, a good part of what a small page takes.
  pthread_t thread_{};
  bool watching_ = false;
};

}  // namespace dedup::tool
