// SPDX-License-Identifier: Apache-2.0
// A clash found here costs nothing; found later it could cost a file. Files are compared by device
// and inode where they exist, else by path.
#include "command/plan.h"

#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>

#include "bytes/fault.h"
#include "bytes/paths.h"

namespace dedup::tool {
namespace {

namespace fs = std::filesystem;

Format format_by_name(const std::string& operand) {
  const fs::path extension = fs::path(operand).extension();
  return extension == ".jsonl" || extension == ".ndjson" ? Format::jsonl : Format::text;
}

std::vector<Errand> errands(const CleanJob& job) {
  std::vector<Errand> list;
  std::map<fs::path, std::string> taken;
  for (const std::string& file : job.files) {
    Errand& errand = list.emplace_back(Errand{file, {}});
    if (!job.output_dir) continue;
    if (file == "-") throw UsageError("--output-dir has no name for standard input");
    errand.target = mirrored(*job.output_dir, file);
    const auto [other, fresh] = taken.try_emplace(errand.target, file);
    if (!fresh) {
      throw UsageError(shown(other->second) + " and " + shown(file) + " would both be written to " +
                       shown(errand.target.string()));
    }
  }
  return list;
}

/// Regular files only: any number of runs may share a terminal or a pipe.
bool is_input(const fs::path& path, const std::vector<std::string>& operands) {
  const auto id = input_id(path.string());
  return id && id->regular &&
         std::any_of(operands.begin(), operands.end(),
                     [&](const std::string& operand) { return input_id(operand) == id; });
}

void check_targets(const CleanJob& job, const std::vector<Errand>& list) {
  std::set<std::pair<dev_t, ino_t>> inputs;
  for (const Errand& errand : list) {
    const auto id = input_id(errand.operand);
    if (id && id->regular) inputs.emplace(id->device, id->inode);
  }
  for (const Errand& errand : list) {
    const auto id = input_id(errand.target.string());
    if (id && inputs.contains({id->device, id->inode})) {
      throw UsageError(shown(errand.target.string()) + " would be written, but is also read");
    }
    if (job.removed && same_place(*job.removed, errand.target)) {
      throw UsageError("--removed names a file that is also written to --output-dir");
    }
  }
}

}  // namespace

Format common_format(std::optional<Format> format, const std::vector<std::string>& files) {
  if (format) return *format;
  const Format first = format_by_name(files.front());
  for (const std::string& file : files) {
    if (format_by_name(file) == first) continue;
    throw UsageError(shown(files.front()) + " and " + shown(file) +
                     " differ in format by their names: give --format");
  }
  return first;
}

std::string field_of(Format format, const std::optional<std::string>& field) {
  if (format != Format::jsonl && field) {
    throw UsageError("--field is for JSONL: give --format=jsonl, too");
  }
  return field.value_or(kDefaultField);
}

std::string encoding_of(Format format, const std::string& encoding) {
  if (format != Format::jsonl) return encoding;
  if (encoding != "auto" && encoding != "utf-8" && encoding != "utf8") {
    throw UsageError("--encoding=" + shown(encoding) +
                     " is for text: JSONL is UTF-8; convert it first, with iconv -t UTF-8");
  }
  return "utf-8";
}

Plan make_plan(const CleanJob& job) {
  Plan plan{common_format(job.format, job.files), {}, {}, errands(job)};
  plan.field = field_of(plan.format, job.field);
  plan.encoding = encoding_of(plan.format, job.options.encoding);
  if (plan.format == Format::jsonl && job.separator) {
    throw UsageError("--document-separator is for text: a line of JSONL is a document");
  }
  if (plan.format != Format::jsonl && job.verdicts) {
    throw UsageError("--verdicts is for JSONL: give --format=jsonl, too");
  }
  if (plan.format != Format::jsonl && job.drop_empty) {
    throw UsageError("--drop-empty is for JSONL: give --format=jsonl, too");
  }
  if (job.verdicts && job.removed && !job.dry_run) {
    throw UsageError("--verdicts and --removed exclude each other: restore knows no verdicts");
  }
  if (job.output_dir) check_targets(job, plan.errands);
  if (job.removed && *job.removed != "-") {
    if (job.output && *job.output != "-" && same_place(*job.removed, *job.output)) {
      throw UsageError("--removed and --output name the same file");
    }
    if (is_input(*job.removed, job.files)) throw UsageError("--removed names a file that is read");
  }
  return plan;
}

void refuse_reading_own_output(const std::vector<std::string>& operands) {
  const auto output = descriptor_id(STDOUT_FILENO);
  if (!output || !output->regular) return;
  for (const std::string& operand : operands) {
    if (input_id(operand) != output) continue;
    throw OutputError((operand == "-" ? "standard input" : shown(operand)) +
                      ": is standard output too; use -o to write a file in its place");
  }
}

}  // namespace dedup::tool
