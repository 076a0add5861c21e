// SPDX-License-Identifier: Apache-2.0
// Shards: a corpus that is cleaned in parts, on any number of machines, with the result of one.
//
//   keys     each part by itself: what does it ask about, and where?          KeyRecorder
//   first    all rows together: the first place of each key                   a sort, a shuffle, …
//   apply    each part again, told what was first in the parts before it      Index::remember()
//
// Documents are numbered through all parts, in their order; a part has one Cleaner, or they would
// be numbered as they come. Options and secret are the same everywhere. The step between is for
// whoever has the machines; it is the whole of the rule, in three lines:
//
//   1. A document whose row of kind `document` has an equal one in an earlier document goes; so do
//      all its other rows, since what a removed document holds was not seen there.
//   2. Of the rows that are left, the first place of each kind and key is the least one: by
//      document, block, second, third, in this order.
//   3. A part is told the first places that lie in documents before its own, of the keys that it
//      asks about; those of other keys do no harm.
//
//   dedup::KeyRecorder recorder({.secret = secret, .first_document = 1000});
//   dedup::Cleaner keys(options, recorder.index());
//   … keys.clean(page) …;  rows = recorder.take();
//
//   dedup::Index index({.secret = secret, .first_document = 1000});
//   index.remember(rows_of_parts_before);
//   dedup::Cleaner cleaner(options, index);          // from here on as ever
//
// An index in a file may have been there before all parts: keys and apply both ask it. Documents
// of all parts are then numbered behind those of the file.
//
//   dedup::KeyRecorder recorder("seen.index", {.elsewhere = 1000});
//   auto index = dedup::Index::open("seen.index", {.read_only = true, .elsewhere = 1000});
//
// And what all parts hold together can become one: index_builder.h.
//
// With Documents::near documents are compared by more than keys. KeyRecorder::take_documents() has
// a row for each instead of rows of kind `document`, and the step between begins otherwise:
//
//   company  of all rows together those that have a group in common with another row
//   verdicts of these, in the order of their numbers, which repeats an earlier one   NearDocuments
//
// What a document holds that has a verdict was not seen there, and its part is told of it by
// Index::remember_verdicts(). That is one machine's work, but only for documents that have company.
//
// Not for Scope::wide, which compares more than keys and documents (InvalidOption), and not for
// Documents::near with an index in a file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dedup/edit.h"
#include "dedup/export.h"
#include "dedup/index.h"

namespace dedup {

/// What a key stands for. Keys of different kinds never meet. The numbers stay as they are.
enum class KeyKind : std::uint8_t {
  document = 0,  ///< the sequence of a document's blocks
  block = 1,     ///< a block, or the lines that are judged as one
  run = 2,       ///< three blocks in a row
};

/// A key and where it stands. Equal keys have equal bytes if they were made with one secret, one
/// recipe (version.h) and equal options.
struct KeyRow {
  KeyKind kind = KeyKind::block;    ///< what it stands for
  std::array<std::byte, 16> key{};  ///< of 128 bits; two of 10^10 collide with chance 1.5e-19
  Position at;                      ///< its document, and the line of its block; of a document 0
  std::uint32_t second = 0;         ///< of a run: how far below `at` its second block is, in lines
  std::uint32_t third = 0;          ///< and its third
  /// Member by member.
  friend bool operator==(const KeyRow&, const KeyRow&) = default;
};

/// A document as it is compared with others under Documents::near.
struct DocumentRow {
  std::uint64_t document = 0;  ///< its number
  /// Two documents without a group in common are never compared, nor do they decide of another. At
  /// most 21; the numbers mean nothing else.
  std::vector<std::uint64_t> groups;
  /// For NearDocuments of this version: title, sequence and sample of shingles; 40 bytes to 4 KiB
  /// and the title.
  std::string facts;
  /// Member by member.
  friend bool operator==(const DocumentRow&, const DocumentRow&) = default;
};

/// That a document repeats another, and how nearly.
struct DocumentVerdict {
  std::uint64_t document = 0;  ///< which goes
  std::uint64_t first = 0;     ///< the earlier one, which is kept
  double similarity = 0;       ///< as Edit has it
  /// Member by member.
  friend bool operator==(const DocumentVerdict&, const DocumentVerdict&) = default;
};

/// Finds out which documents repeat an earlier one, exactly or nearly, as one Cleaner for all of
/// them would. One thread at a time. Cost: 1 to 5 us a document; of a kept one 300 bytes to 5 kB in
/// memory, and where that is limited in scratch space.
class DEDUP_EXPORT NearDocuments {
 public:
  /// Of the options `near_threshold`, `memory` and `scratch` count. Throws as Index does.
  explicit NearDocuments(const IndexOptions& options);
  ~NearDocuments();
  NearDocuments(NearDocuments&&) noexcept;             ///< the other may be assigned to only
  NearDocuments& operator=(NearDocuments&&) noexcept;  ///< likewise

  /// Of a document, which comes behind all that have lower numbers: nothing where it is kept. What
  /// has no group in common with another need not come. Throws InvalidOption for a row that no
  /// KeyRecorder of this version made, and what scratch space throws.
  [[nodiscard]] std::optional<DocumentVerdict> find_or_add(const DocumentRow& row);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Writes down what Cleaners ask about. To them nothing was ever seen before, so what they give is
/// of no use. Thread rule: as Index. Cost: 48 bytes a row, and as much spare, until it is taken.
class DEDUP_EXPORT KeyRecorder {
 public:
  /// Of the options `secret`, `first_document` and `near_threshold` count. Throws as Index does,
  /// and InvalidOption without a secret.
  explicit KeyRecorder(const IndexOptions& options);
  /// Beside an index in a file, which is only read: a document that it knows is removed, and of
  /// what it knows there are no rows, since whoever is told asks the same file (Index::open() with
  /// `read_only` and `elsewhere`). Rows have documents numbered as that Index has them. Throws as
  /// Index::open() does.
  KeyRecorder(const std::string& path, const IndexFileOptions& options);
  ~KeyRecorder();
  KeyRecorder(KeyRecorder&&) noexcept;             ///< the other may then be assigned to only
  KeyRecorder& operator=(KeyRecorder&&) noexcept;  ///< likewise

  /// For Cleaners, which it must outlive.
  [[nodiscard]] Index& index() noexcept;

  /// The rows since the last time, document after document, and in one those of each kind in the
  /// order of their places. Any thread; of a document that is still being cleaned the rest comes
  /// later.
  [[nodiscard]] std::vector<KeyRow> take();
  /// The same of documents, under Documents::near, in the order of their numbers for one Cleaner.
  [[nodiscard]] std::vector<DocumentRow> take_documents();

  /// How many documents so far the file knew. Any thread.
  [[nodiscard]] std::uint64_t known() const;
  /// What decides keys of the Cleaners that it is for, as IndexFacts::options has it; empty before
  /// the first. Any thread.
  [[nodiscard]] std::string options() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dedup
