// SPDX-License-Identifier: Apache-2.0
// Lines of JSONL for documents that were none.
//
//   {"url":"http://…","date":"2026-01-31T12:00:00Z","title":"","text":"…"}   of an archive
//   {"name":"a.txt","title":"","text":"…"}                                   of a file
//   {"name":"a.html","url":"…","published":"…","author":"…","site":"…","language":"zh",
//    "title":"…","text":"…"}                     of a page, where it says so itself
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "dedup/page_facts.h"
#include "listeners/document.h"

namespace dedup::tool {

/// The line of a document, whose text comes last. A name or title that is not UTF-8 is shown as it
/// is in messages.
class MadeLine : public RecordLine {
 public:
  explicit MadeLine(const Document& document);

  /// What the page says of itself goes before its text; to be called before that is written.
  void set_facts(const PageFacts& facts);

  void line(const Take& take) const override;
  void with_text(const HeldText& text, const Take& take) const override;
  [[nodiscard]] bool is_made() const noexcept override { return true; }

 private:
  std::string head_;   // what names the document
  std::string title_;  // behind it, up to the quote before the text
  bool has_url_ = false;
};

}  // namespace dedup::tool
