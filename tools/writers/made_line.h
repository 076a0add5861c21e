// SPDX-License-Identifier: Apache-2.0
// Lines of JSONL for documents that were none.
//
//   {"url":"http://…","date":"2026-01-31T12:00:00Z","title":"","text":"…"}   of an archive
//   {"name":"a.txt","title":"","text":"…"}                                   of a file
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "listeners/document.h"

namespace dedup::tool {

/// The line of a document, whose text comes last. A name or title that is not UTF-8 is shown as it
/// is in messages.
class MadeLine : public RecordLine {
 public:
  explicit MadeLine(const Document& document);

  void line(const Take& take) const override;
  void with_text(const HeldText& text, const Take& take) const override;
  [[nodiscard]] bool is_made() const noexcept override { return true; }

 private:
  std::string head_;  // up to the quote before the text
};

}  // namespace dedup::tool
