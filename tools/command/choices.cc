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

/// Options that have one value so far.
void check_values(const Choices& choices) {
  check("--normalise", choices.normalise, {"off"}, {"nfc"});
  check("--script", choices.script, {"keep"}, {"simplified", "traditional"});
  check("--progress", choices.progress, {"auto", "never"}, {"always"});
}

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
constexpr Meaning<Statistics> kStatistics[] = {
    {"table", Statistics::table}, {"json", Statistics::json}, {"off", Statistics::none}};

constexpr Meaning<Output> kOutputs[] = {{"text", Output::text}, {"jsonl", Output::jsonl}};
constexpr Meaning<Format> kFormats[] = {{"text", Format::text},
                                        {"html", Format::html},
                                        {"jsonl", Format::jsonl},
                                        {"json", Format::json},
                                        {"warc", Format::warc}};

constexpr std::uint32_t kMostThreads = 1024;

/// Hands the classes to a library that knows them.
template <typename Each>
void leave_out(Each& options, Words classes) {
  if constexpr (requires { options.boilerplate_without; }) {
    options.boilerplate_without = std::move(classes);
  } else {
    refuse_later("--boilerplate=" + std::string("…,-") + classes.front());
  }
}

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
  if (!classes.empty()) leave_out(options, std::move(classes));
}

void set_options(const Choices& choices, Options& options) {
  set_boilerplate(choices.boilerplate, options);
  options.documents = choose("--documents", choices.documents, kDocuments);
  options.paragraphs = choose("--paragraphs", choices.paragraphs, kParagraphs);
  options.runs = choices.runs.empty() ? options.paragraphs != Paragraphs::off
                                      : choose("--runs", choices.runs, kSwitch);
  options.sentences = choose("--sentences", choices.sentences, kSentences);
  options.scope = choose("--scope", choices.scope, kScopes);
  options.keep = choose("--keep", choices.keep, kKeep);
  options.encoding = choices.encoding;
  options.repair = choose("--repair", choices.repair, kSwitch);
  options.threads = number("--threads", choices.threads, kMostThreads);
  options.memory = size("--memory", choices.memory, machine_memory());
  if (!choices.min_block.empty()) options.min_block = number("--min-block", choices.min_block);
  // A longer guard within a document is meant for other documents too, unless said otherwise.
  options.min_block_across = choices.min_block_across.empty()
                                 ? std::max(options.min_block_across, options.min_block)
                                 : number("--min-block-across", choices.min_block_across);
  if (!choices.near_threshold.empty()) {
    options.near_threshold = fraction("--near-threshold", choices.near_threshold, 0.5, 1);
  }
}

}  // namespace

void apply(const Choices& typed, CleanJob& job) {
  Choices choices = typed;
  // --near is the default of the other two, so that what is said of one of them stands.
  for (std::string* const choice : {&choices.documents, &choices.paragraphs}) {
    if (choice->empty()) *choice = choices.near ? "near" : "exact";
  }
  check_values(choices);
  job.format = format_of(choices.format);
  check("--markup", choices.markup, {"auto", "text", "html"}, {});
  job.markup = choices.markup == "auto"   ? Markup::automatic
               : choices.markup == "html" ? Markup::html
                                          : Markup::text;
  if (!choices.to.empty()) job.to = choose("--to", choices.to, kOutputs);
  set_options(choices, job.options);
  job.statistics = choose("--stats", choices.stats, kStatistics);
}

std::optional<Format> format_of(const std::string& value) {
  check("--format", value, {"auto", "text", "html", "jsonl", "json", "warc"}, {});
  if (value == "auto") return std::nullopt;
  return choose("--format", value, kFormats);
}

}  // namespace dedup::tool
