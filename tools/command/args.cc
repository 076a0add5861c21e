// SPDX-License-Identifier: Apache-2.0
// The only file that knows CLI11, which splits the words; what they mean is judged by choices.cc
// and values.cc. An option that is still to come is told from one that does not exist.
// Operands do not pass through CLI11's positionals, which would read a file named "[a]" as a list.
//
// The way of the words of any command:
//
//   typed        -n --field= a.jsonl --removd=x -- -b
//   before_bar   -n --field= a.jsonl --removd=x             what is behind -- is never an option
//   split        options into the job; left over: a.jsonl --removd=x
//   help         is answered before anything else is refused
//   refused      unknown options among what is left over, and options given twice
//   with_bar     a.jsonl -b                                 the operands
//   checked      values, then what options say together; only now the job is handed out
//
// Every refusal is a UsageError, before a file is opened. (A first word that might be a command is
// looked up in the directory, but not opened.)
#include "command/args.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "command/choices.h"
#include "command/help.h"
#include "command/machine.h"
#include "command/suggestion.h"
#include "command/values.h"

namespace dedup::tool {
namespace {

/// The group of options that are still to come, which are refused with and without a value.
constexpr const char* kLater = "later";

/// How options are read, the same for every command: of several values the last is taken, since
/// refuse_twice() says better than CLI11 what is wrong with that, and what is not declared is left
/// over for refuse_unknown(). CLI11's own help is off: ours is written by hand.
void prepare(CLI::App& app) {
  app.set_help_flag();
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  app.allow_extras();
}

/// An option that may be given several times.
void add_list(CLI::App& app, const char* name, Words& values) {
  app.add_option(name, values)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);  // else it would take the operands behind it, too
}

/// The words in front of "--".
Words before_bar(const Words& words) {
  return {words.begin(), std::find(words.begin(), words.end(), "--")};
}

/// The operands with those behind "--", which may look like options.
Words with_bar(Words operands, const Words& words) {
  const auto bar = std::find(words.begin(), words.end(), "--");
  if (bar != words.end()) operands.insert(operands.end(), bar + 1, words.end());
  return operands;
}

/// An empty value is one where it has a meaning. CLI11 would take the next word for it: a file to
/// read could become one to write.
Words with_empty_values(const Words& words) {
  Words result;
  for (const std::string& word : words) {
    const std::string name = word.substr(0, word.find('='));
    const bool empty = word.starts_with("--") && word.size() == name.size() + 1;
    if (empty && name != "--document-separator") {
      throw UsageError(shown(name) + " needs a value (see dedup --help)");
    }
    result.push_back(empty ? name : word);
    if (empty) result.emplace_back();
  }
  return result;
}

/// A flag with a value says something else than was meant: --near=0.9, --dry-run=no.
void refuse_values_of_flags(const CLI::App& app, const Words& words) {
  for (const std::string& word : words) {
    const std::size_t end = word.find('=');
    if (!word.starts_with("--") || end == std::string::npos) continue;
    const CLI::Option* const option = app.get_option_no_throw(word.substr(0, end));
    if (option != nullptr && option->get_items_expected_max() == 0 &&
        option->get_name() != "--stats" && option->get_group() != kLater) {
      throw UsageError(shown(word.substr(0, end)) + " takes no value (see dedup --help)");
    }
  }
}

/// Options that say what is read beside the operands themselves.
void declare(CLI::App& app, Operands& operands) {
  app.add_flag("-r,--recursive", operands.recursive);
  app.add_option("--files-from", operands.files_from);
  app.add_option("--files0-from", operands.files0_from);
}

/// Splits `words` by the options that `app` declares and returns the operands, among which unknown
/// options still stand.
Words split(CLI::App& app, const Words& words) {
  Words typed = with_empty_values(words);
  refuse_values_of_flags(app, words);
  std::reverse(typed.begin(), typed.end());  // CLI11 wants the last word first
  try {
    app.parse(std::move(typed));
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string_view text = error.what();  // "--field: 1 required TEXT missing"
    throw UsageError(shown(text.substr(0, text.find(':'))) + " needs a value (see dedup --help)");
  } catch (const CLI::ParseError& error) {
    throw UsageError(shown(error.what()) + " (see dedup --help)");
  }
  return app.remaining();
}

/// An operand that looks like an option is a slip of the finger more often than a file, which can
/// stand behind "--". A single - is standard input. One dash or two, the name is looked for among
/// the long ones, as -output is meant for --output.
void refuse_unknown(const CLI::App& app, const Words& operands) {
  for (const std::string& operand : operands) {
    if (operand.size() <= 1 || operand.front() != '-') continue;
    Words names;
    for (const CLI::Option* option : app.get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    const std::string name = "--" + operand.substr(std::min(operand.find_first_not_of('-'), 2UL));
    throw UsageError("unknown option " + shown(operand) +
                     did_you_mean(name.substr(0, name.find('=')), names) + " (see dedup --help)");
  }
}

/// Of two values one would be lost silently. A flag may be repeated, it says the same again;
/// --stats is declared as one and takes a value all the same.
void refuse_twice(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    const bool repeats = option->get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll ||
                         (option->get_items_expected_max() == 0 && option->get_name() != "--stats");
    if (!repeats && option->count() > 1) throw UsageError(option->get_name() + " is given twice");
  }
}

/// A first word that is no file may be a slip in the name of a command.
void refuse_mistyped_command(const Words& operands) {
  if (operands.empty() || input_id(operands.front())) return;
  const std::string meant = suggestion(operands.front(), {"restore", "learn"});
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

/// The command line of the main job. CLI11 writes into members, so the object stays where it is
/// made; one use: read().
class CleanLine {
 public:
  CleanLine();
  Command read(const Words& words);

 private:
  void declare_choices();
  void declare_jobs();
  void declare_later();
  // What options say together, when each has been found to make sense by itself.
  static void check_job(const CleanJob& job);
  static void check_outputs(const CleanJob& job);

  CLI::App app_;
  CleanJob job_;
  Choices choices_;
  std::vector<CLI::Option*> later_;
  bool help_ = false;  // these three are answered in this order
  bool short_help_ = false;
  bool version_ = false;
};

CleanLine::CleanLine() {
  prepare(app_);
  declare_choices();
  declare_jobs();
  declare_later();
}

/// Values of a few words each, which choices.cc judges: they arrive as text, whatever they are.
void CleanLine::declare_choices() {
  app_.add_option("-f,--format", choices_.format);
  app_.add_option("--to", choices_.to);
  app_.add_option("--markup", choices_.markup);
  app_.add_option("--encoding", choices_.encoding);
  app_.add_option("--boilerplate", choices_.boilerplate);
  app_.add_option("--documents", choices_.documents);
  app_.add_option("--paragraphs", choices_.paragraphs);
  app_.add_option("--runs", choices_.runs);
  app_.add_option("--sentences", choices_.sentences);
  app_.add_option("--scope", choices_.scope);
  app_.add_option("--keep", choices_.keep);
  app_.add_option("--min-block", choices_.min_block);
  app_.add_option("--min-block-across", choices_.min_block_across);
  app_.add_option("--near-threshold", choices_.near_threshold);
  app_.add_option("--repair", choices_.repair);
  app_.add_option("--normalise", choices_.normalise);
  app_.add_option("--script", choices_.script);
  app_.add_option("-T,--threads", choices_.threads);
  app_.add_option("--memory", choices_.memory);
  app_.add_option("--progress", choices_.progress);
  app_.add_flag("--near", choices_.near);
  app_.add_flag("--stats{table}", choices_.stats);
}

/// Names, texts and plain flags, which go into the job as they were typed.
void CleanLine::declare_jobs() {
  declare(app_, job_.operands);
  add_list(app_, "--field", job_.fields);
  add_list(app_, "--boilerplate-rules", job_.boilerplate_rules);
  app_.add_option("--boilerplate-model", job_.boilerplate_model);
  app_.add_option("--document-separator", job_.separator);
  app_.add_option("--tmpdir", job_.tmpdir);
  app_.add_option("-o,--output", job_.output);
  app_.add_option("--output-dir", job_.output_dir);
  app_.add_option("--removed", job_.removed);
  app_.add_flag("--replace-damaged", job_.replace_damaged);
  app_.add_flag("-n,--dry-run", job_.dry_run);
  app_.add_flag("-q,--quiet", job_.quiet);
  app_.add_flag("-v,--verbose", job_.verbose);
  app_.add_flag("--line-buffered", job_.line_buffered);
  app_.add_flag("--verdicts", job_.verdicts);
  app_.add_flag("--drop-empty", job_.drop_empty);
  app_.add_flag("-h", short_help_);
  app_.add_flag("--help", help_);
  app_.add_flag("--version", version_);
}

/// Options of a later version. As flags they never swallow the word behind them.
void CleanLine::declare_later() {
  for (const char* names : {"-i,--in-place", "--index", "--index-mode"}) {
    later_.push_back(app_.add_flag(names)->group(kLater));
  }
}

/// `typed` is taken from all the words, those behind "--" with them, as the run was called.
Command CleanLine::read(const Words& words) {
  Words& operands = job_.operands.typed;
  operands = split(app_, before_bar(words));
  if (help_) return Answer{std::string(kHelp)};
  if (short_help_) return Answer{std::string(kShortHelp)};
  if (version_) return Answer{version_text()};
  for (const CLI::Option* option : later_) {
    if (option->count() > 0) refuse_later(option->get_name());
  }
  refuse_unknown(app_, operands);
  refuse_twice(app_);
  refuse_mistyped_command(operands);
  operands = with_bar(std::move(operands), words);
  apply(choices_, job_);
  check_job(job_);
  check_outputs(job_);
  job_.typed = typed(words);
  return job_;
}

void CleanLine::check_job(const CleanJob& job) {
  if (job.separator) check_line("--document-separator", *job.separator);
  if (!job.boilerplate_model.empty() && job.options.boilerplate == Boilerplate::off) {
    throw UsageError("--boilerplate-model makes no sense with --boilerplate=off");
  }
  if (std::ranges::count(job.operands.typed, "-") > 1) {
    throw UsageError("standard input is named twice");
  }
  check(job.operands);
}

/// The list may go to standard output only where the clean text does not, or neither could be used.
/// Whether an output is also an input is asked of the file system in plan.cc.
void CleanLine::check_outputs(const CleanJob& job) {
  if (job.output && job.output_dir) {
    throw UsageError("--output and --output-dir exclude each other (see dedup --help)");
  }
  for (const auto* path : {&job.output, &job.output_dir, &job.removed}) {
    if (*path && (*path)->empty()) throw UsageError("an output has an empty name");
  }
  const bool output_free = job.dry_run || job.output_dir || (job.output && *job.output != "-");
  if (job.removed == "-" && !output_free) {
    throw UsageError(
        "--removed=- needs -o, --output-dir or -n: standard output has the clean text");
  }
}

/// The help that was asked for, if any; for commands that have no --version.
struct Help {
  explicit Help(CLI::App& app) {
    app.add_flag("-h", brief);
    app.add_flag("--help", whole);
  }
  [[nodiscard]] std::optional<Answer> answer(std::string_view brief_text,
                                             std::string_view whole_text) const {
    if (whole) return Answer{std::string(whole_text)};
    if (brief) return Answer{std::string(brief_text)};
    return std::nullopt;
  }
  bool brief = false;
  bool whole = false;
};

/// One list and one clean text, of which standard input can be but one.
Command read_restore(const Words& words) {
  RestoreJob job;
  CLI::App app;
  prepare(app);
  app.add_option("--removed", job.removed);
  app.add_option("--name", job.name);
  app.add_option("-o,--output", job.output);
  const Help help(app);
  Words operands = split(app, before_bar(words));
  if (const auto answer = help.answer(kShortRestoreHelp, kRestoreHelp)) return *answer;
  refuse_unknown(app, operands);
  refuse_twice(app);
  operands = with_bar(std::move(operands), words);
  if (job.removed.empty()) throw UsageError("restore needs --removed=FILE (see dedup --help)");
  if (operands.size() > 1) throw UsageError("restore takes one CLEAN file (see dedup --help)");
  if (!operands.empty()) job.clean = operands.front();
  if (job.removed == "-" && job.clean == "-") {
    throw UsageError("restore cannot read both the list and the clean text from standard input");
  }
  return job;
}

/// Like the main job it reads standard input where no file is named. The model goes to standard
/// output without -o; that this is no terminal is seen to by learn().
Command read_learn(const Words& words) {
  LearnJob job;
  CLI::App app;
  std::string format = "auto";
  std::string min_documents;
  std::string memory = "50%";
  prepare(app);
  declare(app, job.operands);
  app.add_option("-f,--format", format);
  add_list(app, "--field", job.fields);
  app.add_option("--encoding", job.options.encoding);
  app.add_option("--min-documents", min_documents);
  app.add_option("--memory", memory);
  app.add_option("-o,--output", job.output);
  app.add_flag("-q,--quiet", job.quiet);
  const Help help(app);
  Words& operands = job.operands.typed;
  operands = split(app, before_bar(words));
  if (const auto answer = help.answer(kShortLearnHelp, kLearnHelp)) return *answer;
  refuse_unknown(app, operands);
  refuse_twice(app);
  operands = with_bar(std::move(operands), words);
  check(job.operands);
  job.format = format_of(format);
  if (!min_documents.empty()) {
    job.options.min_documents = number("--min-documents", min_documents);
  }
  job.options.memory = size("--memory", memory, machine_memory());
  if (job.output && job.output->empty()) throw UsageError("an output has an empty name");
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
  if (first == "index") refuse_later(std::string(first));
  return CleanLine().read(words);
}

std::string_view short_help() noexcept { return kShortHelp; }

}  // namespace dedup::tool
