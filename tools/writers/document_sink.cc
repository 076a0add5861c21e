// SPDX-License-Identifier: Apache-2.0
#include "writers/document_sink.h"

namespace dedup::tool {

void DocumentSink::begin_document(std::uint64_t number, std::string_view) {
  document_.number = number;
  listener_.begin(document_);
}

void DocumentSink::kept(std::string_view text) {
  decoded_ += text.size();
  if (digest_) digest_->add(text);
  if (tells_text_) listener_.kept(document_, text);
  output_ += text.size();
  put(text);
}

void DocumentSink::edit(const Edit& edit) {
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
