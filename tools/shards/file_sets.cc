// SPDX-License-Identifier: Apache-2.0
#include "shards/file_sets.h"

#include <algorithm>
#include <set>

#include "bytes/fault.h"
#include "bytes/paths.h"

namespace dedup::tool {

std::vector<KeyFile> key_files(const std::vector<std::string>& paths) {
  std::vector<KeyFile> files;
  files.reserve(paths.size());
  for (const std::string& path : paths) files.emplace_back(path);
  return files;
}

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

void must_belong(const std::vector<FirstFile>& files, std::initializer_list<Stage> stages,
                 std::uint64_t part) {
  for (const FirstFile& file : files) {
    must_have(file, part);
    const FirstFile& other = files.front();
    if (std::ranges::find(stages, file.stage()) == stages.end()) {
      throw InputError(shown(file.path()) + ": is of another step than is asked for");
    }
    if (file.parts() == other.parts() && file.place(part).identity == other.place(part).identity) {
      continue;
    }
    throw InputError(shown(file.path()) + " and " + shown(other.path()) + " are of other parts");
  }
}

void must_have(const FirstFile& file, std::uint64_t part) {
  if (part < file.parts()) return;
  throw UsageError("--part: " + shown(file.path()) + " knows of " + std::to_string(file.parts()) +
                   " parts");
}

void must_be_part(const FirstFile& file, std::uint64_t number, const KeyFile& part) {
  if (file.place(number).identity == part.identity()) return;
  throw InputError(shown(part.path()) + ": is not part " + std::to_string(number) + " of " +
                   shown(file.path()));
}

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

}  // namespace dedup::tool
