// SPDX-License-Identifier: Apache-2.0
// A document after analysis, before any verdict: what can be done of it without knowing any other.
//
//   analyse_document()   bytes → portions of analysed windows
//   document_keys()      what rules 2 to 4 will ask about it, as values
//   Back::settle()       the same portions, judged: with whatever index answers (back.h)
//
// On one machine the pipeline and the back do this. Where documents are spread over many, keys go
// out and answers come back: dedup::KeyRecorder does so through the judge, which reads documents in
// any form; this way, without a judge, is a test's so far.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "cleaner/analysis.h"
#include "cleaner/pipeline.h"
#include "dedup/options.h"
#include "memory/keys.h"
#include "numbers/fingerprint.h"

namespace dedup::cleaner {

/// The portions of a whole document, ready to be settled. A workbench is one thread's.
[[nodiscard]] Batch analyse_document(std::string_view bytes, Portion::Opening opening,
                                     const Analyser& analyser, Workbench& workbench);

/// The keys by which other documents may know a document and its parts, with their lines.
struct DocumentKeys {
  /// Of its sequence of blocks; none where rule 2 has nothing to do with it.
  std::optional<numbers::Fingerprint> sequence;
  std::vector<memory::Ask> blocks;  ///< rule 3
  std::vector<memory::Ask> runs;    ///< rule 4
};

/// Those of an analysed document. Keys that are asked of the document alone are left out.
[[nodiscard]] DocumentKeys document_keys(const Batch& document, const Options& options,
                                         const numbers::Fingerprinter& fingerprinter);

}  // namespace dedup::cleaner
