// SPDX-License-Identifier: Apache-2.0
#include "command/index.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "bytes/fault.h"
#include "bytes/json_text.h"
#include "bytes/lines.h"
#include "bytes/paths.h"
#include "bytes/source.h"
#include "bytes/target.h"
#include "bytes/unpacking.h"
#include "listeners/report.h"

namespace dedup::tool {
namespace {

/// The shortest digits that read back as the same number.
std::string digits(double number) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, number).ptr};
}

/// What there is to say of an index: each by the name that it has in JSON.
struct Fact {
  std::string name;
  std::string value;
  bool is_text = false;
};

std::vector<Fact> facts_of(const IndexFacts& facts) {
  return {{"documents", std::to_string(facts.documents)},
          {"sequences", std::to_string(facts.sequences)},
          {"blocks", std::to_string(facts.blocks)},
          {"runs", std::to_string(facts.runs)},
          {"sentence_runs", std::to_string(facts.sentence_runs)},
          {"sentences", std::to_string(facts.sentences)},
          {"sketches", std::to_string(facts.sketches)},
          {"bytes", std::to_string(facts.bytes)},
          {"free_bytes", std::to_string(facts.free_bytes)},
          {"commits", std::to_string(facts.commits)},
          {"near_threshold", digits(facts.near_threshold)},
          {"key_recipe", facts.recipe, true},
          {"unicode", facts.unicode, true},
          {"options", facts.options, true}};
}

std::string table(const IndexFacts& facts) {
  constexpr std::size_t kWidth = 18;
  std::string text;
  for (const auto& [name, value, is_text] : facts_of(facts)) {
    std::string line = name;
    line.append(kWidth - name.size(), ' ').append(value).push_back('\n');
    std::ranges::replace(line.begin(), line.begin() + kWidth, '_', ' ');
    text += line;
  }
  return text;
}

std::string json(const IndexFacts& facts) {
  std::string text;
  for (const auto& [name, value, is_text] : facts_of(facts)) {
    text += text.empty() ? '{' : ',';
    text += '"' + name + "\":" + (is_text ? json_string(value) : value);
  }
  return text + "}\n";
}

/// To standard output, or to a file.
void write(const std::optional<std::string>& path, const auto& give) {
  Target out = path ? Target::file(*path) : Target::standard_output();
  give(out);
  out.commit();
}

void import_lines(const IndexJob& job) {
  Source source(job.from.empty() ? "-" : job.from.front());
  unpack(source);
  LineReader lines(source);
  const auto give = [&lines](std::string& line) {
    std::string_view next;
    if (!lines.next(next)) return false;
    line = next;
    return true;
  };
  try {
    import_index(give, job.path);
  } catch (const FormatError& error) {
    throw InputError(source.label() + ": " + error.what());
  }
}

}  // namespace

int look_after(const IndexJob& job) {
  using Action = IndexJob::Action;
  switch (job.action) {
    case Action::info: {
      const IndexFacts facts = index_facts(job.path);
      write(std::nullopt, [&](Target& out) { out.write(job.json ? json(facts) : table(facts)); });
      break;
    }
    case Action::check:
      check_index(job.path);
      break;
    case Action::compact:
      compact_index(job.path);
      break;
    case Action::forget: {
      const std::uint64_t count = forget_documents(job.forgotten, job.path);
      if (count == 0) say("no document was seen so, and nothing is forgotten");
      break;
    }
    case Action::merge:
      merge_indexes(job.from, job.path);
      break;
    case Action::exporting:
      write(job.output, [&](Target& out) {
        export_index(job.path, [&out](std::string_view line) { out.write(line); });
      });
      break;
    case Action::importing:
      import_lines(job);
      break;
  }
  return kDone;
}

}  // namespace dedup::tool
