// SPDX-License-Identifier: Apache-2.0
// The index: what is remembered between documents, as a value of its own. A Cleaner makes one for
// itself, or shares one with others:
//
//   dedup::Index index;                          // in memory
//   dedup::Cleaner a(options, index);            // on one thread
//   dedup::Cleaner b(options, index);            // on another: each sees what the other has seen
//
//   dedup::Index index = dedup::Index::open("seen.index");  // in a file: until it is deleted
//   …
//   index.commit();                              // what was cleaned so far will be remembered
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dedup/export.h"
#include "dedup/scratch.h"

namespace dedup {

struct DocumentVerdict;
struct KeyRow;

namespace memory {
class Index;
}  // namespace memory

/// Key of the fingerprints. Whoever knows it could make texts that collide.
using Secret = std::array<std::byte, 32>;

/// What an index remembers, and where. Plain values, copied; the constructor checks them.
struct IndexOptions {
  /// Remembers where each key was first, for Edit::first. Cost: 16 bytes more a block.
  bool places = true;

  /// Remembers the names of documents, for Edit::first_name. Cost: the name and 8 bytes a document.
  bool names = true;

  /// Least resemblance of near-duplicate documents, and of blocks under Scope::wide: from 0.5 to 1.
  /// All Cleaners of an index must have the same in Options::near_threshold.
  double near_threshold = 0.8;

  /// Most bytes to remember in memory; what has no room goes on in `scratch`, with the same
  /// answers. 0: no limit.
  std::uint64_t memory = 0;

  /// Needed where memory is limited; else not used.
  std::shared_ptr<Scratch> scratch;

  /// Unset: drawn at random, so that no text can be made to collide with another. No result depends
  /// on it.
  std::optional<Secret> secret;

  /// The number of the first document, below 2^63, where others come before it that are cleaned
  /// elsewhere: see shard.h.
  std::uint64_t first_document = 0;
};

/// How an index in a file is opened. Plain values, copied.
struct IndexFileOptions {
  /// Asks only: what is new is remembered as long as the Index lives, and nothing is written. The
  /// file is seen as it was when it was opened.
  bool read_only = false;

  /// Least resemblance of near-duplicate documents; of a file that is there already it must be the
  /// same.
  double near_threshold = 0.8;

  /// Most bytes in memory for what is not committed yet and for what speeds up asking; beyond them
  /// it goes into the file all the same, and the answers do not change. 0: no limit.
  std::uint64_t memory = 0;

  /// Needed where memory is limited and the file is only read; else not used.
  std::shared_ptr<Scratch> scratch;

  /// Commits by itself when so many documents have ended since the last time; 0: never. What a
  /// crash may then take from a caller is what it had not yet stored of documents that were
  /// committed: who must not lose any sets both to 0, stores, and calls commit().
  std::uint64_t commit_documents = 10'000;
  /// The same for time that has passed, in seconds, looked at when a document ends.
  std::uint64_t commit_seconds = 5;

  /// How long to wait for another who writes, in thousandths of a second.
  std::uint64_t wait = 0;

  /// Opens it on a file system of the network, too, where locks may not hold and what was synced
  /// may be lost. Refused otherwise.
  bool remote = false;

  /// Of a new file; unset: drawn at random. It is in the file, which its owner alone may read.
  std::optional<Secret> secret;

  /// How many documents that are cleaned elsewhere come behind those of the file and before the
  /// first of this Index, of a file that is only read: see shard.h. At most 2^62.
  std::uint64_t elsewhere = 0;
};

/// Remembers documents, blocks, runs of blocks and, for Scope::wide, sentences and near-duplicates.
///
/// Thread rule: any number of Cleaners on any threads may share one; it must outlive them. Each
/// document meets it for a few questions that hold many keys, one thread at a time. What one
/// Cleaner has seen is seen for all, in the order in which they ask; two copies that are cleaned at
/// the same moment on two threads are told apart by who asks first. Documents are numbered through
/// all of them. Cost: 16 to 20 bytes a distinct block in memory, places and names apart.
class DEDUP_EXPORT Index {
 public:
  /// In the memory of this process. Throws InvalidOption for a threshold out of its range, and
  /// where memory is limited without scratch space.
  explicit Index(const IndexOptions& options = {});

  /// In a file, which the first commit makes where it is not there: what was cleaned months ago, or
  /// by another process, is seen. One process at a time may write it, any number may read it. The
  /// first Cleaner decides which options it is for; one with others that decide keys is refused by
  /// name (InvalidOption). Not for Paragraphs::near with Scope::wide, which memory alone keeps.
  ///
  /// A commit is a prefix of the documents, in the order of their numbers: all that ended before
  /// the first that is still open. Whatever kills the process, the file is as the last commit left
  /// it. Cost: 30 bytes a distinct block, 30 to 45 a run of blocks, the name and 16 bytes a
  /// document, near-duplicate documents 300 bytes to 5 kB more. Merged runs leave holes, which are
  /// used again: see compact_index(). A commit syncs twice.
  ///
  /// Throws IndexError where the file cannot be opened, is written by another process, was made by
  /// another recipe of keys, or is damaged; and InvalidOption as the other constructor does. What
  /// is damaged behind the first pages is found when it is read: then IndexError comes out of the
  /// Cleaner's calls, whose document is not done.
  [[nodiscard]] static Index open(const std::string& path, const IndexFileOptions& options = {});

  /// Does all of a commit that takes space and time, for who has something else to make last at the
  /// same moment: what is left for commit(), if nothing has to go into the file between, hardly
  /// ever fails. Any thread. Throws IndexError.
  void prepare();

  /// Makes what was seen last, if the Index is in a file that it may write; else does nothing. Says
  /// how many documents the file knows now. Any thread. Throws IndexError.
  std::uint64_t commit();

  /// For the library itself, whose tests bring other homes.
  explicit Index(std::unique_ptr<memory::Index> home) noexcept;

  /// Commits nothing: who wants that calls commit(), and hears of what goes wrong.
  ~Index();
  Index(Index&&) noexcept;             ///< the other may then be assigned to or destroyed only
  Index& operator=(Index&&) noexcept;  ///< likewise

  /// Takes it that these keys were seen where the rows say, in documents before `first_document`
  /// (shard.h); of equal ones the first that is told counts. In a file that is only read it is in
  /// documents behind those of the file and before this Index's own, and what the file knows stays
  /// where that says. Before the first document is cleaned. Any thread. Throws Misuse behind that,
  /// and for an index in a file that may be written, or of a KeyRecorder; InvalidOption, and takes
  /// none, for a row of another document, and where the index was made without a secret; and what
  /// scratch space throws.
  void remember(std::span<const KeyRow> rows);

  /// Which documents from `first_document` on repeat another, as NearDocuments found: all others do
  /// not. For Cleaners with Documents::near. Before the first document is cleaned. Any thread.
  /// Throws as the other does, Misuse for any index in a file, and InvalidOption for a verdict of
  /// an earlier document, or that points to none before it. Cost: 32 bytes a verdict, in memory
  /// beyond any limit.
  void remember_verdicts(std::span<const DocumentVerdict> verdicts);

  /// The name of a document of elsewhere, for Edit::first_name. Any thread. Cost: the name and some
  /// 80 bytes, in memory beyond any limit. Throws InvalidOption for one that is not of elsewhere.
  void remember_name(std::uint64_t document, std::string_view name);

  /// How many documents there are, with those before IndexOptions::first_document: the next gets
  /// this number. Any thread.
  [[nodiscard]] std::uint64_t documents() const;

  /// The name under which a document was given; empty where names are not remembered, and for a
  /// number that no document has. Any thread. Throws what the scratch space throws.
  [[nodiscard]] std::string name_of(std::uint64_t document) const;

  /// What Cleaners ask.
  [[nodiscard]] memory::Index& home() const noexcept { return *home_; }

 private:
  std::unique_ptr<memory::Index> home_;
};

}  // namespace dedup
