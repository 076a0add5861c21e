// SPDX-License-Identifier: Apache-2.0
// An index file of what a corpus held that was cleaned in parts (shard.h): the one that a single
// run with Index::open() would have left. It is made of the rows of all parts and the names of
// their documents:
//
//   dedup::IndexBuilder builder("seen.index", {.secret = secret, .options = recorder.options()});
//   for (…) builder.add_document(name);   // of all parts, in their order
//   builder.add(rows);                    // of each key the first place, by the rule of shard.h
//   builder.commit();
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dedup/export.h"
#include "dedup/index.h"
#include "dedup/shard.h"

namespace dedup {

/// What a new index file begins with. Plain values, copied.
struct IndexBuilderOptions {
  /// That the rows were made with; of a `base` it is the base's, and need not be given.
  std::optional<Secret> secret = std::nullopt;

  /// KeyRecorder::options() of the recorders. Empty: the first Cleaner decides.
  std::string options = {};

  /// Least resemblance of near-duplicate documents that Cleaners must ask with.
  double near_threshold = 0.8;

  /// An index file that the recorders stood beside; all that it has is taken over, and stays there.
  /// It is only read.
  std::optional<std::string> base = std::nullopt;

  /// Most bytes in memory for what is not in the file yet. 0: no limit.
  std::uint64_t memory = 0;
};

/// Makes an index file. It appears at its path when it is whole; until then it lies beside it.
/// One thread at a time. Cost: as Index::open(), and nothing is asked.
///
/// All throw IndexError, after which it is of no further use.
class DEDUP_EXPORT IndexBuilder {
 public:
  /// Throws InvalidOption without a secret and a base, for a base that does not fit the other
  /// options, and for a threshold out of its range. IndexError also where `path` is there.
  IndexBuilder(const std::string& path, const IndexBuilderOptions& options);
  /// What is not committed goes.
  ~IndexBuilder();
  IndexBuilder(IndexBuilder&&) noexcept;             ///< the other may then be assigned to only
  IndexBuilder& operator=(IndexBuilder&&) noexcept;  ///< likewise

  /// The next document, which gets the next number: from 0 on, whatever a base has.
  void add_document(std::string_view name);

  /// Where keys were first, in any order; of equal keys the first one counts. Throws InvalidOption,
  /// and takes none, for a row of no kind, and of a document that was not added before.
  void add(std::span<const KeyRow> rows);

  /// Puts the file in its place, for good, and leaves it to others. Comes last: all calls behind it
  /// throw Misuse.
  void commit();

 private:
  struct State;
  std::unique_ptr<State> state_;  // null once it is committed
};

}  // namespace dedup
