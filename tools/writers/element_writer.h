// SPDX-License-Identifier: Apache-2.0
// JSON out of JSON: an element of an array is a document, as a line is in JSONL. Where one goes, it
// takes along the comma that parts it from the others, so that what is left is an array again.
//
//   [{"text":"a"}, {"text":"b"}, {"text":"c"}]
//   [{"text":"b"}, {"text":"c"}]     the first went, and the comma of the second
//   [{"text":"a"}, {"text":"b"}]     the last went, and its own
//   []
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "writers/lead.h"
#include "writers/record_writer.h"

namespace dedup::tool {

class ElementWriter : public RecordWriter {
 public:
  using RecordWriter::RecordWriter;

  void begin_source(std::shared_ptr<Origin> origin, Target& target) override;
  Sink& open(Document&& document) override;
  bool lead(std::string_view bytes) override;
  void write_lead() override;
  void begin_pass() override;
  std::uint64_t end_pass(Document& line) override;

 private:
  Lead next_lead();

  std::shared_ptr<Progress> progress_;
  bool framed_ = true;  // whatever leads next stays
  Document passed_;     // what is known of the value that passes
};

}  // namespace dedup::tool
