// SPDX-License-Identifier: Apache-2.0
#include "command/cleaning.h"

#include <utility>

#include "bytes/fault.h"

namespace dedup::tool {
namespace {

/// Hears the number of a document.
class NumberSink : public Sink {
 public:
  void begin_document(std::uint64_t document, std::string_view) override { number_ = document; }
  void kept(std::string_view) override {}
  void edit(const Edit&) override {}
  [[nodiscard]] std::uint64_t number() const noexcept { return number_; }

 private:
  std::uint64_t number_ = 0;
};

}  // namespace

void Cleaning::clean(Source& source, std::shared_ptr<Origin> origin, Target& target) {
  name_ = source.name();
  listed_name_ = source.listed_name();
  origin_ = std::move(origin);
  writer_.begin_source(origin_, target);
  complaints_.begin_source(origin_->label(), origin_->warnings());
  try {
    reader_.read(source, *this);
  } catch (const InputError&) {
    close_source();
    cleaner_.flush();  // messages come in the order of the input
    throw;
  }
  close_source();
}

void Cleaning::close_source() {
  if (open_ == Open::document) end({});
  if (open_ == Open::stray) end_stray();
  if (writer_.has_lead()) {  // it stands behind all documents so far
    cleaner_.flush();
    writer_.write_lead();
  }
  origin_->close();
  complaints_.end_source();
}

void Cleaning::flush() {
  cleaner_.flush();
  writer_.write_lead();
}

void Cleaning::begin(Document&& document) {
  open_ = Open::document;
  known_.name = document.name;
  known_.url = document.url;
  known_.content_type = document.content_type;
  DocumentId id(known_.name, known_.url);
  id.content_type = known_.content_type;
  cleaner_.begin(writer_.open(std::move(document)), id);
}

void Cleaning::feed(std::string_view bytes) {
  cleaner_.feed(bytes);
  if (each_) each_();
}

void Cleaning::end(std::string_view separator) {
  open_ = Open::nothing;
  writer_.close(separator);
  cleaner_.end_later();
  if (each_) each_();
}

void Cleaning::lead(std::string_view bytes) {
  if (!writer_.lead(bytes)) return;
  cleaner_.flush();
  writer_.write_lead();
}

void Cleaning::begin_stray(const Stray& stray) {
  open_ = Open::stray;
  cleaner_.flush();  // it stands behind all documents so far, and so does its message
  if (stray.fault.empty()) {
    complaints_.long_line(stray.line, stray.offset);
  } else {
    complaints_.bad_line(stray.line, stray.offset, stray.fault);
  }
  writer_.begin_pass();
}

void Cleaning::broken_values(const BrokenValues& values) {
  cleaner_.flush();  // messages come in the order of the input
  complaints_.broken_values(values.line, values.offset, values.count);
}

void Cleaning::skipped(const WarcSkipped& record) {
  totals_.skipped_records[static_cast<std::size_t>(record.why)] += 1;
  if (!listener_.wants_skipped()) return;
  cleaner_.flush();  // it stands behind all documents so far
  listener_.skipped(name_, record);
}

void Cleaning::fault(const WarcFault& fault) {
  cleaner_.flush();  // messages come in the order of the input
  complaints_.fault(fault);
}

void Cleaning::feed_stray(std::string_view bytes) { writer_.pass(bytes); }

/// The line takes the number of a document, so that numbers count lines good or bad.
void Cleaning::end_stray() {
  open_ = Open::nothing;
  NumberSink number;
  cleaner_.clean({}, number, listed_name_);
  Document line;
  line.number = number.number();
  line.name = listed_name_;
  totals_.passed_lines += 1;
  const std::uint64_t broken = writer_.end_pass(line);
  totals_.stats.broken_sequences += broken;
  origin_->passed(broken);
  if (each_) each_();
}

}  // namespace dedup::tool
