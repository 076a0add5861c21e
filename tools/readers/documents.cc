// The accounting that both kinds of input share: each edit goes to the journal under its document,
// and the bytes before and after are summed up for the closing line.
#include "readers/documents.h"

namespace dedup::tool {

std::string url_of(const Record& record, std::string_view line) {
  if (record.name().find("://") != std::string::npos) return record.name();
  try {
    return Record(line, "url").text();
  } catch (const FormatError&) {  // no such field, or not one string
    return {};
  }
}

void JournalSink::begin_document(std::uint64_t document, std::string_view) {
  subject_.document = document;
}

void JournalSink::kept(std::string_view text) {
  decoded_ += text.size();
  output_ += text.size();
  put(text);
}

void JournalSink::edit(const Edit& edit) {
  journal_.edit(subject_, edit);
  duplicate_ |= edit.reason == Reason::duplicate_document;
  decoded_ += edit.text.size();
  output_ += edit.replacement.size();
  put(edit.replacement);
}

void JournalSink::end_document(const Stats&, const Damage&) {
  done_ = true;
  journal_.closing({.document = subject_.document,
                    .name = subject_.name,
                    .decoded = decoded_,
                    .output = output_,
                    .passed = false,
                    .omitted = omitted()});
}

}  // namespace dedup::tool
