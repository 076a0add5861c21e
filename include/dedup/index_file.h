// SPDX-License-Identifier: Apache-2.0
// The upkeep of indexes in files: what is in one, whether it is sound, and new ones made of it.
//
//   dedup::check_index("seen.index");
//   dedup::forget_documents({.name = "https://a.example/1"}, "seen.index");
//
// What changes a file makes another beside it, and puts that in its place in one step: whatever
// happens meanwhile, one of the two is there. Nobody else may have it open then.
//
// All throw IndexError: for a file that is in use, damaged, or not one of this program's. Any
// thread. Cost: each reads the whole file, index_facts() apart.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dedup/export.h"
#include "dedup/index.h"

namespace dedup {

/// What an index in a file says of itself.
struct IndexFacts {
  std::uint64_t documents = 0;      ///< that it was shown
  std::uint64_t sequences = 0;      ///< documents that an exact copy is known by
  std::uint64_t blocks = 0;         ///< distinct
  std::uint64_t runs = 0;           ///< of three blocks
  std::uint64_t sentence_runs = 0;  ///< of three sentences; with Scope::wide
  std::uint64_t sentences = 0;      ///< likewise
  std::uint64_t sketches = 0;       ///< documents that a near-duplicate is known by
  std::uint64_t bytes = 0;          ///< of the file
  std::uint64_t free_bytes = 0;     ///< of these, what compact_index() would save
  std::uint64_t commits = 0;        ///< that were made in it
  double near_threshold = 0;        ///< least resemblance of near-duplicate documents
  std::string recipe;               ///< see key_recipe()
  std::string unicode;              ///< see unicode_version()
  std::string options;  ///< of the Cleaners it is for, "boilerplate=auto …"; empty before the first
};
/// Reads what the file says of itself, and no more of it.
[[nodiscard]] DEDUP_EXPORT IndexFacts index_facts(const std::string& path);

/// Key of its fingerprints, for who makes keys elsewhere that are to meet those in the file. Reads
/// no more of it. Who has it could make texts that collide.
[[nodiscard]] DEDUP_EXPORT Secret index_secret(const std::string& path);

/// Reads all of it, and throws for the first byte that is not as it was written.
DEDUP_EXPORT void check_index(const std::string& path);

/// Writes it anew, without what is free.
DEDUP_EXPORT void compact_index(const std::string& path);

/// Which documents are to be forgotten: those for which all that is given holds.
struct Forgotten {
  std::optional<std::string> name = std::nullopt;     ///< they are called so
  std::optional<std::int64_t> before = std::nullopt;  ///< seen before then, in seconds since 1970
};
/// Forgets what was first seen in these documents, as if they had never been shown; others keep
/// their numbers. Says how many there were.
DEDUP_EXPORT std::uint64_t forget_documents(const Forgotten& which, const std::string& path);

/// Makes a new index of several: as if the documents of the first had been shown first, and so on.
/// They must have the same secret, as those have that began as copies of one file or were imported
/// from the head of its export; and the same options. Throws IndexError also where `path` is there.
DEDUP_EXPORT void merge_indexes(std::span<const std::string> from, const std::string& path);

/// All of it as lines of JSON, each given with its end: a head, then documents, sketches and
/// entries. Who has them can read the secret.
DEDUP_EXPORT void export_index(const std::string& path,
                               const std::function<void(std::string_view line)>& take);

/// Makes a new index of such lines, the head first, in the order in which they were exported; the
/// head alone makes one that is empty. `give` fills in a line, or says false behind the last.
/// Throws FormatError, with the number of the line, and IndexError also where `path` is there.
DEDUP_EXPORT void import_index(const std::function<bool(std::string& line)>& give,
                               const std::string& path);

}  // namespace dedup
