// SPDX-License-Identifier: Apache-2.0
#include "writers/text_sink.h"

#include <utility>

#include "bytes/line_ends.h"

namespace dedup::tool {

void Origin::complain(Warnings& warnings) const {
  const auto& [offset, sequences] = damage;
  if (sequences == 0) return;
  warnings.add(label + ": " + std::to_string(sequences) + " broken byte sequence" +
               (sequences == 1 ? ", at offset " : "s, the first at offset ") +
               std::to_string(offset) + "; written as U+FFFD");
}

TextSink::TextSink(Desk desk, Document document, std::shared_ptr<Origin> origin, Target& target)
    : DocumentSink(desk.listener, std::move(document)),
      warnings_(desk.warnings),
      totals_(desk.totals),
      origin_(std::move(origin)),
      target_(target) {}

void TextSink::close_source() {
  if (done()) {
    origin_->complain(warnings_);
  } else {
    closes_ = true;
  }
}

void TextSink::begin_document(std::uint64_t number, std::string_view name) {
  DocumentSink::begin_document(number, name);
  joins_ = !target_.at_line_start();
}

void TextSink::kept(std::string_view text) {
  if (joins_ && !text.empty()) end_line_before();
  DocumentSink::kept(text);
}

void TextSink::edit(const Edit& edit) {
  if (joins_ && !edit.replacement.empty()) end_line_before();
  DocumentSink::edit(edit);
  line_ = edit.block + line_ends(edit.text);
}

void TextSink::end_document(const Stats& stats, const Damage& damage) {
  if (!separator_.empty()) end_with_separator();
  DocumentSink::end_document(stats, damage);
  Damage& all = origin_->damage;
  if (all.sequences == 0) all.offset = document().offset + damage.offset;
  all.sequences += damage.sequences;
  if (closes_) origin_->complain(warnings_);
}

void TextSink::end_line_before() {
  joins_ = false;
  Edit insertion;
  insertion.block = line_;
  insertion.start = insertion.end = decoded();
  insertion.replacement = "\n";
  insertion.rule = "line-end";
  DocumentSink::edit(insertion);
  totals_.stats.output_bytes += 1;
  totals_.stats.removed[static_cast<std::size_t>(Reason::repair)].items += 1;
}

void TextSink::end_with_separator() {
  Stats& stats = totals_.stats;
  stats.input_bytes += separator_.size();
  stats.decoded_bytes += separator_.size();
  if (is_duplicate()) {
    remove_separator();
  } else {
    stats.output_bytes += separator_.size();
    kept(separator_);
  }
}

void TextSink::remove_separator() {
  Edit removal;
  removal.block = line_;
  removal.start = decoded();
  removal.end = removal.start + separator_.size();
  removal.text = separator_;
  removal.reason = Reason::duplicate_document;
  removal.rule = "separator";
  edit(removal);
  Count& removed = totals_.stats.removed[static_cast<std::size_t>(Reason::duplicate_document)];
  removed.items += 1;
  removed.bytes += separator_.size();
}

}  // namespace dedup::tool
