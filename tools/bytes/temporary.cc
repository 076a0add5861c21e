#include "bytes/temporary.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <span>
#include <string_view>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"

namespace dedup::tool {
namespace {

class UnnamedScratchFile : public ScratchFile {
 public:
  explicit UnnamedScratchFile(const std::string& directory)
      : directory_(directory), file_(unnamed_file(directory)) {}

  void append(std::span<const std::byte> bytes) override {
    write_all(file_, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}, directory_);
  }

  void read(std::uint64_t offset, std::span<std::byte> bytes) override {
    while (!bytes.empty()) {
      const ssize_t got =
          ::pread(file_.number(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (got == 0) throw OutputError(shown(directory_) + ": a temporary file was cut short");
      if (got < 0 && errno != EINTR) throw OutputError(shown(directory_) + ": " + cause());
      if (got > 0) {
        bytes = bytes.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
      }
    }
  }

 private:
  std::string directory_;
  Descriptor file_;
};

class UnnamedScratch : public Scratch {
 public:
  explicit UnnamedScratch(std::string directory) : directory_(std::move(directory)) {}
  std::unique_ptr<ScratchFile> create() override {
    return std::make_unique<UnnamedScratchFile>(directory_);
  }

 private:
  std::string directory_;
};

}  // namespace

std::string temporary_directory(const std::string& wanted) {
  if (!wanted.empty()) return wanted;
  const char* const directory = std::getenv("TMPDIR");
  return directory == nullptr || *directory == '\0' ? "/tmp" : directory;
}

Descriptor unnamed_file(const std::string& directory) {
  Descriptor file(::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
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
  while (!bytes.empty()) {
    const ssize_t sent = ::write(file.number(), bytes.data(), bytes.size());
    if (sent < 0 && errno != EINTR) throw OutputError(shown(directory) + ": " + cause());
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::shared_ptr<Scratch> scratch_in(std::string directory) {
  return std::make_shared<UnnamedScratch>(std::move(directory));
}

}  // namespace dedup::tool
