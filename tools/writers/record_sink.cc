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

std::uint64_t begin_json(Progress& progress, Target& target) {
  if (std::exchange(progress.begun, true) || target.last() == '\n') return 0;
  start_line(target);
  return 1;
}

RecordSink::RecordSink(const Desk& desk, std::shared_ptr<Origin> origin, Document&& document,
                       Lead lead, const Omission& omission, Target& target, Scratch& scratch)
    : DocumentSink(desk, std::move(origin), std::move(document)),
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

void RecordSink::hear(const Edit& edit) {
  edited_ = true;
  const bool repeats = edit.reason == Reason::duplicate_document && edit.first &&
                       edit.first->document != document().number;
  if (omission_.verdicts && repeats) {
    first_ = edit.first;
    first_name_ = edit.first_name;
  }
  DocumentSink::hear(edit);
}

void RecordSink::end_document(const Stats& stats, const Damage& damage) {
  const bool written = !is_omitted() || omission_.verdicts;
  if (lead_.progress) part(written);
  DocumentSink::end_document(stats, damage);
  const RecordLine& record = *document().record;
  const auto write = [this](std::string_view piece) { target_.write(piece); };
  write(lead_.frame);
  if (!written) return;
  if (!lead_.progress) start_line(target_);
  if (!is_omitted() || lead_.progress) write(lead_.own);
  if (is_omitted()) {
    write(verdict());
  } else {
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

/// Of JSON. Before anybody hears of the end, since it is decided now what stays of the lead.
void RecordSink::part(bool written) {
  Progress& progress = *lead_.progress;
  if (written || !lead_.frame.empty()) add_before(begin_json(progress, target_));
  if (!lead_.frame.empty()) progress.any = false;
  if (!written) return;
  if (!std::exchange(progress.any, true)) set_parting(std::exchange(lead_.own, {}));
}

void RecordSink::raw(const Take& take) const {
  take(lead_.own);
  document().record->line(take);
  take(document().record->end());
}

std::string RecordSink::verdict() const {
  std::string line = R"({"dropped":")";
  line += is_duplicate() ? "duplicate-document" : "empty";
  line += R"(","document":)";
  line += std::to_string(document().number) + member_name(document().name);
  if (first_) {
    const bool here = first_->document != Position::kOtherRun;
    const std::string name = member_name(first_name_);  // with its comma
    line += R"(,"first":{)";
    if (here) line += R"("document":)" + std::to_string(first_->document);
    line.append(name, here || name.empty() ? 0 : 1).append("}");
  }
  return line += '}';
}

}  // namespace dedup::tool
