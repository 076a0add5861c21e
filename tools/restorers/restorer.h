// SPDX-License-Identifier: Apache-2.0
// The way back: weave the clean text and the list of edits into the decoded input. The two are
// walked along together, once, so either may come through a pipe.
//
//   clean    kept text | replacement | kept text | … to the closing line's count of bytes
//   list               | edit        |           | …
//   out      kept text | edit's text | kept text | …
//
// Nothing is believed: what was put in must stand there, counts of bytes must agree, and the digest
// must be that of the text that was cleaned. A restorer throws InputError for what does not fit;
// what it wrote until then must be thrown away. `listener`, if any, hears of the documents what it
// heard when they were cleaned; it may have heard of some of a document that then does not fit.
#pragma once

#include <string>

#include "bytes/target.h"
#include "listeners/listener.h"
#include "restorers/list.h"

namespace dedup::tool {

inline constexpr const char* kOtherText =
    "the text restored is not the one that was cleaned: the clean text or the list has changed";

/// Whether what was restored is what was cleaned; lists of version 0.1 have no digest to tell by.
[[nodiscard]] inline bool fits(const Digest& digest, const EditListClosing& closing) {
  return closing.digest.empty() || closing.digest == digest.hex();
}

/// Text documents, which follow one another without a gap. Memory: a chunk of each file and a line
/// of the list.
/// For an archive also the edits of a document, whose closing line alone names the file.
void restore_text(List& list, Choice choice, const std::string& clean, Target& out,
                  Listener* listener = nullptr);

/// The text fields of a JSONL stream. Of one file among several, the last line gets the line end
/// that parts it from the next. Memory: a record with its edits.
void restore_jsonl(List& list, Choice choice, const std::string& clean, Target& out,
                   Listener* listener = nullptr);

/// The same for elements of arrays in JSON, and for objects outside of them.
void restore_json(List& list, Choice choice, const std::string& clean, Target& out,
                  Listener* listener = nullptr);

/// Tells `listener` of the edits alone, without a clean text. Memory: as above.
void tell_edits(List& list, Choice choice, Listener& listener);

}  // namespace dedup::tool
