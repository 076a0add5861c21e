#include "spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>
#include <utility>

#include "fault.h"
#include "paths.h"

namespace dedup::tool {
namespace {

std::string default_directory() {
  const char* const directory = std::getenv("TMPDIR");
  return directory == nullptr || *directory == '\0' ? "/tmp" : directory;
}

void write_all(int descriptor, std::string_view bytes, const std::string& directory) {
  while (!bytes.empty()) {
    const ssize_t sent = ::write(descriptor, bytes.data(), bytes.size());
    if (sent < 0 && errno != EINTR) throw OutputError(shown(directory) + ": " + cause());
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

}  // namespace

Inputs::Inputs(bool keep, std::string directory, Warnings& warnings)
    : keep_(keep),
      directory_(directory.empty() ? default_directory() : std::move(directory)),
      warnings_(warnings) {}

Source Inputs::open(const std::string& operand) {
  const auto id = input_id(operand);
  // Standard input may be a regular file, but one that starts where another program left it.
  if (!keep_ || (operand != "-" && (!id || id->regular))) return Source(operand);
  auto at = spools_.find(operand);
  if (at == spools_.end()) at = spools_.emplace(operand, spool(Source(operand))).first;
  Descriptor copy(::fcntl(at->second.number(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  if (copy.number() < 0 || ::lseek(copy.number(), 0, SEEK_SET) != 0) {
    throw InputError(shown(operand) + ": " + cause());
  }
  return Source(operand, std::move(copy));
}

Descriptor Inputs::spool(Source source) const {
  Descriptor file = unnamed_file();
  try {
    for (auto chunk = source.read(); !chunk.empty(); chunk = source.read()) {
      write_all(file.number(), chunk, directory_);
    }
  } catch (const InputError& error) {
    warnings_.add(error.what());  // what was read so far is input all the same
  }
  return file;
}

Descriptor Inputs::unnamed_file() const {
  Descriptor file(::open(directory_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (file.number() >= 0) return file;
  if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL) {
    throw OutputError(shown(directory_) + ": " + cause());
  }
  // A file system without unnamed files: the name goes before the first byte is written.
  std::string name = directory_ + "/.dedup-XXXXXX";
  Descriptor named(::mkostemp(name.data(), O_CLOEXEC));
  if (named.number() < 0 || ::unlink(name.c_str()) != 0) {
    throw OutputError(shown(directory_) + ": " + cause());
  }
  return named;
}

}  // namespace dedup::tool
