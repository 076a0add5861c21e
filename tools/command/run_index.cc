// SPDX-License-Identifier: Apache-2.0
#include "command/run_index.h"

#include <exception>
#include <utility>

#include "bytes/paths.h"

namespace dedup::tool {
namespace {

bool streams(const CleanJob& job) {
  const bool apart = job.output_dir || job.in_place || job.removed || job.report;
  return !apart && !job.dry_run && job.output.value_or("-") == "-";
}

std::optional<Index> open(const CleanJob& job, const std::shared_ptr<Scratch>& scratch) {
  if (!job.index || job.shard || (job.dry_run && !input_id(*job.index))) return std::nullopt;
  return Index::open(*job.index, {.read_only = job.dry_run || job.index_read_only,
                                  .near_threshold = job.options.near_threshold,
                                  .memory = job.options.memory / 2,
                                  .scratch = scratch,
                                  .commit_documents = 0,
                                  .commit_seconds = 0,
                                  .wait = job.index_wait * 1000});
}

}  // namespace

RunIndex::RunIndex(const CleanJob& job, const std::shared_ptr<Scratch>& scratch)
    : streams_(streams(job)),
      shard_(job.shard ? std::optional<ShardRun>(std::in_place, job, scratch) : std::nullopt),
      index_(open(job, scratch)),
      first_document_(index_ ? index_->documents() : 0),
      doubt_(shown(job.index.value_or("")) +
             ": cannot be written; the outputs are in their places, and it does not know of them") {
}

Cleaner RunIndex::make_cleaner(Options options) {
  if (shard_) return shard_->make_cleaner(std::move(options));
  if (!index_) return Cleaner(std::move(options));
  options.memory -= options.memory / 2;
  return Cleaner(std::move(options), *index_);
}

void RunIndex::now_and_then(const std::function<void()>& give_out) {
  constexpr std::chrono::seconds kPause(5);
  if (!goes_along() || Clock::now() - committed_ < kPause) return;
  give_out();
  index_->commit();
  committed_ = Clock::now();
}

void RunIndex::prepare() {
  if (shard_) shard_->prepare();
  if (index_) index_->prepare();
}

void RunIndex::commit() {
  if (shard_) shard_->publish();
  if (!index_) return;
  try {
    index_->commit();
  } catch (const std::exception&) {
    if (streams_) throw;
    throw HalfwayError(doubt_);
  }
}

}  // namespace dedup::tool
