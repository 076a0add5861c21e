// SPDX-License-Identifier: Apache-2.0
// The signal is blocked everywhere and waited for by the one thread, which so needs neither handler
// nor descriptor; it is also what that thread is woken by to end.
#include "listeners/progress_line.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <utility>

#include "bytes/descriptor.h"

namespace dedup::tool {
namespace {

constexpr std::chrono::milliseconds kBetween{200};
constexpr std::chrono::seconds kBefore{1};

sigset_t the_signal() noexcept {
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGUSR1);
  return set;
}

/// Whether it came within that time; for null whenever it comes.
bool wait_for(const sigset_t& set, const timespec* most) noexcept {
  return (most == nullptr ? ::sigwaitinfo(&set, nullptr) : ::sigtimedwait(&set, nullptr, most)) ==
         SIGUSR1;
}

/// Columns of the terminal; 80 where there is none, or it does not say.
std::size_t terminal_width() noexcept {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/// In the background a program keeps off the terminal, on which another is at work.
bool is_in_background() noexcept {
  const pid_t front = ::tcgetpgrp(STDERR_FILENO);
  return front > 0 && front != ::getpgrp();
}

}  // namespace

void hold_progress_signal() noexcept {
  const sigset_t set = the_signal();
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

void ProgressLine::begin(std::uint64_t files, Total total) {
  all_files_ = files;
  total_ = std::move(total);
  begun_ = Clock::now();
  const auto watch = [](void* line) noexcept -> void* {
    static_cast<ProgressLine*>(line)->watch();
    return nullptr;
  };
  watching_ = ::pthread_create(&thread_, nullptr, watch, this) == 0;
  if (watching_) set_footer(this);  // else no more threads are to be had: then nothing is shown
}

void ProgressLine::end() noexcept {
  if (!std::exchange(watching_, false)) return;
  ended_ = true;
  ::pthread_kill(thread_, SIGUSR1);
  ::pthread_join(thread_, nullptr);
  set_footer(nullptr);
  erase();
}

void ProgressLine::watch() {
  const sigset_t set = the_signal();
  const timespec between{0, std::chrono::nanoseconds(kBetween).count()};
  while (!ended_) {
    const bool asked = wait_for(set, shown_ ? &between : nullptr);
    if (ended_) return;
    const bool early = Clock::now() - begun_ < kBefore;
    if (!asked && (!shown_ || early)) continue;
    update();
    if (asked) say(meter_.text(std::string::npos));
    if (shown_ && !early && !is_in_background()) draw();
  }
}

void ProgressLine::update() {
  if (!std::exchange(asked_, true)) all_bytes_ = total_();
  meter_.update({.bytes = bytes_.load(std::memory_order_relaxed),
                 .total = all_bytes_,
                 .files = files_.load(std::memory_order_relaxed),
                 .all_files = all_files_},
                Clock::now() - begun_);
}

/// Blanks over what was longer, rather than a sequence that not every terminal knows. The last
/// column stays free: some terminals go on to the next line behind it.
void ProgressLine::draw() {
  constexpr std::string_view kName = "dedup: ";
  const std::size_t width = terminal_width() - 1;
  std::string line = "\r" + std::string(kName.substr(0, width));
  line += meter_.text(width - std::min(width, kName.size()));
  line.reserve(line.size() + width);  // nothing may fail while the lock is held
  const std::lock_guard lock(mutex_);
  const std::size_t size = line.size() - 1;
  const std::size_t before = std::exchange(drawn_, size);
  line.append(std::max(std::min(before, width), size) - size, ' ');
  static_cast<void>(write_fully(STDERR_FILENO, line));
}

/// Requires: the lock, or that no other thread is there.
void ProgressLine::erase() {
  if (drawn_ == 0) return;
  const std::string blank(std::min(std::exchange(drawn_, 0), terminal_width() - 1), ' ');
  static_cast<void>(write_fully(STDERR_FILENO, "\r" + blank + "\r"));
}

std::unique_lock<std::mutex> ProgressLine::lift() {
  std::unique_lock lock(mutex_);
  erase();
  return lock;
}

}  // namespace dedup::tool
