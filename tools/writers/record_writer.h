// SPDX-License-Identifier: Apache-2.0
// JSONL out of JSONL: a line is a document, of which the text fields alone change. A line that is
// no record passes, its broken bytes as U+FFFD.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dedup/cleaner.h"
#include "dedup/edit_list.h"
#include "dedup/scratch.h"
#include "writers/desk.h"
#include "writers/lead.h"
#include "writers/record_sink.h"
#include "writers/sinks.h"
#include "writers/writer.h"

namespace dedup::tool {

class RecordWriter : public Writer {
 public:
  /// `scratch`, not null, holds long texts until their documents are judged.
  RecordWriter(Desk desk, const Omission& omission, std::shared_ptr<Scratch> scratch)
      : desk_(desk),
        omission_(omission),
        scratch_(std::move(scratch)),
        blanks_(desk.blanks_before) {}

  void begin_source(std::shared_ptr<Origin> origin, Target& target) override;
  Sink& open(Document&& document) override;
  void close(std::string_view) override {}
  bool lead(std::string_view bytes) override;
  [[nodiscard]] bool has_lead() const override { return !lead_.empty(); }
  void write_lead() override;
  void begin_pass() override;
  void pass(std::string_view bytes) override;
  std::uint64_t end_pass(Document& line) override;

 protected:
  [[nodiscard]] Target& target() noexcept { return *target_; }
  /// The sink of a document that was opened, and what stands in front of it.
  virtual Sink& add(Document&& document, Lead lead);
  /// What leads the next record, and what was written without one.
  void add_to_lead(std::string_view bytes) { lead_ += bytes; }
  [[nodiscard]] std::size_t lead_size() const noexcept { return lead_.size(); }
  [[nodiscard]] std::string take_lead() { return std::exchange(lead_, {}); }
  void add_blanks(std::uint64_t bytes) noexcept { blanks_ += bytes; }
  [[nodiscard]] std::uint64_t blanks() const noexcept { return blanks_; }
  [[nodiscard]] std::uint64_t take_blanks() noexcept { return std::exchange(blanks_, 0); }
  void begin_decoding();

 private:
  /// Collects a decoded text.
  class PlainSink : public Sink {
   public:
    void kept(std::string_view text) override { text_ += text; }
    void edit(const Edit& edit) override { text_ += edit.replacement; }
    [[nodiscard]] std::string take() { return std::exchange(text_, {}); }

   private:
    std::string text_;
  };

  /// Ends the lead of an earlier input, before anything of this one is added.
  void begin_line_of_lead();
  void put_lead();
  void write_passed();
  void digest_passed(std::string_view text, std::size_t content);

  Desk desk_;
  Omission omission_;
  std::shared_ptr<Scratch> scratch_;
  std::shared_ptr<Origin> origin_;
  Target* target_ = nullptr;
  Sinks<RecordSink> sinks_;
  std::string lead_;          // blank lines and marks in front of the next record
  bool within_lead_ = false;  // a blank line was written, but for its end
  bool begun_ = false;        // something of this source came

  PlainSink plain_;
  std::optional<Cleaner> decoder_;  // made for the first line that passes
  std::uint64_t passed_ = 0;        // bytes of the line so far, decoded
  std::uint64_t ends_ = 0;          // of these, at the end of the line
  std::optional<Digest> digest_;    // of the line without its end
  std::string waiting_ends_;        // which may not be its end after all
  std::uint64_t blanks_;            // bytes of lead written without a document, since the last
};

}  // namespace dedup::tool
