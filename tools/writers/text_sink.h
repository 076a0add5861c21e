// SPDX-License-Identifier: Apache-2.0
// One document of text on its way out.
//
// Where an earlier document left the output within a line, this one begins with an inserted line
// end. It is an edit of *this* document, made when that writes its first byte: so the list accounts
// for it, and nothing that follows can change the output of a document that is done.
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

namespace dedup::tool {

/// What all documents of a source share.
struct Origin {
  std::string label;
  Damage damage;

  /// Tells of the damage, if there is any.
  void complain(Warnings& warnings) const;
};

class TextSink : public DocumentSink {
 public:
  TextSink(Desk desk, Document document, std::shared_ptr<Origin> origin, Target& target);

  /// No other document of the source follows.
  void close_source();
  /// The separator behind the document.
  void set_separator(std::string_view separator) { separator_ = separator; }

  void begin_document(std::uint64_t number, std::string_view name) override;
  void kept(std::string_view text) override;
  void edit(const Edit& edit) override;
  void end_document(const Stats& stats, const Damage& damage) override;

 private:
  void put(std::string_view clean) override { target_.write(clean); }
  void end_line_before();
  void end_with_separator();
  void remove_separator();

  Warnings& warnings_;
  Totals& totals_;
  std::shared_ptr<Origin> origin_;
  Target& target_;
  std::string separator_;
  bool closes_ = false;
  bool joins_ = false;      // nothing written yet, and the output stands within a line
  std::uint64_t line_ = 0;  // the line behind the last edit
};

}  // namespace dedup::tool
