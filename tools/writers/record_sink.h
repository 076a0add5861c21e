// SPDX-License-Identifier: Apache-2.0
// One record of JSONL on its way out. A record without edits is written as it came; else its text
// fields alone are spliced, or its text is put into a line that is made. One that goes as a
// duplicate takes its line along, and what leads it: the blank lines in front of it and its mark.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "bytes/held_text.h"
#include "bytes/target.h"
#include "dedup/division.h"
#include "writers/desk.h"
#include "writers/document_sink.h"
#include "writers/lead.h"

namespace dedup::tool {

/// Begins a line, where an earlier input left its last one without an end. A lone \r ends none.
void start_line(Target& target);

/// The same for a file of JSON, at its beginning only: elsewhere it may go on in a line. Returns
/// how many bytes that took.
std::uint64_t begin_json(Progress& progress, Target& target);

/// Which records are left out, and how that is told.
struct Omission {
  bool verdicts = false;    ///< a line is written for a record that goes, too
  bool drop_empty = false;  ///< a record goes if nothing is left of its text
};

class RecordSink : public DocumentSink {
 public:
  /// `document` has a record.
  RecordSink(const Desk& desk, std::shared_ptr<Origin> origin, Document&& document, Lead lead,
             const Omission& omission, Target& target, Scratch& scratch);

  void hear(const Edit& edit) override;
  /// The text of a page takes the place of the page.
  void page(const PageFacts& facts) override {
    DocumentSink::page(facts);
    edited_ = true;
  }
  void end_document(const Stats& stats, const Damage& damage) override;

 private:
  void put(std::string_view clean) override;
  void put_edit(const Edit& edit) override;
  [[nodiscard]] std::uint64_t output() const override {
    return division_ ? division_->written() : DocumentSink::output();
  }
  [[nodiscard]] std::uint64_t joints() const override {
    return division_ ? division_->size() - 1 : 0;
  }
  [[nodiscard]] bool is_omitted() const override {
    return is_duplicate() || (omission_.drop_empty && is_emptied());
  }
  void raw(const Take& take) const override;
  void write_record(const Take& take) const;
  void part(bool written);
  [[nodiscard]] std::string verdict() const;

  Lead lead_;
  Omission omission_;
  Target& target_;
  HeldText text_;
  std::optional<Division> division_;  // of the text, where it is of several values
  bool edited_ = false;
  std::optional<Position> first_;  // of the document that this one repeats
  std::string first_name_;
};

}  // namespace dedup::tool
