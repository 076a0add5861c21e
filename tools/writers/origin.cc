// SPDX-License-Identifier: Apache-2.0
#include "writers/origin.h"

namespace dedup::tool {

/// What a record holds was unpacked, so that places in it say nothing of the file.
void Origin::end(const Document& document, const Damage& damage) {
  if (damage_.sequences == 0) {
    in_record_ = document.in_record;
    damage_.offset = document.offset + (in_record_ ? 0 : damage.offset);
  }
  damage_.sequences += damage.sequences;
  if (damage.unread > 0) {
    warnings_.add_limit(label_ + ": the page at offset " + std::to_string(document.offset) +
                        " is longer than 12 MiB; the rest of it was not read");
  }
  open_ -= 1;
  complain_once();
}

void Origin::close() {
  closed_ = true;
  complain_once();
}

void Origin::complain_once() {
  if (!closed_ || open_ > 0) return;
  const std::uint64_t sequences = damage_.sequences;
  if (sequences == 0) return;
  const std::string first = sequences == 1 ? "" : "the first ";
  warnings_.add(label_ + ": " + std::to_string(sequences) + " broken byte sequence" +
                (sequences == 1 ? ", " : "s, ") + first +
                (in_record_ ? "in the record at offset " : "at offset ") +
                std::to_string(damage_.offset) + "; written as U+FFFD");
}

}  // namespace dedup::tool
