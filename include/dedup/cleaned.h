// SPDX-License-Identifier: Apache-2.0
// A cleaned document as a value: for a crawler that asks page by page what is new in it.
//
//   const dedup::Cleaned page = cleaner.clean({.bytes = text, .url = url});
//   if (page.duplicate) …                        the whole page was there before
//   else store(url, page.text);
//
// Where documents are too long to hold, a Sink hears the same piece by piece. Plain values: any
// thread may have them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/compression.h"
#include "dedup/edit.h"
#include "dedup/encoding.h"
#include "dedup/export.h"
#include "dedup/page_facts.h"
#include "dedup/sink.h"
#include "dedup/stats.h"

namespace dedup {

/// What is to be cleaned: views that must live during the call only.
struct Page {
  /// Text or HTML, in any charset that Options::encoding allows, as it is or compressed by gzip,
  /// zstd or xz, which its first bytes tell: the body of a response as it came.
  std::string_view bytes = {};
  std::string_view url = {};   ///< see DocumentId::url
  std::string_view name = {};  ///< empty: the URL is the name
  /// See DocumentId::content_type. Where it is empty, or says nothing as application/octet-stream
  /// does, what begins as a page does is read as HTML (looks_like_html()); text/plain is text,
  /// whatever it looks like.
  std::string_view content_type = {};
};

/// An earlier document that another repeats.
struct EarlierDocument {
  std::uint64_t document = 0;  ///< its number in the index
  std::string name;            ///< empty where the index does not remember names
  double similarity = 1;       ///< 1: the same sequence of blocks; else the estimated resemblance
};

/// An Edit with strings of its own, which outlives the call: its members are those of Edit, where
/// each is explained.
struct DEDUP_EXPORT CleanedEdit {
  /// Copies all that the edit refers to.
  explicit CleanedEdit(const Edit& edit);

  std::uint64_t block = 0;           ///< Edit::block
  std::uint64_t start = 0;           ///< Edit::start
  std::uint64_t end = 0;             ///< Edit::end
  std::string text;                  ///< Edit::text
  std::string replacement;           ///< Edit::replacement
  Reason reason = Reason::repair;    ///< Edit::reason
  std::string rule;                  ///< Edit::rule
  std::optional<double> score;       ///< Edit::score
  std::optional<Position> first;     ///< Edit::first
  std::string first_name;            ///< Edit::first_name
  std::optional<double> similarity;  ///< Edit::similarity
};

/// What became of a document. Damage is told here and never thrown. Cost: a copy of its text, and
/// of what was taken out of it.
struct Cleaned {
  std::uint64_t document = 0;                ///< its number in the index
  std::string text;                          ///< the clean text
  std::vector<CleanedEdit> edits;            ///< in offset order
  std::optional<EarlierDocument> duplicate;  ///< what it repeats as a whole: then `text` is empty
  Stats stats;                               ///< of this document alone
  Damage damage;                             ///< bytes that did not decode
  Encoding encoding;                         ///< the charset that it was read in
  PageFacts facts;                           ///< of a page of HTML
  /// How the bytes could be unpacked; whole, too, where they were not compressed. Of others what
  /// came out before the fault was cleaned, and of what was packed twice nothing.
  Unpacking unpacking = Unpacking::whole;
};

}  // namespace dedup
