// SPDX-License-Identifier: Apache-2.0
#include "writers/text_writer.h"

#include <utility>

namespace dedup::tool {

void TextWriter::begin_source(const std::string& label, Target& target) {
  origin_ = std::make_shared<Origin>(Origin{label, {}});
  target_ = &target;
}

Sink& TextWriter::open(Document document) {
  return sinks_.add(desk_, std::move(document), origin_, *target_);
}

void TextWriter::close(std::string_view separator) { sinks_.last().set_separator(separator); }

void TextWriter::end_source() {
  if (!sinks_.empty()) sinks_.last().close_source();
}

}  // namespace dedup::tool
