// SPDX-License-Identifier: Apache-2.0
// Order is checked here once for both restorers: the header first and never again, documents
// numbered from 0, each with its closing line. A file cut short or put together out of two is
// refused before anything is taken from its place in the clean text.
#include "restorers/list.h"

#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/unpacking.h"
#include "dedup/error.h"

namespace dedup::tool {

List::List(const std::string& path) : source_(path), lines_(source_) {
  unpack(source_);
  const auto first = read();
  if (!first || !first->header) refuse("not an edit list: the header is missing");
  header_ = *first->header;
}

std::optional<EditListLine> List::next() {
  auto line = read();
  if (!line) {
    if (open_) refuse("the list ends within a document");
    return line;
  }
  const auto& [header, edit, closing] = *line;
  if (header || (edit ? edit->document : closing->document) != document_) {
    refuse("documents are out of order");
  }
  open_ = edit.has_value();
  document_ += open_ ? 0 : 1;
  return line;
}

std::optional<EditListLine> List::read() {
  std::string_view line;
  if (!lines_.next(line)) return std::nullopt;
  try {
    return parse_edit_list_line(line);
  } catch (const FormatError& error) {
    refuse(error.what());
  }
}

void List::refuse(const std::string& fault) const {
  throw InputError(source_.label() + ':' + std::to_string(lines_.number()) + ": " + fault);
}

std::string file_of(const EditListClosing& closing) {
  if (closing.file == "-") return {};
  return closing.file.empty() ? closing.name : closing.file;
}

Choice::Choice(const List& list, std::optional<std::string> name)
    : list_(list), name_(std::move(name)), separate_(list.header().separate) {
  if (name_ == "-") name_->clear();
}

bool Choice::is_wanted(const std::string& file) {
  if (!name_ && separate_ && seen_ && file_ != file) {
    list_.refuse("the list is of several files with a clean text each: give --name=FILE");
  }
  file_ = file;
  seen_ = true;
  const bool wanted = !name_ || *name_ == file;
  any_ |= wanted;
  return wanted;
}

void Choice::check() const {
  if (name_ && !any_) list_.refuse("the list has no file of this name: " + shown(*name_));
}

}  // namespace dedup::tool
