// The only file that knows CLI11, which splits the words; what they mean is judged by choices.cc
// and values.cc. An option that is still to come is told from one that does not exist.
// Operands do not pass through CLI11's positionals, which would read a file named "[a]" as a list.
#include "command/args.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "command/choices.h"
#include "command/help.h"
#include "command/values.h"

namespace dedup::tool {
namespace {

/// How options are read, the same for every command.
void prepare(CLI::App& app) {
  app.set_help_flag();
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  app.allow_extras();
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

/// Splits `words` by the options that `app` declares and returns the operands, among which unknown
/// options still stand.
Words split(CLI::App& app, const Words& words) {
  for (const std::string& word : words) {
    // CLI11 would take the next word for the value: a file to read could become one to write.
    if (!word.starts_with("--") || word.find('=') != word.size() - 1) continue;
    throw UsageError(shown(word.substr(0, word.size() - 1)) + " needs a value (see dedup --help)");
  }
  try {
    app.parse(Words(words.rbegin(), words.rend()));  // CLI11 wants the last word first
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string_view text = error.what();  // "--field: 1 required TEXT missing"
    throw UsageError(shown(text.substr(0, text.find(':'))) + " needs a value (see dedup --help)");
  } catch (const CLI::ParseError& error) {
    throw UsageError(shown(error.what()) + " (see dedup --help)");
  }
  return app.remaining();
}

void refuse_unknown(const Words& operands) {
  for (const std::string& operand : operands) {
    if (operand.size() > 1 && operand.front() == '-') {
      throw UsageError("unknown option " + shown(operand) + " (see dedup --help)");
    }
  }
}

void refuse_twice(const CLI::App& app, Values names) {
  for (const std::string_view name : names) {
    if (app.count(std::string(name)) > 1) throw UsageError(std::string(name) + " is given twice");
  }
}

std::string version_text() {
  std::string text = "dedup ";
  text.append(version()).append("\nICU ").append(icu_version());
  text.append(", Unicode ").append(unicode_version());
  return text.append("\nkey recipe ").append(key_recipe()) + '\n';
}

/// The command line of the main job.
class CleanLine {
 public:
  CleanLine();
  Command read(const Words& words);

 private:
  void declare_choices();
  void declare_jobs();
  void declare_later();
  void check_job(const CleanJob& job) const;
  void check_outputs(const CleanJob& job) const;

  CLI::App app_;
  CleanJob job_;
  Choices choices_;
  std::vector<CLI::Option*> later_;
  bool help_ = false;
  bool version_ = false;
};

CleanLine::CleanLine() {
  prepare(app_);
  declare_choices();
  declare_jobs();
  declare_later();
}

void CleanLine::declare_choices() {
  app_.add_option("-f,--format", choices_.format);
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

void CleanLine::declare_jobs() {
  app_.add_option("--field", job_.field);
  app_.add_option("--boilerplate-rules", job_.boilerplate_rules);
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
  app_.add_flag("-h,--help", help_);
  app_.add_flag("--version", version_);
}

/// Options of a later version. As flags they never swallow the word behind them.
void CleanLine::declare_later() {
  for (const char* names : {"-i,--in-place", "-r,--recursive", "--files-from", "--files0-from",
                            "--line-buffered", "--index", "--index-mode"}) {
    later_.push_back(app_.add_flag(names));
  }
}

Command CleanLine::read(const Words& words) {
  job_.files = split(app_, before_bar(words));
  if (help_) return Answer{std::string(kHelp)};
  if (version_) return Answer{version_text()};
  for (const CLI::Option* option : later_) {
    if (option->count() > 0) refuse_later(option->get_name());
  }
  refuse_unknown(job_.files);
  job_.files = with_bar(std::move(job_.files), words);
  apply(choices_, job_);
  check_job(job_);
  check_outputs(job_);
  job_.typed = typed(words);
  if (job_.files.empty()) job_.files.emplace_back("-");
  return job_;
}

void CleanLine::check_job(const CleanJob& job) const {
  if (app_.count("--document-separator") > 0) check_line("--document-separator", job.separator);
  if (!job.boilerplate_model.empty() && job.options.boilerplate == Boilerplate::off) {
    throw UsageError("--boilerplate-model makes no sense with --boilerplate=off");
  }
  if (std::count(job.files.begin(), job.files.end(), "-") > 1) {
    throw UsageError("standard input is named twice");
  }
}

void CleanLine::check_outputs(const CleanJob& job) const {
  refuse_twice(app_, {"--output", "--output-dir", "--removed"});  // else one would be lost silently
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

Command read_restore(const Words& words) {
  RestoreJob job;
  CLI::App app;
  bool help = false;
  prepare(app);
  app.add_option("--removed", job.removed);
  app.add_option("--name", job.name);
  app.add_option("-o,--output", job.output);
  app.add_flag("-h,--help", help);
  Words operands = split(app, before_bar(words));
  if (help) return Answer{std::string(kHelp)};
  refuse_unknown(operands);
  operands = with_bar(std::move(operands), words);
  refuse_twice(app, {"--output", "--removed", "--name"});
  if (job.removed.empty()) throw UsageError("restore needs --removed=FILE (see dedup --help)");
  if (operands.size() > 1) throw UsageError("restore takes one CLEAN file (see dedup --help)");
  if (!operands.empty()) job.clean = operands.front();
  if (job.removed == "-" && job.clean == "-") {
    throw UsageError("restore cannot read both the list and the clean text from standard input");
  }
  return job;
}

Command read_learn(const Words& words) {
  LearnJob job;
  CLI::App app;
  std::string format = "auto";
  std::string min_documents;
  bool help = false;
  prepare(app);
  app.add_option("-f,--format", format);
  app.add_option("--field", job.field);
  app.add_option("--min-documents", min_documents);
  app.add_option("-o,--output", job.output);
  app.add_flag("-q,--quiet", job.quiet);
  app.add_flag("-h,--help", help);
  job.files = split(app, before_bar(words));
  if (help) return Answer{std::string(kLearnHelp)};
  refuse_unknown(job.files);
  job.files = with_bar(std::move(job.files), words);
  refuse_twice(app, {"--output"});
  job.format = format_of(format);
  if (!min_documents.empty()) {
    job.options.min_documents = number("--min-documents", min_documents);
  }
  if (job.output && job.output->empty()) throw UsageError("an output has an empty name");
  if (job.files.empty()) job.files.emplace_back("-");
  return job;
}

}  // namespace

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
