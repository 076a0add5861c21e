// SPDX-License-Identifier: Apache-2.0
// What was typed becomes a plain struct in which every value has been checked. What only the file
// system can tell (is an output also an input?) is checked in plan.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bytes/source.h"
#include "bytes/terminal.h"
#include "command/operands.h"
#include "dedup/dedup.h"
#include "readers/markup.h"
#include "shards/first_file.h"

namespace dedup::tool {

inline constexpr const char* kDefaultField = "text";

enum class Format { text, html, jsonl, json, warc };

/// Whether documents are records, of which a field holds the text.
[[nodiscard]] constexpr bool is_records(Format format) noexcept {
  return format == Format::jsonl || format == Format::json;
}

enum class Output { text, jsonl };
enum class Statistics { none, table, json };
enum class ShowProgress { automatic, always, never };

/// How `dedup diff` shows what it has to show.
struct View {
  std::uint64_t context = 3;  ///< lines that stay, around those that do not
  Colour colour = Colour::automatic;
  bool pager = true;  ///< on a terminal
};

/// What `dedup shard keys` and `dedup shard apply` have to say of their run.
struct ShardPart {
  enum class Step { keys, apply };
  Step step = Step::keys;
  std::string secret;               ///< file
  std::optional<Range> range;       ///< of the one file
  std::optional<std::string> keys;  ///< that keys writes
  std::vector<std::string> first;   ///< files that apply reads
  std::uint64_t number = 0;         ///< of the part, for apply
  /// The options that decide what goes, each as --name=value.
  std::vector<std::string> settings;
};

/// `dedup [OPTIONS] [FILE]...`, and with a view `dedup diff [OPTIONS] [FILE]...`
struct CleanJob {
  Options options;
  std::optional<std::string> index;  ///< a file that remembers from run to run
  bool index_read_only = false;
  std::uint64_t index_wait = 0;                ///< seconds, for another who writes it
  std::vector<std::string> boilerplate_rules;  ///< files with further rules
  std::string boilerplate_model;               ///< file that `dedup learn` wrote; empty: none
  /// Line between documents of a text file: unset: none; empty: any line of white space.
  std::optional<std::string> separator;
  std::string tmpdir;               ///< where temporary files lie; empty: by $TMPDIR
  std::optional<Format> format;     ///< unset: by the name of the file
  std::optional<Output> to;         ///< unset: as the input
  std::vector<std::string> fields;  ///< of JSONL; none: "text"
  Markup markup = Markup::text;     ///< of what they hold
  Operands operands;
  std::vector<std::string> files;    ///< by the operands: see expanded()
  std::vector<std::string> sources;  ///< where their bytes stand, if not there: see JobLog
  std::optional<std::string> output;
  std::optional<std::string> output_dir;
  /// Files are replaced where they stand, and their originals kept under this suffix, if it is not
  /// empty: see backup_name().
  std::optional<std::string> in_place;
  std::optional<std::string> joblog;  ///< what is done of the files is told there
  bool resume = false;                ///< what it tells of is not done again
  std::optional<std::string> removed;
  std::optional<std::string> report;  ///< a page of HTML about the run
  Statistics statistics = Statistics::none;
  ShowProgress progress = ShowProgress::automatic;
  bool replace_damaged = false;  ///< an input may be replaced though not all of it decoded
  bool dry_run = false;
  bool quiet = false;
  bool verbose = false;
  bool line_buffered = false;
  bool verdicts = false;              ///< a line for each record left out
  bool drop_empty = false;            ///< leaves out records of which nothing is left
  std::string typed;                  ///< the arguments, quoted for a shell
  Colour colour = Colour::automatic;  ///< of what is told on standard error
  std::optional<ShardPart> shard;     ///< a part of a corpus
  std::optional<View> view;           ///< shown on standard output, with dry_run
  /// The options that decide what comes out, each as --name=value.
  std::vector<std::string> settings;
};

/// `dedup diff --removed=LIST [--name=FILE] [CLEAN]`
struct DiffJob {
  std::string removed;
  std::optional<std::string> name;   ///< the one file to show; "-" is standard input
  std::optional<std::string> clean;  ///< unset: what went is shown without its neighbours
  View view;
};

/// `dedup restore --removed=FILE [--name=FILE] [CLEAN]`
struct RestoreJob {
  std::string removed;
  std::optional<std::string> name;  ///< the one file to restore; "-" is standard input
  std::string clean = "-";
  std::optional<std::string> output;
};

/// `dedup learn [OPTIONS] [FILE]... [-o MODEL]`
struct LearnJob {
  LearnOptions options;
  std::optional<Format> format;
  std::vector<std::string> fields;  ///< of JSONL; none: "text"
  Operands operands;
  std::vector<std::string> files;  ///< by the operands: see expanded()
  std::optional<std::string> output;
  bool quiet = false;
};

/// `dedup index ACTION …`
struct IndexJob {
  enum class Action { info, check, compact, forget, merge, exporting, importing };
  Action action = Action::info;
  std::string path;               ///< the index that it is about; of merge and import the new one
  std::vector<std::string> from;  ///< of merge: those that are merged; of import: the lines
  Forgotten forgotten;            ///< of forget
  std::optional<std::string> output;  ///< of export
  bool json = false;                  ///< of info
};

/// `dedup shard first`, and `dedup shard settle`
struct ShardFirstJob {
  bool settles = false;  ///< one part, by what first found out about documents
  Stage stage = Stage::all;
  Slice slice;
  std::vector<std::string> after;  ///< files about documents
  std::uint64_t number = 0;        ///< of the part that is settled
  std::vector<std::string> parts;  ///< files of keys
  std::optional<std::string> output;
};

/// `dedup shard index`
struct ShardIndexJob {
  std::vector<std::string> parts;   ///< files of keys
  std::string secret;               ///< file; empty where there is a base
  std::optional<std::string> base;  ///< the index that the keys were made with
  std::string output;               ///< the new one
};

/// `-h`, `--help`, `--version`, `--generate`: text for standard output.
struct Answer {
  std::string text;
};

using Command = std::variant<CleanJob, RestoreJob, LearnJob, DiffJob, IndexJob, ShardFirstJob,
                             ShardIndexJob, Answer>;

/// Throws UsageError; its text is one line.
[[nodiscard]] Command parse(int argc, const char* const* argv);

/// What is said when somebody types just `dedup` on a terminal.
[[nodiscard]] std::string short_help();

}  // namespace dedup::tool
