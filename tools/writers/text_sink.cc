// SPDX-License-Identifier: Apache-2.0
#include "writers/text_sink.h"

#include <utility>

#include "bytes/line_ends.h"

namespace dedup::tool {

TextSink::TextSink(Desk desk, Document&& document, std::shared_ptr<Origin> origin, Target& target,
                   Parting parting)
    : DocumentSink(desk, std::move(origin), std::move(document)),
      totals_(desk.totals),
      target_(target),
      parting_(parting) {}

void TextSink::begin_document(std::uint64_t number, std::string_view name) {
  DocumentSink::begin_document(number, name);
  if (!target_.at_line_start()) before_ = '\n';
  if (parting_ == Parting::blank_line && !target_.is_empty()) before_ += '\n';
}

void TextSink::kept(std::string_view text) {
  if (!before_.empty() && !text.empty()) part_from_before();
  DocumentSink::kept(text);
}

void TextSink::hear(const Edit& edit) {
  if (!before_.empty() && !edit.replacement.empty()) part_from_before();
  DocumentSink::hear(edit);
  line_ = edit.block + line_ends(edit.text);
}

void TextSink::end_document(const Stats& stats, const Damage& damage) {
  if (!separator_.empty()) end_with_separator();
  DocumentSink::end_document(stats, damage);
}

void TextSink::part_from_before() {
  const std::string before = std::exchange(before_, {});
  Edit insertion;
  insertion.block = line_;
  insertion.start = insertion.end = decoded();
  insertion.replacement = before;
  insertion.rule = "line-end";
  DocumentSink::hear(insertion);
  totals_.stats.output_bytes += before.size();
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
  hear(removal);
  Count& removed = totals_.stats.removed[static_cast<std::size_t>(Reason::duplicate_document)];
  removed.items += 1;
  removed.bytes += separator_.size();
}

}  // namespace dedup::tool
