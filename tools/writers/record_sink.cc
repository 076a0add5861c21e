// SPDX-License-Identifier: Apache-2.0
#include "writers/record_sink.h"

#include <memory>
#include <utility>

#include "bytes/json_text.h"
#include "bytes/paths.h"

namespace dedup::tool {
namespace {

std::string member_name(const std::string& name) {
  return name.empty() ? std::string() : ",\"name\":" + json_string(shown(name));
}

}  // namespace

void start_line(Target& target) {
  if (target.last() != '\n') target.write("\n");
}

RecordSink::RecordSink(const Desk& desk, Document document, std::string lead,
                       const Omission& omission, Target& target, Scratch& scratch)
    : DocumentSink(desk.listener, std::move(document)),
      warnings_(desk.warnings),
      lead_(std::move(lead)),
      omission_(omission),
      target_(target),
      text_(scratch) {
  const std::shared_ptr<const RecordLine>& record = this->document().record;
  if (auto sizes = record->sizes(); !sizes.empty()) division_.emplace(std::move(sizes));
}

void RecordSink::put(std::string_view clean) {
  if (!division_) return text_.add(clean);
  division_->kept(clean, [this](std::string_view piece) { text_.add(piece); });
}

void RecordSink::put_edit(const Edit& edit) {
  if (!division_) return text_.add(edit.replacement);
  division_->edit(edit.text.size(), edit.replacement,
                  [this](std::string_view piece) { text_.add(piece); });
}

void RecordSink::edit(const Edit& edit) {
  edited_ = true;
  const bool repeats = edit.reason == Reason::duplicate_document && edit.first &&
                       edit.first->document != document().number;
  if (omission_.verdicts && repeats) {
    first_ = edit.first;
    first_name_ = edit.first_name;
  }
  DocumentSink::edit(edit);
}

void RecordSink::end_document(const Stats& stats, const Damage& damage) {
  DocumentSink::end_document(stats, damage);
  if (damage.unread > 0 && !document().record->is_made()) {
    warnings_.add_limit(shown(document().file) + ':' + std::to_string(document().line + 1) +
                        ": the page is longer than 12 MiB; the rest of it was not read");
  }
  if (is_omitted() && !omission_.verdicts) return;
  const RecordLine& record = *document().record;
  const auto write = [this](std::string_view piece) { target_.write(piece); };
  start_line(target_);
  if (is_omitted()) {
    write(verdict());
  } else {
    write(lead_);
    write_record(write);
  }
  write(record.end());
}

void RecordSink::write_record(const Take& take) const {
  const RecordLine& record = *document().record;
  if (!edited_ && !record.is_made()) {
    record.line(take);
  } else if (division_) {
    record.with_texts(text_, *division_, take);
  } else {
    record.with_text(text_, take);
  }
}

void RecordSink::raw(const Take& take) const {
  take(lead_);
  document().record->line(take);
  take(document().record->end());
}

std::string RecordSink::verdict() const {
  std::string line = R"({"dropped":")";
  line += is_duplicate() ? "duplicate-document" : "empty";
  line += R"(","document":)";
  line += std::to_string(document().number) + member_name(document().name);
  if (first_) {
    line += R"(,"first":{"document":)" + std::to_string(first_->document);
    line += member_name(first_name_) + '}';
  }
  return line += '}';
}

}  // namespace dedup::tool
