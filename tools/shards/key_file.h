// SPDX-License-Identifier: Apache-2.0
// What `dedup shard keys` finds out about a part: its keys, and how its documents are called.
//
//   heading | rows, sorted | offsets of the names, one more than documents | names
//     | members of groups, sorted | documents and offsets of their facts, one more | facts
//
// The last line is there where near-duplicate documents are looked for.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bytes/target.h"
#include "dedup/shard.h"
#include "shards/rows.h"
#include "shards/shard_file.h"

namespace dedup::tool {

/// A part of a corpus, but for its keys.
struct Part {
  std::vector<std::string> names;  ///< of its documents; bad lines of JSONL among them
  std::string file;                ///< the operand, where it is one alone
  std::uint64_t start = 0;         ///< of the bytes of that file that it holds
  std::uint64_t end = 0;           ///< behind them; 0: all that is left
  std::uint64_t lines = 0;         ///< of JSONL: how many it has
  std::uint64_t blanks = 0;        ///< of JSONL: bytes of blank lines at its end
  /// Documents that are removed, once the part is settled: then rows of blocks and runs alone are
  /// left, each key once.
  std::optional<std::uint64_t> removed = std::nullopt;
  /// Of one that is not settled: documents that an index knows. They have no rows.
  std::uint64_t known = 0;
  /// What decides the keys, in the words of an index, and the least resemblance of near-duplicates.
  /// Empty and 0 where nobody said so.
  std::string index_options = {};
  double near_threshold = 0;
  /// Of a part that was written before: what it goes by.
  std::optional<std::uint64_t> identity = std::nullopt;
};

/// A share of all keys: 0 of 1 is all.
struct Slice {
  std::uint64_t number = 0;
  std::uint64_t of = 1;

  /// The first 8 bytes of the keys in it, as a number: from the first on, up to the last.
  [[nodiscard]] std::uint64_t first() const noexcept { return bound(number); }
  [[nodiscard]] std::uint64_t last() const noexcept {
    return number + 1 == of ? ~std::uint64_t{0} : bound(number + 1) - 1;
  }

 private:
  [[nodiscard]] std::uint64_t bound(std::uint64_t at) const noexcept {
    return static_cast<std::uint64_t>((static_cast<unsigned __int128>(at) << 64) / of);
  }
};

/// The first 8 bytes of a row's key as a number, by which rows of a kind are sorted.
[[nodiscard]] std::uint64_t prefix_of(std::string_view row) noexcept;

/// Sorts the rows. Documents count from 0 in them. `near`: of documents, where near-duplicates are
/// looked for.
void write_key_file(Target& target, const Making& making, const Part& part,
                    std::vector<KeyRow> rows,
                    const std::optional<std::vector<DocumentRow>>& near = std::nullopt);

/// Where what near-duplicate documents are found by lies in a file.
struct NearSections {
  std::uint64_t documents = 0;  ///< how many
  std::uint64_t members = 0;    ///< likewise
  std::uint64_t start = 0;      ///< of the members
  std::uint64_t table = 0;      ///< of the documents
  std::uint64_t facts = 0;      ///< of these
};

/// The same, read. All that reads throws InputError.
class KeyFile {
 public:
  explicit KeyFile(const std::string& path);

  [[nodiscard]] const std::string& path() const noexcept { return file_.path(); }
  [[nodiscard]] Making making() const { return file_.making(); }
  [[nodiscard]] std::uint64_t documents() const noexcept { return documents_; }
  /// See ShardFile.
  [[nodiscard]] std::uint64_t identity() const { return file_.identity(); }
  [[nodiscard]] bool settled() const noexcept { return settled_; }
  /// Documents that are known to be removed.
  [[nodiscard]] std::uint64_t removed() const {
    return settled_ ? file_.number("removed") : number_or_0("known");
  }
  /// All but the names.
  [[nodiscard]] Part part() const;

  /// How many rows of a kind there are.
  [[nodiscard]] std::uint64_t count(KeyKind kind) const noexcept {
    const auto number = static_cast<std::size_t>(kind);
    return starts_[number + 1] - starts_[number];
  }
  /// The rows of a kind in a slice, one behind the other.
  [[nodiscard]] std::string rows(KeyKind kind, const Slice& slice) const;
  /// Whether near-duplicate documents are looked for.
  [[nodiscard]] bool near() const noexcept { return near_.has_value(); }
  /// The members of the groups in a slice, one behind the other.
  [[nodiscard]] std::string members(const Slice& slice) const;
  /// Calls take(row) for the documents in it, all or those of `wanted`, which ascend; without their
  /// groups.
  template <typename Take>
  void for_each_document(const std::vector<std::uint64_t>* wanted, const Take& take) const {
    for (std::uint64_t i = 0; near_ && i < near_->documents; ++i) {
      const DocumentRow row = document(i, wanted);
      if (!row.facts.empty()) take(row);
    }
    file_.release();
  }

  /// The names of all documents.
  [[nodiscard]] std::vector<std::string> names() const;
  /// Those of some, which ascend, from 0.
  [[nodiscard]] std::vector<std::string> names(const std::vector<std::uint64_t>& documents) const;

 private:
  [[nodiscard]] std::uint64_t number_or_0(std::string_view name) const {
    return file_.heading().find(name) == nullptr ? 0 : file_.number(name);
  }
  [[nodiscard]] std::uint64_t first_from(std::uint64_t from, std::uint64_t to,
                                         std::uint64_t prefix) const;
  [[nodiscard]] std::uint64_t first_member(std::uint64_t prefix) const;
  [[nodiscard]] DocumentRow document(std::uint64_t number,
                                     const std::vector<std::uint64_t>* wanted) const;

  ShardFile file_;
  std::uint64_t documents_;
  bool settled_;
  std::array<std::uint64_t, 4> starts_{};  // of the rows of each kind, and behind the last
  std::uint64_t name_offsets_ = 0;         // where they begin
  std::uint64_t texts_ = 0;                // of the names
  std::uint64_t names_size_ = 0;
  std::optional<NearSections> near_;
};

}  // namespace dedup::tool
