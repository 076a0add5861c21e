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
  TextWriter(Desk desk, Parting parting) : desk_(desk), parting_(parting) {}

  void begin_source(std::shared_ptr<Origin> origin, Target& target) override;
  Sink& open(Document&& document) override;
  void close(std::string_view separator) override;

 private:
  Desk desk_;
  Parting parting_;
  Sinks<TextSink> sinks_;
  std::shared_ptr<Origin> origin_;
  Target* target_ = nullptr;
};

}  // namespace dedup::tool
