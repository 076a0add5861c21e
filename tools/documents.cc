// The accounting that both kinds of input share: each edit goes to the journal under its document,
// and the bytes before and after are summed up for the closing line.
#include "documents.h"

#include <utility>

namespace dedup::tool {

void JournalSink::expect(std::string name, std::string place) {
  subject_.name = std::move(name);
  subject_.place = std::move(place);
}

void JournalSink::begin_document(std::uint64_t document, std::string_view) {
  subject_.document = document;
  decoded_ = output_ = 0;
  damage_ = {};
}

void JournalSink::kept(std::string_view text) {
  decoded_ += text.size();
  output_ += text.size();
  put(text);
}

void JournalSink::edit(const Edit& edit) {
  journal_.edit(subject_, edit);
  decoded_ += edit.text.size();
  output_ += edit.replacement.size();
  put(edit.replacement);
}

void JournalSink::end_document(const Stats&, const Damage& damage) {
  damage_ = damage;
  journal_.closing({.document = subject_.document,
                    .name = subject_.name,
                    .decoded = decoded_,
                    .output = output_,
                    .passed = false,
                    .omitted = std::nullopt});
}

}  // namespace dedup::tool
