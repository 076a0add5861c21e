// SPDX-License-Identifier: Apache-2.0
#include "command/index_words.h"

#include <chrono>
#include <cstdio>
#include <string>
#include <utility>

#include "bytes/fault.h"
#include "command/clean_words.h"
#include "command/typed.h"
#include "manual/option_table.h"

namespace dedup::tool {
namespace {

/// "2025-01-31" as seconds since 1970, at its beginning in UTC.
std::int64_t day(const std::string& text) {
  using namespace std::chrono;
  int year = 0;
  unsigned month = 0;
  unsigned date = 0;
  int end = 0;
  const int found = std::sscanf(text.c_str(), "%4d-%2u-%2u%n", &year, &month, &date, &end);
  const year_month_day day{std::chrono::year(year), std::chrono::month(month),
                           std::chrono::day(date)};
  if (found != 3 || static_cast<std::size_t>(end) != text.size() || !day.ok()) {
    refuse_value("--before", "a day such as 2025-01-31", text);
  }
  return duration_cast<seconds>(sys_days(day).time_since_epoch()).count();
}

using Action = IndexJob::Action;
constexpr std::pair<std::string_view, Action> kActions[] = {
    {"info", Action::info},       {"check", Action::check}, {"compact", Action::compact},
    {"forget", Action::forget},   {"merge", Action::merge}, {"export", Action::exporting},
    {"import", Action::importing}};

Action action_of(const Words& operands) {
  Words names;
  for (const auto& [name, action] : kActions) {
    if (!operands.empty() && operands.front() == name) return action;
    names.emplace_back(name);
  }
  if (operands.empty()) {
    throw UsageError("index needs an action, such as info, and a file (see dedup --help)");
  }
  refuse_choice("index", names, operands.front());
}

/// Options that another action has are refused, so that none is given in vain.
void check_options_of(Action action, const Typed& typed) {
  const auto only = [&](const char* option, Action owner, const char* name) {
    if (!typed.given(option) || action == owner) return;
    throw UsageError("--" + std::string(option) + " is for index " + name);
  };
  only("name", Action::forget, "forget");
  only("before", Action::forget, "forget");
  only("output", Action::exporting, "export");
  only("json", Action::info, "info");
  if (action == Action::forget && !typed.given("name") && !typed.given("before")) {
    throw UsageError("index forget needs --name=NAME or --before=DATE");
  }
}

}  // namespace

Command read_index(const Words& words) {
  const Typed typed(words, index_manual().options);
  if (auto answer = help(typed, index_manual())) return *std::move(answer);
  typed.check();
  const Words& operands = typed.operands();
  IndexJob job{.action = action_of(operands),
               .path = {},
               .from = {},
               .forgotten = {.name = typed.value("name")},
               .output = typed.value("output"),
               .json = typed.given("json")};
  check_options_of(job.action, typed);
  if (const auto date = typed.value("before")) job.forgotten.before = day(*date);
  const std::string& name = operands.front();
  if (operands.size() < 2) throw UsageError("index " + name + " needs an index");
  job.path = operands[1];
  job.from.assign(operands.begin() + 2, operands.end());
  const bool several = job.action == Action::merge;
  if (several ? job.from.empty() : job.from.size() > (job.action == Action::importing ? 1U : 0U)) {
    throw UsageError("index " + name + (several ? " needs indexes to merge" : " takes one index"));
  }
  return job;
}

}  // namespace dedup::tool
