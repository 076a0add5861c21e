// SPDX-License-Identifier: Apache-2.0
#include "writers/text_writer.h"

#include <utility>

namespace dedup::tool {

void TextWriter::begin_source(std::shared_ptr<Origin> origin, Target& target) {
  origin_ = std::move(origin);
  target_ = &target;
}

Sink& TextWriter::open(Document&& document) {
  return sinks_.add(desk_, std::move(document), origin_, *target_, parting_);
}

void TextWriter::close(std::string_view separator) { sinks_.last().set_separator(separator); }

}  // namespace dedup::tool
