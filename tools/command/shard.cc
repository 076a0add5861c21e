// SPDX-License-Identifier: Apache-2.0
#include "command/shard.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/target.h"
#include "bytes/temporary.h"
#include "command/machine.h"
#include "command/shard_making.h"
#include "dedup/index_builder.h"
#include "shards/file_sets.h"
#include "shards/first_places.h"

namespace dedup::tool {
namespace {

/// What a part is told of documents, and how many come before it.
std::vector<KeyRow> told_before(const ShardFirstJob& job, const Making& making, const KeyFile& part,
                                std::uint64_t& before) {
  const std::vector<FirstFile> files = first_files(job.after);
  must_belong(files, {Stage::documents}, job.number);
  must_be_whole(of_stage(files, Stage::documents), "documents");
  std::vector<KeyRow> rows;
  for (const FirstFile& file : files) {
    must_agree(file.path(), file.making(), job.parts.front(), making);
    must_be_part(file, job.number, part);
    before = file.place(job.number).documents;
    const auto more = file.told(job.number).rows;
    rows.insert(rows.end(), more.begin(), more.end());
  }
  return rows;
}

/// With memory for half of the machine, and scratch space for more.
NearDocuments near_documents(const Part& part) {
  return NearDocuments({.near_threshold = part.near_threshold,
                        .memory = machine_memory() / 2,
                        .scratch = file_scratch(temporary_directory({}))});
}

/// Of each part the documents that have company, sorted.
std::vector<std::vector<std::uint64_t>> company_in(const ShardFirstJob& job, const Making& making,
                                                   const std::vector<KeyFile>& parts) {
  const std::vector<FirstFile> files = first_files(job.after);
  must_belong(files, {Stage::company}, parts.size() - 1);
  must_be_whole(of_stage(files, Stage::company), "company");
  std::vector<std::vector<std::uint64_t>> company(parts.size());
  for (const FirstFile& file : files) {
    must_agree(file.path(), file.making(), job.parts.front(), making);
    for (std::size_t part = 0; part < parts.size(); ++part) {
      must_be_part(file, part, parts[part]);
      for (const KeyRow& row : file.told(part).rows) company[part].push_back(row.at.document);
    }
  }
  for (auto& documents : company) {
    std::sort(documents.begin(), documents.end());
    documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
  }
  return company;
}

/// By the one step or by the other: near-duplicates are found by more than keys.
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
  if (job.stage == Stage::documents) company = company_in(job, making, parts);
  return find_near(parts, job.stage, company, near_documents(parts.front().part()));
}

}  // namespace

/// The output replaces nothing that is read, since a second run would then have something else.
int shard_first(const ShardFirstJob& job) {
  must_not_replace(job.output, job.parts);
  must_not_replace(job.output, job.after);
  const std::vector<KeyFile> parts = key_files(job.parts);
  must_be_settled(parts, job.stage == Stage::blocks);
  const Making making = parts.front().making();
  std::vector<KeyRow> told;
  std::uint64_t before = 0;
  if (job.settles) told = told_before(job, making, parts.front(), before);
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
  IndexBuilder builder(job.output, {.secret = secret,
                                    .options = first.index_options,
                                    .near_threshold = first.near_threshold,
                                    .base = job.base,
                                    .memory = kMemory});
  for (const KeyFile& part : parts) {
    for (const std::string& name : part.names()) builder.add_document(name);
  }
  for_each_first(parts, [&builder](std::span<const KeyRow> rows) { builder.add(rows); });
  builder.commit();
  return kDone;
}

}  // namespace dedup::tool
