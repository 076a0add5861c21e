// SPDX-License-Identifier: Apache-2.0
// Before a run: which files there are, which of them an earlier run has done, and what standard
// input holds.
#include "command/clean.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bytes/fault.h"
#include "bytes/source.h"
#include "command/job_log.h"
#include "command/operands.h"
#include "command/plan.h"
#include "command/run.h"
#include "command/run_parts.h"
#include "readers/recognise.h"

namespace dedup::tool {
namespace {

/// Why a job makes no sense, if it makes none.
std::optional<UsageError> refusal(const CleanJob& job) {
  try {
    static_cast<void>(make_plan(job));
  } catch (const UsageError& error) {
    return error;
  }
  return std::nullopt;
}

/// Standard input has no name to tell its format: an array of records shows by its head, which is
/// asked for where the options may go with one. What cannot be read is told when it is.
int clean_standard_input(CleanJob job) {
  CleanJob as_json = job;
  as_json.format = Format::json;
  const auto refused = refusal(job);
  const bool may_be_json = !refusal(as_json);
  if (refused && !may_be_json) throw UsageError(*refused);
  std::optional<Source> input;
  try {
    if (may_be_json) input.emplace("-");
    if (input && starts_array(*input)) job.format = Format::json;
  } catch (const InputError&) {
    input.reset();
  }
  if (refused && !job.format) throw UsageError(*refused);
  Run run(job);
  if (input) run.give(std::move(*input));
  return run.go();
}

}  // namespace

int clean(CleanJob job) {
  Written written{.files = {}, .directory = job.output_dir, .quiet = job.quiet};
  for (const auto* output : {&job.output, &job.removed, &job.report}) {
    if (output->value_or("-") != "-") written.files.push_back(**output);
  }
  if (job.in_place) written.backups = *job.in_place;
  if (job.joblog) written.own = {*job.joblog};
  if (job.joblog && job.removed && job.resume) written.own.push_back(*job.removed);
  if (job.index) written.own.push_back(*job.index);
  job.files = expanded(job.operands, written);
  if (writes_to_standard_output(job)) refuse_reading_own_output(job.files);
  std::optional<JobLog> log;
  if (job.joblog) job.sources = log.emplace(job).sources();
  JobLog* const kept = log ? &*log : nullptr;
  if (job.format || job.files != std::vector<std::string>{"-"}) return Run(job, kept).go();
  return clean_standard_input(job);
}

}  // namespace dedup::tool
