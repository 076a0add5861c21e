// The order that makes a replaced file safe: write, fsync the file, rename, fsync the directory. An
// unnamed file (O_TMPFILE) leaves nothing behind when the process is killed; it gets a name only in
// the instant before the rename, since linkat(2) cannot replace.
#include "bytes/target.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <random>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"

namespace dedup::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBuffer = std::size_t{1} << 18;

[[noreturn]] void fail(const std::string& label, int error) {
  throw OutputError(label + ": " + cause(error));
}

/// A name that nothing in `directory` is likely to have; the caller makes sure.
fs::path temporary_name(const fs::path& directory) {
  constexpr std::string_view kLetters = "0123456789abcdefghijklmnopqrstuv";
  std::random_device random;
  std::string name = ".dedup-";
  for (int i = 0; i < 10; ++i) name += kLetters[random() % kLetters.size()];
  return directory / name;
}

/// The path under which an unnamed file can be given a name.
std::string link_source(int descriptor) { return "/proc/self/fd/" + std::to_string(descriptor); }

/// Whether fsync failed because the file system has none, which is not an error of ours.
bool sync_is_unknown(int error) { return error == EINVAL || error == ENOTSUP; }

void sync_directory(const fs::path& directory) {
  const Descriptor handle(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (handle.number() < 0) {
    if (errno == EACCES) return;  // writable but not readable: the rename stands, unsynced
    fail(shown(directory.string()), errno);
  }
  if (::fsync(handle.number()) != 0 && !sync_is_unknown(errno)) {
    fail(shown(directory.string()), errno);
  }
}

/// Creates the directories from `directory` down to the parent of `path`; no symbolic link below
/// `directory` may lead out of it.
void make_directories(const fs::path& directory, const fs::path& path) {
  std::error_code error;
  fs::create_directories(directory, error);
  fs::path at = directory;
  for (const fs::path& part : path.parent_path().lexically_relative(directory)) {
    if (error || part == ".") break;
    at /= part;
    if (fs::is_symlink(at, error)) fail(shown(at.string()), ELOOP);
    fs::create_directory(at, error);
  }
  if (error) fail(shown(at.string()), error.value());
}

}  // namespace

// -- a file that is replaced ----------------------------------------------------------------------

Replacement::Replacement(fs::path path)
    : path_(std::move(path)), directory_(path_.has_parent_path() ? path_.parent_path() : ".") {
  struct stat old {};
  const bool exists = ::lstat(path_.c_str(), &old) == 0 && S_ISREG(old.st_mode);
  // A file that may not be written is not replaced either, though its directory would allow it.
  if (exists && ::faccessat(AT_FDCWD, path_.c_str(), W_OK, AT_EACCESS) != 0) fail();
  create(exists ? 0600 : 0666);
  if (!exists) return;
  // Only root can give files away. Where that fails the file is ours, and its mode still holds.
  const int given = ::fchown(file_.number(), old.st_uid, old.st_gid);
  static_cast<void>(given);
  if (::fchmod(file_.number(), old.st_mode & 0777) != 0) fail();
}

Replacement::~Replacement() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Replacement::Replacement(Replacement&& other) noexcept
    : path_(std::move(other.path_)),
      directory_(std::move(other.directory_)),
      file_(std::move(other.file_)),
      temporary_(std::exchange(other.temporary_, {})) {}

void Replacement::create(mode_t mode) {
  file_ = Descriptor(::open(directory_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, mode));
  if (file_.number() >= 0 && ::access(link_source(file_.number()).c_str(), F_OK) == 0) return;
  if (file_.number() < 0 && errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL) fail();
  do {
    temporary_ = temporary_name(directory_);
    file_ = Descriptor(::open(temporary_.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, mode));
  } while (file_.number() < 0 && errno == EEXIST);
  if (file_.number() < 0) {
    temporary_.clear();
    fail();
  }
}

void Replacement::publish() {
  if (::fsync(file_.number()) != 0 && !sync_is_unknown(errno)) fail();
  if (temporary_.empty()) give_name();
  if (::close(file_.release()) != 0) fail();
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail();
  temporary_.clear();
  sync_directory(directory_);
}

void Replacement::give_name() {
  const std::string unnamed = link_source(file_.number());
  for (;;) {
    const fs::path name = temporary_name(directory_);
    if (::linkat(AT_FDCWD, unnamed.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
      temporary_ = name;
      return;
    }
    if (errno != EEXIST) fail();
  }
}

void Replacement::fail() const { tool::fail(shown(path_.string()), errno); }

// -- any output -----------------------------------------------------------------------------------

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
    Descriptor direct(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
    if (direct.number() < 0) fail(label, errno);
    return {label, std::move(direct), std::nullopt};
  }
  return {label, Descriptor(), Replacement(followed(path))};
}

Target Target::inside(const fs::path& directory, const fs::path& path) {
  make_directories(directory, path);
  return {shown(path.string()), Descriptor(), Replacement(path)};
}

void Target::write(std::string_view bytes) {
  if (bytes.empty()) return;
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

bool Target::at_line_start() const noexcept { return last_ == '\n' || last_ == '\r'; }

void Target::flush() {
  send(buffer_);
  buffer_.clear();
}

void Target::send(std::string_view bytes) {
  const int descriptor = replacement_ ? replacement_->descriptor() : direct_.number();
  if (descriptor < 0) return;
  while (!bytes.empty()) {
    const ssize_t sent = ::write(descriptor, bytes.data(), bytes.size());
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno != EINTR) {
      fail(label_, errno);
    }
  }
}

void Target::commit() {
  flush();
  if (replacement_) {
    replacement_->publish();
  } else if (const int descriptor = direct_.release(); descriptor >= 0) {
    if (::close(descriptor) != 0) fail(label_, errno);  // a network file system may tell only now
  }
}

}  // namespace dedup::tool
