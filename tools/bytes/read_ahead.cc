// SPDX-License-Identifier: Apache-2.0
#include "bytes/read_ahead.h"

#include <poll.h>

#include <system_error>
#include <utility>

#include "bytes/fault.h"

namespace dedup::tool {
namespace {

/// Pieces small enough that the first is there soon, and enough of them that neither side waits
/// for the other's stride: 200 MB of gzip took the same time with 2 to 32 of them.
constexpr std::size_t kPiece = std::size_t{128} << 10;
constexpr std::size_t kMostPieces = 4;
static_assert((kMostPieces + 2) * kPiece <= ReadAhead::kMemory);

/// What comes within this was no pause of the input.
constexpr std::chrono::milliseconds kPause{20};
/// The longest time that what is done waits where there are no pauses, as FileSource has it.
constexpr std::chrono::milliseconds kLongest{200};

}  // namespace

ReadAhead::ReadAhead(std::unique_ptr<ByteSource> below, FileSource& file,
                     std::function<bool()> worth)
    : below_(std::move(below)), file_(file), worth_(std::move(worth)), listening_(*this) {}

ReadAhead::~ReadAhead() {
  if (!thread_.joinable()) return;
  {
    const Lock lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_one();
  stop_call_->wake();
  thread_.join();
}

/// The first piece is the stages' own, and theirs again with the next call; so the thread starts
/// with that.
std::string_view ReadAhead::read() {
  if (way_ == Way::threaded) return thread_.joinable() || start() ? next() : below_->read();
  const std::string_view piece = below_->read();
  if (way_ == Way::undecided) way_ = worth_() ? Way::threaded : Way::direct;
  return piece;
}

/// False where the system has no thread to give, or no descriptor: then there is one less.
bool ReadAhead::start() {
  idle_ = file_.exchange_idle(&listening_);
  try {
    news_.emplace();
    stop_call_.emplace();
    thread_ = std::thread(&ReadAhead::work, this);
    return true;
  } catch (const std::system_error&) {
  } catch (const OutputError&) {
  }
  static_cast<void>(file_.exchange_idle(idle_));
  way_ = Way::direct;
  return false;
}

void ReadAhead::work() {
  std::exception_ptr fault;
  try {
    for (auto piece = below_->read(); !piece.empty(); piece = below_->read()) hand_over(piece);
  } catch (const Stopped&) {
    return;
  } catch (...) {
    fault = std::current_exception();
  }
  const Lock lock(mutex_);
  fault_ = fault;
  ended_ = true;
  news_->wake();
}

void ReadAhead::hand_over(std::string_view piece) {
  while (!piece.empty()) {
    std::string part(piece.substr(0, kPiece));
    piece.remove_prefix(part.size());
    Lock lock(mutex_);
    changed_.wait(lock, [this] { return stopped_ || pieces_.size() < kMostPieces; });
    if (stopped_) throw Stopped{};
    pieces_.push_back(std::move(part));
    news_->wake();
  }
}

void ReadAhead::ask(const std::function<void()>& what) {
  if (std::this_thread::get_id() == caller_) return what();
  Lock lock(mutex_);
  asked_ = &what;
  news_->wake();
  changed_.wait(lock, [this] { return stopped_ || asked_ == nullptr; });
  if (stopped_) throw Stopped{};
}

std::string_view ReadAhead::next() {
  for (;;) {
    Lock lock(mutex_);
    if (asked_ != nullptr) {
      answer(lock);
    } else if (!pieces_.empty()) {
      current_ = std::move(pieces_.front());
      pieces_.pop_front();
      changed_.notify_one();
      return current_;
    } else if (ended_) {
      if (fault_) std::rethrow_exception(std::exchange(fault_, nullptr));
      return {};
    } else {
      lock.unlock();
      wait_for_news();
    }
  }
}

/// Without the lock, as it may take long; only the thread that waits for it changes asked_.
void ReadAhead::answer(Lock& lock) {
  lock.unlock();
  (*asked_)();
  lock.lock();
  asked_ = nullptr;
  changed_.notify_one();
}

/// Unpacking that is a little slower than judging is no reason to write in small pieces.
void ReadAhead::wait_for_news() {
  pollfd waiting[] = {{news_->descriptor(), POLLIN, 0}, {-1, POLLIN, 0}};
  const auto now = std::chrono::steady_clock::now();
  const bool came = ::poll(waiting, 1, static_cast<int>(kPause.count())) > 0;
  if (idle_ != nullptr && (!came || now - given_out_ >= kLongest)) {
    while (idle_->give_out() && waiting[0].revents == 0) {
      waiting[1].fd = idle_->signal();
      static_cast<void>(::poll(waiting, 2, -1));
    }
    given_out_ = std::chrono::steady_clock::now();
  }
  if (waiting[0].revents == 0) static_cast<void>(::poll(waiting, 1, -1));
  news_->clear();
}

bool ReadAhead::Listening::give_out() {
  const Lock lock(owner_.mutex_);
  if (owner_.stopped_) throw Stopped{};
  return true;
}

const UnpackingSource& unpack_ahead(Source& source, UnpackLimits limits) {
  const UnpackingSource* unpacking = nullptr;
  const auto ahead = std::make_shared<ReadAhead*>(nullptr);
  if (limits.on_memory) {
    limits.on_memory = [ahead, on_memory = std::move(limits.on_memory)](std::uint64_t bytes) {
      (*ahead)->ask([&] { on_memory(bytes + ReadAhead::kMemory); });
    };
  }
  source.pass_through([&](std::unique_ptr<ByteSource> below) {
    auto stage = std::make_unique<UnpackingSource>(std::move(below), source.name(), source.label(),
                                                   std::move(limits));
    unpacking = stage.get();
    const auto packed = [unpacking] { return unpacking->compression() != Compression::none; };
    auto made = std::make_unique<ReadAhead>(std::move(stage), source.file(), packed);
    *ahead = made.get();
    return made;
  });
  return *unpacking;
}

}  // namespace dedup::tool
