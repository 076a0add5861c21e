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
//
// Where the text stands in several values:
//
//   for (std::size_t i = 0; i < sizes.size(); ++i) {        // sizes = record.sizes()
//     record.before(i, write);
//     record.written(i, write);                             // or, of another text,
//     write(record.escaped(i, piece));
//   }
//   record.before(sizes.size(), write);
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/export.h"
#include "dedup/fields.h"
#include "dedup/scratch.h"

namespace dedup {

/// One line of JSONL, as Record has it, that comes and goes in pieces. What is a record, what its
/// name is and how a text is escaped are the same.
///
/// Call grammar: feed* finish (text | before | written | escaped | before_text | after_text)*;
/// line() at any time. Thread rule: one thread at a time. Memory: some 100 KiB besides the pieces
/// that are fed, some 70 bytes a value, and a number as long as it is, up to 4 MiB. Each call
/// throws what the scratch space throws.
class DEDUP_EXPORT LongRecord {
 public:
  /// Takes the next bytes; valid during the call only.
  using Take = std::function<void(std::string_view)>;

  /// `space`: an empty file, not null, which gets the line. `field`: as for Record.
  LongRecord(std::unique_ptr<ScratchFile> space, std::string field);
  /// The same for fields of any kind.
  LongRecord(std::unique_ptr<ScratchFile> space, const Fields& fields);
  ~LongRecord();
  LongRecord(LongRecord&&) noexcept;  ///< the other may then be assigned to or destroyed only
  LongRecord& operator=(LongRecord&&) noexcept;  ///< likewise

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
  /// The unescaped text, UTF-8, in pieces that end with a character: see Record::text().
  void text(const Take& take) const;
  [[nodiscard]] std::size_t values() const noexcept;       ///< as Record::values()
  [[nodiscard]] std::vector<std::uint64_t> sizes() const;  ///< as Record::sizes()
  [[nodiscard]] std::size_t broken() const noexcept;       ///< as Record::broken()

  /// What stands in the line in front of a value, from the one before it on, quotes included;
  /// behind the last one for `value` = sizes().size().
  void before(std::size_t value, const Take& take) const;
  /// A value as it is written there, without its quotes.
  void written(std::size_t value, const Take& take) const;
  /// A piece of another text, valid UTF-8, as it is written in its place: see Record::with_text().
  [[nodiscard]] std::string escaped(std::size_t value, std::string_view text) const;

  /// Of a record of one value, what stands in front of it.
  void before_text(const Take& take) const { before(0, take); }
  /// Of such a record, what stands behind it.
  void after_text(const Take& take) const { before(1, take); }
  /// Of such a record, a piece of another text as it is written there.
  [[nodiscard]] std::string escaped(std::string_view text) const { return escaped(0, text); }

 private:
  struct DEDUP_LOCAL State;
  std::unique_ptr<State> state_;
};

}  // namespace dedup
