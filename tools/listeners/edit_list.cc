// SPDX-License-Identifier: Apache-2.0
#include "listeners/edit_list.h"

#include <cstdint>
#include <optional>
#include <vector>

#include "bytes/json_text.h"

namespace dedup::tool {
namespace {

std::vector<std::uint64_t> sizes_of(const Document& document) {
  return document.record ? document.record->sizes() : std::vector<std::uint64_t>();
}

/// That is not the name; of a record of standard input "-".
std::string file_of(const Document& document) {
  const bool named = document.file == document.name;
  const bool nameless = document.file == "-" && document.name.empty();
  return named || nameless ? std::string() : document.file;
}

/// Where a text begins its file, that is nothing to tell.
std::optional<std::uint64_t> line_of(const Document& document) {
  if (!document.in_record && document.line == 0) return std::nullopt;
  return document.line;
}

}  // namespace

void EditList::edit(const Document& document, const Edit& edit) {
  target_.write(to_line(edit, document.number, document.name));
}

void EditList::end(const Document& document, const Outcome& outcome) {
  std::string line = to_line(EditListClosing{.document = document.number,
                                             .name = document.name,
                                             .file = file_of(document),
                                             .decoded = outcome.decoded,
                                             .output = outcome.output,
                                             .passed = outcome.passed,
                                             .digest = outcome.digest,
                                             .frame = document.frame,
                                             .parting = document.parting,
                                             .before = document.before,
                                             .omitted = std::nullopt,
                                             .fields = sizes_of(document),
                                             .line = line_of(document)});
  if (outcome.omitted) add_omitted(line, outcome);
  target_.write(line);
}

/// A line of megabytes goes to the list in pieces.
void EditList::add_omitted(std::string& line, const Outcome& outcome) {
  line.resize(line.rfind('}'));
  target_.write(line);
  target_.write(",\"omitted\":\"");
  outcome.omitted([this](std::string_view piece) {
    const std::string quoted = json_string(piece);
    target_.write(std::string_view(quoted).substr(1, quoted.size() - 2));
  });
  line = "\"}\n";
}

}  // namespace dedup::tool
