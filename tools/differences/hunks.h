// SPDX-License-Identifier: Apache-2.0
// What went out of documents and what changed in them, as hunks for people.
//
//   === page.txt
//   @@ line 4 @@
//    a line that stays
//   # line 5: repeated-block: the same as page.txt:2
//   -the line that went
//   # line 6: repair: pinyin (2)
//   -a line (yī) as it was (yī)
//   +a line as it was
//
// A document is a stream of what stays and what does not; both sides are followed line by line, and
// a change ends where both of them are at a line's start again.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "bytes/target.h"
#include "differences/notes.h"
#include "differences/palette.h"
#include "differences/stretch.h"

namespace dedup::tool {

/// The lines of one side of a change, fit to be shown.
class Side {
 public:
  /// Bytes that may be added to the line at hand.
  [[nodiscard]] std::string& line() noexcept { return line_; }
  void end_line();
  /// Whether nothing was added to the line at hand.
  [[nodiscard]] bool at_start() const noexcept { return line_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return size_ + line_.size(); }
  [[nodiscard]] std::size_t lines() const noexcept { return lines_.size(); }
  /// Ends the line at hand, if anything was added to it.
  [[nodiscard]] std::vector<std::string> take();

 private:
  std::vector<std::string> lines_;
  std::size_t size_ = 0;
  std::string line_;
};

/// Writes hunks to a target. Memory: the lines of context, each shortened, and a change; of a long
/// line that changes in many places 256 KiB, behind which it is continued in a hunk of its own.
class Hunks {
 public:
  /// `out` must live as long. `context`: lines that stay, shown around what changes.
  Hunks(Target& out, const Palette& palette, std::uint64_t context)
      : out_(out), palette_(palette), context_(context) {}

  /// A document of this title; its first line has `line` lines in front of it.
  void begin(std::string title, std::uint64_t line);
  /// The next bytes, which stay.
  void kept(std::string_view text);
  /// Bytes that stay, and are not known; the next edit is in the line `line`, from 0.
  void unknown(std::uint64_t line);
  /// The next bytes, which do not stay.
  void edit(const ShownEdit& shown);
  void end();

 private:
  void end_kept_line();
  void keep_context();
  void put_stretch();
  void put(Side& side, std::string_view text, bool whole);
  void put_faint(Side& side, std::string_view text);
  void show();
  void show_place();
  void show_notes();
  void write(std::string_view style, std::string_view sign, std::string_view line);

  Target& out_;
  Palette palette_;
  std::uint64_t context_;

  std::string title_;                  // until it was written
  bool any_ = false;                   // a document was shown
  std::uint64_t first_ = 0;            // lines in front of the document
  std::uint64_t line_ = 0;             // the line at hand, as it was
  bool after_return_ = false;          // a line feed that follows is a part of the line's end
  Stretch stretch_;                    // what stays of the line at hand, since the last edit
  std::deque<Stretch> before_change_;  // the last lines that stay, and were not shown
  std::uint64_t due_ = 0;              // lines to be shown behind a change
  std::uint64_t shown_to_ = 0;         // the line behind the last that was shown
  bool in_hunk_ = false;               // and whether there was one

  bool changing_ = false;
  std::uint64_t change_ = 0;  // the line in which the change began
  bool added_ = false;        // something was put in
  bool added_since_gap_ = false;
  bool blind_ = false;  // text of the document is not known
  Side was_;
  Side is_;
  Notes notes_;
  std::string note_;  // the last that was shown, while nothing but its change was
};

}  // namespace dedup::tool
