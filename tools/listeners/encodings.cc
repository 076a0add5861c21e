// SPDX-License-Identifier: Apache-2.0
// A guess is told once for a file, and for the first files only: in a folder of pages of one kind
// the next hundred lines would say the same.
#include "listeners/encodings.h"

#include "bytes/paths.h"
#include "listeners/report.h"

namespace dedup::tool {
namespace {

constexpr std::uint64_t kMost = 10;

std::string file_of(const Document& document) {
  return document.file == "-" ? "standard input" : shown(document.file);
}

}  // namespace

std::string shown(const Encoding& encoding) {
  // Cut, not rounded: nothing but certainty is 1.00.
  const std::string hundredths = std::to_string(100 + static_cast<int>(encoding.confidence * 100));
  const std::string confidence = (hundredths[0] == '2' ? "1." : "0.") + hundredths.substr(1);
  std::string text(encoding.name);
  text.append(" (").append(name(encoding.source)).append(", confidence ");
  return text.append(confidence) + ')';
}

void Encodings::end(const Document& document, const Outcome& outcome) {
  if (outcome.passed) return;
  totals_.encodings[std::string(outcome.encoding.name)] += 1;
  if (outcome.encoding.source != EncodingSource::guess) return;
  if (!quiet_) tell_guess(document, outcome.encoding);
}

void Encodings::tell_guess(const Document& document, const Encoding& encoding) {
  if (told_ >= kMost || (told_ > 0 && document.file == last_file_)) return;
  told_ += 1;
  last_file_ = document.file;
  note(file_of(document) + ": looks like " + std::string(encoding.name) +
       ", and is read so (see --encoding)" +
       (told_ == kMost ? "; of further files this is not told" : ""));
}

}  // namespace dedup::tool
