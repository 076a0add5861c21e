// SPDX-License-Identifier: Apache-2.0
// The index behind dedup::Index: one object that holds the secret, the budget and everything that
// is remembered between documents. Cleaners on several threads meet here and nowhere else.
//
//   begin_document      → the document's number, and its name is remembered
//   find_or_add         rule 2: which earlier kept document does this one repeat?
//   find_or_insert      rules 3, 4 and, in all documents, 6: where was each of these keys first?
//   find_or_add_near    rule 5 in all documents: which earlier kept block does this one resemble?
//
//   end_document        → it may become a part of the file, where there is one
//
// The exact questions go to a home of keys (keys.h), which is handed in; those for near-duplicate
// documents to memory and what lies behind it (near_home.h).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dedup/index.h"
#include "dedup/shard.h"
#include "memory/budget.h"
#include "memory/document_index.h"
#include "memory/keys.h"
#include "memory/names.h"
#include "memory/near_index.h"
#include "numbers/fingerprint.h"

namespace dedup::stored {
class IndexFile;
}  // namespace dedup::stored

namespace dedup::memory {

/// Any number of threads, one after the other: each call locks. All that remember throw what the
/// scratch file throws, after which the index is not to be used any more.
class Index {
 public:
  /// Makes the home of keys, which shares the budget.
  using MakeHome = std::function<std::unique_ptr<KeyHome>(Budget& budget)>;
  /// The same beside a file.
  using MakeFileHome = std::function<std::unique_ptr<KeyHome>(stored::IndexFile& file)>;

  /// With keys in the sets of this process, or in another home. Throws InvalidOption.
  explicit Index(const IndexOptions& options);
  Index(const IndexOptions& options, const MakeHome& make_home);
  /// In a file, with keys there or in another home. Throws InvalidOption and IndexError.
  explicit Index(const std::string& path, const IndexFileOptions& options,
                 const MakeFileHome& make_home = {});
  ~Index();

  [[nodiscard]] const IndexOptions& options() const noexcept { return options_; }
  [[nodiscard]] const numbers::Fingerprinter& fingerprinter() const noexcept {
    return fingerprinter_;
  }
  /// For a Cleaner that has the index to itself and lets its own things share the limit.
  [[nodiscard]] Budget& budget() noexcept { return budget_; }

  /// The number of the next document.
  std::uint64_t begin_document(std::string_view name);
  /// It is judged to its end, or given up; all that it left may be committed.
  void end_document(std::uint64_t document);
  [[nodiscard]] std::uint64_t documents() const noexcept { return documents_; }
  [[nodiscard]] std::string name_of(std::uint64_t document);

  [[nodiscard]] std::optional<NearVerdict> find_or_add(const DocumentFacts& facts,
                                                       std::uint64_t document);
  void find_or_insert(Kind kind, std::uint64_t document, std::span<const Ask> asks,
                      std::vector<Answer>& answers);

  /// See dedup::Index.
  void remember(std::span<const KeyRow> rows);
  void remember_verdicts(std::span<const DocumentVerdict> verdicts);
  void remember_name(std::uint64_t document, std::string_view name);

  /// It is a recorder's: it remembers nothing, nor what it is told.
  void only_record() noexcept { keys_alone_ = only_records_ = true; }
  [[nodiscard]] std::vector<DocumentRow> take_documents();
  [[nodiscard]] bool only_records() const noexcept { return only_records_; }
  /// Whether Cleaners that compare more than keys are to be refused.
  [[nodiscard]] bool keeps_to_keys() const noexcept { return keys_alone_; }
  /// Whether it can say which documents nearly repeat another.
  [[nodiscard]] bool compares_documents() const noexcept {
    return !keys_alone_ || only_records_ || has_verdicts_;
  }

  /// See dedup::Index.
  void prepare();
  std::uint64_t commit();
  /// Says with which options a Cleaner comes, as words that decide its keys. Throws InvalidOption
  /// where the file was made with others.
  void agree(std::string_view options);
  /// What the first one said, or the file before.
  [[nodiscard]] std::string agreed();
  [[nodiscard]] bool is_in_file() const noexcept { return file_ != nullptr; }

  /// A block that is too light to go is only added.
  [[nodiscard]] std::optional<NearVerdict> find_or_add_near(std::u16string_view key,
                                                            const numbers::Bands& bands,
                                                            bool may_go, const Position& place);
  void prefetch_near(const numbers::Bands& bands);

 private:
  using Lock = std::lock_guard<std::mutex>;

  /// What there is where the index lies in a file.
  struct File;
  Index(std::unique_ptr<File>&& file, const MakeFileHome& make_home);
  Index(const IndexOptions& options, std::unique_ptr<File>&& file, const MakeHome& make_home);

  [[nodiscard]] std::uint64_t watermark() const noexcept;
  [[nodiscard]] bool is_commit_due() const noexcept;
  bool prepare_locked();
  void commit_locked();

  void check_may_be_told() const;
  [[nodiscard]] std::uint64_t first_elsewhere() const noexcept;
  void check(std::span<const KeyRow> rows) const;

  bool secret_given_;  // and not drawn at random
  IndexOptions options_;
  numbers::Fingerprinter fingerprinter_;
  std::atomic<std::uint64_t> documents_ = 0;
  std::atomic<bool> keys_alone_ = false;
  std::atomic<bool> has_verdicts_ = false;
  bool only_records_ = false;

  std::mutex mutex_;  // of all that follows
  Budget budget_;
  std::unique_ptr<File> file_;  // null in memory
  std::string agreed_;          // where there is no file
  std::unique_ptr<KeyHome> keys_;
  DocumentIndex document_index_;
  NearIndex near_blocks_;
  Names names_;                                               // from first_document on
  std::unordered_map<std::uint64_t, std::string> elsewhere_;  // names of documents of elsewhere
  std::unordered_map<std::uint64_t, NearVerdict> verdicts_;   // found elsewhere, by their documents
  std::vector<DocumentRow> document_rows_;                    // a recorder's
};

}  // namespace dedup::memory
