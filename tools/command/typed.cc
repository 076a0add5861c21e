// SPDX-License-Identifier: Apache-2.0
// The only file that knows CLI11, which splits the words; what they mean is judged by choices.cc
// and values.cc. Operands do not pass through CLI11's positionals, which would read a file named
// "[a]" as a list.
//
// The way of the words of any command:
//
//   words        -n --field= a.jsonl -i.bak --removd=x -- -b
//   before_bar   -n --field= a.jsonl -i.bak --removd=x      what is behind -- is never an option
//   regular      -n --field '' a.jsonl --in-place=.bak --removd=x
//   CLI11        options by name; left over: a.jsonl --removd=x
//   check()      unknown options among what is left over, and options given twice
#include "command/typed.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <list>
#include <stdexcept>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "command/suggestion.h"

namespace dedup::tool {
namespace {

constexpr const char* kSee = " (see dedup --help)";

/// Stands for the value of an option that was given without one.
constexpr const char* kNoValue = "\x01";

/// As long as the option is there.
std::string_view key(const OptionEntry& option) {
  return option.name.empty() ? std::string_view(&option.letter, 1) : option.name;
}

bool takes_value(const OptionEntry& option) {
  return option.value == Value::one || option.value == Value::many;
}

/// "-f,--format", for CLI11; of a flag with what stands for its value.
std::string declaration(const OptionEntry& option) {
  const std::string mark = takes_value(option) ? "" : "{" + std::string(kNoValue) + "}";
  std::string names;
  if (option.letter != '\0') names = std::string("-") + option.letter + mark;
  if (!option.name.empty()) {
    names.append(names.empty() ? "--" : ",--").append(option.name).append(mark);
  }
  return names;
}

/// "format" of "--format=text" and of "--format"; empty of a word that has no such name.
std::string_view long_name(std::string_view word) {
  if (!word.starts_with("--")) return {};
  word.remove_prefix(2);
  return word.substr(0, word.find('='));
}

const OptionEntry* by_name(std::span<const OptionEntry> options, std::string_view name) {
  const auto found = std::ranges::find(options, name, &OptionEntry::name);
  return name.empty() || found == options.end() ? nullptr : &*found;
}

/// "-ri.bak" as "-r" "--in-place=.bak": CLI11 would read letters behind that of a flag as flags.
void add_long_spelling(std::span<const OptionEntry> options, const std::string& word,
                       Words& words) {
  for (std::size_t at = 1; at + 1 < word.size() && word[0] == '-' && word[1] != '-'; ++at) {
    const auto option = std::ranges::find(options, word[at], &OptionEntry::letter);
    if (option == options.end() || takes_value(*option)) break;
    if (option->value != Value::optional) continue;
    if (at > 1) words.push_back(word.substr(0, at));
    words.push_back(spelling(*option) + '=' + word.substr(at + 1));
    return;
  }
  words.push_back(word);
}

/// Words as CLI11 understands them. An empty value is one where it has a meaning; it would take the
/// next word for it, and a file to read could become one to write. A flag with a value says
/// something else than was meant: --near=0.9, --dry-run=no.
Words regular(std::span<const OptionEntry> options, const Words& words) {
  Words spelled_out;
  for (const std::string& word : words) add_long_spelling(options, word, spelled_out);
  Words result;
  for (const std::string& word : spelled_out) {
    const std::string name = word.substr(0, word.find('='));
    const OptionEntry* const option = by_name(options, long_name(word));
    if (!word.starts_with("--") || name.size() == word.size()) {
      result.push_back(word);
      continue;
    }
    const bool empty = word.size() == name.size() + 1;
    if (empty && (option == nullptr || !option->may_be_empty)) {
      throw UsageError(shown(name) + " needs a value" + kSee);
    }
    if (option != nullptr && option->value == Value::none) {
      throw UsageError(shown(name) + " takes no value" + kSee);
    }
    result.push_back(empty ? name : word);
    if (empty) result.emplace_back();
  }
  return result;
}

/// Whether one of the words may be the option: CLI11 need not know the others, and takes longer to
/// learn all of them than a small page does to be cleaned.
bool may_be_typed(const OptionEntry& option, const Words& words) {
  return std::ranges::any_of(words, [&option](std::string_view word) {
    if (!word.starts_with('-')) return false;
    if (word.starts_with("--")) return long_name(word) == option.name;
    return option.letter != '\0' && word.find(option.letter) != std::string_view::npos;
  });
}

/// An option as CLI11 knows it.
struct Declared {
  const OptionEntry* entry = nullptr;
  const CLI::Option* option = nullptr;
  Words values;  // of one that takes any: written to by CLI11 as it parses
};

/// Declares an option to CLI11. Its own help is off, and all values arrive as text.
void declare(CLI::App& app, Declared& one) {
  CLI::Option* option = nullptr;
  if (takes_value(*one.entry)) {
    option = app.add_option(declaration(*one.entry), one.values)
                 ->allow_extra_args(false);  // else it would take the operands behind it, too
  } else {
    option = app.add_flag(declaration(*one.entry));
  }
  one.option = option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

/// What CLI11 has to say, in the words of the other messages: "--field: 1 required TEXT missing".
[[noreturn]] void refuse(const CLI::ParseError& error) {
  const std::string_view text = error.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    throw UsageError(shown(text.substr(0, text.find(':'))) + " needs a value" + kSee);
  }
  throw UsageError(shown(text) + kSee);
}

}  // namespace

Typed::Typed(const Words& words, std::span<const OptionEntry> options) : options_(options) {
  const auto bar = std::find(words.begin(), words.end(), "--");
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  Words typed = regular(options, Words(words.begin(), bar));
  std::list<Declared> declared;  // each stays where it is
  for (const OptionEntry& option : options) {
    if (may_be_typed(option, typed)) declare(app, declared.emplace_back(Declared{&option}));
  }
  std::reverse(typed.begin(), typed.end());  // CLI11 wants the last word first
  try {
    app.parse(std::move(typed));
  } catch (const CLI::ParseError& error) {
    refuse(error);
  }
  for (const Declared& one : declared) {
    if (one.option->count() == 0) continue;
    found_.emplace(key(*one.entry), takes_value(*one.entry) ? one.values : one.option->results());
  }
  operands_ = app.remaining();
  if (bar == words.end()) return;
  operands_.insert(operands_.end(), bar + 1, words.end());
  behind_bar_ = static_cast<std::size_t>(words.end() - bar - 1);
}

const OptionEntry& Typed::entry(std::string_view name) const {
  const auto option =
      std::find_if(options_.begin(), options_.end(),
                   [&](const OptionEntry& candidate) { return key(candidate) == name; });
  if (option == options_.end()) throw std::logic_error("no option " + std::string(name));
  return *option;
}

const Words& Typed::found(std::string_view name) const {
  static const Words none;
  const auto option = found_.find(key(entry(name)));
  return option == found_.end() ? none : option->second;
}

bool Typed::given(std::string_view name) const { return !found(name).empty(); }

std::optional<std::string> Typed::value(std::string_view name) const {
  const Words& values = found(name);
  if (values.empty() || values.back() == kNoValue) return std::nullopt;
  return values.back();
}

std::string Typed::choice(std::string_view name) const {
  return value(name).value_or(std::string(entry(name).standard));
}

Words Typed::values(std::string_view name) const { return found(name); }

/// Of two values one would be lost silently; a flag may be repeated.
void Typed::check() const {
  refuse_unknown();
  for (const OptionEntry& option : options_) {
    const bool repeats = option.value == Value::none || option.value == Value::many;
    if (!repeats && found(key(option)).size() > 1) {
      throw UsageError(spelling(option) + " is given twice");
    }
    if (takes_value(option) && !option.may_be_empty &&
        std::ranges::count(found(key(option)), std::string()) > 0) {
      throw UsageError(spelling(option) + " needs a value" + kSee);
    }
    if (!option.excludes.empty() && given(key(option)) && given(option.excludes)) {
      throw UsageError(spelling(option) + " and --" + std::string(option.excludes) +
                       " exclude each other" + kSee);
    }
  }
}

/// An operand that looks like an option is a slip of the finger more often than a file, which can
/// stand behind "--". A single - is standard input. One dash or two, the name is looked for among
/// the long ones, as -output is meant for --output.
void Typed::refuse_unknown() const {
  for (std::size_t at = 0; at + behind_bar_ < operands_.size(); ++at) {
    const std::string& operand = operands_[at];
    if (operand.size() <= 1 || operand.front() != '-') continue;
    Words names;
    for (const OptionEntry& option : options_) {
      if (!option.name.empty()) names.push_back(spelling(option));
    }
    const std::string name = "--" + operand.substr(std::min(operand.find_first_not_of('-'), 2UL));
    throw UsageError("unknown option " + shown(operand) +
                     did_you_mean(name.substr(0, name.find('=')), names) + kSee);
  }
}

}  // namespace dedup::tool
