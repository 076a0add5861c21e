// SPDX-License-Identifier: Apache-2.0
#include "writers/element_writer.h"

#include <utility>

namespace dedup::tool {
namespace {

constexpr std::size_t kMostLead = std::size_t{64} << 10;

}  // namespace

void ElementWriter::begin_source(std::shared_ptr<Origin> origin, Target& target) {
  RecordWriter::begin_source(std::move(origin), target);
  progress_ = std::make_shared<Progress>();
  framed_ = true;
}

/// What stands in front of the first value parts it from nothing, and stays, too.
Lead ElementWriter::next_lead() {
  Lead lead{.frame = {}, .own = take_lead(), .progress = progress_};
  if (std::exchange(framed_, false) || lead.own.find_first_of("[]") != lead.own.npos) {
    lead.frame = std::exchange(lead.own, {});
  }
  return lead;
}

Sink& ElementWriter::open(Document&& document) {
  Lead lead = next_lead();
  document.before = take_blanks();
  document.frame = lead.frame.size();
  return add(std::move(document), std::move(lead));
}

bool ElementWriter::lead(std::string_view bytes) {
  add_to_lead(bytes);
  return lead_size() > kMostLead;
}

/// At the end of a source; or there is more of it than is held, and the rest is written likewise.
void ElementWriter::write_lead() {
  if (lead_size() == 0) return;
  const std::string bytes = take_lead();
  add_blanks(begin_json(*progress_, target()) + bytes.size());
  target().write(bytes);
  progress_->any = false;
  framed_ = true;
}

/// What passes stays; so all that leads it is counted as frame.
void ElementWriter::begin_pass() {
  Lead lead = next_lead();
  passed_ = Document();
  add_blanks(begin_json(*progress_, target()));
  if (lead.frame.empty() && !progress_->any) passed_.parting = std::exchange(lead.own, {});
  passed_.frame = lead.frame.size() + lead.own.size();
  target().write(lead.frame);
  target().write(lead.own);
  progress_->any = true;
  begin_decoding();
}

std::uint64_t ElementWriter::end_pass(Document& line) {
  line.frame = passed_.frame;
  line.parting = passed_.parting;
  return RecordWriter::end_pass(line);
}

}  // namespace dedup::tool
