// SPDX-License-Identifier: Apache-2.0
// What a run of cleaning is put together from, by its job and its plan.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "bytes/wake_up.h"
#include "command/args.h"
#include "command/plan.h"
#include "dedup/edit_list.h"
#include "dedup/options.h"
#include "dedup/scratch.h"
#include "readers/reader.h"
#include "shards/key_file.h"
#include "writers/desk.h"
#include "writers/writer.h"

namespace dedup::tool {

/// The options of the Cleaner. The library opens no files: what they name is read here. What nobody
/// asks to be told is not remembered either. Throws UsageError for a file that cannot be read.
[[nodiscard]] Options cleaner_options(const CleanJob& job, const Plan& plan, const WakeUp& wake_up,
                                      std::shared_ptr<Scratch> scratch);

/// The reader of all operands.
[[nodiscard]] std::unique_ptr<Reader> make_reader(const CleanJob& job, const Plan& plan,
                                                  const std::shared_ptr<Scratch>& scratch);

/// The pages of an archive have nothing else to part them than a blank line.
[[nodiscard]] std::unique_ptr<Writer> make_writer(const CleanJob& job, const Plan& plan, Desk desk,
                                                  const std::shared_ptr<Scratch>& scratch);

/// The writer of a step that notes keys, and writes no text.
[[nodiscard]] std::unique_ptr<Writer> make_key_writer(Desk desk, Part& part,
                                                      const std::shared_ptr<Scratch>& scratch);

/// What restoring has to know of the run: how texts were cut out of the input, and put together.
[[nodiscard]] EditListHeader list_header(const CleanJob& job, const Plan& plan, bool separate);

/// Whether the run does: the text, the list of edits or the report.
[[nodiscard]] bool writes_to_standard_output(const CleanJob& job);

/// Whether the progress of the run is drawn. By itself only on a terminal on which no clean text
/// appears, and where messages are wanted.
[[nodiscard]] bool shows_progress(const CleanJob& job);

/// How many threads the run has.
[[nodiscard]] unsigned threads_of(const CleanJob& job);

/// The bytes of all operands; nothing where one of them has no size.
[[nodiscard]] std::optional<std::uint64_t> total_size(const Plan& plan);

/// Memory that inputs and outputs take: small files that are held, compressing, where large files
/// are open one at a time, and what the report holds.
[[nodiscard]] std::uint64_t packing_memory(const CleanJob& job, const Plan& plan);

}  // namespace dedup::tool
