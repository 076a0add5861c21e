// SPDX-License-Identifier: Apache-2.0
#include "command/shard.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <span>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/temporary.h"
#include "bytes/unpacking.h"
#include "command/machine.h"
#include "command/values.h"
#include "dedup/edit_list.h"
#include "dedup/index_builder.h"
#include "dedup/version.h"
#include "shards/first_places.h"

namespace dedup::tool {
namespace {

Secret secret_in(const std::string& path) {
  std::string bytes;
  try {
    bytes = read_all(path);
  } catch (const InputError& error) {
    throw UsageError(std::string("--secret: ") + error.what());
  }
  Secret secret;
  if (bytes.size() != secret.size()) {
    throw UsageError("--secret: " + shown(path) + " has " + std::to_string(bytes.size()) +
                     " bytes, not 32: head -c 32 /dev/urandom makes one");
  }
  std::ranges::transform(bytes, secret.begin(), [](char c) { return static_cast<std::byte>(c); });
  return secret;
}

std::string hex(const std::array<std::byte, 16>& key) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::byte byte : key) {
    text.push_back(kDigits[std::to_integer<std::size_t>(byte >> 4)]);
    text.push_back(kDigits[std::to_integer<std::size_t>(byte & std::byte{0xF})]);
  }
  return text;
}

/// The key of a text that is always the same, which says nothing of the secret.
std::string check_of(const Secret& secret) {
  KeyRecorder recorder({.secret = secret, .first_document = 0});
  Options options;
  options.threads = 1;
  options.boilerplate = Boilerplate::off;
  Cleaner cleaner(options, recorder.index());
  std::string text;
  for (int i = 0; i < 20; ++i)
    text += "\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D\u5341";
  class Nobody : public Sink {
    void kept(std::string_view) override {}
    void edit(const Edit&) override {}
  } nobody;
  cleaner.clean(text, nobody);
  return hex(recorder.take().at(0).key);
}

constexpr std::string_view kIndexSetting = "index=";
constexpr double kMillion = 1e6;

/// Which index the keys were made with, wherever it lies: how many documents it has, and a digest
/// of all that would change if anything was added to it or taken away.
std::string setting_of(const IndexFacts& facts) {
  Digest digest;
  for (const std::uint64_t number :
       {facts.commits, facts.sequences, facts.blocks, facts.runs, facts.sketches}) {
    digest.add(std::to_string(number) + ' ');
  }
  return std::string(kIndexSetting) + std::to_string(facts.documents) + ':' + digest.hex();
}

std::optional<IndexFacts> facts_of(const std::optional<std::string>& index) {
  return index ? std::optional(index_facts(*index)) : std::nullopt;
}

Making making_of(const ShardPart& job, const Secret& secret, const Options& options) {
  Making making{.version = std::string(version()),
                .recipe = std::string(key_recipe()),
                .check = check_of(secret),
                .settings = job.settings};
  Digest digest;
  for (const auto& file : options.boilerplate_rule_files) digest.add(file.text);
  digest.add(options.boilerplate_model.value_or(""));
  if (!options.boilerplate_rule_files.empty() || options.boilerplate_model) {
    making.settings.push_back("files=" + digest.hex());
  }
  return making;
}

/// What this step would have made of keys that are given: with its own index, or without.
Making made_here(Making making, const Secret& secret, const std::optional<IndexFacts>& index) {
  making.version = version();
  making.recipe = key_recipe();
  making.check = check_of(secret);
  std::erase_if(making.settings,
                [](const std::string& setting) { return setting.starts_with(kIndexSetting); });
  if (index) making.settings.push_back(setting_of(*index));
  return making;
}

std::vector<KeyFile> key_files(const std::vector<std::string>& paths) {
  std::vector<KeyFile> files;
  files.reserve(paths.size());
  for (const std::string& path : paths) files.emplace_back(path);
  return files;
}

/// Throws InputError where files do not agree with the first, or are of another stage.
void must_be_settled(const std::vector<KeyFile>& parts, bool settled) {
  const Making making = parts.front().making();
  for (const KeyFile& part : parts) {
    must_agree(part.path(), part.making(), parts.front().path(), making);
    if (part.settled() == settled) continue;
    throw InputError(shown(part.path()) +
                     (part.settled() ? ": is settled: its documents are known"
                                     : ": is to be settled first, by dedup shard settle"));
  }
}

std::vector<FirstFile> first_files(const std::vector<std::string>& paths) {
  std::vector<FirstFile> files;
  files.reserve(paths.size());
  for (const std::string& path : paths) files.emplace_back(path);
  return files;
}

void must_have(const FirstFile& file, std::uint64_t part) {
  if (part < file.parts()) return;
  throw UsageError("--part: " + shown(file.path()) + " knows of " + std::to_string(file.parts()) +
                   " parts");
}

/// Throws InputError where files are not all slices of one stage, each once.
void must_be_whole(const std::vector<const FirstFile*>& files, const std::string& what) {
  if (files.empty()) throw InputError("what first found out about " + what + " is missing");
  std::set<std::uint64_t> slices;
  for (const FirstFile* file : files) {
    if (file->slice().of != files.front()->slice().of ||
        !slices.insert(file->slice().number).second) {
      throw InputError(shown(file->path()) + ": of " + what + " there are other slices, or this " +
                       "one twice");
    }
  }
  if (slices.size() != files.front()->slice().of) {
    throw InputError("of " + what + " there are " + std::to_string(slices.size()) + " slices of " +
                     std::to_string(files.front()->slice().of));
  }
}

std::vector<const FirstFile*> of_stage(const std::vector<FirstFile>& files, Stage stage) {
  std::vector<const FirstFile*> found;
  for (const FirstFile& file : files) {
    if (file.stage() == stage) found.push_back(&file);
  }
  return found;
}

/// What a part is told of documents, and how many come before it.
std::vector<KeyRow> told_before(const ShardFirstJob& job, const Making& making,
                                std::uint64_t& before) {
  const std::vector<FirstFile> files = first_files(job.after);
  must_be_whole(of_stage(files, Stage::documents), "documents");
  std::vector<KeyRow> rows;
  for (const FirstFile& file : files) {
    must_agree(file.path(), file.making(), job.parts.front(), making);
    must_have(file, job.number);
    before = file.place(job.number).documents;
    const auto more = file.told(job.number).rows;
    rows.insert(rows.end(), more.begin(), more.end());
  }
  return rows;
}

/// With memory for half of the machine, and scratch space for more.
NearDocuments near_documents(const Making& making) {
  IndexOptions options{.near_threshold = Options{}.near_threshold,
                       .memory = machine_memory() / 2,
                       .scratch = file_scratch(temporary_directory({}))};
  constexpr std::string_view kThreshold = "--near-threshold=";
  for (const std::string& setting : making.settings) {
    if (!setting.starts_with(kThreshold)) continue;
    options.near_threshold =
        fraction("--near-threshold", setting.substr(kThreshold.size()), 0.5, 1);
  }
  return NearDocuments(options);
}

/// Of each part the documents that have company, sorted.
std::vector<std::vector<std::uint64_t>> company_in(const ShardFirstJob& job, const Making& making,
                                                   std::size_t parts) {
  const std::vector<FirstFile> files = first_files(job.after);
  must_be_whole(of_stage(files, Stage::company), "company");
  std::vector<std::vector<std::uint64_t>> company(parts);
  for (const FirstFile& file : files) {
    must_agree(file.path(), file.making(), job.parts.front(), making);
    if (parts > 0) must_have(file, parts - 1);
    for (std::size_t part = 0; part < parts; ++part) {
      for (const KeyRow& row : file.told(part).rows) company[part].push_back(row.at.document);
    }
  }
  for (auto& documents : company) {
    std::sort(documents.begin(), documents.end());
    documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
  }
  return company;
}

First found(const ShardFirstJob& job, const std::vector<KeyFile>& parts, const Making& making) {
  const bool near = parts.front().near();
  if (near ? job.stage == Stage::documents && job.after.empty()
           : job.stage == Stage::company || !job.after.empty()) {
    throw InputError(near ? "--of=documents needs --after=FILE, which --of=company wrote, where "
                            "near-duplicate documents are looked for"
                          : "--of=company is for keys of --documents=near");
  }
  if (!near || job.stage == Stage::company || job.stage == Stage::blocks) {
    return find_first(parts, job.stage, job.slice);
  }
  if (job.slice.of != 1) {
    throw InputError("--slice is not for documents that are compared nearly: one looks at all");
  }
  std::vector<std::vector<std::uint64_t>> company;
  if (job.stage == Stage::documents) company = company_in(job, making, parts.size());
  return find_near(parts, job.stage, company, near_documents(making));
}

}  // namespace

int shard_first(const ShardFirstJob& job) {
  const std::vector<KeyFile> parts = key_files(job.parts);
  must_be_settled(parts, job.stage == Stage::blocks);
  const Making making = parts.front().making();
  std::vector<KeyRow> told;
  std::uint64_t before = 0;
  if (job.settles) told = told_before(job, making, before);
  Target target = job.output ? Target::file(*job.output) : Target::standard_output();
  if (job.settles) {
    settle(target, parts.front(), told, before);
  } else {
    write_first_file(target, making, found(job, parts, making));
  }
  target.commit();
  return kDone;
}

/// Names first: rows are of documents that are there.
int shard_index(const ShardIndexJob& job) {
  constexpr std::uint64_t kMemory = std::uint64_t{256} << 20;  // of keys that are not written yet
  constexpr std::uint64_t kNames = 4096;                       // that are read at once
  const std::vector<KeyFile> parts = key_files(job.parts);
  must_be_settled(parts, false);
  const Secret secret = job.base ? index_secret(*job.base) : secret_in(job.secret);
  const Making making = parts.front().making();
  must_agree(parts.front().path(), making, "this run",
             made_here(making, secret, facts_of(job.base)));
  if (parts.front().near()) {
    throw InputError(
        shown(parts.front().path()) +
        ": near-duplicate documents were looked for, and an index of parts knows none");
  }
  const Part first = parts.front().part();
  if (first.index_options.empty() || first.near_threshold == 0) {
    throw InputError(shown(parts.front().path()) + ": its heading lacks index-options");
  }
  IndexBuilder builder(job.output,
                       {.secret = secret,
                        .options = first.index_options,
                        .near_threshold = static_cast<double>(first.near_threshold) / kMillion,
                        .base = job.base,
                        .memory = kMemory});
  for (const KeyFile& part : parts) {
    for (std::uint64_t begin = 0; begin < part.documents(); begin += kNames) {
      std::vector<std::uint64_t> some(std::min(kNames, part.documents() - begin));
      std::iota(some.begin(), some.end(), begin);
      for (const std::string& name : part.names(some)) builder.add_document(name);
    }
  }
  for_each_first(parts, [&builder](std::span<const KeyRow> rows) { builder.add(rows); });
  builder.commit();
  return kDone;
}

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
  if (job_.step == ShardPart::Step::apply) return;
  if (job.files.size() == 1) part_.file = job.files.front();
  if (job_.range) {
    part_.start = job_.range->start;
    part_.end = job_.range->end;
  }
  const double near_threshold = job.options.near_threshold;
  part_.near_threshold = static_cast<std::uint64_t>(std::llround(near_threshold * kMillion));
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

/// Files of shards count documents from the first of all parts on.
Cleaner ShardRun::make_cleaner(Options options) {
  making_ = making_of(job_, secret_, options);
  if (known_) making_->settings.push_back(setting_of(*known_));
  if (recorder_) return Cleaner(std::move(options), recorder_->index());
  const std::vector<FirstFile> files = first_files(job_.first);
  std::vector<KeyRow> rows;
  std::vector<DocumentVerdict> verdicts;
  std::vector<std::pair<std::uint64_t, std::string>> names;
  for (const FirstFile& file : files) {
    const Making others = file.making();
    must_agree(file.path(), others, "this run", *making_);
    must_have(file, job_.number);
    Told told = file.told(job_.number);
    for (const KeyRow& row : told.rows) {
      if (file.near() && row.kind == KeyKind::document) {
        verdicts.push_back(verdict_of(row));
      } else {
        rows.push_back(row);
      }
    }
    std::ranges::move(told.names, std::back_inserter(names));
    if (file.stage() != Stage::documents) place_ = file.place(job_.number);
  }
  if (of_stage(files, Stage::all).empty()) {
    must_be_whole(of_stage(files, Stage::documents), "documents");
    must_be_whole(of_stage(files, Stage::blocks), "blocks");
  }
  make_index(options);
  for (KeyRow& row : rows) row.at.document += first_document();
  index_->remember(rows);
  if (near_) index_->remember_verdicts(verdicts);
  if (options.first_names) {
    for (const auto& [document, name] : names) {
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
