// SPDX-License-Identifier: Apache-2.0
#include "bytes/target.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 18;

[[noreturn]] void fail(const std::string& label, int error) {
  throw OutputError(label + ": " + cause(error));
}

}  // namespace

Target::Target(std::string label, Descriptor direct, std::optional<Replacement> replacement)
    : label_(std::move(label)), direct_(std::move(direct)), replacement_(std::move(replacement)) {
  buffer_.reserve(kBuffer);
}

Target Target::nothing() { return {"nothing", Descriptor(), std::nullopt}; }

Target Target::standard_output() {
  return {"standard output", Descriptor(STDOUT_FILENO), std::nullopt};
}

Target Target::file(const std::string& path) {
  if (path == "-") return standard_output();
  const std::string label = shown(path);
  if (const auto number = descriptor_number(path)) {
    if (*number == STDOUT_FILENO) return standard_output();
    Descriptor copy(::fcntl(*number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    if (copy.number() < 0) fail(label, errno);
    return {label, std::move(copy), std::nullopt};
  }
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    Descriptor direct = open_at(AT_FDCWD, path.c_str(), O_WRONLY | O_NOCTTY);
    if (direct.number() < 0) fail(label, errno);
    return {label, std::move(direct), std::nullopt};
  }
  return {label, Descriptor(), Replacement(followed(path), label)};
}

Target Target::staged(std::string label, Descriptor file) {
  Target target(std::move(label), std::move(file), std::nullopt);
  target.staged_ = true;
  return target;
}

void Target::write(std::string_view bytes) {
  if (bytes.empty()) return;
  empty_ = false;
  last_ = bytes.back();
  if (buffer_.size() + bytes.size() <= kBuffer) {
    buffer_ += bytes;
    return;
  }
  flush();
  if (bytes.size() < kBuffer) {
    buffer_ = bytes;
  } else {
    send(bytes);
  }
}

void Target::flush() {
  send(buffer_);
  buffer_.clear();
}

void Target::send(std::string_view bytes) {
  const int descriptor = replacement_ ? replacement_->descriptor() : direct_.number();
  if (descriptor < 0) return;
  if (const int error = write_fully(descriptor, bytes)) fail(label_, error);
}

void Target::prepare() {
  flush();
  if (replacement_) return replacement_->prepare();
  const int descriptor = direct_.number();
  if (descriptor < 0) return;
  if (const int error = staged_ ? make_durable(descriptor) : 0) fail(label_, error);
  if (const int error = close_once(descriptor)) fail(label_, error);
  if (staged_) direct_ = Descriptor();
}

void Target::publish(Publication& publication) {
  if (replacement_) return replacement_->publish(publication);
  // Whoever reads from a pipe sees its end when all other outputs are in place.
  if (const int descriptor = direct_.release(); descriptor >= 0) ::close(descriptor);
}

void Target::commit() {
  Publication publication;
  prepare();
  publish(publication);
  publication.finish();
}

}  // namespace dedup::tool
