// SPDX-License-Identifier: Apache-2.0
// What a run is about that is a step of `dedup shard`: it reads text as any other, but for its
// index and where it ends.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bytes/publication.h"
#include "bytes/source.h"
#include "bytes/target.h"
#include "command/args.h"
#include "command/plan.h"
#include "dedup/cleaner.h"
#include "dedup/index.h"
#include "dedup/index_file.h"
#include "dedup/options.h"
#include "dedup/scratch.h"
#include "dedup/shard.h"
#include "shards/first_file.h"
#include "shards/key_file.h"

namespace dedup::tool {

/// What a run of keys or apply is about.
class ShardRun {
 public:
  /// Throws UsageError, InputError, OutputError, InvalidOption and IndexError.
  ShardRun(const CleanJob& job, const std::shared_ptr<Scratch>& scratch);

  /// With what is known of other parts, or with an index that writes down what is asked.
  [[nodiscard]] Cleaner make_cleaner(Options options);

  /// Refuses plans whose outputs cannot be joined. Throws UsageError.
  void check(const Plan& plan) const;

  [[nodiscard]] bool notes_keys() const noexcept { return recorder_.has_value(); }
  /// Of keys, for the writer.
  [[nodiscard]] Part& part() noexcept { return part_; }
  /// Of apply.
  [[nodiscard]] const PartPlace& place() const noexcept { return place_; }
  /// The number, for the Cleaner, of the first document of all parts.
  [[nodiscard]] std::uint64_t first_document() const noexcept {
    return known_ ? known_->documents : 0;
  }

  /// Has the source give its part.
  void limit(Source& source) const;

  /// What is wrong with the text that apply has read to its end; empty: nothing.
  [[nodiscard]] std::string fault() const;

  /// Writes the keys, if they are noted.
  void prepare();
  void publish();

 private:
  void must_be_known_one(std::uint64_t documents) const;
  struct ToldInAll;
  [[nodiscard]] ToldInAll read_told(const std::vector<FirstFile>& files);
  void make_index(const Options& options);

  ShardPart job_;
  std::optional<std::string> index_file_;  // of what earlier runs have seen
  std::optional<IndexFacts> known_;
  bool lists_edits_;
  bool near_;  // documents
  Secret secret_;
  Part part_;
  PartPlace place_;
  std::optional<KeyRecorder> recorder_;
  std::optional<Making> making_;
  std::optional<Target> target_;
  std::optional<Index> index_;
  std::shared_ptr<Scratch> scratch_;
};

}  // namespace dedup::tool
