// SPDX-License-Identifier: Apache-2.0
// The home in a file: what was committed is asked there (stored/index_file.h), what came since is
// pending here. A key is in one of the two.
//
//   FileKeys    keys of rules 2 to 4 and 6      pending in ordered tables
//   ReadKeys    the same of a file that is      what is new stays in the sets of this process
//               only read
//   FileNear    near-duplicate documents        pending in the DocumentIndex, which spills here
//   FileNames   names and times                 pending in a list
//
// What is pending goes into the file, as staged, when a commit is due or memory runs short; a
// commit then makes all that is staged last. It must not hold anything of a document that has not
// ended: that one would be taken for a copy of itself if the process were killed and it came again.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "memory/budget.h"
#include "memory/keys.h"
#include "memory/near_home.h"
#include "memory/ordered_table.h"
#include "memory/seen_keys.h"
#include "stored/index_file.h"

namespace dedup::memory {

/// One thread at a time. All throw IndexError.
class FileKeys final : public KeyHome, public Spillable {
 public:
  /// Both must outlive it.
  FileKeys(stored::IndexFile& file, Budget& budget);
  ~FileKeys() override { budget_.leave(*this); }
  FileKeys(const FileKeys&) = delete;
  FileKeys& operator=(const FileKeys&) = delete;

  void find_or_insert(Kind kind, std::uint64_t document, std::span<const Ask> asks,
                      std::vector<Answer>& answers) override;

  /// Stages what is pending of documents below `end`.
  void stage(std::uint64_t end);
  /// The number behind the last document of which anything was ever staged.
  [[nodiscard]] std::uint64_t staged() const noexcept { return staged_; }

  [[nodiscard]] std::size_t memory() const noexcept override;
  [[nodiscard]] std::size_t spillable() const noexcept override { return memory(); }
  void spill() override { stage(~std::uint64_t{}); }

 private:
  void insert(OrderedTable& table, Kind kind, const Identity& identity, const Place& place);
  void stage(std::size_t kind, std::uint64_t end);

  stored::IndexFile& file_;
  Budget& budget_;
  std::vector<OrderedTable> pending_;  // one a kind
  std::uint64_t staged_ = 0;
};

/// Where a key was first, by what a file says of it. Throws IndexError.
[[nodiscard]] std::optional<Place> find_in(stored::IndexFile& file, Kind kind,
                                           const numbers::Fingerprint& key);

/// One thread at a time. Throws IndexError, and what the scratch file throws.
class ReadKeys final : public KeyHome {
 public:
  /// Both must outlive it.
  ReadKeys(stored::IndexFile& file, Budget& budget) : file_(file), own_(true, budget) {}

  void find_or_insert(Kind kind, std::uint64_t document, std::span<const Ask> asks,
                      std::vector<Answer>& answers) override;

 private:
  stored::IndexFile& file_;
  SeenKeys own_;
  std::vector<Ask> new_asks_;  // scratch
  std::vector<std::uint32_t> numbers_;
  std::vector<Answer> new_answers_;
};

/// One thread at a time. All throw IndexError.
class FileNear final : public NearHome {
 public:
  /// Must outlive it.
  explicit FileNear(stored::IndexFile& file) : file_(file) {}

  void add(const Buckets& buckets, std::uint32_t ids, const Describe& describe) override;
  [[nodiscard]] std::span<const std::uint64_t> find(const numbers::Bands& bands,
                                                    Buckets::Counts& met) override;
  [[nodiscard]] std::span<const std::uint64_t> read(std::uint64_t place) override;
  [[nodiscard]] std::size_t memory() const noexcept override;
  /// The number behind the last document of which anything was ever staged.
  [[nodiscard]] std::uint64_t staged() const noexcept { return staged_; }

 private:
  [[nodiscard]] std::vector<stored::Key> with_room(const Buckets& buckets);
  std::vector<std::uint64_t> add_records(const std::vector<bool>& wanted, const Describe& describe);

  stored::IndexFile& file_;
  std::uint64_t staged_ = 0;
  std::string record_;
  std::vector<std::uint64_t> words_;
  std::vector<std::uint64_t> places_;
};

/// One thread at a time. Memory: the name and 56 bytes for each that is pending.
class FileNames {
 public:
  /// Must outlive it.
  explicit FileNames(stored::IndexFile& file) : file_(file) {}

  /// Of the next document.
  void add(std::string_view name);
  [[nodiscard]] std::string at(std::uint64_t document) const;
  [[nodiscard]] std::size_t pending() const noexcept { return pending_.size(); }
  /// Stages those of documents below `end`.
  void stage(std::uint64_t end);

 private:
  stored::IndexFile& file_;
  std::deque<std::string> pending_;
};

/// Bytes of the time, which a document's record begins with; its name follows.
inline constexpr std::size_t kTimeBytes = 8;

/// Numbers of the sets and the records in the file, beside those of Kind.
inline constexpr std::size_t kBandSet = kKindCount;
inline constexpr std::size_t kNameRecords = 0;
inline constexpr std::size_t kSketchRecords = 1;

}  // namespace dedup::memory
