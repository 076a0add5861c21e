// SPDX-License-Identifier: Apache-2.0
// Files of a corpus that belong together: the keys of all parts, and what first found out in
// slices. All throw InputError, with the names of those that do not.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "shards/first_file.h"
#include "shards/key_file.h"

namespace dedup::tool {

[[nodiscard]] std::vector<KeyFile> key_files(const std::vector<std::string>& paths);

/// That all were made alike, and that all are settled, or none is.
void must_be_settled(const std::vector<KeyFile>& parts, bool settled);

[[nodiscard]] std::vector<FirstFile> first_files(const std::vector<std::string>& paths);

[[nodiscard]] std::vector<const FirstFile*> of_stage(const std::vector<FirstFile>& files,
                                                     Stage stage);

/// That these are all slices of one stage, each once. `what` is its name.
void must_be_whole(const std::vector<const FirstFile*>& files, const std::string& what);

/// That all are of these stages, and mean the same part by its number.
void must_belong(const std::vector<FirstFile>& files, std::initializer_list<Stage> stages,
                 std::uint64_t part);

/// That these keys are the part of that number.
void must_be_part(const FirstFile& file, std::uint64_t number, const KeyFile& part);

/// That the file knows of a part of that number; throws UsageError, since it was typed.
void must_have(const FirstFile& file, std::uint64_t part);

}  // namespace dedup::tool
