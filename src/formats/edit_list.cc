// SPDX-License-Identifier: Apache-2.0
// The edit list as text: writes its three kinds of line and reads them back. Every line is valid
// JSON whatever stands in names and texts: names of files need not be UTF-8, so what is not is
// written as U+FFFD. Cost: linear in the length of the line, either way.
//
// A line says what it is by a member that only its kind has: "dedup" a header, "start" an edit,
// "decoded" a closing line. So members may be added to a kind without harm to older readers, which
// pass over what they do not know, but for these three.
#include "dedup/edit_list.h"

#include <algorithm>
#include <vector>

#include "dedup/error.h"
#include "dedup/version.h"
#include "formats/json_line.h"
#include "walls/digits.h"
#include "walls/hash.h"
#include "walls/json.h"
#include "walls/json_path.h"
#include "walls/json_scan.h"

namespace dedup {
namespace {

using formats::JsonLine;
using formats::JsonMembers;

/// Version and recipe are passed over: how to restore depends on neither.
EditListHeader header_of(const JsonMembers& members) {
  return {.format = members.text("format"),
          .field = members.text_or_nothing("field"),
          .options = members.text_or_nothing("options"),
          .separate = members.is_true("separate"),
          .fields = members.texts("fields")};
}

/// start, end and text say the same thing twice, so that a list that was edited by hand, or cut by
/// a tool that counts characters and not bytes, is refused before it undoes anything.
StoredEdit edit_of(const JsonMembers& members) {
  StoredEdit edit{.document = members.number("document"),
                  .name = members.text_or_nothing("name"),
                  .start = members.number("start"),
                  .end = members.number("end"),
                  .text = members.text("text"),
                  .replacement = members.text_or_nothing("replacement"),
                  .block = members.number_or_zero("block"),
                  .reason = reason_named(members.text_or_nothing("reason")),
                  .rule = members.text_or_nothing("rule"),
                  .similarity = members.real("similarity")};
  if (members.has("first")) {
    const JsonMembers first(members.object("first"));
    edit.first = Position{first.has("document") ? first.number("document") : Position::kOtherRun,
                          first.number("block")};
    edit.first_name = first.text_or_nothing("name");
  }
  if (edit.end < edit.start || edit.end - edit.start != edit.text.size()) {
    throw FormatError("start, end and the length of text disagree");
  }
  return edit;
}

/// Lists of version 0.1 have neither digest nor before: nothing to compare, no blank lines to pass.
EditListClosing closing_of(const JsonMembers& members) {
  EditListClosing closing{.document = members.number("document"),
                          .name = members.text_or_nothing("name"),
                          .file = members.text_or_nothing("file"),
                          .decoded = members.number("decoded"),
                          .output = members.number("output"),
                          .passed = members.is_true("passed"),
                          .digest = members.text_or_nothing("digest"),
                          .frame = members.number_or_zero("frame"),
                          .parting = members.text_or_nothing("parting"),
                          .before = members.number_or_zero("before"),
                          .omitted = std::nullopt,
                          .fields = members.numbers("fields")};
  if (members.has("omitted")) closing.omitted = members.text("omitted");
  if (members.has("line")) closing.line = members.number("line");
  return closing;
}

}  // namespace

/// Behind a pointer, so that the face knows no hash.
struct Digest::State {
  hash::StreamHash hash;
};

Digest::Digest() : state_(std::make_unique<State>()) {}
Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

void Digest::add(std::string_view bytes) noexcept { state_->hash.add(bytes); }

/// The high half first, each from its highest digit on: as xxhsum prints it.
std::string Digest::hex() const {
  const hash::Hash128 value = state_->hash.value();
  std::string hex;
  for (const std::uint64_t half : {value.high, value.low}) {
    for (unsigned shift = 64; shift > 0; shift -= 4) hex += kHexDigits[half >> (shift - 4) & 0xFU];
  }
  return hex;
}

/// Version and recipe first, whatever the options: a reader of any version finds them there.
std::string to_line(const EditListHeader& header) {
  JsonLine line;
  line.add("dedup", version());
  line.add("recipe", key_recipe());
  line.add("format", header.format);
  if (!header.field.empty()) line.add("field", header.field);
  if (!header.fields.empty()) line.add("fields", header.fields);
  if (!header.options.empty()) line.add("options", header.options);
  if (header.separate) line.add_true("separate");
  return std::move(line).finish();
}

/// Places first and reasons behind them: what is optional comes last, so that lines of one document
/// read alike. The position of the first copy is left out where the run did not keep it.
std::string to_line(const Edit& edit, std::uint64_t document, std::string_view name) {
  JsonLine line;
  line.add("document", document);
  if (!name.empty()) line.add("name", name);
  line.add("block", edit.block);
  line.add("start", edit.start);
  line.add("end", edit.end);
  line.add("text", edit.text);
  line.add("reason", dedup::name(edit.reason));
  if (!edit.rule.empty()) line.add("rule", edit.rule);
  if (edit.score) line.add("score", *edit.score);
  if (edit.first) line.add("first", *edit.first, edit.first_name);
  if (edit.similarity) line.add("similarity", *edit.similarity);
  if (!edit.replacement.empty()) line.add("replacement", edit.replacement);
  return std::move(line).finish();
}

std::string to_line(const EditListClosing& closing) {
  JsonLine line;
  line.add("document", closing.document);
  if (!closing.name.empty()) line.add("name", closing.name);
  if (!closing.file.empty()) line.add("file", closing.file);
  line.add("decoded", closing.decoded);
  line.add("output", closing.output);
  if (closing.passed) line.add_true("passed");
  if (!closing.digest.empty()) line.add("digest", closing.digest);
  if (closing.frame > 0) line.add("frame", closing.frame);
  if (!closing.parting.empty()) line.add("parting", closing.parting);
  if (closing.before > 0) line.add("before", closing.before);
  if (!closing.fields.empty()) line.add("fields", closing.fields);
  if (closing.line) line.add("line", *closing.line);
  if (closing.omitted) line.add("omitted", *closing.omitted);
  return std::move(line).finish();
}

/// All three members are looked for in the one pass that the parser made; none is parsed twice.
EditListLine parse_edit_list_line(std::string_view line) {
  const JsonMembers members(line);
  if (members.has("dedup")) return {.header = header_of(members), .edit = {}, .closing = {}};
  if (members.has("start")) return {.header = {}, .edit = edit_of(members), .closing = {}};
  if (members.has("decoded")) return {.header = {}, .edit = {}, .closing = closing_of(members)};
  throw FormatError("neither a header, an edit nor a closing line of an edit list");
}

}  // namespace dedup
