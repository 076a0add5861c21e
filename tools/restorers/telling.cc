// SPDX-License-Identifier: Apache-2.0
#include "restorers/telling.h"

#include <algorithm>
#include <string>
#include <utility>

namespace dedup::tool {
namespace {

std::string operand(std::string name) { return name.empty() ? "-" : std::move(name); }

}  // namespace

/// Older lists do not say where a record stood: there its number takes the place of its line.
Document document_of(const List& list, const EditListClosing& closing) {
  const std::string& format = list.header().format;
  Document document;
  document.number = closing.document;
  document.name = closing.name;
  document.file = operand(file_of(closing));
  document.in_record = format != "text" && (format != "documents" || !closing.file.empty());
  document.line = closing.line.value_or(document.in_record ? closing.document : 0);
  return document;
}

Document text_of(const EditListLine& first) {
  Document document;
  document.number = first.edit ? first.edit->document : first.closing->document;
  document.name = first.edit ? first.edit->name : first.closing->name;
  document.file = operand(document.name);
  return document;
}

void Telling::begin(Document document) {
  document_ = std::move(document);
  if (listener_ != nullptr) listener_->begin(document_);
}

void Telling::kept(std::string_view text) {
  if (listener_ != nullptr && !text.empty()) listener_->kept(document_, text);
}

void Telling::edit(const StoredEdit& stored) {
  if (listener_ == nullptr) return;
  if (!stored.reason) list_.refuse("a reason that this version does not know");
  Edit edit;
  edit.block = stored.block;
  edit.start = stored.start;
  edit.end = stored.end;
  edit.text = stored.text;
  edit.replacement = stored.replacement;
  edit.reason = *stored.reason;
  edit.rule = stored.rule;
  edit.first = stored.first;
  edit.first_name = stored.first_name;
  edit.similarity = stored.similarity;
  listener_->edit(document_, edit);
}

void Telling::end(const EditListClosing& closing) {
  if (listener_ == nullptr) return;
  Outcome outcome;
  outcome.decoded = closing.decoded;
  outcome.output = closing.output;
  outcome.passed = closing.passed;
  listener_->end(document_, outcome);
}

void Telling::document(const EditListClosing& closing, const std::vector<StoredEdit>& edits,
                       std::string_view text) {
  if (listener_ == nullptr) return;
  begin(document_of(list_, closing));
  std::uint64_t position = 0;
  for (const StoredEdit& each : edits) {
    kept(text.substr(position, each.start - position));
    edit(each);
    position = each.end;
  }
  kept(text.substr(position));
  end(closing);
}

void Telling::omitted(const EditListClosing& closing, const std::vector<StoredEdit>& edits) {
  if (listener_ == nullptr) return;
  begin(document_of(list_, closing));
  std::uint64_t position = 0;
  for (const StoredEdit& each : edits) {
    if (each.start < position || each.end > closing.decoded) {
      list_.refuse("edits are out of order");
    }
    for (std::uint64_t left = each.start - position; left > 0;) {  // nobody knows what stands there
      const std::string piece(std::min<std::uint64_t>(left, std::uint64_t{64} << 10), '\n');
      kept(piece);
      left -= piece.size();
    }
    edit(each);
    position = each.end;
  }
  end(closing);
}

}  // namespace dedup::tool
