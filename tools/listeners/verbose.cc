// SPDX-License-Identifier: Apache-2.0
#include "listeners/verbose.h"

#include "bytes/paths.h"
#include "listeners/encodings.h"
#include "listeners/report.h"

namespace dedup::tool {
namespace {

/// Whether the edit takes away what the input repeats or nobody wants, rather than mending it.
bool is_removal(const Edit& edit) {
  return edit.reason != Reason::repair && edit.reason != Reason::blank_lines;
}

}  // namespace

std::string Verbose::start(const std::string& place) const {
  std::string line(palette_.place);
  return line.append(place).append(palette_.end).append(": ");
}

/// By its number in the file, as the documents beside it.
void Verbose::skipped(const std::string& file, const WarcSkipped& record) {
  std::string line = start(shown(file) + ':' + std::to_string(record.record + 1));
  line += "passed over: ";
  line += name(record.why);
  if (!record.detail.empty()) line += ' ' + shown(record.detail);
  if (!record.url.empty()) line += ", " + record.url;
  tell(line += '\n');
}

void Verbose::edit(const Document& document, const Edit& edit) {
  if (!is_removal(edit)) return;
  const Place place{document.file, document.line, document.in_record};
  std::string line = start(shown(place, edit.block));
  line.append(palette_.note).append(name(edit.reason)).append(palette_.end);
  if (!edit.rule.empty()) line += ' ' + shown(edit.rule);
  if (edit.first) line += " (first at " + place_of(edit) + ')';
  tell(line += '\n');
}

void Verbose::end(const Document& document, const Outcome& outcome) {
  const Encoding& encoding = outcome.encoding;
  const bool plain = encoding.name == "UTF-8" && encoding.source != EncodingSource::fallback;
  if (outcome.mojibake_lines > 0) tell_mojibake(document, outcome);
  if (outcome.passed || plain) return;
  const Place place{document.file, document.line, document.record != nullptr};
  tell(start(shown(place, 0)) + "read as " + shown(encoding) + '\n');
}

/// One line for a document: of a page that was misread as a whole each would say the same.
void Verbose::tell_mojibake(const Document& document, const Outcome& outcome) const {
  const Place place{document.file, document.line, document.in_record};
  const std::uint64_t others = outcome.mojibake_lines - 1;
  std::string line = start(shown(place, outcome.first_mojibake)) + "looks like mojibake, and stays";
  if (others > 0) {
    line += (others == 1 ? ", as does " : ", as do ") + std::to_string(others) +
            (others == 1 ? " more line" : " more lines") + " of the document";
  }
  tell(line += '\n');
}

std::string Verbose::place_of(const Edit& edit) const {
  const Position& position = *edit.first;
  if (const auto place = places_.find(position.document)) return shown(*place, position.block);
  const std::string line = ", line " + std::to_string(position.block + 1);
  if (position.document == Position::kOtherRun) {
    return (edit.first_name.empty() ? "a document" : shown(edit.first_name)) + line +
           ", in an earlier run";
  }
  return "document " + std::to_string(position.document + 1) + line;
}

}  // namespace dedup::tool
