// SPDX-License-Identifier: Apache-2.0
#include "writers/made_writer.h"

#include "writers/made_line.h"

namespace dedup::tool {

void MadeWriter::begin_source(const std::string& label, Target& target) {
  origin_ = std::make_shared<Origin>(label, desk_.warnings);
  target_ = &target;
}

Sink& MadeWriter::open(Document document) {
  document.record = std::make_shared<MadeLine>(document);
  return sinks_.add(desk_, std::move(document), omission_, *target_, *scratch_, origin_);
}

MadeWriter::MadeSink::MadeSink(Desk desk, Document document, const Omission& omission,
                               Target& target, Scratch& scratch, std::shared_ptr<Origin> origin)
    : RecordSink(desk.listener, std::move(document), {}, omission, target, scratch),
      origin_(std::move(origin)) {
  origin_->begin();
}

void MadeWriter::MadeSink::end_document(const Stats& stats, const Damage& damage) {
  RecordSink::end_document(stats, damage);
  origin_->end(document(), damage);
}

}  // namespace dedup::tool
