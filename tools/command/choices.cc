// SPDX-License-Identifier: Apache-2.0
#include "command/choices.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "bytes/fault.h"
#include "command/machine.h"
#include "command/values.h"

namespace dedup::tool {
namespace {

template <typename Choice>
struct Meaning {
  std::string_view word;
  Choice choice;
};

/// What the value of an option means. Throws UsageError for one that is not in the table.
template <typename Choice, std::size_t count>
Choice choose(const std::string& option, const std::string& value,
              const Meaning<Choice> (&meanings)[count]) {
  Words words;
  for (const auto& [word, choice] : meanings) {
    if (word == value) return choice;
    words.emplace_back(word);
  }
  refuse_choice(option, words, value);
}

constexpr Meaning<bool> kSwitch[] = {{"on", true}, {"off", false}};
constexpr Meaning<Boilerplate> kBoilerplate[] = {{"auto", Boilerplate::automatic},
                                                 {"rules", Boilerplate::rules},
                                                 {"page", Boilerplate::page},
                                                 {"off", Boilerplate::off}};
constexpr Meaning<dedup::Documents> kDocuments[] = {{"exact", dedup::Documents::exact},
                                                    {"near", dedup::Documents::near},
                                                    {"off", dedup::Documents::off}};
constexpr Meaning<Paragraphs> kParagraphs[] = {
    {"exact", Paragraphs::exact}, {"near", Paragraphs::near}, {"off", Paragraphs::off}};
constexpr Meaning<Sentences> kSentences[] = {
    {"exact", Sentences::exact}, {"lone", Sentences::lone}, {"off", Sentences::off}};
constexpr Meaning<Scope> kScopes[] = {
    {"corpus", Scope::corpus}, {"document", Scope::document}, {"wide", Scope::wide}};
constexpr Meaning<Keep> kKeep[] = {{"first", Keep::first}, {"none", Keep::none}};
constexpr Meaning<dedup::Script> kScripts[] = {{"keep", dedup::Script::keep},
                                               {"simplified", dedup::Script::simplified},
                                               {"traditional", dedup::Script::traditional}};
constexpr Meaning<Normalise> kNormalise[] = {{"off", Normalise::off}, {"nfc", Normalise::nfc}};
constexpr Meaning<Statistics> kStatistics[] = {
    {"table", Statistics::table}, {"json", Statistics::json}, {"off", Statistics::none}};
constexpr Meaning<ShowProgress> kProgress[] = {{"auto", ShowProgress::automatic},
                                               {"always", ShowProgress::always},
                                               {"never", ShowProgress::never}};

constexpr Meaning<Output> kOutputs[] = {{"text", Output::text}, {"jsonl", Output::jsonl}};
constexpr Meaning<Markup> kMarkups[] = {
    {"auto", Markup::automatic}, {"text", Markup::text}, {"html", Markup::html}};
/// Nothing: by the name of the file and by how it starts, which plan.cc and the readers look at.
constexpr Meaning<std::optional<Format>> kFormats[] = {
    {"auto", std::nullopt},   {"text", Format::text}, {"html", Format::html},
    {"jsonl", Format::jsonl}, {"json", Format::json}, {"warc", Format::warc}};

constexpr Meaning<Colour> kColours[] = {
    {"auto", Colour::automatic}, {"always", Colour::always}, {"never", Colour::never}};

/// Whether it is only read.
constexpr Meaning<bool> kIndexModes[] = {{"update", false}, {"read-only", true}};

constexpr std::uint32_t kMostThreads = 1024;

/// "rules,-byline,-share": what judges, and the classes of rules that do not.
void set_boilerplate(const std::string& value, Options& options) {
  const std::string option = "--boilerplate";
  const std::size_t comma = value.find(',');
  options.boilerplate = choose(option, value.substr(0, comma), kBoilerplate);
  Words classes;
  for (std::size_t at = comma; at < value.size();) {
    const std::size_t end = std::min(value.find(',', at + 1), value.size());
    const std::string word = value.substr(at + 1, end - at - 1);
    if (word.size() < 2 || word.front() != '-') {
      refuse_value(option, "a choice and classes left out, as rules,-byline", value);
    }
    classes.push_back(word.substr(1));
    at = end;
  }
  options.boilerplate_without = std::move(classes);
}

/// Refused by name where the build lacks what it takes.
Script script_of(const std::string& value) {
  const Script script = choose("--script", value, kScripts);
  if (script != Script::keep && !converts_scripts()) {
    throw UsageError("--script=" + value +
                     " needs OpenCC, which this build is without: install libopencc-dev and build "
                     "dedup anew");
  }
  return script;
}

/// What is compared, and how nearly. --near stands for what is not said of the two by name.
void set_comparison(const Typed& typed, Options& options) {
  const auto exact_or_near = [&](std::string_view name) {
    return typed.value(name).value_or(typed.given("near") ? "near" : typed.choice(name));
  };
  options.documents = choose("--documents", exact_or_near("documents"), kDocuments);
  options.paragraphs = choose("--paragraphs", exact_or_near("paragraphs"), kParagraphs);
  options.near_threshold = fraction("--near-threshold", typed.choice("near-threshold"), 0.5, 1);
  const auto runs = typed.value("runs");
  options.runs = runs ? choose("--runs", *runs, kSwitch) : options.paragraphs != Paragraphs::off;
  options.sentences = choose("--sentences", typed.choice("sentences"), kSentences);
  options.scope = choose("--scope", typed.choice("scope"), kScopes);
  options.keep = choose("--keep", typed.choice("keep"), kKeep);
}

/// A longer guard within a document is meant for other documents too, unless said otherwise.
void set_guards(const Typed& typed, Options& options) {
  options.min_block = number("--min-block", typed.choice("min-block"));
  options.min_block_across = number("--min-block-across", typed.choice("min-block-across"));
  if (!typed.given("min-block-across")) {
    options.min_block_across = std::max(options.min_block_across, options.min_block);
  }
}

}  // namespace

void apply(const Typed& typed, CleanJob& job) {
  Options& options = job.options;
  set_boilerplate(typed.choice("boilerplate"), options);
  set_comparison(typed, options);
  set_guards(typed, options);
  options.encoding = typed.choice("encoding");
  options.repair = choose("--repair", typed.choice("repair"), kSwitch);
  options.script = script_of(typed.choice("script"));
  options.normalise = choose("--normalise", typed.choice("normalise"), kNormalise);
  options.threads = number("--threads", typed.choice("threads"), kMostThreads);
  options.memory = size("--memory", typed.choice("memory"), machine_memory());
  job.progress = choose("--progress", typed.choice("progress"), kProgress);
  job.format = format_of(typed.choice("format"));
  job.markup = choose("--markup", typed.choice("markup"), kMarkups);
  if (const auto to = typed.value("to")) job.to = choose("--to", *to, kOutputs);
  job.colour = colour_of(typed.choice("color"));
  job.index_read_only = choose("--index-mode", typed.choice("index-mode"), kIndexModes);
  job.index_wait = number("--index-wait", typed.choice("index-wait"));
  if (typed.given("stats")) {
    job.statistics = choose("--stats", typed.value("stats").value_or("table"), kStatistics);
  }
}

Colour colour_of(const std::string& value) { return choose("--color", value, kColours); }

std::optional<Format> format_of(const std::string& value) {
  return choose("--format", value, kFormats);
}

}  // namespace dedup::tool
