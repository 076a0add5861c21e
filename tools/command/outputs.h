// SPDX-License-Identifier: Apache-2.0
// The outputs of a run of cleaning: the clean text, together or a file for each operand, and the
// list of edits, and the report. They become new together or not at all, but for runs that replace
// files in their place or keep a log of the job: there files become new in groups, as the run goes.
//
//   together     reserve keep … reserve keep              flush? prepare publish
//   in groups    reserve keep … settle … reserve keep …   settle  prepare publish
//
// Between being reserved and being kept a file is opened and written, on any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "bytes/fault.h"
#include "bytes/file_state.h"
#include "bytes/in_place.h"
#include "bytes/output_tree.h"
#include "bytes/paths.h"
#include "bytes/target.h"
#include "command/job_log.h"
#include "command/plan.h"

namespace dedup::tool {

/// There is no descriptor left for a file: there may be when others are closed.
struct NoDescriptor : OutputError {
  using OutputError::OutputError;
};

/// Where the file of an operand will stand. One that is not kept is to be dropped.
class OwnFile {
 public:
  OwnFile(OutputTree::Entry entry, std::string name, bool durable)
      : entry_(std::move(entry)), name_(std::move(name)), durable_(durable) {}
  OwnFile(InPlace::Entry entry, std::string name, bool durable)
      : entry_(std::move(entry)), name_(std::move(name)), durable_(durable) {}

  /// The file, empty. Throws OutputError, NoDescriptor among it, and NotReplaced where another
  /// stays as it is. Any thread.
  [[nodiscard]] Target open() const;
  /// How it is compressed, by its name.
  [[nodiscard]] Compression compression() const;
  /// How the file looks once it is whole, as it will in its place. Any thread.
  [[nodiscard]] std::optional<FileState> state() const noexcept { return file().state(); }
  /// Whether what it replaces has other names, which will lead to the old file.
  [[nodiscard]] bool has_other_names() const noexcept;
  void drop() const noexcept { file().drop(); }

 private:
  friend class Outputs;
  [[nodiscard]] const Staged& file() const noexcept;

  std::variant<OutputTree::Entry, InPlace::Entry> entry_;
  std::string name_;  // for messages
  bool durable_;      // when it is written, by itself
};

class Outputs {
 public:
  /// Opens what is named; nothing changes yet. `log`, which must live as long, is null where none
  /// is kept. Throws OutputError.
  Outputs(const CleanJob& job, JobLog* log);

  /// The list of edits, if one is written.
  [[nodiscard]] Target* removed() noexcept { return removed_ ? &*removed_ : nullptr; }
  /// The report, if one is written.
  [[nodiscard]] Target* report() noexcept { return report_ ? &*report_ : nullptr; }
  /// The text of all operands; null where each has a file of its own.
  [[nodiscard]] Target* text() noexcept { return text_ ? &*text_ : nullptr; }
  /// Whether writing the text replaces this operand.
  [[nodiscard]] bool replace(const std::string& operand) const;

  /// The place of the file of an operand, where each has its own, which was `read` so. Throws
  /// OutputError, and NotReplaced where it stays as it is.
  [[nodiscard]] OwnFile reserve(const Errand& errand, const std::optional<FileState>& read);
  /// The file is whole: it will be published.
  void keep(OwnFile place);
  /// Whether a file was kept.
  [[nodiscard]] bool any_kept() const noexcept { return kept_ > 0; }

  /// Whether files become new in groups.
  [[nodiscard]] bool in_groups() const noexcept { return in_groups_; }
  /// How many files are new already.
  [[nodiscard]] std::uint64_t settled() const noexcept { return settled_; }
  /// Whether a group is large enough to settle().
  [[nodiscard]] bool is_full() const noexcept;
  /// Makes the group new: what the list has of it is durable first, then what the log has, then the
  /// files take their places. `tell` hears of those that stay as they are. Throws OutputError,
  /// HalfwayError.
  void settle(const InPlace::Tell& tell);

  /// Writes what is buffered.
  void flush();
  /// All that can fail. Throws OutputError; nothing has changed then.
  void prepare();
  /// The renames: the accounts before the text that they explain. Throws OutputError if nothing has
  /// changed, HalfwayError if something has.
  void publish();

 private:
  void settle_files(const InPlace::Tell& tell, bool any);

  std::optional<Target> removed_;
  std::optional<Target> report_;
  std::optional<Target> text_;
  std::optional<OutputTree> tree_;
  std::optional<InPlace> in_place_;
  std::optional<FileId> replaced_;
  JobLog* log_;
  bool in_groups_;
  std::uint64_t kept_ = 0;
  std::uint64_t settled_ = 0;      // of these
  std::uint64_t group_bytes_ = 0;  // of the others
};

}  // namespace dedup::tool
