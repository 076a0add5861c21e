// SPDX-License-Identifier: Apache-2.0
// The stage that reads ahead: what the stages below it make of an input is made on a thread of its
// own, while what they made before is judged.
//
//   FileSource ──▶ unpacking ──▶ │ a few pieces │ ──▶ read()
//         on its own thread      │              │     on the caller's
//
// Only what takes time is worth a thread: the first read() is done on the caller's, and where it
// turns out that there is nothing to gain, so are all others.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "bytes/source.h"
#include "bytes/unpacking.h"
#include "bytes/wake_up.h"

namespace dedup::tool {

/// Thread rule: all calls belong to one thread, but for ask().
class ReadAhead : public ByteSource {
 public:
  /// What waits in it takes so much at most.
  static constexpr std::size_t kMemory = std::size_t{1} << 20;

  /// `file` is at the bottom of `below`. `worth` is asked behind the first read() whether to go on
  /// with a thread.
  ReadAhead(std::unique_ptr<ByteSource> below, FileSource& file, std::function<bool()> worth);
  /// Calls its thread back, whatever that waits for.
  ~ReadAhead() override;
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  std::string_view read() override;

  /// For the stages below: `what` is done on the thread that calls read(), and has been when this
  /// returns. What it throws comes out of read() there.
  void ask(const std::function<void()>& what);

 private:
  /// The thread's view of the end: the reader has gone.
  struct Stopped {};

  /// Stands in for the file's Idle: the thread has nothing to give out, but must hear of the end
  /// while it waits for input.
  class Listening : public Idle {
   public:
    explicit Listening(ReadAhead& owner) : owner_(owner) {}
    bool give_out() override;
    [[nodiscard]] int signal() const override { return owner_.stop_call_->descriptor(); }

   private:
    ReadAhead& owner_;
  };

  using Lock = std::unique_lock<std::mutex>;

  bool start();
  void work();
  void hand_over(std::string_view piece);
  std::string_view next();
  void answer(Lock& lock);
  void wait_for_news();

  std::unique_ptr<ByteSource> below_;
  FileSource& file_;
  std::function<bool()> worth_;
  const std::thread::id caller_ = std::this_thread::get_id();
  enum class Way { undecided, threaded, direct } way_ = Way::undecided;
  Idle* idle_ = nullptr;  // the file's before this took its place
  Listening listening_;
  std::chrono::steady_clock::time_point given_out_{};
  std::string current_;  // the piece that the caller has

  std::mutex mutex_;                 // of what follows
  std::condition_variable changed_;  // for the thread: room, an answer or the end
  std::deque<std::string> pieces_;
  const std::function<void()>* asked_ = nullptr;
  bool ended_ = false;
  bool stopped_ = false;
  std::exception_ptr fault_;

  // With the thread: descriptors are few, and most input needs none.
  std::optional<WakeUp> news_;       // for the caller
  std::optional<WakeUp> stop_call_;  // for the thread, where it waits for the file
  std::thread thread_;
};

/// Puts the stage that unpacks into a source, and this one above it, for what is compressed. The
/// result lives in the source. To be called behind Source::on_idle().
const UnpackingSource& unpack_ahead(Source& source, UnpackLimits limits);

}  // namespace dedup::tool
