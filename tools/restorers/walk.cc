// SPDX-License-Identifier: Apache-2.0
#include "restorers/walk.h"

#include <string>
#include <utility>
#include <vector>

#include "restorers/restorer.h"
#include "restorers/telling.h"

namespace dedup::tool {

void walk_texts(List& list, bool with_lines, const TakeListLine& take) {
  const bool hold_all = list.header().format != "text";
  std::vector<EditListLine> held;  // of the document at hand
  std::string before;              // the name of the document before
  bool first = true;               // there is none
  while (auto line = list.next()) {
    const Document known = text_of(*line);
    if (hold_all || (with_lines && !first && known.name == before)) {
      held.push_back(std::move(*line));
      if (!held.back().closing) continue;
      const Document document = document_of(list, *held.back().closing);
      for (const EditListLine& each : held) take(each, document);
      held.clear();
    } else {
      take(*line, known);
      if (!line->closing) continue;
    }
    before = known.name;
    first = false;
  }
}

void tell_edits(List& list, Choice choice, Listener& listener) {
  Telling telling(list, &listener);
  bool begun = false;
  walk_texts(list, true, [&](const EditListLine& line, const Document& document) {
    if (!choice.is_wanted(document.file == "-" ? "" : document.file)) return;
    const auto& [header, edit, closing] = line;
    if (!std::exchange(begun, edit.has_value())) telling.begin(document);
    edit ? telling.edit(*edit) : telling.end(*closing);
  });
  choice.check();
}

}  // namespace dedup::tool
