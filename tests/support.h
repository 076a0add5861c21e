// SPDX-License-Identifier: Apache-2.0
// What the tests share. Nothing here knows Catch2, so that the fuzz targets can use it too: a fault
// is a std::runtime_error, which fails a test and stops a fuzzer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/edit.h"
#include "dedup/scratch.h"
#include "dedup/sink.h"
#include "dedup/stats.h"
#include "structure/layout.h"

namespace dedup::test {

// -- files ---------------------------------------------------------------------------------------

/// The path of a file or folder under testdata/. Throws where it does not exist.
[[nodiscard]] std::filesystem::path testdata(const std::filesystem::path& name);

/// The bytes of a file. Throws where it cannot be read: a missing case must not pass.
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

void write_file(const std::filesystem::path& path, std::string_view bytes);

/// A directory of the test's own, gone with the object.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;  // there is one directory
  TempDir& operator=(const TempDir&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

/// Scratch space in memory. Reading what was not written is a fault.
class MemoryScratch : public Scratch {
 public:
  [[nodiscard]] std::unique_ptr<ScratchFile> create() override;
  /// How many files there are now.
  [[nodiscard]] std::size_t files() const noexcept { return files_; }
  [[nodiscard]] std::size_t most_files() const noexcept { return most_; }

 private:
  class File;
  std::size_t files_ = 0;
  std::size_t most_ = 0;
};

// -- text ----------------------------------------------------------------------------------------

/// The text with everything that does not show written out: ⟨U+200B⟩ for invisible characters and
/// white space other than U+0020, ⟨FF⟩ for bytes that are not UTF-8, ⏎ at line feeds.
[[nodiscard]] std::string visible(std::string_view bytes);

/// A line of a table in testdata, with \u{200B} put for the character it names.
[[nodiscard]] std::string unescaped(std::string_view line);

/// Both texts between rulers, made visible, and where they part; empty where they are equal.
[[nodiscard]] std::string difference(std::string_view expected, std::string_view actual);

/// Whether all of it is UTF-8 by the table of Unicode 15, 3-7, and nothing else: a second opinion
/// beside the library's.
[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;

/// The bytes with U+FFFD for each maximal part of a broken sequence (Unicode 15, 3.9, "U+FFFD
/// Substitution of Maximal Subparts"): what P2 calls the decoded document.
[[nodiscard]] std::string decoded(std::string_view bytes);

/// What structure says of each line of a document.
[[nodiscard]] std::vector<structure::Place> places_of(std::span<const std::string> lines);

// -- sink ----------------------------------------------------------------------------------------

/// An Edit with strings of its own.
struct RecordedEdit {
  std::uint64_t block = 0;
  std::uint64_t start = 0;
  std::uint64_t end = 0;
  std::string text;
  std::string replacement;
  Reason reason = Reason::repair;
  std::string rule;
  std::optional<Position> first;
  std::optional<double> similarity;
  friend bool operator==(const RecordedEdit&, const RecordedEdit&) = default;
};

struct RecordedDocument {
  std::uint64_t number = 0;
  std::string name;
  std::string clean;    ///< what was kept, with the replacements
  std::string decoded;  ///< what was kept, with the texts of the edits
  std::vector<RecordedEdit> edits;
  Stats stats;
  Damage damage;

  /// The edits for `reason`, by the texts they took away.
  [[nodiscard]] std::vector<std::string> removed(Reason reason) const;
};

/// Keeps all that a Cleaner says, and throws where it breaks the contract of Sink or Edit: calls
/// out of order, edits that overlap, offsets that do not fit the text.
class Recorder final : public Sink {
 public:
  std::vector<RecordedDocument> documents;

  void begin_document(std::uint64_t document, std::string_view name) override;
  void kept(std::string_view text) override;
  void edit(const Edit& edit) override;
  void end_document(const Stats& stats, const Damage& damage) override;

  /// The only document. Throws where there is another number of them.
  [[nodiscard]] const RecordedDocument& only() const;

 private:
  RecordedDocument& open();
  bool is_open_ = false;
};

}  // namespace dedup::test
