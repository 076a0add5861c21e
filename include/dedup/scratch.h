// Scratch space: where a Cleaner puts what its limit of memory has no room for. The library itself
// opens no file; the command gives it unnamed files in --tmpdir.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "dedup/export.h"

namespace dedup {

/// A file of scratch space. One thread at a time.
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

/// Makes scratch files.
class DEDUP_EXPORT Scratch {
 public:
  Scratch() = default;
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  virtual ~Scratch() = default;

  /// A new, empty file. Throws likewise.
  [[nodiscard]] virtual std::unique_ptr<ScratchFile> create() = 0;
};

}  // namespace dedup
