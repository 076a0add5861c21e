// SPDX-License-Identifier: Apache-2.0
// The one table of options, and what else there is to say of each command. The parser, -h, --help,
// the manual page, the completions of three shells and the list in the README are made from it:
//
//   clean.cc restore.cc learn.cc diff.cc index.cc shard.cc   the tables
//   help.cc man_page.cc completions.cc summary.cc       what is made of them
//   command/typed.cc                    the parser
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dedup::tool {

/// Under which heading an option stands.
enum class Group : std::uint8_t {
  input,
  removal,
  text,
  output,
  running,
};

enum class Value : std::uint8_t {
  none,      ///< a flag; said twice it says the same again
  optional,  ///< --stats, --stats=json
  one,
  many,  ///< may be given several times
};

/// One option. Texts are paragraphs without line ends; what must begin a line of its own stands
/// behind a line feed.
struct OptionEntry {
  char letter = '\0';     ///< '\0': none
  std::string_view name;  ///< without dashes; empty: the letter alone
  std::string_view
      argument;  ///< FILE, LIST and MODEL are files; DIR; words between bars; else free
  std::string_view standard;        ///< what stands where it is not given; empty: said in the text
  std::string_view text;            ///< of --help and the manual
  std::string_view brief;           ///< of -h; empty: it is not among the options needed most
  std::string_view brief_argument;  ///< of -h, where it is another
  std::string_view excludes;        ///< the name of an option that it cannot go with
  Group group = Group::input;
  Value value = Value::one;
  bool may_be_empty = false;  ///< its value may be
};

struct Example {
  std::string_view command;
  std::string_view comment;
  bool brief = false;  ///< of -h, too
};

/// What there is to say of a command.
struct Manual {
  std::string_view name;                       ///< of the subcommand; empty: the main job
  std::span<const std::string_view> synopsis;  ///< with remarks behind two spaces
  std::string_view purpose;                    ///< of --help and the manual
  std::string_view brief_purpose;
  std::span<const Example> examples;
  std::span<const OptionEntry> options;
  std::string_view notes;           ///< behind the options
  std::string_view brief_ending;    ///< the last line of -h
  bool takes_main_options = false;  ///< those of the main job, too, that it has not itself
};

[[nodiscard]] const Manual& clean_manual() noexcept;
[[nodiscard]] const Manual& restore_manual() noexcept;
[[nodiscard]] const Manual& learn_manual() noexcept;
[[nodiscard]] const Manual& diff_manual() noexcept;
[[nodiscard]] const Manual& index_manual() noexcept;
[[nodiscard]] const Manual& shard_manual() noexcept;

/// Of all commands, the main job first.
[[nodiscard]] std::vector<const Manual*> manuals();

/// All options that the parser of a command knows, its own first.
[[nodiscard]] std::vector<OptionEntry> all_options(const Manual& manual);
/// Of these, those that it has a use for: what completes them offers no other.
[[nodiscard]] std::vector<OptionEntry> shown_options(const Manual& manual);

/// Exit statuses, in the order of their numbers; the same for every command.
struct ExitStatus {
  int number;
  std::string_view meaning;
};
[[nodiscard]] std::span<const ExitStatus> exit_statuses() noexcept;

/// Variables and what they are for.
struct Variable {
  std::string_view name;
  std::string_view meaning;
};
[[nodiscard]] std::span<const Variable> environment() noexcept;

/// The heading of a group.
[[nodiscard]] std::string_view heading(Group group) noexcept;

/// "--name", or "-h" where there is a letter alone.
[[nodiscard]] std::string spelling(const OptionEntry& option);

/// "=FILE", "[=json]" or nothing.
[[nodiscard]] std::string argument_part(const OptionEntry& option, std::string_view argument);

/// The words that an argument lists: "auto|text" are two, "FILE" is none.
[[nodiscard]] std::vector<std::string_view> choices(const OptionEntry& option);

}  // namespace dedup::tool
