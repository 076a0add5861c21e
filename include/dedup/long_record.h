// SPDX-License-Identifier: Apache-2.0
// A record of a JSONL stream that is too long to be held in memory: its line lies in scratch space.
//
//   dedup::LongRecord record(scratch->create(), "text");
//   while (/* there is more of the line */) record.feed(part);
//   record.finish();                                        // throws FormatError where it is none
//   record.text([&](std::string_view piece) { cleaner.feed(piece); });
//   record.before_text(write);
//   for (/* each piece of the clean text */) write(record.escaped(piece));
//   record.after_text(write);
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "dedup/export.h"
#include "dedup/scratch.h"

namespace dedup {

/// One line of JSONL, as Record has it, that comes and goes in pieces. What is a record, what its
/// name is and how a text is escaped are the same.
///
/// Call grammar: feed* finish (text | before_text | after_text | escaped)*; line() at any time.
/// Thread rule: one thread at a time. Memory: some 100 KiB besides the pieces that are fed, and a
/// number as long as it is, up to 4 MiB. Each call throws what the scratch space throws.
class DEDUP_EXPORT LongRecord {
 public:
  /// Takes the next bytes; valid during the call only.
  using Take = std::function<void(std::string_view)>;

  /// `space`: an empty file, not null, which gets the line. `field`: as for Record.
  LongRecord(std::unique_ptr<ScratchFile> space, std::string field);
  ~LongRecord();
  LongRecord(LongRecord&&) noexcept;
  LongRecord& operator=(LongRecord&&) noexcept;

  /// The next bytes of the line, cut anywhere, without its line feed. What is wrong with them is
  /// said by finish(). Cost: one pass, and a copy to the scratch space.
  void feed(std::string_view part);

  /// The line is whole. Throws FormatError with the cause, as the constructor of Record does;
  /// line() is all that may follow then.
  void finish();

  /// As Record::name(). Valid as long as this.
  [[nodiscard]] const std::string& name() const noexcept;
  /// The value of "url" likewise, whether or not it is the name.
  [[nodiscard]] const std::string& url() const noexcept;

  /// The line as it was fed.
  void line(const Take& take) const;
  /// The unescaped text field, UTF-8, in pieces that end with a character.
  void text(const Take& take) const;

  /// What stands in the line before the text and behind it, quotes included.
  void before_text(const Take& take) const;
  void after_text(const Take& take) const;
  /// A piece of another text, valid UTF-8, as it is written between the two: see
  /// Record::with_text().
  [[nodiscard]] std::string escaped(std::string_view text) const;

 private:
  struct DEDUP_LOCAL State;
  std::unique_ptr<State> state_;
};

}  // namespace dedup
