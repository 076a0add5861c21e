// SPDX-License-Identifier: Apache-2.0
// Text out of text: the documents one behind the other.
#pragma once

#include <memory>

#include "writers/sinks.h"
#include "writers/text_sink.h"
#include "writers/writer.h"

namespace dedup::tool {

class TextWriter : public Writer {
 public:
  explicit TextWriter(Desk desk) : desk_(desk) {}

  void begin_source(const std::string& label, Target& target) override;
  Sink& open(Document document) override;
  void close(std::string_view separator) override;
  void end_source() override;

 private:
  Desk desk_;
  Sinks<TextSink> sinks_;
  std::shared_ptr<Origin> origin_;
  Target* target_ = nullptr;
};

}  // namespace dedup::tool
