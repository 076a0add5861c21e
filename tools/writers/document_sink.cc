#include "writers/document_sink.h"

namespace dedup::tool {

void DocumentSink::begin_document(std::uint64_t number, std::string_view) {
  document_.number = number;
  listener_.begin(document_);
}

void DocumentSink::kept(std::string_view text) {
  decoded_ += text.size();
  output_ += text.size();
  put(text);
}

void DocumentSink::edit(const Edit& edit) {
  listener_.edit(document_, edit);
  duplicate_ |= edit.reason == Reason::duplicate_document;
  decoded_ += edit.text.size();
  output_ += edit.replacement.size();
  put(edit.replacement);
}

void DocumentSink::end_document(const Stats&, const Damage&) {
  done_ = true;
  listener_.end(document_,
                {.decoded = decoded_, .output = output_, .passed = false, .omitted = omitted()});
}

}  // namespace dedup::tool
