// SPDX-License-Identifier: Apache-2.0
#include "listeners/differences.h"

#include <utility>

#include "bytes/paths.h"

namespace dedup::tool {
namespace {

/// As -v names its lines; a record also by its own name, where it has one.
std::string title_of(const Document& document) {
  std::string title = shown(document.file);
  if (document.in_record || document.line > 0) title += ':' + std::to_string(document.line + 1);
  if (document.name.empty() || document.name == document.file) return title;
  return title + " (" + shown(document.name) + ')';
}

}  // namespace

void Differences::begin(const Document& document) {
  places_.add(document);
  hunks_.begin(title_of(document), document.in_record ? 0 : document.line);
  position_ = 0;
  changed_ = false;
}

void Differences::kept(const Document&, std::string_view text) {
  hunks_.kept(text);
  position_ += text.size();
}

void Differences::edit(const Document&, const Edit& edit) {
  if (edit.start > position_) hunks_.unknown(edit.block);
  hunks_.edit({edit, first_of(edit)});
  position_ = edit.end;
  changed_ = true;
  Count& count = counts_[static_cast<std::size_t>(edit.reason)];
  count.items += 1;
  count.bytes += edit.text.size();
}

void Differences::end(const Document&, const Outcome& outcome) {
  if (outcome.passed) return;
  hunks_.end();
  documents_ += 1;
  changed_documents_ += changed_ ? 1 : 0;
}

void Differences::finish() {
  const std::string all =
      std::to_string(documents_) + (documents_ == 1 ? " document" : " documents");
  std::string line = "# " + std::to_string(changed_documents_) + " of " + all + " changed";
  const char* joint = ": ";
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i].items == 0) continue;
    line += std::exchange(joint, ", ");
    line += name(static_cast<Reason>(i));
    line += ' ' + std::to_string(counts_[i].items) + " (" + std::to_string(counts_[i].bytes) +
            (counts_[i].bytes == 1 ? " byte)" : " bytes)");
  }
  out_.write(palette_.note);
  out_.write(line);
  out_.write(palette_.end);
  out_.write("\n");
}

/// An earlier copy in this run, or one that only its name tells of.
std::string Differences::first_of(const Edit& edit) const {
  if (!edit.first) return {};
  if (const auto place = places_.find(edit.first->document))
    return shown(*place, edit.first->block);
  const bool here = edit.first->document != Position::kOtherRun;
  const std::string document = !edit.first_name.empty() ? shown(edit.first_name)
                               : here ? "document " + std::to_string(edit.first->document + 1)
                                      : "an earlier run";
  return document + ':' + std::to_string(edit.first->block + 1);
}

}  // namespace dedup::tool
