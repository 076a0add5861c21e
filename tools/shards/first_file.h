// SPDX-License-Identifier: Apache-2.0
// What `dedup shard first` finds out about all parts: for each of them the places where its keys
// were first, if that was in a part before it.
//
//   heading | a line of numbers for each part, and one more | rows | names
//
// Documents count through all parts.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bytes/target.h"
#include "dedup/shard.h"
#include "shards/key_file.h"
#include "shards/shard_file.h"

namespace dedup::tool {

/// Where a part stands among all.
struct PartPlace {
  std::uint64_t documents = 0;  ///< before it
  std::uint64_t lines = 0;      ///< of its file, before it
  std::uint64_t blanks = 0;     ///< bytes of blank lines that end the part before, of another file
  bool any_behind = false;      ///< parts behind it have documents or blank lines
  bool kept_behind = false;     ///< and not only documents that are removed
  std::uint64_t identity = 0;   ///< of its keys: see ShardFile
  std::uint64_t size = 0;       ///< how many documents it has itself
};

/// What a part is told.
struct Told {
  std::vector<KeyRow> rows;
  std::vector<std::pair<std::uint64_t, std::string>> names;  ///< of documents in rows
};

/// Which keys a file is about. Where near-duplicate documents are looked for, company comes first,
/// and documents are verdicts.
enum class Stage { documents, blocks, all, company };

struct First {
  Stage stage = Stage::all;
  Slice slice;
  std::vector<PartPlace> places;
  std::vector<Told> told;  ///< for each part
  bool near = false;       ///< rows of documents are verdicts: see rows.h
};

void write_first_file(Target& target, const Making& making, const First& first);

/// The same, read. All that reads throws InputError.
class FirstFile {
 public:
  explicit FirstFile(const std::string& path);

  [[nodiscard]] const std::string& path() const noexcept { return file_.path(); }
  [[nodiscard]] Making making() const { return file_.making(); }
  [[nodiscard]] std::uint64_t parts() const noexcept { return parts_; }
  [[nodiscard]] Stage stage() const noexcept { return stage_; }
  [[nodiscard]] const Slice& slice() const noexcept { return slice_; }
  [[nodiscard]] bool near() const noexcept { return near_; }

  [[nodiscard]] PartPlace place(std::uint64_t part) const;
  [[nodiscard]] Told told(std::uint64_t part) const;

 private:
  friend void write_first_file(Target& target, const Making& making, const First& first);
  struct Line;
  [[nodiscard]] static Line table(const First& first, std::string& text);
  [[nodiscard]] Line line(std::uint64_t part) const;

  ShardFile file_;
  std::uint64_t parts_;
  std::uint64_t rows_;
  std::uint64_t all_rows_ = 0;   // where they begin
  std::uint64_t all_names_ = 0;  // and the names
  Stage stage_ = Stage::all;
  Slice slice_;
  bool near_;
};

}  // namespace dedup::tool
