// SPDX-License-Identifier: Apache-2.0
#include "command/clean_words.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "bytes/fault.h"
#include "bytes/terminal.h"
#include "command/choices.h"
#include "listeners/catalogue.h"
#include "manual/help.h"

namespace dedup::tool {
namespace {

// Each says what it refuses in the words that were typed; what only the file system can tell is
// asked in plan.cc. The first fault found is the one that is told.

/// What an index would be of no use for, or cannot do.
void check_index_options(const CleanJob& job) {
  if (!job.index) {
    if (job.index_read_only || job.index_wait != 0) {
      throw UsageError("--index-mode and --index-wait need --index=PATH");
    }
    return;
  }
  const Options& options = job.options;
  if (options.keep == Keep::none) {
    throw UsageError("--keep=none makes no sense with --index: it must see all input beforehand");
  }
  if (options.scope == Scope::document) {
    throw UsageError("--scope=document makes no sense with --index: nothing is compared with it");
  }
  if (options.scope == Scope::wide && options.paragraphs == Paragraphs::near) {
    throw UsageError(
        "--paragraphs=near makes no sense with --index and --scope=wide: an index has "
        "no near-duplicate paragraphs");
  }
}

void check_job(const CleanJob& job) {
  if (job.separator) check_line("--document-separator", *job.separator);
  if (!job.boilerplate_model.empty() && job.options.boilerplate == Boilerplate::off) {
    throw UsageError("--boilerplate-model makes no sense with --boilerplate=off");
  }
  if (std::ranges::count(job.operands.typed, "-") > 1) {
    throw UsageError("standard input is named twice");
  }
  check_index_options(job);
  check(job.operands);
}

/// Names, texts and plain flags, which go into the job as they were typed.
void take(const Typed& typed, CleanJob& job) {
  job.operands = operands_of(typed);
  job.fields = typed.values("field");
  job.boilerplate_rules = typed.values("boilerplate-rules");
  job.boilerplate_model = typed.value("boilerplate-model").value_or("");
  job.separator = typed.value("document-separator");
  job.tmpdir = typed.value("tmpdir").value_or("");
  job.output = typed.value("output");
  job.output_dir = typed.value("output-dir");
  job.removed = typed.value("removed");
  if (typed.given("in-place")) {
    job.in_place = backup_suffix(typed.value("in-place").value_or(""));
  }
  job.joblog = typed.value("joblog");
  job.resume = typed.given("resume");
  job.report = typed.value("report");
  job.replace_damaged = typed.given("replace-damaged");
  job.dry_run = typed.given("dry-run");
  job.quiet = typed.given("quiet");
  job.verbose = typed.given("verbose");
  job.line_buffered = typed.given("line-buffered");
  job.verdicts = typed.given("verdicts");
  job.drop_empty = typed.given("drop-empty");
  job.index = typed.value("index");
}

}  // namespace

std::optional<Answer> help(const Typed& typed, const Manual& manual) {
  if (typed.given("help")) return Answer{whole_help(manual)};
  if (typed.given("h")) return Answer{brief_help(manual, speaks_chinese())};
  return std::nullopt;
}

Operands operands_of(const Typed& typed) {
  return {.typed = typed.operands(),
          .recursive = typed.given("recursive"),
          .files_from = typed.value("files-from"),
          .files0_from = typed.value("files0-from")};
}

// Names first, then what choices mean, and last what they say together: a slip in one of them is
// told as such, and not as a contradiction.
void fill(const Typed& typed, CleanJob& job) {
  take(typed, job);
  apply(typed, job);
  check_job(job);
}

Words settings(const Typed& typed) {
  constexpr std::string_view kFree[] = {"threads", "memory", "tmpdir", "quiet",    "verbose",
                                        "stats",   "joblog", "resume", "progress", "report"};
  Words result;
  for (const OptionEntry& option : clean_manual().options) {
    if (option.name.empty() || std::ranges::count(kFree, option.name) > 0) continue;
    if (!typed.given(option.name)) continue;
    if (!typed.value(option.name)) {
      result.push_back(spelling(option));
      continue;
    }
    for (const std::string& value : typed.values(option.name)) {
      result.push_back(spelling(option) + '=' + value);
    }
  }
  return result;
}

Words without_resume(Words words) {
  std::erase(words, "--resume");
  return words;
}

void check_outputs(const CleanJob& job) {
  const bool apart = job.output_dir || job.in_place || (job.output && *job.output != "-");
  for (const auto& [option, path] :
       {std::pair("--removed=-", &job.removed), std::pair("--report=-", &job.report)}) {
    if (*path != "-" || apart || job.dry_run) continue;
    throw UsageError(std::string(option) +
                     " needs -o, -i, --output-dir or -n: standard output has the clean text");
  }
  if (job.removed == "-" && job.report == "-") {
    throw UsageError("--removed and --report cannot both go to standard output");
  }
}

void check_log_options(const CleanJob& job) {
  if (job.resume && !job.joblog) throw UsageError("--resume needs --joblog=FILE");
  if (!job.joblog) return;
  if (*job.joblog == "-") throw UsageError("--joblog needs a file");
  if (job.dry_run) throw UsageError("--joblog logs what is written, and --dry-run writes nothing");
  if (!job.in_place && !job.output_dir) {
    throw UsageError("--joblog is for --in-place=SUFFIX and --output-dir");
  }
  if (job.in_place && job.in_place->empty()) {
    throw UsageError(
        "--joblog needs the originals to go on with: give --in-place a SUFFIX that keeps them");
  }
}

}  // namespace dedup::tool
