// SPDX-License-Identifier: Apache-2.0
// Each of the three asks the table: the options of the command whose name is the first word, and
// behind an option the words, files or directories that its argument may be.
#include "manual/completions.h"

#include <string_view>

#include "manual/option_table.h"
#include "manual/summary.h"

namespace dedup::tool {
namespace {

bool is_directory(const OptionEntry& option) { return option.argument == "DIR"; }

bool is_file(const OptionEntry& option) {
  return option.argument == "FILE" || option.argument == "LIST" || option.argument == "MODEL";
}

/// What an option means, without what would end a word of a shell.
std::string quotable(const OptionEntry& option) {
  std::string plain;
  for (const char c : summary(option)) {
    if (c == '[') break;  // what stands where it is not given
    if (c != '\'' && c != ']' && c != '\\' && c != ':') plain += c;
  }
  while (plain.ends_with(' ')) plain.pop_back();
  return plain;
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string line;
  for (const std::string_view word : words) {
    line.append(line.empty() ? "" : " ").append(word);
  }
  return line;
}

/// The names of subcommands, with a blank between them.
std::string subcommands() {
  std::vector<std::string_view> names;
  for (const Manual* manual : manuals()) {
    if (!manual->name.empty()) names.push_back(manual->name);
  }
  return joined(names);
}

/// The line is parted by hand: bash takes "=" for a word of its own. A subcommand is one only where
/// it is not just being typed.
constexpr std::string_view kBashStart = R"(# bash completion of dedup; made by dedup --generate=bash
_dedup() {
  local line=${COMP_LINE:0:COMP_POINT} command='' options='' word option value
  word=${line##*[[:space:]]}
)";
constexpr std::string_view kBashOption = R"(  [ "$COMP_CWORD" -gt 1 ] || command=''
  if [[ $word == --*=* ]]; then
    option=${word%%=*} value=${word#*=}
  else
    option=${COMP_WORDS[COMP_CWORD-1]} value=$word
  fi
  case $command:$option in
)";
/// Behind "=" a value goes on in the same word.
constexpr std::string_view kBashWords = R"(  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    [[ ${#COMPREPLY[@]} -ne 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace
    return
  fi
  compopt -o filenames
  mapfile -t COMPREPLY < <(compgen -f -- "$word")
  if [ "$COMP_CWORD" -eq 1 ]; then
)";
constexpr std::string_view kBashEnd = R"(  fi
}
complete -F _dedup dedup
)";

/// All spellings of the options of a command; a value is typed behind "=".
std::string bash_words(const Manual& manual) {
  std::string words;
  for (const OptionEntry& option : shown_options(manual)) {
    words.append(words.empty() ? "" : " ").append(spelling(option));
    if (option.value == Value::one || option.value == Value::many) words += '=';
  }
  return words;
}

/// A branch of `case $option`.
void add_bash_values(std::string& page, const Manual& manual) {
  for (const OptionEntry& option : shown_options(manual)) {
    if (option.value == Value::none || option.name.empty()) continue;
    std::string offered;  // what compgen is asked for
    if (is_directory(option)) {
      offered = "-d";
    } else if (is_file(option)) {
      offered = "-f";
    } else {
      offered.append("-W '").append(joined(choices(option))).append("'");
    }
    page.append("    ").append(manual.name).append(":").append(spelling(option));
    if (option.letter != '\0') {
      page.append("|").append(manual.name).append(":-").append(1, option.letter);
    }
    page.append(") mapfile -t COMPREPLY < <(compgen ").append(offered).append(" -- \"$value\"); ");
    page.append(offered.starts_with("-W") ? "" : "compopt -o filenames; ").append("return ;;\n");
  }
}

/// A word of _arguments. What excludes itself is an option in either spelling; "+" and "=" say how
/// a value is joined, ":" parts it from what it means and what completes it:
/// "'(-o --output)'{-o+,--output=}'[text]:FILE:_files'"
void add_zsh_option(std::string& page, const OptionEntry& option) {
  std::string values;
  const std::string argument(option.argument);
  if (option.value != Value::none) {
    const std::string words = joined(choices(option));
    values = is_directory(option) ? ":DIR:_files -/"
             : is_file(option)    ? ":" + argument + ":_files"
             : words.empty()      ? ":value: "
                                  : ":value:(" + words + ")";
    if (option.value == Value::optional) values = ":" + values;
  }
  const std::string meaning = "[" + quotable(option) + "]" + values;
  const bool takes = option.value == Value::one || option.value == Value::many;
  const char* const repeats = option.value == Value::many ? "*" : "";
  const char* const end = takes ? "=" : option.value == Value::optional ? "=-" : "";
  page += "    ";
  if (option.name.empty() || option.letter == '\0') {
    page += std::string("'") + repeats + spelling(option) + end + meaning + "'\n";
    return;
  }
  const std::string letter = std::string("-") + option.letter;
  const std::string name = spelling(option);
  page += "'(" + letter + " " + name + ")'{" + letter + (takes ? "+" : "") + "," + name + end +
          "}'" + meaning + "'\n";
}

/// A line of complete: -x takes a value and no file, -r a value that may be one.
void add_fish_option(std::string& page, const Manual& manual, const OptionEntry& option) {
  page += "complete -c dedup";
  page += manual.name.empty()
              ? " -n 'not __fish_seen_subcommand_from " + subcommands() + "'"
              : " -n '__fish_seen_subcommand_from " + std::string(manual.name) + "'";
  if (option.letter != '\0') page += std::string(" -s ") + option.letter;
  if (!option.name.empty()) page += " -l " + std::string(option.name);
  const bool takes = option.value == Value::one || option.value == Value::many;
  const std::string words = joined(choices(option));
  if (takes) page += is_file(option) || is_directory(option) ? " -r" : " -x";
  if (is_directory(option)) page += " -a '(__fish_complete_directories)'";
  if (takes && !words.empty()) page += " -a '" + words + "'";
  page += " -d '" + quotable(option) + "'\n";
}

}  // namespace

std::string bash_completion() {
  std::string page(kBashStart);
  page += "  case ${COMP_WORDS[1]} in\n";
  for (const Manual* manual : manuals()) {
    if (manual->name.empty()) continue;
    page.append("    ").append(manual->name).append(") command=${COMP_WORDS[1]} ;;\n");
  }
  page.append("  esac\n").append(kBashOption);
  for (const Manual* manual : manuals()) add_bash_values(page, *manual);
  page += "  esac\n  case $command in\n";
  for (const Manual* manual : manuals()) {
    page.append("    '").append(manual->name).append("') options='");
    page.append(bash_words(*manual)).append("' ;;\n");
  }
  page.append("  esac\n").append(kBashWords);
  page.append("    mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen -W '");
  return page.append(subcommands()).append("' -- \"$word\")\n").append(kBashEnd);
}

std::string zsh_completion() {
  std::string page =
      "#compdef dedup\n"
      "# zsh completion of dedup; made by dedup --generate=zsh\n"
      "local -a options\n"
      "case ${words[2]} in\n";
  for (const Manual* manual : manuals()) {
    if (manual->name.empty()) continue;
    page += "  " + std::string(manual->name) + ") options=(\n";
    for (const OptionEntry& option : shown_options(*manual)) add_zsh_option(page, option);
    page += "  ) ;;\n";
  }
  page += "  *) options=(\n";
  for (const OptionEntry& option : shown_options(clean_manual())) add_zsh_option(page, option);
  page +=
      "  ) ;;\n"
      "esac\n"
      "_arguments -s -S $options '1: :_alternative \"commands:command:(" +
      subcommands() + ")\" \"files:file:_files\"' '*:file:_files'\n";
  return page;
}

std::string fish_completion() {
  std::string page = "# fish completion of dedup; made by dedup --generate=fish\n";
  for (const Manual* manual : manuals()) {
    if (!manual->name.empty()) {
      page += "complete -c dedup -n __fish_use_subcommand -a " + std::string(manual->name) +
              " -d 'dedup " + std::string(manual->name) + "'\n";
    }
    for (const OptionEntry& option : shown_options(*manual)) {
      add_fish_option(page, *manual, option);
    }
  }
  return page;
}

}  // namespace dedup::tool
