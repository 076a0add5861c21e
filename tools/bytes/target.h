// Writing: standard output, a device or pipe, or a file that is replaced in one step.
//
//   Target target = Target::file("clean.txt");
//   target.write("…");
//   target.commit();   // only now does clean.txt change: fsync, rename, fsync of its directory
//
// Without commit() a replaced file keeps its old bytes, also after SIGKILL or power loss.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "bytes/source.h"

namespace dedup::tool {

/// A new file that takes the place of another in one step, or leaves no trace. It has no name
/// before publish() where the file system allows that, else a temporary one beside the other.
class Replacement {
 public:
  /// Keeps owner and mode of an existing file at `path`. Throws OutputError.
  explicit Replacement(std::filesystem::path path);
  ~Replacement();
  Replacement(Replacement&& other) noexcept;
  Replacement& operator=(Replacement&&) = delete;

  [[nodiscard]] int descriptor() const noexcept { return file_.number(); }

  /// Makes the bytes durable, then visible, then their name durable. Throws OutputError.
  void publish();

 private:
  void create(mode_t mode);
  void give_name();
  [[noreturn]] void fail() const;

  std::filesystem::path path_;
  std::filesystem::path directory_;
  Descriptor file_;
  std::filesystem::path temporary_;  // empty while the file has no name
};

/// Where output goes. Buffered; every error is thrown as OutputError, at the latest by commit().
class Target {
 public:
  /// Takes everything and writes nothing, for a dry run.
  static Target nothing();
  static Target standard_output();
  /// "-" is standard output; a regular or new file is replaced; anything else is written directly.
  static Target file(const std::string& path);
  /// A regular file below an output directory: a symbolic link there is replaced, never followed.
  static Target inside(const std::filesystem::path& directory, const std::filesystem::path& path);

  void write(std::string_view bytes);

  /// Whether nothing was written yet, or the last byte ends a line.
  [[nodiscard]] bool at_line_start() const noexcept;

  /// The last byte written; \n where nothing was written yet.
  [[nodiscard]] char last() const noexcept { return last_; }

  /// Writes what is buffered.
  void flush();

  /// The same, and makes it good. Required for success; nothing may follow.
  void commit();

 private:
  Target(std::string label, Descriptor direct, std::optional<Replacement> replacement);
  void send(std::string_view bytes);

  std::string label_;
  Descriptor direct_;
  std::optional<Replacement> replacement_;
  std::string buffer_;
  char last_ = '\n';
};

}  // namespace dedup::tool
