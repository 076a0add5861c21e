// SPDX-License-Identifier: Apache-2.0
#include "command/shard_words.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "command/clean_words.h"
#include "command/typed.h"
#include "manual/option_table.h"

namespace dedup::tool {
namespace {

/// "START-END" or "START-".
Range range_of(const std::string& text) {
  Range range;
  const char* const end = text.data() + text.size();
  const auto [dash, fault] = std::from_chars(text.data(), end, range.start);
  bool good = fault == std::errc() && dash != end && *dash == '-';
  if (good && dash + 1 != end) {
    const auto [stop, other] = std::from_chars(dash + 1, end, range.end);
    good = other == std::errc() && stop == end && range.end > range.start;
  }
  if (!good) refuse_value("--range", "offsets such as 0-1048576", text);
  return range;
}

/// "I/N": I from 0, as parts and documents count.
Slice slice_of(const std::string& text) {
  Slice slice;
  const char* const end = text.data() + text.size();
  const auto [bar, fault] = std::from_chars(text.data(), end, slice.number);
  bool good = fault == std::errc() && bar != end && *bar == '/';
  if (good) {
    const auto [stop, other] = std::from_chars(bar + 1, end, slice.of);
    good = other == std::errc() && stop == end && slice.number < slice.of;
  }
  if (!good) refuse_value("--slice", "a share such as 0/16", text);
  return slice;
}

/// An index has a secret of its own.
void check_secret(const std::string& secret, bool index, const std::string& step) {
  if (secret.empty() && !index) throw UsageError("shard " + step + " needs --secret=FILE");
  if (secret.empty() || !index) return;
  throw UsageError("--secret makes no sense with --index: the index has one of its own");
}

void check_options_of_first(const Typed& typed, std::span<const OptionEntry> main_options,
                            const std::string& step) {
  const bool settles = step == "settle";
  const auto refuse = [&](const std::string& option) {
    throw UsageError("--" + option + " is not for shard " + step);
  };
  for (const OptionEntry& option : main_options) {
    if (option.name.empty() || !typed.given(option.name)) continue;
    refuse(std::string(option.name));
  }
  for (const char* option : {"secret", "range", "first"}) {
    if (typed.given(option)) refuse(option);
  }
  for (const char* option : {"of", "slice"}) {
    if (settles && typed.given(option)) refuse(option);
  }
  if (!settles && typed.given("part")) refuse("part");
  if (settles && (!typed.given("after") || !typed.given("part"))) {
    throw UsageError("shard settle needs --after=FILE and --part=N");
  }
}

/// first and settle, which read keys and no text.
Command read_shard_first(const Typed& typed, std::span<const OptionEntry> main_options) {
  const std::string step = typed.operands().front();
  const bool settles = step == "settle";
  check_options_of_first(typed, main_options, step);
  ShardFirstJob job{.settles = settles,
                    .stage = Stage::all,
                    .slice = slice_of(typed.choice("slice")),
                    .after = typed.values("after"),
                    .number = settles ? number("--part", *typed.value("part")) : 0,
                    .parts = {typed.operands().begin() + 1, typed.operands().end()},
                    .output = typed.value("output")};
  const std::string of = typed.choice("of");
  check("--of", of, {"company", "documents", "blocks", "all"});
  if (of != "all") {
    job.stage = of == "blocks"    ? Stage::blocks
                : of == "company" ? Stage::company
                                  : Stage::documents;
  }
  if (!settles && !job.after.empty() && job.stage != Stage::documents) {
    throw UsageError("--after=FILE goes with --of=documents");
  }
  if (job.parts.empty()) throw UsageError("shard " + step + " needs KEYS");
  if (settles && job.parts.size() > 1) throw UsageError("shard settle takes one KEYS");
  if (job.stage == Stage::all && job.slice.of != 1) {
    throw UsageError("--slice is not for --of=all");
  }
  return job;
}

/// index, which reads keys and no text.
Command read_shard_index(const Typed& typed, std::span<const OptionEntry> all) {
  for (const OptionEntry& option : all) {
    constexpr std::string_view kOwn[] = {"secret", "index", "output"};
    if (option.name.empty() || !typed.given(option.name)) continue;
    if (std::ranges::count(kOwn, option.name) > 0) continue;
    throw UsageError("--" + std::string(option.name) + " is not for shard index");
  }
  ShardIndexJob job{.parts = {typed.operands().begin() + 1, typed.operands().end()},
                    .secret = typed.value("secret").value_or(""),
                    .base = typed.value("index"),
                    .output = typed.value("output").value_or("-")};
  check_secret(job.secret, job.base.has_value(), "index");
  if (job.output == "-") throw UsageError("shard index needs -o NEW, which is not there yet");
  if (job.parts.empty()) throw UsageError("shard index needs KEYS");
  return job;
}

/// What the parts must have in common: all that says what is read and what goes.
Words shared_settings(const Typed& typed) {
  constexpr std::string_view kFree[] = {"recursive", "files-from", "files0-from"};
  Words result;
  for (const OptionEntry& option : clean_manual().options) {
    if (option.group == Group::output || option.group == Group::running) continue;
    if (option.name.empty() || std::ranges::count(kFree, option.name) > 0) continue;
    if (!typed.given(option.name)) continue;
    if (!typed.value(option.name)) result.push_back(spelling(option));
    for (const std::string& value : typed.values(option.name)) {
      result.push_back(shown(spelling(option) + '=' + value));
    }
  }
  return result;
}

/// What needs to see all text before the first word of it is judged, or compares more than keys.
void check_shard(const CleanJob& job, const std::string& step) {
  const auto refuse = [&](const std::string& option) {
    throw UsageError(option + " is not for shard " + step);
  };
  const Options& options = job.options;
  if (options.keep == Keep::none) refuse("--keep=none");
  if (options.scope == Scope::wide) refuse("--scope=wide");
  if (options.documents == Documents::near && job.index) {
    throw UsageError(
        "--documents=near makes no sense with --index for shard: its documents are in "
        "no part");
  }
  check_secret(job.shard->secret, job.index.has_value(), step);
}

/// keys and apply are runs of the main job, so that its options are theirs; those that say where to
/// write are left out, as a part has one text.
void check_options_of_run(const Typed& typed, bool keys) {
  for (const char* option : {"of", "slice", "after"}) {
    if (typed.given(option)) throw UsageError("--" + std::string(option) + " is for shard first");
  }
  if (!keys && (!typed.given("first") || !typed.given("part"))) {
    throw UsageError("shard apply needs --first=FILE and --part=N");
  }
  for (const char* option :
       {"output-dir", "in-place", "replace-damaged", "joblog", "resume", "dry-run", "report"}) {
    if (!typed.given(option)) continue;
    throw UsageError("--" + std::string(option) + " is not for shard");
  }
  for (const char* option : {"removed", "verdicts", "stats", "verbose", "first", "part"}) {
    if (keys && typed.given(option)) {
      throw UsageError("--" + std::string(option) + " is for shard apply");
    }
  }
}

Command read_shard_run(const Typed& typed, const std::string& step, const Words& words) {
  const bool keys = step == "keys";
  check_options_of_run(typed, keys);
  CleanJob job;
  fill(typed, job);
  if (typed.given("index-mode") && !job.index_read_only) {
    throw UsageError("--index-mode=update is not for shard");
  }
  job.operands.typed.erase(job.operands.typed.begin());
  ShardPart& part = job.shard.emplace();
  part.step = keys ? ShardPart::Step::keys : ShardPart::Step::apply;
  part.secret = typed.value("secret").value_or("");
  if (const auto range = typed.value("range")) part.range = range_of(*range);
  part.first = typed.values("first");
  part.settings = shared_settings(typed);
  if (keys) {
    part.keys = std::exchange(job.output, std::nullopt).value_or("-");
    job.dry_run = true;
  } else {
    part.number = number("--part", typed.value("part").value_or(""));
    check_outputs(job);
  }
  check_shard(job, step);
  job.typed = "shard " + dedup::tool::typed(words);
  return job;
}

}  // namespace

Command read_shard(const Words& words) {
  const std::vector<OptionEntry> options = all_options(shard_manual());
  const Typed typed(words, options);
  if (auto answer = help(typed, shard_manual())) return *std::move(answer);
  typed.check();
  const Words steps{"keys", "first", "settle", "apply", "index"};
  if (typed.operands().empty()) {
    throw UsageError("shard needs a step: keys, first, settle, apply or index (see dedup --help)");
  }
  const std::string step = typed.operands().front();
  if (std::ranges::count(steps, step) == 0) refuse_choice("shard", steps, step);
  if (step == "first" || step == "settle") {
    return read_shard_first(typed, std::span(options).subspan(shard_manual().options.size()));
  }
  if (step == "index") return read_shard_index(typed, options);
  return read_shard_run(typed, step, words);
}

}  // namespace dedup::tool
