// SPDX-License-Identifier: Apache-2.0
// Writing: standard output, a device or pipe, or a file that is replaced in one step.
//
//   Target target = Target::file("clean.txt");
//   target.write("…");
//   target.commit();   // only now does clean.txt change: fsync, rename, fsync of its directory
//
// Without commit() a replaced file keeps its old bytes, also after SIGKILL or power loss. Several
// targets become new together: prepare() each, then publish() each. What is called x.gz, x.zst or
// x.xz is compressed so.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bytes/descriptor.h"
#include "bytes/publication.h"
#include "bytes/replacement.h"
#include "dedup/compression.h"

namespace dedup::tool {

/// Where output goes. Buffered; every error is thrown as OutputError, at the latest by prepare(),
/// but for those of publish().
class Target {
 public:
  /// Takes everything and writes nothing, for a dry run.
  static Target nothing();
  /// Takes everything and holds it, for somebody to write it later: for little.
  static Target held();
  static Target standard_output();
  /// "-" is standard output; a regular or new file is replaced; anything else is written directly.
  static Target file(const std::string& path);
  /// A file that somebody else puts in its place at `path`: prepare() closes it, and makes it
  /// durable unless somebody else does.
  static Target staged(const std::string& path, Descriptor file, bool durable,
                       Compression compression);

  void write(std::string_view bytes);

  /// Whether nothing was written yet, or the last byte ends a line of text.
  [[nodiscard]] bool at_line_start() const noexcept { return last_ == '\n' || last_ == '\r'; }
  /// The same for JSONL, where a line feed alone ends a line.
  [[nodiscard]] bool at_record_start() const noexcept { return last_ == '\n'; }

  /// Whether nothing was written yet.
  [[nodiscard]] bool is_empty() const noexcept { return empty_; }
  /// The last byte written; \n where nothing was written yet.
  [[nodiscard]] char last() const noexcept { return last_; }

  [[nodiscard]] Compression compression() const noexcept { return compression_; }

  [[nodiscard]] bool is_held() const noexcept { return held_; }
  /// What held() took.
  [[nodiscard]] std::string_view text() const noexcept { return buffer_; }

  /// Writes what is buffered, as far as anybody reads along: compressed, that costs room.
  void flush();

  /// Writes all, and makes it durable: whatever can fail but the last step. Nothing may follow but
  /// publish(). What is no replaced file is done with this.
  void prepare();

  /// Makes good what was written so far, where more will follow: a replaced file takes its place
  /// with the first call, and grows there. Not for what is compressed.
  void settle(Publication& publication);

  /// The last step: a replaced file takes its place. Requires prepare(). Throws what a Publication
  /// throws.
  void publish(Publication& publication);

  /// Both for a target that stands alone. Throws HalfwayError, too.
  void commit();

 private:
  Target(std::string label, Descriptor direct, std::optional<Replacement> replacement,
         Compression compression = Compression::none);
  void pack(std::string_view bytes);
  void finish();
  void send(std::string_view bytes);

  std::string label_;
  Descriptor direct_;
  std::optional<Replacement> replacement_;
  bool held_ = false;
  bool staged_ = false;
  bool durable_ = false;  // of what is staged
  std::string buffer_;
  bool empty_ = true;
  Compression compression_ = Compression::none;
  std::optional<Packer> packer_;
  char last_ = '\n';
};

}  // namespace dedup::tool
