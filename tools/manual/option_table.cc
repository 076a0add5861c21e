// SPDX-License-Identifier: Apache-2.0
#include "manual/option_table.h"

#include <algorithm>

namespace dedup::tool {
namespace {

constexpr ExitStatus kExitStatuses[] = {
    {0, "all well"},
    {1, "finished, but some input was damaged or skipped"},
    {2,
     "failed, files named as output are untouched (with --output-dir and -i, all but those of "
     "input "
     "that was read to its end)"},
    {3, "a limit was reached"},
    {4, "outputs are new, but not all or perhaps not for good, which the message says"},
    {64, "the command line makes no sense"},
};

constexpr Variable kEnvironment[] = {
    {"LC_ALL, LC_MESSAGES, LANG",
     "the first that is set decides whether messages are in Chinese; nothing else depends on them"},
    {"TMPDIR", "where temporary files lie, unless --tmpdir says it [/tmp]"},
    {"DEDUP_PAGER, PAGER", "the pager of dedup diff, a command for the shell [less -FRX]"},
    {"NO_COLOR", "set to anything: no colours, unless --color=always asks for them"},
    {"TERM", "the same where it is dumb"},
};

/// Questions about the program.
constexpr std::string_view kMainOnly[] = {"version", "generate"};

/// What is written and where to: of no use to a command that writes no clean text. The list is its
/// own business.
constexpr std::string_view kOfCleanText[] = {"output", "output-dir", "in-place", "replace-damaged",
                                             "report", "joblog",     "resume",   "line-buffered",
                                             "to",     "verdicts",   "dry-run",  "drop-empty"};

bool is_named_in(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// A word to be typed as it stands: lower-case letters, digits and dashes.
bool is_word(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

std::vector<const Manual*> manuals() {
  return {&clean_manual(), &restore_manual(), &learn_manual(),
          &diff_manual(),  &index_manual(),   &shard_manual()};
}

std::vector<OptionEntry> all_options(const Manual& manual) {
  const auto own = manual.options;
  std::vector<OptionEntry> options(own.begin(), own.end());
  if (!manual.takes_main_options) return options;
  for (const OptionEntry& option : clean_manual().options) {
    const bool known = std::any_of(own.begin(), own.end(), [&](const OptionEntry& each) {
      return each.name == option.name && (!each.name.empty() || each.letter == option.letter);
    });
    if (!known && !is_named_in(kMainOnly, option.name)) options.push_back(option);
  }
  return options;
}

std::vector<OptionEntry> shown_options(const Manual& manual) {
  std::vector<OptionEntry> options;
  for (const OptionEntry& option : all_options(manual)) {
    const bool useless = manual.takes_main_options && is_named_in(kOfCleanText, option.name);
    if (!useless) options.push_back(option);
  }
  return options;
}

std::span<const ExitStatus> exit_statuses() noexcept { return kExitStatuses; }

std::span<const Variable> environment() noexcept { return kEnvironment; }

std::string_view heading(Group group) noexcept {
  switch (group) {
    case Group::input:
      return "Input";
    case Group::removal:
      return "What to remove";
    case Group::text:
      return "Text";
    case Group::output:
      return "Output";
    case Group::running:
      break;
  }
  return "Running";
}

std::string spelling(const OptionEntry& option) {
  if (option.name.empty()) return {'-', option.letter};
  return "--" + std::string(option.name);
}

std::string argument_part(const OptionEntry& option, std::string_view argument) {
  if (argument.empty()) return {};
  const std::string part = "=" + std::string(argument);
  return option.value == Value::optional ? "[" + part + "]" : part;
}

std::vector<std::string_view> choices(const OptionEntry& option) {
  std::vector<std::string_view> words;
  const std::string_view argument = option.argument.substr(0, option.argument.find('['));
  for (std::size_t at = 0; at <= argument.size();) {
    const std::size_t end = std::min(argument.find('|', at), argument.size());
    const std::string_view word = argument.substr(at, end - at);
    if (is_word(word)) words.push_back(word);
    at = end + 1;
  }
  return words;
}

}  // namespace dedup::tool
