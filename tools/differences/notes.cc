// SPDX-License-Identifier: Apache-2.0
#include "differences/notes.h"

#include <algorithm>
#include <utility>

#include "bytes/paths.h"

namespace dedup::tool {
namespace {

/// Two digits behind the point, cut off: what is below a threshold must not look like it.
std::string hundredths(double value) {
  const int whole = static_cast<int>(value * 100 + 1e-9);
  const std::string digits = std::to_string(whole % 100);
  return std::to_string(whole / 100) + (digits.size() < 2 ? ".0" : ".") + digits;
}

std::string text_of(const ShownEdit& told) {
  const Edit& edit = told.edit;
  std::string text(name(edit.reason));
  if (!edit.rule.empty()) text += ": " + shown(edit.rule);
  if (told.first.empty()) return text;
  const bool alike = edit.similarity && *edit.similarity < 1;
  text += alike ? ": resembles " : ": the same as ";
  text += told.first;
  if (alike) text += " (" + hundredths(*edit.similarity) + ')';
  return text;
}

}  // namespace

void Notes::add(std::uint64_t line, const ShownEdit& told) {
  const bool repair = told.edit.reason == Reason::repair;
  if (!repair) {
    Entry entry{.note = {line, text_of(told)}};
    if (entries_.empty() || entries_.back().note.text != entry.note.text) {
      entries_.push_back(std::move(entry));
    }
    return;
  }
  auto entry = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& each) {
    return each.note.line == line && !each.kinds.empty();
  });
  if (entry == entries_.end()) {
    entry = entries_.insert(entry, Entry{.note = {line, std::string(name(Reason::repair))}});
  }
  const std::string rule = shown(told.edit.rule);
  auto kind = std::find_if(entry->kinds.begin(), entry->kinds.end(),
                           [&](const Kind& each) { return each.name == rule; });
  if (kind == entry->kinds.end()) kind = entry->kinds.insert(kind, Kind{.name = rule});
  kind->count += 1;
}

std::vector<Notes::Note> Notes::take() {
  std::vector<Note> notes;
  for (Entry& entry : std::exchange(entries_, {})) {
    const char* joint = ": ";
    for (const Kind& kind : entry.kinds) {
      entry.note.text += std::exchange(joint, ", ") + kind.name;
      if (kind.count > 1) entry.note.text += " (" + std::to_string(kind.count) + ')';
    }
    notes.push_back(std::move(entry.note));
  }
  return notes;
}

}  // namespace dedup::tool
