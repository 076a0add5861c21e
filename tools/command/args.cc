// SPDX-License-Identifier: Apache-2.0
// From words to a job, in one order for every command: help is answered before anything else is
// refused; then slips in options, in the name of a command, in values, and last what options say
// together. Only now the job is handed out.
//
// Every refusal is a UsageError, before a file is opened. (A first word that might be a command is
// looked up in the directory, but not opened.)
#include "command/args.h"

#include <algorithm>
#include <cerrno>
#include <span>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "command/choices.h"
#include "command/clean_words.h"
#include "command/index_words.h"
#include "command/machine.h"
#include "command/shard_words.h"
#include "command/suggestion.h"
#include "command/typed.h"
#include "listeners/catalogue.h"
#include "manual/completions.h"
#include "manual/help.h"
#include "manual/man_page.h"
#include "manual/option_table.h"
#include "manual/summary.h"

namespace dedup::tool {
namespace {

/// A first word that is no file may be a slip in the name of a command.
void refuse_mistyped_command(const Words& operands) {
  if (operands.empty() || input_id(operands.front())) return;
  Words commands;
  for (const Manual* manual : manuals()) commands.emplace_back(manual->name);
  const std::string meant = suggestion(operands.front(), commands);
  if (meant.empty()) return;
  throw UsageError(shown(operands.front()) + ": " + cause(ENOENT) + "; did you mean dedup " +
                   meant + "? (see dedup --help)");
}

std::string version_text() {
  std::string text = "dedup ";
  text.append(version()).append("\nICU ").append(icu_version());
  text.append(", Unicode ").append(unicode_version());
  return text.append("\nkey recipe ").append(key_recipe()) + '\n';
}

/// What is made of the table of options.
std::string generated(const std::string& what) {
  check("--generate", what, {"man", "bash", "zsh", "fish", "markdown"});
  if (what == "man") return man_page(version());
  if (what == "bash") return bash_completion();
  if (what == "markdown") return option_list(speaks_chinese());
  return what == "zsh" ? zsh_completion() : fish_completion();
}

/// Options of the main job that say what to write, and where to.
void refuse_outputs_of_diff(const Typed& typed) {
  for (const char* option : {"output", "output-dir", "in-place", "replace-damaged", "verdicts",
                             "report", "joblog", "resume"}) {
    if (!typed.given(option)) continue;
    throw UsageError("--" + std::string(option) + " is not for diff, which writes no clean text");
  }
}

View view_of(const Typed& typed) {
  return {.context = number("--context", typed.choice("context")),
          .colour = colour_of(typed.choice("color")),
          .pager = !typed.given("no-pager")};
}

/// `job.typed` is taken from all the words, those behind "--" with them, as the run was called.
Command read_clean(const Words& words) {
  const Typed typed(words, clean_manual().options);
  if (auto answer = help(typed, clean_manual())) return *std::move(answer);
  if (typed.given("version")) return Answer{version_text()};
  if (const auto what = typed.value("generate")) return Answer{generated(*what)};
  typed.check();
  refuse_mistyped_command(typed.operands());
  CleanJob job;
  fill(typed, job);
  check_outputs(job);
  check_log_options(job);
  job.typed = dedup::tool::typed(without_resume(words));
  job.settings = settings(typed);
  return job;
}

/// One list and one clean text, of which standard input can be but one.
Command read_restore(const Words& words) {
  const Typed typed(words, restore_manual().options);
  if (auto answer = help(typed, restore_manual())) return *std::move(answer);
  typed.check();
  RestoreJob job{.removed = typed.value("removed").value_or(""),
                 .name = typed.value("name"),
                 .output = typed.value("output")};
  if (job.removed.empty()) throw UsageError("restore needs --removed=FILE (see dedup --help)");
  if (typed.operands().size() > 1) {
    throw UsageError("restore takes one CLEAN file (see dedup --help)");
  }
  if (!typed.operands().empty()) job.clean = typed.operands().front();
  if (job.removed == "-" && job.clean == "-") {
    throw UsageError("restore cannot read both the list and the clean text from standard input");
  }
  return job;
}

/// Like the main job it reads standard input where no file is named. The model goes to standard
/// output without -o; that this is no terminal is seen to by learn().
Command read_learn(const Words& words) {
  const Typed typed(words, learn_manual().options);
  if (auto answer = help(typed, learn_manual())) return *std::move(answer);
  typed.check();
  LearnJob job;
  job.operands = operands_of(typed);
  check(job.operands);
  job.format = format_of(typed.choice("format"));
  job.fields = typed.values("field");
  job.options.encoding = typed.choice("encoding");
  job.options.min_documents = number("--min-documents", typed.choice("min-documents"));
  job.options.memory = size("--memory", typed.choice("memory"), machine_memory());
  job.output = typed.value("output");
  job.quiet = typed.given("quiet");
  return job;
}

/// The list says all that there is to say of its run: options of the main job come too late.
Command read_diff_of_list(const Typed& typed, std::span<const OptionEntry> main_options) {
  for (const OptionEntry& option : main_options) {
    if (!typed.given(option.name)) continue;
    throw UsageError(spelling(option) + " is not for diff --removed: its run is done");
  }
  DiffJob job{.removed = *typed.value("removed"),
              .name = typed.value("name"),
              .clean = std::nullopt,
              .view = view_of(typed)};
  if (typed.operands().size() > 1) {
    throw UsageError("diff --removed takes one CLEAN file (see dedup --help)");
  }
  if (!typed.operands().empty()) job.clean = typed.operands().front();
  if (job.removed == "-" && job.clean == "-") {
    throw UsageError("diff cannot read both the list and the clean text from standard input");
  }
  return job;
}

/// Of files as they would be cleaned, or of a list.
Command read_diff(const Words& words) {
  const std::vector<OptionEntry> options = all_options(diff_manual());
  const Typed typed(words, options);
  if (auto answer = help(typed, diff_manual())) return *std::move(answer);
  typed.check();
  if (typed.given("removed")) {
    return read_diff_of_list(typed, std::span(options).subspan(diff_manual().options.size()));
  }
  if (typed.given("name")) throw UsageError("--name is for diff --removed (see dedup --help)");
  refuse_outputs_of_diff(typed);
  CleanJob job;
  fill(typed, job);
  job.view = view_of(typed);
  job.dry_run = true;
  return job;
}

}  // namespace

/// The first word alone can name a command: behind an option `learn` is a file. A file of that name
/// in the first place is ./learn.
Command parse(int argc, const char* const* argv) {
  const Words words(argv + std::min(argc, 1), argv + argc);
  const std::string_view first = words.empty() ? "" : std::string_view(words.front());
  if (first == "restore") return read_restore(Words(words.begin() + 1, words.end()));
  if (first == "learn") return read_learn(Words(words.begin() + 1, words.end()));
  if (first == "diff") return read_diff(Words(words.begin() + 1, words.end()));
  if (first == "index") return read_index(Words(words.begin() + 1, words.end()));
  if (first == "shard") return read_shard(Words(words.begin() + 1, words.end()));
  return read_clean(words);
}

std::string short_help() { return brief_help(clean_manual(), speaks_chinese()); }

}  // namespace dedup::tool
