// SPDX-License-Identifier: Apache-2.0
#include "writers/made_writer.h"

#include "writers/made_line.h"

namespace dedup::tool {

void MadeWriter::begin_source(const std::string& label, Target& target) {
  origin_ = std::make_shared<Origin>(label, desk_.warnings);
  target_ = &target;
}

Sink& MadeWriter::open(Document document) {
  auto line = std::make_shared<MadeLine>(document);
  document.record = line;
  return sinks_.add(desk_, std::move(document), std::move(line), omission_, *target_, *scratch_,
                    origin_);
}

MadeWriter::MadeSink::MadeSink(Desk desk, Document document, std::shared_ptr<MadeLine> line,
                               const Omission& omission, Target& target, Scratch& scratch,
                               std::shared_ptr<Origin> origin)
    : RecordSink(desk, std::move(document), {}, omission, target, scratch),
      line_(std::move(line)),
      origin_(std::move(origin)) {
  origin_->begin();
}

void MadeWriter::MadeSink::end_document(const Stats& stats, const Damage& damage) {
  RecordSink::end_document(stats, damage);
  origin_->end(document(), damage);
}

}  // namespace dedup::tool
