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
#include <charconv>
#include <chrono>
#include <cstdio>
#include <span>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "command/choices.h"
#include "command/machine.h"
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

/// The help that was asked for, if any.
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

/// One of these goes to standard output, or what comes out is of no use.
/// Whether an output is also an input is asked of the file system in plan.cc.
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

/// A log is of what is written, file by file; and to go on with a job its originals are read again.
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

/// What was given of the options that decide what comes out, as --name=value. Who goes on with a
/// job may do it faster, or be told more of it.
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

/// A run that was gone on with writes the same list of edits as one that was not interrupted.
Words without_resume(Words words) {
  std::erase(words, "--resume");
  return words;
}

void fill(const Typed& typed, CleanJob& job) {
  take(typed, job);
  apply(typed, job);
  check_job(job);
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

/// "2025-01-31" as seconds since 1970, at its beginning in UTC.
std::int64_t day(const std::string& text) {
  using namespace std::chrono;
  int year = 0;
  unsigned month = 0;
  unsigned date = 0;
  int end = 0;
  const int found = std::sscanf(text.c_str(), "%4d-%2u-%2u%n", &year, &month, &date, &end);
  const year_month_day day{std::chrono::year(year), std::chrono::month(month),
                           std::chrono::day(date)};
  if (found != 3 || static_cast<std::size_t>(end) != text.size() || !day.ok()) {
    refuse_value("--before", "a day such as 2025-01-31", text);
  }
  return duration_cast<seconds>(sys_days(day).time_since_epoch()).count();
}

using Action = IndexJob::Action;
constexpr std::pair<std::string_view, Action> kActions[] = {
    {"info", Action::info},       {"check", Action::check}, {"compact", Action::compact},
    {"forget", Action::forget},   {"merge", Action::merge}, {"export", Action::exporting},
    {"import", Action::importing}};

Action action_of(const Words& operands) {
  Words names;
  for (const auto& [name, action] : kActions) {
    if (!operands.empty() && operands.front() == name) return action;
    names.emplace_back(name);
  }
  if (operands.empty()) {
    throw UsageError("index needs an action, such as info, and a file (see dedup --help)");
  }
  refuse_choice("index", names, operands.front());
}

/// Options that another action has are refused, so that none is given in vain.
void check_options_of(Action action, const Typed& typed) {
  const auto only = [&](const char* option, Action owner, const char* name) {
    if (!typed.given(option) || action == owner) return;
    throw UsageError("--" + std::string(option) + " is for index " + name);
  };
  only("name", Action::forget, "forget");
  only("before", Action::forget, "forget");
  only("output", Action::exporting, "export");
  only("json", Action::info, "info");
  if (action == Action::forget && !typed.given("name") && !typed.given("before")) {
    throw UsageError("index forget needs --name=NAME or --before=DATE");
  }
}

Command read_index(const Words& words) {
  const Typed typed(words, index_manual().options);
  if (auto answer = help(typed, index_manual())) return *std::move(answer);
  typed.check();
  const Words& operands = typed.operands();
  IndexJob job{.action = action_of(operands),
               .path = {},
               .from = {},
               .forgotten = {.name = typed.value("name")},
               .output = typed.value("output"),
               .json = typed.given("json")};
  check_options_of(job.action, typed);
  if (const auto date = typed.value("before")) job.forgotten.before = day(*date);
  const std::string& name = operands.front();
  if (operands.size() < 2) throw UsageError("index " + name + " needs an index");
  job.path = operands[1];
  job.from.assign(operands.begin() + 2, operands.end());
  const bool several = job.action == Action::merge;
  if (several ? job.from.empty() : job.from.size() > (job.action == Action::importing ? 1U : 0U)) {
    throw UsageError("index " + name + (several ? " needs indexes to merge" : " takes one index"));
  }
  return job;
}

/// "START-END" or "START-".
Range range_of(const std::string& text) {
  Range range;
  const char* const end = text.data() + text.size();
  const auto [dash, fault] = std::from_chars(text.data(), end, range.start);
  bool good = fault == std::errc() && dash != end && *dash == '-';
  if (good && dash + 1 != end) {
    const auto [stop, other] = std::from_chars(dash + 1, end, range.end);
    good = other == std::errc() && stop == end && range.end > range.start;
  }
  if (!good) refuse_value("--range", "offsets such as 0-1048576", text);
  return range;
}

/// "I/N"
Slice slice_of(const std::string& text) {
  Slice slice;
  const char* const end = text.data() + text.size();
  const auto [bar, fault] = std::from_chars(text.data(), end, slice.number);
  bool good = fault == std::errc() && bar != end && *bar == '/';
  if (good) {
    const auto [stop, other] = std::from_chars(bar + 1, end, slice.of);
    good = other == std::errc() && stop == end && slice.number < slice.of;
  }
  if (!good) refuse_value("--slice", "a share such as 0/16", text);
  return slice;
}

/// An index has a secret of its own.
void check_secret(const std::string& secret, bool index, const std::string& step) {
  if (secret.empty() && !index) throw UsageError("shard " + step + " needs --secret=FILE");
  if (secret.empty() || !index) return;
  throw UsageError("--secret makes no sense with --index: the index has one of its own");
}

/// first and settle, which read keys and no text.
Command read_shard_first(const Typed& typed, std::span<const OptionEntry> main_options) {
  const std::string step = typed.operands().front();
  const bool settles = step == "settle";
  const auto refuse = [&](const std::string& option) {
    throw UsageError("--" + option + " is not for shard " + step);
  };
  for (const OptionEntry& option : main_options) {
    if (option.name.empty() || !typed.given(option.name)) continue;
    refuse(std::string(option.name));
  }
  for (const char* option : {"secret", "range", "first"}) {
    if (typed.given(option)) refuse(option);
  }
  for (const char* option : {"of", "slice"}) {
    if (settles && typed.given(option)) refuse(option);
  }
  if (!settles && typed.given("part")) refuse("part");
  if (settles && (!typed.given("after") || !typed.given("part"))) {
    throw UsageError("shard settle needs --after=FILE and --part=N");
  }
  ShardFirstJob job{.settles = settles,
                    .stage = Stage::all,
                    .slice = slice_of(typed.choice("slice")),
                    .after = typed.values("after"),
                    .number = settles ? number("--part", *typed.value("part")) : 0,
                    .parts = {typed.operands().begin() + 1, typed.operands().end()},
                    .output = typed.value("output")};
  const std::string of = typed.choice("of");
  check("--of", of, {"company", "documents", "blocks", "all"});
  if (of != "all") {
    job.stage = of == "blocks"    ? Stage::blocks
                : of == "company" ? Stage::company
                                  : Stage::documents;
  }
  if (!settles && !job.after.empty() && job.stage != Stage::documents) {
    throw UsageError("--after=FILE goes with --of=documents");
  }
  if (job.parts.empty()) throw UsageError("shard " + step + " needs KEYS");
  if (settles && job.parts.size() > 1) throw UsageError("shard settle takes one KEYS");
  if (job.stage == Stage::all && job.slice.of != 1) {
    throw UsageError("--slice is not for --of=all");
  }
  return job;
}

/// index, which reads keys and no text.
Command read_shard_index(const Typed& typed, std::span<const OptionEntry> all) {
  for (const OptionEntry& option : all) {
    constexpr std::string_view kOwn[] = {"secret", "index", "output"};
    if (option.name.empty() || !typed.given(option.name)) continue;
    if (std::ranges::count(kOwn, option.name) > 0) continue;
    throw UsageError("--" + std::string(option.name) + " is not for shard index");
  }
  ShardIndexJob job{.parts = {typed.operands().begin() + 1, typed.operands().end()},
                    .secret = typed.value("secret").value_or(""),
                    .base = typed.value("index"),
                    .output = typed.value("output").value_or("-")};
  check_secret(job.secret, job.base.has_value(), "index");
  if (job.output == "-") throw UsageError("shard index needs -o NEW, which is not there yet");
  if (job.parts.empty()) throw UsageError("shard index needs KEYS");
  return job;
}

/// What the parts must have in common: all that says what is read and what goes.
Words shared_settings(const Typed& typed) {
  constexpr std::string_view kFree[] = {"recursive", "files-from", "files0-from"};
  Words result;
  for (const OptionEntry& option : clean_manual().options) {
    if (option.group == Group::output || option.group == Group::running) continue;
    if (option.name.empty() || std::ranges::count(kFree, option.name) > 0) continue;
    if (!typed.given(option.name)) continue;
    if (!typed.value(option.name)) result.push_back(spelling(option));
    for (const std::string& value : typed.values(option.name)) {
      result.push_back(shown(spelling(option) + '=' + value));
    }
  }
  return result;
}

void check_shard(const CleanJob& job, const std::string& step) {
  const auto refuse = [&](const std::string& option) {
    throw UsageError(option + " is not for shard " + step);
  };
  const Options& options = job.options;
  if (options.keep == Keep::none) refuse("--keep=none");
  if (options.scope == Scope::wide) refuse("--scope=wide");
  if (options.documents == Documents::near && job.index) {
    throw UsageError(
        "--documents=near makes no sense with --index for shard: its documents are in "
        "no part");
  }
  check_secret(job.shard->secret, job.index.has_value(), step);
}

Command read_shard(const Words& words) {
  const std::vector<OptionEntry> options = all_options(shard_manual());
  const Typed typed(words, options);
  if (auto answer = help(typed, shard_manual())) return *std::move(answer);
  typed.check();
  const Words steps{"keys", "first", "settle", "apply", "index"};
  if (typed.operands().empty()) {
    throw UsageError("shard needs a step: keys, first, settle, apply or index (see dedup --help)");
  }
  const std::string step = typed.operands().front();
  if (std::ranges::count(steps, step) == 0) refuse_choice("shard", steps, step);
  if (step == "first" || step == "settle") {
    return read_shard_first(typed, std::span(options).subspan(shard_manual().options.size()));
  }
  if (step == "index") return read_shard_index(typed, options);
  const bool keys = step == "keys";
  for (const char* option : {"of", "slice", "after"}) {
    if (typed.given(option)) throw UsageError("--" + std::string(option) + " is for shard first");
  }
  if (!keys && (!typed.given("first") || !typed.given("part"))) {
    throw UsageError("shard apply needs --first=FILE and --part=N");
  }
  for (const char* option :
       {"output-dir", "in-place", "replace-damaged", "joblog", "resume", "dry-run", "report"}) {
    if (!typed.given(option)) continue;
    throw UsageError("--" + std::string(option) + " is not for shard");
  }
  for (const char* option : {"removed", "verdicts", "stats", "verbose", "first", "part"}) {
    if (keys && typed.given(option)) {
      throw UsageError("--" + std::string(option) + " is for shard apply");
    }
  }
  CleanJob job;
  fill(typed, job);
  if (typed.given("index-mode") && !job.index_read_only) {
    throw UsageError("--index-mode=update is not for shard");
  }
  job.operands.typed.erase(job.operands.typed.begin());
  ShardPart& part = job.shard.emplace();
  part.step = keys ? ShardPart::Step::keys : ShardPart::Step::apply;
  part.secret = typed.value("secret").value_or("");
  if (const auto range = typed.value("range")) part.range = range_of(*range);
  part.first = typed.values("first");
  part.settings = shared_settings(typed);
  if (keys) {
    part.keys = std::exchange(job.output, std::nullopt).value_or("-");
    job.dry_run = true;
  } else {
    part.number = number("--part", typed.value("part").value_or(""));
    check_outputs(job);
  }
  check_shard(job, step);
  job.typed = "shard " + dedup::tool::typed(words);
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
