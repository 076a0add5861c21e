// SPDX-License-Identifier: Apache-2.0
#include "writers/made_writer.h"

#include <utility>

#include "writers/made_line.h"

namespace dedup::tool {

void MadeWriter::begin_source(std::shared_ptr<Origin> origin, Target& target) {
  origin_ = std::move(origin);
  target_ = &target;
}

Sink& MadeWriter::open(Document&& document) {
  auto line = std::make_shared<MadeLine>(document);
  document.record = line;
  return sinks_.add(desk_, origin_, std::move(document), std::move(line), omission_, *target_,
                    *scratch_);
}

}  // namespace dedup::tool
