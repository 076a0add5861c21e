// Plain read(2) with a large buffer: maps would save a copy, but a file that shrinks under a map
// kills the process, and pipes need this path anyway.
#include "source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <utility>

#include "fault.h"
#include "paths.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20;

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
  for (;;) {
    const ssize_t got = ::read(file_.number(), buffer_.get(), kChunk);
    if (got >= 0) return {buffer_.get(), static_cast<std::size_t>(got)};
    if (errno != EINTR) fail(label(), errno);
  }
}

std::string Source::label() const { return name_ == "-" ? "standard input" : shown(name_); }

bool LineReader::next(std::string_view& line) {
  carried_.clear();
  offset_ = following_;
  for (;;) {
    const std::size_t feed = rest_.find('\n');
    if (feed != rest_.npos) {
      line = rest_.substr(0, feed + 1);
      rest_.remove_prefix(feed + 1);
      if (!carried_.empty()) line = carried_ += line;
      break;
    }
    carried_ += rest_;
    rest_ = source_.read();
    if (rest_.empty()) {
      line = carried_;
      if (line.empty()) return false;
      break;
    }
  }
  ++number_;
  following_ += line.size();
  return true;
}

std::string read_all(const std::string& operand) {
  Source source(operand);
  std::string all;
  for (std::string_view chunk = source.read(); !chunk.empty(); chunk = source.read()) all += chunk;
  return all;
}

}  // namespace dedup::tool
