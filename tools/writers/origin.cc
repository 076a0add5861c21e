// SPDX-License-Identifier: Apache-2.0
#include "writers/origin.h"

#include <utility>

#include "bytes/paths.h"

namespace dedup::tool {
namespace {

/// Whether it is a record as it came: JSON is UTF-8 or no record, and its place is a line.
bool is_given_record(const Document& document) {
  return document.record != nullptr && !document.record->is_made();
}

}  // namespace

void Origin::end(const Document& document, const Damage& damage, const Encoding& encoding) {
  doubts_.broken += damage.sequences;
  if (encoding.source == EncodingSource::guess) doubts_.guessed += 1;
  if (!is_given_record(document)) add(document, damage);
  if (damage.unread > 0) complain_of_length(document);
  open_ -= 1;
  complain_once();
}

/// What a record holds was unpacked, so that places in it say nothing of the file.
void Origin::add(const Document& document, const Damage& damage) {
  if (damage_.sequences == 0) {
    in_record_ = document.in_record;
    damage_.offset = document.offset + (in_record_ ? 0 : damage.offset);
  }
  damage_.sequences += damage.sequences;
}

void Origin::complain_of_length(const Document& document) {
  const std::string rest = " is longer than 12 MiB; the rest of it was not read";
  if (is_given_record(document)) {
    warnings_.add_limit(shown(document.file) + ':' + std::to_string(document.line + 1) +
                        ": the page" + rest);
  } else {
    warnings_.add_limit(label_ + ": the page at offset " + std::to_string(document.offset) + rest);
  }
}

void Origin::close() {
  if (std::exchange(closed_, true)) return;
  complain_once();
}

/// Behind the last document, about all of them.
void Origin::complain_once() {
  if (!done()) return;
  const std::uint64_t sequences = damage_.sequences;
  if (sequences == 0) return;
  const std::string first = sequences == 1 ? "" : "the first ";
  warnings_.add(label_ + ": " + std::to_string(sequences) + " broken byte sequence" +
                (sequences == 1 ? ", " : "s, ") + first +
                (in_record_ ? "in the record at offset " : "at offset ") +
                std::to_string(damage_.offset) + "; written as U+FFFD");
}

}  // namespace dedup::tool
