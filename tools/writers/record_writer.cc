// SPDX-License-Identifier: Apache-2.0
#include "writers/record_writer.h"

#include <utility>

#include "bytes/lines.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kMostLead = std::size_t{64} << 10;

/// Options under which a Cleaner only decodes.
Options decode_only() {
  Options options;
  options.boilerplate = Boilerplate::off;
  options.documents = Documents::off;
  options.paragraphs = Paragraphs::off;
  options.runs = false;
  options.sentences = Sentences::off;
  options.repair = false;
  options.first_names = false;
  options.encoding = "utf-8";  // as JSON is: what a stray might be is no guess of ours
  return options;
}

}  // namespace

void RecordWriter::begin_source(std::shared_ptr<Origin> origin, Target& target) {
  origin_ = std::move(origin);
  target_ = &target;
  begun_ = false;
  within_lead_ = false;
}

void RecordWriter::begin_line_of_lead() {
  if (!std::exchange(begun_, true) && !lead_.empty() && lead_.back() != '\n') lead_ += '\n';
}

Sink& RecordWriter::open(Document&& document) {
  begin_line_of_lead();
  document.before = take_blanks();
  return add(std::move(document), {.frame = {}, .own = take_lead(), .progress = nullptr});
}

Sink& RecordWriter::add(Document&& document, Lead lead) {
  return sinks_.add(desk_, origin_, std::move(document), std::move(lead), omission_, *target_,
                    *scratch_);
}

bool RecordWriter::lead(std::string_view bytes) {
  begin_line_of_lead();
  lead_ += bytes;
  const std::size_t begun = lead_.size() - (lead_.rfind('\n') + 1);  // of a line
  // A mark stays with its line; a blank line that was begun is written to its end.
  return within_lead_ || (lead_.size() > kMostLead && begun != kByteOrderMark.size());
}

void RecordWriter::write_lead() {
  blanks_ += lead_.size();
  put_lead();
}

void RecordWriter::put_lead() {
  if (lead_.empty()) return;
  if (!within_lead_) start_line(*target_);
  within_lead_ = lead_.back() != '\n';
  target_->write(std::exchange(lead_, {}));
}

void RecordWriter::begin_pass() {
  begin_line_of_lead();
  if (lead_.empty()) {
    start_line(*target_);
  } else {
    put_lead();
    within_lead_ = false;  // what follows a mark is the line that passes, to its end
  }
  begin_decoding();
}

void RecordWriter::begin_decoding() {
  if (desk_.listener.wants_digests()) digest_.emplace();
  waiting_ends_.clear();
  if (!decoder_) decoder_.emplace(decode_only());
  decoder_->begin(plain_);
  passed_ = ends_ = 0;
}

void RecordWriter::pass(std::string_view bytes) {
  decoder_->feed(bytes);
  write_passed();
}

void RecordWriter::write_passed() {
  const std::string text = plain_.take();
  if (text.empty()) return;
  const std::size_t content = text.find_last_not_of("\r\n") + 1;
  passed_ += text.size();
  ends_ = content == 0 ? ends_ + text.size() : text.size() - content;
  if (digest_) digest_passed(text, content);
  target_->write(text);
}

/// A line that is all ends for long has no digest: they are not held for it.
void RecordWriter::digest_passed(std::string_view text, std::size_t content) {
  if (content > 0) {
    digest_->add(waiting_ends_);
    digest_->add(text.substr(0, content));
    waiting_ends_.clear();
  }
  waiting_ends_ += text.substr(content);
  if (waiting_ends_.size() > kMostLead) digest_.reset();
}

std::uint64_t RecordWriter::end_pass(Document& line) {
  const std::uint64_t broken = decoder_->stats().broken_sequences;
  decoder_->end();
  write_passed();
  const std::uint64_t bytes = passed_ - ends_;  // the list has it without its mark and its end
  line.before = take_blanks();
  desk_.listener.end(line, {.decoded = bytes,
                            .output = bytes,
                            .passed = true,
                            .digest = digest_ ? digest_->hex() : std::string(),
                            .omitted = {}});
  return decoder_->stats().broken_sequences - broken;
}

}  // namespace dedup::tool
