// The only file that knows CLI11. CLI11 splits the words; the values are judged here, so that every
// message has one shape and an option that is still to come is told from one that does not exist.
// Operands do not pass through CLI11's positionals, which would read a file named "[a]" as a list.
#include "args.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <initializer_list>

#include "fault.h"
#include "help.h"
#include "paths.h"

namespace dedup::tool {
namespace {

using Words = std::vector<std::string>;
using Values = std::initializer_list<std::string_view>;

[[noreturn]] void refuse_later(const std::string& what) {
  throw UsageError(shown(what) + " is not supported yet");
}

/// Checks the value of an option: one of `now`, or one of `later`, which has a message of its own.
void check(const std::string& option, const std::string& value, Values now, Values later = {}) {
  if (std::find(now.begin(), now.end(), value) != now.end()) return;
  if (std::find(later.begin(), later.end(), value) != later.end()) {
    refuse_later(option + '=' + value);
  }
  std::string list;
  for (const std::string_view choice : now)
    list += (list.empty() ? "" : ", ") + std::string(choice);
  throw UsageError(option + " takes " + list + ", not \"" + shown(value) + "\" (see dedup --help)");
}

std::uint32_t number(const std::string& option, const std::string& value) {
  std::uint32_t result = 0;
  const char* const end = value.data() + value.size();
  const auto [stop, fault] = std::from_chars(value.data(), end, result);
  if (fault == std::errc() && stop == end) return result;
  throw UsageError(option + " takes a number, not \"" + shown(value) + "\" (see dedup --help)");
}

/// The arguments as they could be typed again, for the header of the edit list.
std::string typed(const Words& words) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-=./,:+@%";
  std::string line;
  for (const std::string& word : words) {
    if (!line.empty()) line += ' ';
    if (!word.empty() && word.find_first_not_of(kPlain) == word.npos) {
      line += word;
      continue;
    }
    line += '\'';
    for (const char c : word) line += c == '\'' ? "'\\''" : std::string(1, c);
    line += '\'';
  }
  return line;
}

/// Splits `words` by the options that `app` declares and returns the operands, among which unknown
/// options still stand. What follows "--" is not looked at.
Words split(CLI::App& app, const Words& words) {
  for (const std::string& word : words) {
    // CLI11 would take the next word for the value: a file to read could become one to write.
    if (!word.starts_with("--") || word.find('=') != word.size() - 1) continue;
    throw UsageError(shown(word.substr(0, word.size() - 1)) + " needs a value (see dedup --help)");
  }
  app.allow_extras();
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

/// The command line of the main job: its options as text, and what they mean.
class CleanLine {
 public:
  CleanLine();
  Command read(const Words& words);

 private:
  void declare_choices();
  void declare_outputs();
  void declare_later();
  void check_values() const;
  void set_options(CleanJob& job) const;
  void check_outputs(const CleanJob& job) const;

  CLI::App app_;
  CleanJob job_;
  std::string format_ = "auto", encoding_ = "auto";
  std::string boilerplate_ = "rules", documents_ = "off", paragraphs_ = "exact", runs_;
  std::string sentences_ = "exact", scope_ = "corpus", keep_ = "first", min_block_, across_;
  std::string repair_ = "on", normalise_ = "off", script_ = "keep", stats_ = "off";
  std::string threads_ = "1", progress_ = "auto";
  std::vector<CLI::Option*> later_;
  bool help_ = false;
  bool version_ = false;
};

CleanLine::CleanLine() {
  app_.set_help_flag();
  app_.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  declare_choices();
  declare_outputs();
  declare_later();
}

void CleanLine::declare_choices() {
  app_.add_option("-f,--format", format_);
  app_.add_option("--field", job_.field);
  app_.add_option("--encoding", encoding_);
  app_.add_option("--boilerplate", boilerplate_);
  app_.add_option("--boilerplate-rules", job_.boilerplate_rules);
  app_.add_option("--documents", documents_);
  app_.add_option("--paragraphs", paragraphs_);
  app_.add_option("--runs", runs_);
  app_.add_option("--sentences", sentences_);
  app_.add_option("--scope", scope_);
  app_.add_option("--keep", keep_);
  app_.add_option("--min-block", min_block_);
  app_.add_option("--min-block-across", across_);
  app_.add_option("--repair", repair_);
  app_.add_option("--normalise", normalise_);
  app_.add_option("--script", script_);
  app_.add_option("-T,--threads", threads_);
  app_.add_option("--progress", progress_);
}

void CleanLine::declare_outputs() {
  app_.add_option("-o,--output", job_.output);
  app_.add_option("--output-dir", job_.output_dir);
  app_.add_option("--removed", job_.removed);
  app_.add_flag("--stats{table}", stats_);
  app_.add_flag("-n,--dry-run", job_.dry_run);
  app_.add_flag("-q,--quiet", job_.quiet);
  app_.add_flag("-v,--verbose", job_.verbose);
  app_.add_flag("-h,--help", help_);
  app_.add_flag("--version", version_);
}

/// Options of a later version. As flags they never swallow the word behind them.
void CleanLine::declare_later() {
  for (const char* names : {"--boilerplate-model", "--near", "--near-threshold", "-i,--in-place",
                            "-r,--recursive", "--files-from", "--files0-from", "--line-buffered",
                            "--memory", "--tmpdir", "--index", "--index-mode"}) {
    later_.push_back(app_.add_flag(names));
  }
}

Command CleanLine::read(const Words& words) {
  const auto bar = std::find(words.begin(), words.end(), "--");
  job_.files = split(app_, Words(words.begin(), bar));
  if (help_) return Answer{std::string(kHelp)};
  if (version_) return Answer{version_text()};
  for (const CLI::Option* option : later_) {
    if (option->count() > 0) refuse_later(option->get_name());
  }
  refuse_unknown(job_.files);
  if (bar != words.end()) job_.files.insert(job_.files.end(), bar + 1, words.end());
  check_values();
  set_options(job_);
  check_outputs(job_);
  job_.typed = typed(words);
  if (job_.files.empty()) job_.files.emplace_back("-");
  return job_;
}

void CleanLine::check_values() const {
  check("--format", format_, {"auto", "text", "jsonl"}, {"html", "warc"});
  if (encoding_ != "auto" && encoding_ != "utf-8") refuse_later("--encoding=" + encoding_);
  check("--boilerplate", boilerplate_, {"off", "rules"}, {"page"});
  check("--documents", documents_, {"off"}, {"exact", "near"});
  check("--paragraphs", paragraphs_, {"exact", "off"}, {"near"});
  if (!runs_.empty()) check("--runs", runs_, {"on", "off"});
  check("--sentences", sentences_, {"exact", "off"}, {"lone"});
  check("--scope", scope_, {"corpus", "document"}, {"wide"});
  check("--keep", keep_, {"first"}, {"none"});
  check("--repair", repair_, {"on", "off"});
  check("--normalise", normalise_, {"off"}, {"nfc"});
  check("--script", script_, {"keep"}, {"simplified", "traditional"});
  check("--stats", stats_, {"table", "json", "off"});
  check("--progress", progress_, {"auto", "never"}, {"always"});
  if (number("--threads", threads_) != 1) refuse_later("--threads=" + threads_);
}

void CleanLine::set_options(CleanJob& job) const {
  Options& options = job.options;
  if (format_ != "auto") job.format = format_ == "jsonl" ? Format::jsonl : Format::text;
  options.boilerplate = boilerplate_ == "off" ? Boilerplate::off : Boilerplate::rules;
  options.paragraphs = paragraphs_ == "off" ? Paragraphs::off : Paragraphs::exact;
  options.runs = runs_.empty() ? paragraphs_ != "off" : runs_ == "on";
  options.sentences = sentences_ == "off" ? Sentences::off : Sentences::exact;
  options.scope = scope_ == "document" ? Scope::document : Scope::corpus;
  options.repair = repair_ == "on";
  if (!min_block_.empty()) options.min_block = number("--min-block", min_block_);
  // A longer guard within a document is meant for other documents too, unless said otherwise.
  options.min_block_across = across_.empty() ? std::max(options.min_block_across, options.min_block)
                                             : number("--min-block-across", across_);
  if (stats_ != "off") job.statistics = stats_ == "json" ? Statistics::json : Statistics::table;
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
  if (std::count(job.files.begin(), job.files.end(), "-") > 1) {
    throw UsageError("standard input is named twice");
  }
}

Command read_restore(const Words& words) {
  RestoreJob job;
  CLI::App app;
  bool help = false;
  app.set_help_flag();
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  app.add_option("--removed", job.removed);
  app.add_option("-o,--output", job.output);
  app.add_flag("-h,--help", help);
  const auto bar = std::find(words.begin(), words.end(), "--");
  Words operands = split(app, Words(words.begin(), bar));
  if (help) return Answer{std::string(kHelp)};
  refuse_unknown(operands);
  if (bar != words.end()) operands.insert(operands.end(), bar + 1, words.end());
  refuse_twice(app, {"--output", "--removed"});
  if (job.removed.empty()) throw UsageError("restore needs --removed=FILE (see dedup --help)");
  if (operands.size() > 1) throw UsageError("restore takes one CLEAN file (see dedup --help)");
  if (!operands.empty()) job.clean = operands.front();
  if (job.removed == "-" && job.clean == "-") {
    throw UsageError("restore cannot read both the list and the clean text from standard input");
  }
  return job;
}

}  // namespace

Command parse(int argc, const char* const* argv) {
  const Words words(argv + std::min(argc, 1), argv + argc);
  const std::string_view first = words.empty() ? "" : std::string_view(words.front());
  if (first == "restore") return read_restore(Words(words.begin() + 1, words.end()));
  if (first == "learn" || first == "index") refuse_later(std::string(first));
  return CleanLine().read(words);
}

std::string_view short_help() noexcept { return kShortHelp; }

}  // namespace dedup::tool
