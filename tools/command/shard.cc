// SPDX-License-Identifier: Apache-2.0
#include "command/shard.h"

#include <algorithm>
#include <set>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/temporary.h"
#include "bytes/unpacking.h"
#include "command/machine.h"
#include "command/values.h"
#include "dedup/edit_list.h"
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
  std::vector<KeyFile> parts;
  parts.reserve(job.parts.size());
  for (const std::string& path : job.parts) parts.emplace_back(path);
  const Making making = parts.front().making();
  for (const KeyFile& part : parts) {
    must_agree(part.path(), part.making(), parts.front().path(), making);
    if (part.settled() == (job.stage == Stage::blocks)) continue;
    throw InputError(shown(part.path()) +
                     (part.settled() ? ": is settled: its documents are known"
                                     : ": is to be settled first, by dedup shard settle"));
  }
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

ShardRun::ShardRun(const CleanJob& job, const std::shared_ptr<Scratch>& scratch)
    : job_(*job.shard),
      lists_edits_(job.removed.has_value()),
      near_(job.options.documents == Documents::near),
      secret_(secret_in(job_.secret)),
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
  recorder_.emplace(
      IndexOptions{.near_threshold = job.options.near_threshold, .scratch = {}, .secret = secret_});
  target_.emplace(Target::file(*job_.keys));
}

Cleaner ShardRun::make_cleaner(Options options) {
  making_ = making_of(job_, secret_, options);
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
  index_.emplace(IndexOptions{.places = options.first_positions,
                              .names = options.first_names,
                              .near_threshold = options.near_threshold,
                              .memory = options.memory / 2,
                              .scratch = scratch_,
                              .secret = secret_,
                              .first_document = place_.documents});
  index_->remember(rows);
  if (near_) index_->remember_verdicts(verdicts);
  if (options.first_names) {
    for (const auto& [document, name] : names) index_->remember_name(document, name);
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
  write_key_file(*target_, *making_, part_, recorder_->take(), near);
  target_->prepare();
}

void ShardRun::publish() {
  if (!recorder_) return;
  Publication publication;
  target_->publish(publication);
  publication.finish();
}

}  // namespace dedup::tool
