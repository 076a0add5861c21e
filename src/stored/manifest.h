// SPDX-License-Identifier: Apache-2.0
// The manifest: what an index file holds, where, and what decided its keys. And the two heads that
// say where the manifest is. All numbers have their lowest byte first.
//
//   page 0   head ┐ the same twice; the one of the greater generation counts
//   page 1   head ┘
//   page 2 … extents: manifest, runs, segments, and between them what is free     (pages.h)
//
//   head       0        8        12       16           24      32      40      48
//              | magic  | format |   0    | generation | first | bytes | pages |
//              | "dedupidx"      |        |            |    manifest   | of the file, at least
//
//   manifest   secret (32) threshold (8, in millionths) documents (8)
//              recipe, Unicode, options      each: bytes (8), then they
//              for each of 6 sets            runs (8), then each: extent, entries, homes, lines
//              for each of 2 records         segments (8), then each: extent, first, count, bytes
//              an extent is                  first, pages, generation (8 each)
//
//   sets       0 document   payload: document (5)
//              1 block               document (5) line (5)
//              2 run                 document (5) line (5) second (4) third (4), as distances
//              3 sentence run        the same
//              4 sentence            as block
//              5 band                none: high is bucket, low is document + 1
//   records    0 names               time (8, seconds since 1970), name
//              1 sketches            words of near_archive.h, 8 bytes each; nothing for most
//
// A commit writes what it adds into free space, then a manifest, syncs, writes the first head,
// syncs, and writes the second. Whenever it is cut off one of the heads names a manifest that is
// whole. What the manifest before refers to is not written over until its readers have gone: a
// reader holds the lock of its generation.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "stored/records.h"
#include "stored/run.h"

namespace dedup::stored {

inline constexpr std::size_t kSets = 6;
inline constexpr std::size_t kRecords = 2;

struct Manifest {
  std::array<std::byte, 32> secret{};
  std::uint64_t threshold = 0;  ///< in millionths
  std::uint64_t documents = 0;
  std::string recipe;   ///< digest of the tables that keys are made by
  std::string unicode;  ///< version
  std::string options;  ///< that decide keys and layers; empty before the first Cleaner
  std::array<std::vector<Run>, kSets> sets;
  std::array<std::vector<Segment>, kRecords> records;

  /// All that it refers to.
  [[nodiscard]] std::vector<Extent> extents() const;
};

[[nodiscard]] std::string encode(const Manifest& manifest);
/// False for bytes that are none.
[[nodiscard]] bool decode(std::string_view bytes, Manifest& manifest);

struct Head {
  std::uint64_t generation = 0;
  std::uint64_t first = 0;  ///< page of the manifest
  std::uint64_t bytes = 0;  ///< of it
  std::uint64_t pages = 0;  ///< that the file has at least
  [[nodiscard]] Extent manifest() const noexcept { return {first, pages_for(bytes), generation}; }
};
inline constexpr std::uint64_t kHeads = 2;  // pages

/// The head that counts. Throws IndexError where there is none, or the file is too short for it.
[[nodiscard]] Head read_head(const files::SharedFile& file);
/// As it stands on page 0 or 1.
[[nodiscard]] Page head_page(std::uint64_t number, const Head& head) noexcept;
[[nodiscard]] Manifest read_manifest(const files::SharedFile& file, const Head& head);

}  // namespace dedup::stored
