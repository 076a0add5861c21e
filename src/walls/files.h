// SPDX-License-Identifier: Apache-2.0
// The wall to temporary files. The library opens no file of its own accord: this serves the scratch
// space that a caller asks for by file_scratch(), and shared_file.h the index that he names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace dedup::files {

/// An empty file without a name: gone with the process, however that ends. Any number of threads
/// may read and write at a time, as long as none writes where another reads or writes.
class UnnamedFile {
 public:
  /// Throws ScratchError where `directory` cannot hold one.
  explicit UnnamedFile(std::string directory);
  ~UnnamedFile();
  UnnamedFile(const UnnamedFile&) = delete;
  UnnamedFile& operator=(const UnnamedFile&) = delete;

  /// Writes all of it, past the end as well. Throws ScratchError, e.g. if the disk is full.
  void write(std::uint64_t offset, std::span<const std::byte> bytes) const;

  /// Reads all of it. Throws ScratchError; also where that was never written.
  void read(std::uint64_t offset, std::span<std::byte> bytes) const;

  /// Gives the space of these bytes back to the disk, where the file system can do that; they are
  /// undefined from then on.
  void release(std::uint64_t offset, std::uint64_t bytes) const noexcept;

 private:
  [[noreturn]] void fail(int error) const;

  std::string directory_;
  int descriptor_;
};

}  // namespace dedup::files
