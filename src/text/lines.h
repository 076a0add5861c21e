// SPDX-License-Identifier: Apache-2.0
// Windows and lines: how a decoded document of any length is cut into pieces of bounded size.
//
//   document   line line line … line | line line … | line-over-a-window… | …rest of it, line …
//   windows    0                      1              2                     3
//
// A window holds whole lines, at most 32,768 of them or 4 MiB; cuts depend on the decoded bytes
// only. A line that does not fit is cut into pieces of at most 1 MiB, behind the last sentence that
// ends within the last 64 KiB of a piece, else between characters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/marks.h"

namespace dedup::text {

inline constexpr std::size_t kWindow = std::size_t{4} << 20;
inline constexpr std::uint64_t kWindowLines = 32'768;  // what is known of each takes memory, too
inline constexpr std::size_t kPiece = std::size_t{1} << 20;
inline constexpr std::size_t kPieceTail = std::size_t{64} << 10;  // where its last sentence may end

/// A stretch of a document.
struct Stretch {
  std::string text;
  std::uint64_t offset = 0;  ///< of its first byte in the decoded document
  std::uint64_t line = 0;    ///< number of the line it starts in
  std::uint64_t lines = 0;   ///< line ends in it
  bool inside_line = false;  ///< it starts within an overlong line
  bool part = false;         ///< of a window that was taken apart
};

/// A line, or a piece of an overlong one; offsets into the stretch.
struct Line {
  std::size_t start = 0;
  std::size_t content_end = 0;  ///< where the line end starts
  std::size_t end = 0;          ///< behind the line end
  std::uint64_t number = 0;
  bool continues = false;  ///< the piece before belongs to the same line
};

/// Appends the lines of a stretch. A line ends at \n, \r\n or \r.
void split_lines(const Stretch& stretch, const Marks& marks, std::vector<Line>& lines);

/// Collects decoded text and gives it back in windows.
class Windower {
 public:
  Windower() = default;
  /// Cuts a stretch of a document anew, into windows of at most so many bytes, by rest(); a line
  /// that does not fit goes in pieces of a quarter of that.
  Windower(Stretch stretch, std::size_t window);

  /// Where decoded text is appended to; next() after each piece of at most kPiece keeps it small.
  [[nodiscard]] std::string& buffer() {
    if (wants_room()) {
      move_to({});
    }
    return buffer_;
  }

  /// Whether a whole window seems to come, since one did or the text is no longer short: then
  /// buffer() takes memory for one, unless move_to() has brought some before.
  [[nodiscard]] bool wants_room() const noexcept {
    return buffer_.capacity() < kRoom && (after_large_ || buffer_.size() > kPiece / 4);
  }
  /// Goes on in this memory, where the text of another window was.
  void move_to(std::string room);

  /// The next whole window, once enough text is there to know where it ends.
  [[nodiscard]] std::optional<Stretch> next();

  /// The rest, one window at a time; nothing is left behind the last.
  [[nodiscard]] std::optional<Stretch> rest();

  /// How much of the document was given back: all of it after the last rest().
  [[nodiscard]] std::uint64_t offset() const noexcept { return offset_; }

  /// For the next document.
  void reset() noexcept;

  /// Memory for what follows the window that comes next.
  void reuse(std::string memory) noexcept {
    if (memory.capacity() > spare_.capacity()) {
      spare_ = std::move(memory);
    }
  }

 private:
  /// The head of a text, and how many lines end in it.
  struct Head {
    std::size_t size = 0;
    std::uint64_t lines = 0;
  };

  static constexpr std::size_t kRoom = kWindow + kPiece;

  void count(bool at_end);
  [[nodiscard]] Head whole() const;
  [[nodiscard]] std::size_t cut() const;
  Stretch take(const Head& head);
  [[nodiscard]] std::string_view waiting() const noexcept {
    return std::string_view(buffer_).substr(taken_);
  }

  std::size_t window_ = kWindow;
  std::size_t piece_ = kPiece;
  std::string buffer_;
  std::size_t taken_ = 0;  // of the buffer
  Head before_;            // of what waits: all but what was counted last,
  Head counted_;           // and with it
  std::string spare_;      // little, for what follows a window
  std::uint64_t offset_ = 0;
  std::uint64_t line_ = 0;
  bool inside_line_ = false;
  bool after_large_ = false;  // the last window was
};

}  // namespace dedup::text
