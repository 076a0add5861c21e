// Reading: a file or standard input as chunks of bytes, or as lines.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace dedup::tool {

/// A file descriptor that closes itself; the standard streams are left open.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) noexcept : number_(number) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  [[nodiscard]] int number() const noexcept { return number_; }
  /// Gives the descriptor out of hand, to be closed with a look at the result.
  int release() noexcept;

 private:
  int number_;
};

/// An input, read from its start to its end in large pieces. Short reads and signals do not show.
class Source {
 public:
  /// Opens a file, or takes standard input for "-". Throws InputError for a directory or a file
  /// that does not open.
  explicit Source(const std::string& operand);

  /// What was kept of the operand, open at its start.
  Source(const std::string& operand, Descriptor kept);

  /// The next bytes, valid until the next call; empty at the end only. Throws InputError.
  std::string_view read();

  /// Calls `pause` from read() where no byte has come for a tenth of a second, before it waits on:
  /// whoever is behind a slow pipe shall not wait for what is done already.
  void on_pause(std::function<void()> pause) { pause_ = std::move(pause); }

  /// The operand as typed: the name that the edit list gives.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// The name in edit lists: standard input has none.
  [[nodiscard]] std::string listed_name() const { return name_ == "-" ? std::string() : name_; }
  /// The name for messages: quoted, and "standard input" for "-".
  [[nodiscard]] std::string label() const;

 private:
  std::string name_;
  Descriptor file_;
  std::unique_ptr<char[]> buffer_;
  std::function<void()> pause_;
};

/// A line of JSONL of more bytes, its end included, is no record: it passes, and is not held whole.
inline constexpr std::size_t kLongestRecord = std::size_t{64} << 20;

/// Cuts a source into lines. A line is held whole, unless it is longer than a limit, its line feed
/// included.
class LineReader {
 public:
  static constexpr std::size_t kNoLimit = ~std::size_t{0};
  explicit LineReader(Source& source, std::size_t longest = kNoLimit)
      : source_(source), longest_(longest) {}

  /// Sets `line` to the next line with its line feed, which only the last may lack; valid until the
  /// next call. False at the end. Throws InputError.
  bool next(std::string_view& line);

  /// Whether next() gave only the head of a line, which is longer than the limit.
  [[nodiscard]] bool is_head() const noexcept { return head_; }
  /// Sets `part` to what follows in that line; valid until the next call. False at its end. To be
  /// called until then. Throws InputError.
  bool more(std::string_view& part);

  /// The line that next() gave: its number from 1, and the offset of its first byte.
  [[nodiscard]] std::uint64_t number() const noexcept { return number_; }
  [[nodiscard]] std::uint64_t offset() const noexcept { return offset_; }

 private:
  /// The head of what is left of the chunk, up to a line feed. Empty at the end of the source only.
  std::string_view take();

  Source& source_;
  std::size_t longest_;
  bool head_ = false;      // the line is longer than the limit
  bool ended_ = false;     // and no part of it is to come
  std::string_view rest_;  // of the chunk
  std::string carried_;    // the start of a line that goes on in the next chunk
  std::uint64_t number_ = 0;
  std::uint64_t offset_ = 0;
  std::uint64_t following_ = 0;  // offset of the next line
};

/// All of a small file. Throws InputError.
[[nodiscard]] std::string read_all(const std::string& operand);

}  // namespace dedup::tool
