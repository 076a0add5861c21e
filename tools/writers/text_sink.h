// SPDX-License-Identifier: Apache-2.0
// One document of text on its way out.
//
// Where an earlier document left the output within a line, this one begins with an inserted line
// end; and where documents are parted by blank lines, with one of these. It is an edit of *this*
// document, made when that writes its first byte: so the list accounts for it, and nothing that
// follows can change the output of a document that is done.
//
// A separator follows the document that it ends, as its last line: the Cleaner does not see it, the
// list accounts for it. It stays, unless the document goes as a duplicate; so what is left of the
// output is parted as the input was.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "bytes/target.h"
#include "writers/desk.h"
#include "writers/document_sink.h"
#include "writers/origin.h"

namespace dedup::tool {

/// What stands between two documents.
enum class Parting { line_end, blank_line };

class TextSink : public DocumentSink {
 public:
  TextSink(Desk desk, Document&& document, std::shared_ptr<Origin> origin, Target& target,
           Parting parting);

  /// The separator behind the document.
  void set_separator(std::string_view separator) { separator_ = separator; }

  void begin_document(std::uint64_t number, std::string_view name) override;
  void kept(std::string_view text) override;
  void hear(const Edit& edit) override;
  void end_document(const Stats& stats, const Damage& damage) override;

 private:
  void put(std::string_view clean) override { target_.write(clean); }
  void part_from_before();
  void end_with_separator();
  void remove_separator();

  Totals& totals_;
  Target& target_;
  Parting parting_;
  std::string separator_;
  std::string before_;      // nothing written yet, and this is due in front of it
  std::uint64_t line_ = 0;  // the line behind the last edit
};

}  // namespace dedup::tool
