// Plain read(2) with a large buffer: maps would save a copy, but a file that shrinks under a map
// kills the process, and pipes need this path anyway.
#include "bytes/source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20;
constexpr std::size_t kLong = 4 * kChunk;  // of a line: its memory is not kept

[[noreturn]] void fail(const std::string& label, int error) {
  throw InputError(label + ": " + cause(error));
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ > STDERR_FILENO) ::close(number_);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

int Descriptor::release() noexcept { return std::exchange(number_, -1); }

Source::Source(const std::string& operand)
    : name_(operand),
      file_(operand == "-" ? STDIN_FILENO
                           : ::open(operand.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)),
      buffer_(std::make_unique_for_overwrite<char[]>(kChunk)) {
  if (file_.number() < 0) fail(label(), errno);
  struct stat status {};
  if (::fstat(file_.number(), &status) != 0) fail(label(), errno);
  if (S_ISDIR(status.st_mode)) fail(label(), EISDIR);
  // Advice only: a pipe refuses it, and that is fine.
  static_cast<void>(::posix_fadvise(file_.number(), 0, 0, POSIX_FADV_SEQUENTIAL));
}

Source::Source(const std::string& operand, Descriptor kept)
    : name_(operand),
      file_(std::move(kept)),
      buffer_(std::make_unique_for_overwrite<char[]>(kChunk)) {}

std::string_view Source::read() {
  if (pause_) {
    constexpr int kTenth = 100;  // milliseconds
    pollfd input{file_.number(), POLLIN, 0};
    if (::poll(&input, 1, kTenth) == 0) pause_();
  }
  for (;;) {
    const ssize_t got = ::read(file_.number(), buffer_.get(), kChunk);
    if (got >= 0) return {buffer_.get(), static_cast<std::size_t>(got)};
    if (errno != EINTR) fail(label(), errno);
  }
}

std::string Source::label() const { return name_ == "-" ? "standard input" : shown(name_); }

std::string_view LineReader::take() {
  if (rest_.empty()) rest_ = source_.read();
  const std::string_view part = rest_.substr(0, rest_.find('\n') + 1);
  const std::string_view taken = part.empty() ? rest_ : part;
  rest_.remove_prefix(taken.size());
  return taken;
}

bool LineReader::next(std::string_view& line) {
  carried_.clear();
  if (carried_.capacity() > kLong) carried_.shrink_to_fit();
  offset_ = following_;
  line = take();
  while (!line.empty() && line.back() != '\n' && line.size() <= longest_) {
    if (carried_.empty()) carried_ = line;
    const std::string_view part = take();
    carried_ += part;
    line = carried_;
    if (part.empty()) break;  // the last line
  }
  head_ = line.size() > longest_;
  if (line.empty()) return false;
  ended_ = line.back() == '\n';
  ++number_;
  following_ += line.size();
  return true;
}

bool LineReader::more(std::string_view& part) {
  part = head_ && !ended_ ? take() : std::string_view();
  following_ += part.size();
  ended_ = part.empty() || part.back() == '\n';
  return !part.empty();
}

std::string read_all(const std::string& operand) {
  Source source(operand);
  std::string all;
  for (std::string_view chunk = source.read(); !chunk.empty(); chunk = source.read()) all += chunk;
  return all;
}

}  // namespace dedup::tool
