// SPDX-License-Identifier: Apache-2.0
#include "command/index.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

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

std::string table(const IndexFacts& facts) {
  const auto row = [](std::string_view name, const std::string& value) {
    std::string line(name);
    line.resize(std::max<std::size_t>(line.size(), 18), ' ');
    return line + value + '\n';
  };
  const auto count = [&](std::string_view name, std::uint64_t value) {
    return row(name, std::to_string(value));
  };
  return count("documents", facts.documents) + count("sequences", facts.sequences) +
         count("blocks", facts.blocks) + count("runs", facts.runs) +
         count("sentence runs", facts.sentence_runs) + count("sentences", facts.sentences) +
         count("sketches", facts.sketches) + count("bytes", facts.bytes) +
         count("free bytes", facts.free_bytes) + count("commits", facts.commits) +
         row("near threshold", digits(facts.near_threshold)) + row("key recipe", facts.recipe) +
         row("Unicode", facts.unicode) + row("options", facts.options);
}

std::string json(const IndexFacts& facts) {
  std::string text;
  const auto add = [&text](std::string_view name, const std::string& value) {
    text += text.empty() ? '{' : ',';
    text.append("\"").append(name).append("\":").append(value);
  };
  const auto count = [&](std::string_view name, std::uint64_t value) {
    add(name, std::to_string(value));
  };
  count("documents", facts.documents);
  count("sequences", facts.sequences);
  count("blocks", facts.blocks);
  count("runs", facts.runs);
  count("sentence_runs", facts.sentence_runs);
  count("sentences", facts.sentences);
  count("sketches", facts.sketches);
  count("bytes", facts.bytes);
  count("free_bytes", facts.free_bytes);
  count("commits", facts.commits);
  add("near_threshold", digits(facts.near_threshold));
  add("recipe", json_string(facts.recipe));
  add("unicode", json_string(facts.unicode));
  add("options", json_string(facts.options));
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
