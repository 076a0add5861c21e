// SPDX-License-Identifier: Apache-2.0
#include "cleaner/verdict.h"

#include <algorithm>
#include <iterator>

namespace dedup::cleaner {

/// Runs come in order, so what was cut before is among the last; a lone sentence may have been cut
/// behind the beginning of a run.
void Verdict::apply(const Cut& cut) {
  const auto at = std::find_if(cuts.rbegin(), cuts.rend(), [&](const SentenceCut& earlier) {
                    return earlier.sentence <= cut.sentence;
                  }).base();
  if (at == cuts.begin() || std::prev(at)->sentence != cut.sentence) {
    cuts.insert(at, {cut.sentence, cut.first});
  }
}

}  // namespace dedup::cleaner
