// SPDX-License-Identifier: Apache-2.0
// Scratch space: where a Cleaner puts what its limit of memory has no room for. A caller brings its
// own, or takes the ready-made one in a file; without either the library opens no file.
//
//   dedup::Options options;
//   options.memory = std::uint64_t{256} << 20;
//   options.scratch = dedup::file_scratch("/var/tmp");
//   dedup::Cleaner cleaner(options);
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "dedup/export.h"

namespace dedup {

/// A file of scratch space, for a caller to implement. Call grammar: (append | read)*; only bytes
/// that were appended are read, and none is ever changed. One thread at a time.
class DEDUP_EXPORT ScratchFile {
 public:
  ScratchFile() = default;
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  /// Gives the space back.
  virtual ~ScratchFile() = default;

  /// Adds bytes at the end. Throws what the implementation throws, e.g. if the disk is full; the
  /// Cleaner passes that on and must not be used any more.
  virtual void append(std::span<const std::byte> bytes) = 0;

  /// Reads bytes that were appended, all of them. Throws likewise.
  virtual void read(std::uint64_t offset, std::span<std::byte> bytes) = 0;
};

/// Makes scratch files, for a caller to implement. It may be asked at any time while a Cleaner or
/// an Index that has it works; those keep it alive. Where several share it, create() must do on
/// several threads at a time.
class DEDUP_EXPORT Scratch {
 public:
  Scratch() = default;
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  /// The files it made may still be there.
  virtual ~Scratch() = default;

  /// A new, empty file; never null. Throws likewise.
  [[nodiscard]] virtual std::unique_ptr<ScratchFile> create() = 0;
};

/// Scratch space in a file without a name below `directory`, which is gone with the process however
/// that ends. All its scratch files share that one file, so one descriptor is taken, and none
/// before the first create(). The space of scratch files that go is used again, and given back to
/// the disk where the file system can do that. Memory: 8 bytes a MiB. Throws ScratchError, from
/// create(), append() and read().
///
/// Any thread may call create(); each of the files belongs to one thread at a time. A file may
/// outlive the Scratch.
[[nodiscard]] DEDUP_EXPORT std::shared_ptr<Scratch> file_scratch(std::string directory);

}  // namespace dedup
