// SPDX-License-Identifier: Apache-2.0
// Reading: a file or standard input as chunks of bytes.
//
//   operand ──▶ FileSource ──▶ stages (unpacking, another charset) ──▶ Source::read() ──▶ a reader
//
// A stage is a ByteSource that reads from the one below it. Only the lowest one waits for input; so
// what is to be done meanwhile is its business alone.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "bytes/descriptor.h"
#include "bytes/file_state.h"

namespace dedup::tool {

/// Bytes in their order, from the first to the last, in pieces of any size.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// The next bytes, valid until the next call; empty at the end only. Throws ReadError, which
  /// names the offset.
  virtual std::string_view read() = 0;
};

/// What is done where an input has nothing to read at the moment.
class Idle {
 public:
  virtual ~Idle() = default;
  /// Gives out what is done, without waiting for more. Returns whether more is under way: then
  /// signal() can be read as soon as this should be called again.
  virtual bool give_out() = 0;
  /// A descriptor; not asked for where nothing is under way.
  [[nodiscard]] virtual int signal() const { return -1; }
};

/// A file that was read before it is asked for.
struct Held {
  std::string bytes;
  FileState state;  ///< when it was opened
  int error = 0;    ///< what reading it ended with; 0: with its end
};

/// The bytes of a file from `start` on, up to `end`; 0: to its end.
struct Range {
  std::uint64_t start = 0;
  std::uint64_t end = 0;
};

/// What a descriptor gives, in large pieces. Short reads and signals do not show.
class FileSource : public ByteSource {
 public:
  /// `label`: its name for messages. `size`: how long a file is; 0 where nobody knows.
  FileSource(Descriptor file, std::string label, std::uint64_t size = 0);
  /// All of a file, which was read before.
  FileSource(Held held, std::string label);

  std::string_view read() override;

  /// Gives these bytes alone. Before the first read(), of a file that was not read before. Throws
  /// InputError where it has no such place.
  void limit(const Range& range);

  /// Whether all of it was read before.
  [[nodiscard]] bool is_held() const noexcept { return held_.has_value(); }

  /// From now on `idle`, which must live as long, is called from read() before that waits: whoever
  /// is behind a slow pipe shall not wait for what is done already. Where input trickles without a
  /// pause it is called now and then, too.
  void on_idle(Idle& idle) noexcept { static_cast<void>(exchange_idle(&idle)); }
  /// The same, also for none; returns the one before.
  Idle* exchange_idle(Idle* idle) noexcept {
    given_out_ = std::chrono::steady_clock::now();
    return std::exchange(idle_, idle);
  }

  /// Adds to `count`, which must live as long, what was read and what is read from now on.
  void count_in(std::atomic<std::uint64_t>& count) noexcept {
    count_ = &count;
    count.fetch_add(offset_, std::memory_order_relaxed);
  }

 private:
  std::string_view read_held();
  [[noreturn]] void fail_reading(int error) const;
  void while_idle();
  [[nodiscard]] bool trickles();

  Descriptor file_;
  std::string label_;
  std::optional<Held> held_;
  std::size_t room_ = 0;  // at most a chunk, and for small files less
  std::unique_ptr<char[]> buffer_;
  std::uint64_t offset_ = 0;  // of the next byte
  std::uint64_t end_ = 0;     // behind the last; 0: where the file ends
  std::atomic<std::uint64_t>* count_ = nullptr;
  bool may_wait_ = false;  // for what is to be read; a regular file does not
  Idle* idle_ = nullptr;
  bool short_ = false;  // the last read took all there was
  std::chrono::steady_clock::time_point given_out_{};
};

/// A file that is open, and not read.
struct Opened {
  Descriptor file;
  std::optional<FileState> state;  ///< nothing for what is no regular file
};

/// Has the system read the head of a regular file, while something else is done. Advice only: what
/// cannot be read is told by whoever reads it.
void advise_ahead(const std::string& path) noexcept;

/// A small regular file, read whole. Nothing for all else, for what is compressed, which may be
/// large, and where that fails, likewise. Any thread.
[[nodiscard]] std::optional<Held> read_ahead(const std::string& path) noexcept;

/// How many bytes an operand has; nothing where nobody knows, as of a pipe. Opens nothing.
[[nodiscard]] std::optional<std::uint64_t> size_of_input(const std::string& operand) noexcept;

/// An input by its name: a file, standard input, or what was kept of either.
class Source : public ByteSource {
 public:
  /// Opens a file, or takes standard input for "-". Throws InputError for a directory or a file
  /// that does not open.
  explicit Source(const std::string& operand);

  /// The same where the operand's bytes stand at another path; messages name the operand.
  Source(const std::string& operand, const std::string& path);

  /// What was kept of the operand, open at its start.
  Source(const std::string& operand, Descriptor kept);

  /// What was read ahead.
  Source(const std::string& operand, Held held);

  Source(Source&& other) noexcept;

  std::string_view read() override;

  /// The first bytes, which read() gives again; some at least, unless there are none. To be called
  /// before read(). Throws InputError.
  [[nodiscard]] std::string_view head();
  /// Reads on, so that head() has more; false where nothing follows. Waits for input.
  bool extend_head();

  /// Puts a stage between: read() gives what `stage` makes of the bytes that it gave so far, those
  /// of a head that was looked at among them.
  using Stage = std::function<std::unique_ptr<ByteSource>(std::unique_ptr<ByteSource> below)>;
  void pass_through(const Stage& stage);

  /// What is at the bottom of the stages.
  [[nodiscard]] FileSource& file() noexcept { return *file_; }
  /// Gives a part of the file, with so many lines of it in front: see FileSource::limit().
  void limit(const Range& range, std::uint64_t lines) {
    file_->limit(range);
    start_ = range.start;
    lines_ = lines;
  }
  /// Where in its file it starts: an offset,
  [[nodiscard]] std::uint64_t start() const noexcept { return start_; }
  /// and the lines in front of it.
  [[nodiscard]] std::uint64_t lines_before() const noexcept { return lines_; }

  /// See FileSource; before the first read().
  void on_idle(Idle& idle) noexcept { file_->on_idle(idle); }

  /// How the file was when it was opened; nothing for what is no regular file.
  [[nodiscard]] const std::optional<FileState>& state() const noexcept { return state_; }

  /// The operand as typed: the name that the edit list gives.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// The name in edit lists: standard input has none.
  [[nodiscard]] std::string listed_name() const { return name_ == "-" ? std::string() : name_; }
  /// The name for messages: quoted, and "standard input" for "-".
  [[nodiscard]] std::string label() const;

 private:
  Source(const std::string& operand, Opened opened);

  std::string name_;
  std::optional<FileState> state_;
  std::unique_ptr<ByteSource> top_;
  FileSource* file_;  // at the bottom of it
  std::string_view head_;
  std::string gathered_;      // the head, where it was extended
  std::exception_ptr fault_;  // which came while it was: read() has it behind the head
  bool peeked_ = false;       // head_ is to be given again
  std::uint64_t start_ = 0;
  std::uint64_t lines_ = 0;
};

}  // namespace dedup::tool
