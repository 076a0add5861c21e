// SPDX-License-Identifier: Apache-2.0
#include "bytes/target.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 18;

[[noreturn]] void fail(const std::string& label, int error) {
  const std::string text = label + ": " + cause(error);
  if (error == EPIPE) throw ReaderGone(text);
  throw OutputError(text);
}

}  // namespace

Target::Target(std::string label, Descriptor direct, std::optional<Replacement> replacement,
               Compression compression)
    : label_(std::move(label)),
      direct_(std::move(direct)),
      replacement_(std::move(replacement)),
      compression_(compression) {
  if (compression != Compression::none) packer_.emplace(compression);
}

Target Target::nothing() { return {"nothing", Descriptor(), std::nullopt}; }

Target Target::held() {
  Target target = nothing();
  target.held_ = true;
  return target;
}

Target Target::standard_output() {
  return {"standard output", Descriptor(STDOUT_FILENO), std::nullopt};
}

Target Target::file(const std::string& path) {
  if (path == "-") return standard_output();
  const std::string label = shown(path);
  const Compression compression = compression_of_name(path);
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
    return {label, std::move(direct), std::nullopt, compression};
  }
  return {label, Descriptor(), Replacement(followed(path), label), compression};
}

Target Target::staged(const std::string& path, Descriptor file, bool durable,
                      Compression compression) {
  Target target(shown(path), std::move(file), std::nullopt, compression);
  target.staged_ = true;
  target.durable_ = durable;
  return target;
}

void Target::write(std::string_view bytes) {
  if (bytes.empty()) return;
  empty_ = false;
  last_ = bytes.back();
  if (packer_) return pack(bytes);
  if (held_ || buffer_.size() + bytes.size() <= kBuffer) {
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

/// In pieces of one size, however the text comes: so equal texts make equal files.
void Target::pack(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t taken = std::min(bytes.size(), kBuffer - buffer_.size());
    buffer_ += bytes.substr(0, taken);
    bytes.remove_prefix(taken);
    if (buffer_.size() < kBuffer) return;
    packer_->pack(buffer_, [this](std::string_view packed) { send(packed); });
    buffer_.clear();
  }
}

void Target::flush() {
  const auto take = [this](std::string_view packed) { send(packed); };
  if (held_ || (packer_ && (replacement_ || staged_))) return;
  if (packer_) {
    packer_->pack(buffer_, take);
    packer_->flush(take);
  } else {
    send(buffer_);
  }
  buffer_.clear();
}

void Target::send(std::string_view bytes) {
  const int descriptor = replacement_ ? replacement_->descriptor() : direct_.number();
  if (descriptor < 0) return;
  if (const int error = write_fully(descriptor, bytes)) fail(label_, error);
}

void Target::finish() {
  if (!packer_) return flush();
  const auto take = [this](std::string_view packed) { send(packed); };
  packer_->pack(buffer_, take);
  packer_->finish(take);
  buffer_.clear();
}

/// What is staged is closed, so that few descriptors are open however many wait.
void Target::prepare() {
  finish();
  if (replacement_) return replacement_->prepare();
  const int descriptor = direct_.number();
  if (descriptor < 0) return;
  if (const int error = durable_ ? make_durable(descriptor) : 0) fail(label_, error);
  if (staged_) {
    if (::close(direct_.release()) != 0 && errno != EINTR) fail(label_, errno);
  } else if (const int error = close_once(descriptor)) {
    fail(label_, error);
  }
}

/// Compression would hold back what it has not made a block of yet. What is written directly is in
/// other hands once it is written.
void Target::settle(Publication& publication) {
  flush();
  if (!replacement_) return;
  replacement_->prepare();
  replacement_->publish(publication);
}

void Target::publish(Publication& publication) {
  if (replacement_) return replacement_->publish(publication);
  // Whoever reads from a pipe sees its end when all other outputs are in place.
  if (const int descriptor = direct_.release(); descriptor >= 0) ::close(descriptor);
}

/// One target's publication: what fails has changed nothing else.
void Target::commit() {
  Publication publication;
  prepare();
  publish(publication);
  publication.finish();
}

}  // namespace dedup::tool
