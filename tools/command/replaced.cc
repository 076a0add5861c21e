// SPDX-License-Identifier: Apache-2.0
#include "command/replaced.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bytes/backup.h"
#include "bytes/fault.h"
#include "bytes/paths.h"
#include "dedup/compression.h"

namespace dedup::tool {
namespace {

[[noreturn]] void refuse(const std::string& name, const std::string& why) {
  throw UsageError(shown(name) + ": " + why);
}

/// What is not there is told when it is to be read.
void check_file(const CleanJob& job, const std::string& file) {
  if (file == "-") throw UsageError("--in-place has no place for standard input: name files");
  if (is_page(job, file)) {
    refuse(file, "--in-place would leave the text of a page under its name: give --output-dir");
  }
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0 || S_ISREG(status.st_mode)) return;
  const bool directory = S_ISDIR(status.st_mode);
  refuse(file, directory ? cause(EISDIR) + "; -r reads the files below it"
                         : "--in-place replaces regular files only");
}

/// The second time it would be read as it is when it was replaced. Two names of one file are two
/// files once one of them was; few have them, so that names are made canonical for those alone.
void check_twice(const CleanJob& job) {
  std::map<std::pair<dev_t, ino_t>, std::vector<std::string_view>> seen;
  for (const std::string& file : job.files) {
    const auto id = input_id(file);
    if (!id) continue;
    auto& names = seen[{id->device, id->inode}];
    const auto is_same = [&](std::string_view other) {
      return canonical_name(file) == canonical_name(other);
    };
    if (std::ranges::any_of(names, is_same)) refuse(file, "--in-place takes each file once");
    names.push_back(file);
  }
}

/// What tells of the run would be written over an original that is kept.
void check_backups(const CleanJob& job) {
  if (job.in_place->empty()) return;
  for (const auto& [option, path] :
       {std::pair("--removed", &job.removed), std::pair("--report", &job.report),
        std::pair("--joblog", &job.joblog)}) {
    if (path->value_or("-") == "-") continue;
    const std::filesystem::path account = canonical_name(**path);
    for (const std::string& file : job.files) {
      const std::filesystem::path backup = backup_path(file, *job.in_place);
      if (backup.filename() != account.filename()) continue;
      if (canonical_name(backup.string()) != account) continue;
      throw UsageError(std::string(option) + " names the file that keeps what " + shown(file) +
                       " holds");
    }
  }
}

/// A list that grows with the files that become new has to be readable at any moment.
void check_growing(const std::string& list) {
  if (compression_of_name(list) == Compression::none) return;
  refuse(list, "a list that grows as files become new is not compressed: compress it afterwards");
}

/// What it explains is gone when a run is killed; so it grows with the files, and an older one,
/// which may be all that leads back to an original, is not written over.
void check_list(const CleanJob& job) {
  if (!job.removed || *job.removed == "-") return;
  check_growing(*job.removed);
  struct stat status {};
  const bool gone_on_with = job.resume && input_id(*job.joblog);
  if (job.dry_run || gone_on_with || ::stat(job.removed->c_str(), &status) != 0) return;
  if (S_ISREG(status.st_mode) && status.st_size > 0) {
    refuse(*job.removed,
           "is there already, and may be what leads back to files that were replaced: give "
           "--removed another name, or move it");
  }
}

}  // namespace

void check_in_place(const CleanJob& job, const Plan& plan) {
  for (const std::string& file : job.files) check_file(job, file);
  if (plan.converts) {
    throw UsageError("--in-place leaves files in their format: give --output-dir");
  }
  check_twice(job);
  check_backups(job);
  check_list(job);
}

void check_log(const CleanJob& job) {
  const auto log = input_id(*job.joblog);
  if (log && std::ranges::any_of(job.files,
                                 [&](const std::string& file) { return input_id(file) == log; })) {
    throw UsageError("--joblog names a file that is read");
  }
  if (!job.removed || *job.removed == "-") return;
  if (same_place(*job.joblog, *job.removed)) {
    throw UsageError("--joblog and --removed name the same file");
  }
  check_growing(*job.removed);
}

}  // namespace dedup::tool
