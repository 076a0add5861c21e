// SPDX-License-Identifier: Apache-2.0
// Where a Cleaner puts its results.
//
//   struct Printer : dedup::Sink {
//     void kept(std::string_view text) override { std::cout << text; }
//     void edit(const dedup::Edit& edit) override { std::cout << edit.replacement; }
//   };
#pragma once

#include <cstdint>
#include <string_view>

#include "dedup/edit.h"
#include "dedup/encoding.h"
#include "dedup/export.h"
#include "dedup/page_facts.h"
#include "dedup/stats.h"

namespace dedup {

/// Bytes of the input that do not decode, for which U+FFFD stands in the decoded document; and
/// where text that decodes was damaged before.
struct Damage {
  std::uint64_t offset = 0;     ///< of the first such sequence of the document, in bytes as given
  std::uint64_t sequences = 0;  ///< how many there are in the document
  std::uint64_t unread = 0;  ///< of a page of HTML of more than 12 MiB: bytes behind these, which
                             ///< were not looked at
  std::uint64_t mojibake_line = 0;  ///< number of the first of Stats::mojibake_lines, if any
};

/// Receives one document after the other:
///
///   (begin_document page? (kept | edit)* read_as end_document)*
///
/// In call order, the arguments of kept() and the replacements of the edits are the clean text; the
/// arguments of kept() and the texts of the edits are the decoded document. Views are valid during
/// the call only.
///
/// A document may break off: where the caller abandons it, where the sink stopped, and where the
/// sink throws. Then the sink hears no more of it, not even end_document(). What a sink throws
/// comes out of the Cleaner's call that was under way; the Cleaner goes on with the next document.
///
/// Thread rule: called on the thread that uses the Cleaner. A sink must not use the Cleaner that
/// calls it.
class DEDUP_EXPORT Sink {
 public:
  virtual ~Sink() = default;

  /// A document begins: its number in the index, and its name as it was given.
  virtual void begin_document(std::uint64_t /*document*/, std::string_view /*name*/) {}

  /// The document is a page of HTML, and says this of itself. Its text is the decoded document from
  /// here on.
  virtual void page(const PageFacts& /*facts*/) {}

  /// The next bytes of the decoded document that stay as they are: UTF-8, a piece of any length.
  virtual void kept(std::string_view text) = 0;

  /// The next span that is removed or replaced. A sink that writes must write the replacement.
  virtual void edit(const Edit& edit) = 0;

  /// The charset that the document was read in.
  virtual void read_as(const Encoding& /*encoding*/) {}

  /// The document is complete. `stats` counts this document alone.
  virtual void end_document(const Stats& /*stats*/, const Damage& /*damage*/) {}

  /// Asked after each call: true means that nothing more of this document is wanted. It is judged
  /// and remembered all the same.
  [[nodiscard]] virtual bool stopped() const { return false; }
};

}  // namespace dedup
