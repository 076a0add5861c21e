// SPDX-License-Identifier: Apache-2.0
#include "writers/document_sink.h"

namespace dedup::tool {

void DocumentSink::begin_document(std::uint64_t number, std::string_view) {
  document_.number = number - first_;
  listener_.begin(document_);
}

void DocumentSink::kept(std::string_view text) {
  decoded_ += text.size();
  if (digest_) digest_->add(text);
  if (tells_text_) listener_.kept(document_, text);
  output_ += text.size();
  put(text);
}

/// What an index knew before has no number here, and may have a name.
void DocumentSink::edit(const Edit& edit) {
  if (first_ == 0 || !edit.first) return hear(edit);
  Edit own = edit;
  const bool earlier = own.first->document < first_;
  own.first->document = earlier ? Position::kOtherRun : own.first->document - first_;
  hear(own);
}

void DocumentSink::hear(const Edit& edit) {
  listener_.edit(document_, edit);
  duplicate_ |= edit.reason == Reason::duplicate_document;
  decoded_ += edit.text.size();
  if (digest_) digest_->add(edit.text);
  output_ += edit.replacement.size();
  put_edit(edit);
}

void DocumentSink::end_document(const Stats& stats, const Damage& damage) {
  done_ = true;
  Outcome outcome{.decoded = decoded_,
                  .output = output(),
                  .encoding = encoding_,
                  .mojibake_lines = stats.mojibake_lines,
                  .first_mojibake = damage.mojibake_line,
                  .passed = false,
                  .digest = digest_ ? digest_->hex() : std::string(),
                  .omitted = {}};
  if (is_omitted()) outcome.omitted = [this](const Take& take) { raw(take); };
  listener_.end(document_, outcome);
  origin_->end(document_, damage, encoding_);
}

}  // namespace dedup::tool
