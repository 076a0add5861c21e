// SPDX-License-Identifier: Apache-2.0
#include "bytes/temporary.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include "bytes/fault.h"
#include "bytes/paths.h"

namespace dedup::tool {
std::string temporary_directory(const std::string& wanted) {
  if (!wanted.empty()) return wanted;
  const char* const directory = std::getenv("TMPDIR");
  return directory == nullptr || *directory == '\0' ? "/tmp" : directory;
}

Descriptor unnamed_file(const std::string& directory) {
  Descriptor file = open_at(AT_FDCWD, directory.c_str(), O_TMPFILE | O_RDWR, 0600);
  if (file.number() >= 0) return file;
  if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL) {
    throw OutputError(shown(directory) + ": " + cause());
  }
  // A file system without unnamed files: the name goes before the first byte is written.
  std::string name = directory + "/.dedup-XXXXXX";
  Descriptor named(::mkostemp(name.data(), O_CLOEXEC));
  if (named.number() < 0 || ::unlink(name.c_str()) != 0) {
    throw OutputError(shown(directory) + ": " + cause());
  }
  return named;
}

void write_all(const Descriptor& file, std::string_view bytes, const std::string& directory) {
  if (const int error = write_fully(file.number(), bytes)) {
    throw OutputError(shown(directory) + ": " + cause(error));
  }
}

}  // namespace dedup::tool
