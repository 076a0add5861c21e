// SPDX-License-Identifier: Apache-2.0
#include "command/shard_run.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "command/shard_making.h"
#include "shards/file_sets.h"

namespace dedup::tool {
namespace {

/// One file of all, or all slices of documents and of blocks.
void must_be_all(const std::vector<FirstFile>& files) {
  if (!of_stage(files, Stage::all).empty()) {
    must_be_whole(of_stage(files, Stage::all), "all");
    if (files.size() != 1) throw InputError("what first found out is given twice");
  } else {
    must_be_whole(of_stage(files, Stage::documents), "documents");
    must_be_whole(of_stage(files, Stage::blocks), "blocks");
  }
}

}  // namespace

ShardRun::ShardRun(const CleanJob& job, const std::shared_ptr<Scratch>& scratch)
    : job_(*job.shard),
      index_file_(job.index),
      known_(facts_of(job.index)),
      lists_edits_(job.removed.has_value()),
      near_(job.options.documents == Documents::near),
      secret_(job.index ? index_secret(*job.index) : secret_in(job_.secret)),
      scratch_(scratch) {
  if (job_.range && (job.files.size() != 1 || job.files.front() == "-")) {
    throw UsageError("--range needs one FILE");
  }
  must_not_replace(job_.keys ? job_.keys : job.output, {job_.secret});
  must_not_replace(job_.keys ? job_.keys : job.output, job_.first);
  if (job_.keys) must_not_replace(job_.keys, job.files);
  if (job_.step == ShardPart::Step::apply) return;
  if (job.files.size() == 1) part_.file = job.files.front();
  if (job_.range) {
    part_.start = job_.range->start;
    part_.end = job_.range->end;
  }
  const double near_threshold = job.options.near_threshold;
  part_.near_threshold = near_threshold;
  if (index_file_) {
    if (same_place(*job_.keys, *index_file_)) {
      throw UsageError("--index and --output name the same file");
    }
    recorder_.emplace(*index_file_, IndexFileOptions{.near_threshold = near_threshold,
                                                     .memory = job.options.memory / 2,
                                                     .scratch = scratch_});
    must_be_known_one(recorder_->index().documents());
  } else {
    recorder_.emplace(
        IndexOptions{.near_threshold = near_threshold, .scratch = {}, .secret = secret_});
  }
  target_.emplace(Target::file(*job_.keys));
}

/// Whoever wrote to it meanwhile made it another.
void ShardRun::must_be_known_one(std::uint64_t documents) const {
  if (documents == known_->documents) return;
  throw InputError(shown(*index_file_) + ": was written to meanwhile");
}

/// Of what was seen before this part: in other parts, and by other runs before all of them.
void ShardRun::make_index(const Options& options) {
  if (index_file_) {
    index_.emplace(Index::open(*index_file_, {.read_only = true,
                                              .near_threshold = options.near_threshold,
                                              .memory = options.memory / 2,
                                              .scratch = scratch_,
                                              .elsewhere = place_.documents}));
    must_be_known_one(index_->documents() - place_.documents);
    return;
  }
  index_.emplace(IndexOptions{.places = options.first_positions,
                              .names = options.first_names,
                              .near_threshold = options.near_threshold,
                              .memory = options.memory / 2,
                              .scratch = scratch_,
                              .secret = secret_,
                              .first_document = place_.documents});
}

struct ShardRun::ToldInAll {
  std::vector<KeyRow> rows;
  std::vector<DocumentVerdict> verdicts;
  std::vector<std::pair<std::uint64_t, std::string>> names;
};

/// What the part is told, and where it stands: blocks know how many documents stay behind it, which
/// documents alone do not.
ShardRun::ToldInAll ShardRun::read_told(const std::vector<FirstFile>& files) {
  ToldInAll all;
  for (const FirstFile& file : files) {
    const Making others = file.making();
    must_agree(file.path(), others, "this run", *making_);
    Told told = file.told(job_.number);
    for (const KeyRow& row : told.rows) {
      if (file.near() && row.kind == KeyKind::document) {
        all.verdicts.push_back(verdict_of(row));
      } else {
        all.rows.push_back(row);
      }
    }
    std::ranges::move(told.names, std::back_inserter(all.names));
    if (file.stage() != Stage::documents) place_ = file.place(job_.number);
  }
  return all;
}

/// Files of shards count documents from the first of all parts on.
Cleaner ShardRun::make_cleaner(Options options) {
  making_ = making_of(job_, secret_, options, known_);
  if (recorder_) return Cleaner(std::move(options), recorder_->index());
  const std::vector<FirstFile> files = first_files(job_.first);
  must_belong(files, {Stage::documents, Stage::blocks, Stage::all}, job_.number);
  must_be_all(files);
  ToldInAll told = read_told(files);
  make_index(options);
  for (KeyRow& row : told.rows) row.at.document += first_document();
  index_->remember(told.rows);
  if (near_) index_->remember_verdicts(told.verdicts);
  if (options.first_names) {
    for (const auto& [document, name] : told.names) {
      index_->remember_name(first_document() + document, name);
    }
  }
  options.memory -= options.memory / 2;
  return Cleaner(std::move(options), *index_);
}

/// Elsewhere what stands between two documents depends on both.
void ShardRun::check(const Plan& plan) const {
  const bool lines = plan.output == Output::jsonl || plan.format != Format::warc;
  if (plan.format == Format::json || !lines) {
    throw UsageError("shard is for text, JSONL, and archives with --to=jsonl");
  }
  if (lists_edits_ && plan.output == Output::text) {
    throw UsageError(
        "--removed is not for shard apply of text, where a line end before a document is an edit "
        "of it, and a part does not know of it: give --to=jsonl, too");
  }
  if (job_.range && plan.format != Format::jsonl) {
    throw UsageError("--range is for JSONL: elsewhere a part is whole files");
  }
}

void ShardRun::limit(Source& source) const {
  if (job_.range) source.limit(*job_.range, place_.lines);
}

std::string ShardRun::fault() const {
  const std::uint64_t before = first_document() + place_.documents;
  if (!index_ || index_->documents() - before == place_.size) return {};
  return "part " + std::to_string(job_.number) + " has " +
         std::to_string(index_->documents() - before) + " documents, and its keys are of " +
         std::to_string(place_.size) + ": this is another text";
}

void ShardRun::prepare() {
  if (!recorder_) return;
  std::optional<std::vector<DocumentRow>> near;
  if (near_) near = recorder_->take_documents();
  std::vector<KeyRow> rows = recorder_->take();
  for (KeyRow& row : rows) row.at.document -= first_document();
  part_.known = recorder_->known();
  part_.index_options = recorder_->options();
  write_key_file(*target_, *making_, part_, std::move(rows), near);
  target_->prepare();
}

void ShardRun::publish() {
  if (!recorder_) return;
  Publication publication;
  target_->publish(publication);
  publication.finish();
}

}  // namespace dedup::tool
