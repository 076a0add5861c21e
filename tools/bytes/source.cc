// SPDX-License-Identifier: Apache-2.0
// Plain read(2) with a large buffer: maps would save a copy, but a file that shrinks under a map
// kills the process, and pipes need this path anyway.
#include "bytes/source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "dedup/compression.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kChunk = std::size_t{256} << 10;
/// Files are read ahead by the dozen, so that each must be small. Reading a larger one takes longer
/// than opening it.
constexpr off_t kHeld = off_t{32} << 10;
/// Enough to be at work with while the kernel's own reading ahead gets going.
constexpr off_t kAhead = off_t{8} << 20;

[[noreturn]] void fail(const std::string& label, int error) {
  throw InputError(label + ": " + cause(error));
}

/// What was read already, in front of the rest.
class Again : public ByteSource {
 public:
  Again(std::string head, std::exception_ptr fault, std::unique_ptr<ByteSource> rest)
      : head_(std::move(head)), rest_(std::move(rest)) {
    fault_ = std::move(fault);
  }

  std::string_view read() override {
    if (!std::exchange(given_, true) && !head_.empty()) return head_;
    std::string().swap(head_);
    if (fault_) std::rethrow_exception(std::exchange(fault_, nullptr));
    return rest_->read();
  }

 private:
  std::string head_;
  std::exception_ptr fault_;  // which came behind it
  std::unique_ptr<ByteSource> rest_;
  bool given_ = false;
};

std::string label_of(const std::string& operand) {
  return operand == "-" ? "standard input" : shown(operand);
}

/// Smaller files are read at once, and advice on how costs more than it brings.
constexpr std::uint64_t kAdvised = std::uint64_t{128} << 10;

/// The operand, whose bytes stand at `path`.
Opened opened(const std::string& operand, const std::string& path) {
  Descriptor file =
      path == "-" ? Descriptor(STDIN_FILENO) : open_at(AT_FDCWD, path.c_str(), O_RDONLY | O_NOCTTY);
  if (file.number() < 0) fail(label_of(operand), errno);
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) fail(label_of(operand), errno);
  if (S_ISDIR(status.st_mode)) {
    throw InputError(label_of(operand) + ": " + cause(EISDIR) + "; -r reads the files below it");
  }
  return {std::move(file), state_of(status)};
}

Opened with_state(Descriptor file) {
  const auto state = state_of(file.number());
  return {std::move(file), state};
}

/// Advice only: what refuses it is read all the same.
void advise(const Opened& opened) {
  if (!opened.state || opened.state->size < kAdvised) return;
  static_cast<void>(::posix_fadvise(opened.file.number(), 0, 0, POSIX_FADV_SEQUENTIAL));
}

}  // namespace

/// Asked for its kind before it is opened: opening a pipe is seen at its other end.
void advise_ahead(const std::string& path) noexcept {
  struct stat status {};
  if (path == "-" || ::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
  if (status.st_size == 0) return;  // nothing to read, or one that the system itself makes up
  const Descriptor file = open_at(AT_FDCWD, path.c_str(), O_RDONLY | O_NOCTTY | O_NONBLOCK);
  if (file.number() < 0) return;
  static_cast<void>(::posix_fadvise(file.number(), 0, kAhead, POSIX_FADV_WILLNEED));
}

/// One that grows meanwhile is read when it is its turn. A fault comes where it would have.
std::optional<Held> read_ahead(const std::string& path) noexcept try {
  struct stat status {};
  if (path == "-" || ::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  if (status.st_size == 0 || status.st_size > kHeld) return {};
  const Descriptor file = open_at(AT_FDCWD, path.c_str(), O_RDONLY | O_NOCTTY | O_NONBLOCK);
  const auto state = file.number() < 0 ? std::nullopt : state_of(file.number());
  if (!state || state->size > kHeld) return {};
  Held held{std::string(state->size + 1, '\0'), *state, 0};
  std::size_t size = 0;
  while (size < held.bytes.size()) {
    const ssize_t got = ::read(file.number(), held.bytes.data() + size, held.bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) held.error = errno;
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
    if (size == state->size) break;  // the end, of which no other read need tell
  }
  if (size == held.bytes.size()) return {};
  held.bytes.resize(size);
  if (compression_of(held.bytes) != Compression::none) return {};
  return held;
} catch (const std::bad_alloc&) {
  return {};
}

std::optional<std::uint64_t> size_of_input(const std::string& operand) noexcept {
  struct stat status {};
  const int found =
      operand == "-" ? ::fstat(STDIN_FILENO, &status) : ::stat(operand.c_str(), &status);
  if (found != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return static_cast<std::uint64_t>(status.st_size);
}

FileSource::FileSource(Descriptor file, std::string label, std::uint64_t size)
    : file_(std::move(file)),
      label_(std::move(label)),
      room_(size == 0 ? kChunk
                      : static_cast<std::size_t>(std::min<std::uint64_t>(size + 1, kChunk))),
      buffer_(std::make_unique_for_overwrite<char[]>(room_)),
      may_wait_(size == 0) {}

FileSource::FileSource(Held held, std::string label)
    : label_(std::move(label)), held_(std::move(held)) {}

void FileSource::limit(const Range& range) {
  if (held_ || ::lseek(file_.number(), static_cast<off_t>(range.start), SEEK_SET) < 0) {
    throw InputError(label_ + ": " + cause(held_ ? ESPIPE : errno));
  }
  offset_ = range.start;
  end_ = range.end;
}

std::string_view FileSource::read_held() {
  const std::string_view left = std::string_view(held_->bytes).substr(offset_);
  if (left.empty() && held_->error != 0) fail_reading(held_->error);
  if (count_ != nullptr) count_->fetch_add(left.size(), std::memory_order_relaxed);
  offset_ += left.size();
  return left;
}

std::string_view FileSource::read() {
  if (held_) return read_held();
  if (idle_ != nullptr && may_wait_) while_idle();
  for (;;) {
    const std::size_t wanted =
        end_ == 0 ? room_
                  : static_cast<std::size_t>(std::min<std::uint64_t>(end_ - offset_, room_));
    const ssize_t got = ::read(file_.number(), buffer_.get(), wanted);
    if (got >= 0) {
      const auto size = static_cast<std::size_t>(got);
      short_ = size < room_;
      offset_ += size;
      if (count_ != nullptr) count_->fetch_add(size, std::memory_order_relaxed);
      return {buffer_.get(), size};
    }
    if (errno == EINTR) continue;
    fail_reading(errno);
  }
}

void FileSource::fail_reading(int error) const {
  throw ReadError(label_ + ": offset " + std::to_string(offset_) + ": " + cause(error));
}

void FileSource::while_idle() {
  pollfd waiting[] = {{file_.number(), POLLIN, 0}, {-1, POLLIN, 0}};
  if (::poll(waiting, 1, 0) != 0) {
    if (trickles()) static_cast<void>(idle_->give_out());
    return;
  }
  while (idle_->give_out()) {
    waiting[1].fd = idle_->signal();
    if (::poll(waiting, 2, -1) > 0 && waiting[0].revents != 0) break;
  }
  given_out_ = std::chrono::steady_clock::now();
}

/// Whether input has come in small pieces for a while, and always in time.
bool FileSource::trickles() {
  constexpr std::chrono::milliseconds kWhile{200};
  if (!short_) return false;
  const auto now = std::chrono::steady_clock::now();
  if (now - given_out_ < kWhile) return false;
  given_out_ = now;
  return true;
}

Source::Source(const std::string& operand) : Source(operand, operand) {}

Source::Source(const std::string& operand, const std::string& path)
    : Source(operand, opened(operand, path)) {}

Source::Source(const std::string& operand, Descriptor kept)
    : Source(operand, with_state(std::move(kept))) {}

/// Of a file that the system itself makes up the size is 0.
Source::Source(const std::string& operand, Opened opened) : name_(operand), state_(opened.state) {
  advise(opened);
  const std::uint64_t size = state_ ? state_->size : 0;
  auto file = std::make_unique<FileSource>(std::move(opened.file), label_of(operand), size);
  file_ = file.get();
  top_ = std::move(file);
}

Source::Source(const std::string& operand, Held held) : name_(operand), state_(held.state) {
  auto file = std::make_unique<FileSource>(std::move(held), label_of(operand));
  file_ = file.get();
  top_ = std::move(file);
}

/// A short string moves with its bytes, so the head may be in another place.
Source::Source(Source&& other) noexcept
    : name_(std::move(other.name_)),
      state_(other.state_),
      top_(std::move(other.top_)),
      file_(other.file_),
      head_(other.head_),
      gathered_(std::move(other.gathered_)),
      peeked_(other.peeked_),
      start_(other.start_),
      lines_(other.lines_) {
  fault_ = std::move(other.fault_);
  if (peeked_ && !gathered_.empty()) head_ = gathered_;
}

void Source::pass_through(const Stage& stage) {
  if (std::exchange(peeked_, false)) {
    top_ = std::make_unique<Again>(std::string(std::exchange(head_, {})),
                                   std::exchange(fault_, nullptr), std::move(top_));
    gathered_.clear();
  }
  top_ = stage(std::move(top_));
}

std::string_view Source::read() {
  if (std::exchange(peeked_, false)) return std::exchange(head_, {});
  if (fault_) std::rethrow_exception(std::exchange(fault_, nullptr));
  return top_->read();
}

std::string_view Source::head() {
  if (!peeked_) head_ = top_->read();
  peeked_ = true;
  return head_;
}

/// What was read is copied, since the stage below gives its buffer to what it reads next.
bool Source::extend_head() {
  if (gathered_.empty()) gathered_ = head();
  bool more = false;
  try {
    const std::string_view next = top_->read();
    more = !next.empty();
    gathered_ += next;
  } catch (const ReadError&) {
    fault_ = std::current_exception();
  }
  head_ = gathered_;
  return more;
}

std::string Source::label() const { return label_of(name_); }

}  // namespace dedup::tool
