// SPDX-License-Identifier: Apache-2.0
// The outputs of a run of cleaning: the clean text, together or a file for each operand, and the
// list of edits. They become new together or not at all.
#pragma once

#include <optional>

#include "bytes/output_tree.h"
#include "bytes/paths.h"
#include "bytes/target.h"
#include "command/plan.h"

namespace dedup::tool {

class Outputs {
 public:
  /// Opens what is named; nothing changes yet. Throws OutputError.
  explicit Outputs(const CleanJob& job);

  /// The list of edits, if one is written.
  [[nodiscard]] Target* removed() noexcept { return removed_ ? &*removed_ : nullptr; }
  /// The text of all operands; null where each has a file of its own.
  [[nodiscard]] Target* text() noexcept { return text_ ? &*text_ : nullptr; }
  /// Whether writing the text replaces this operand.
  [[nodiscard]] bool replace(const std::string& operand) const;

  /// The file of an operand, where each has its own. One at a time. Throws OutputError.
  [[nodiscard]] Target open(const Errand& errand);
  /// That file is whole: it will be published. Throws OutputError.
  void keep(Target& target);
  /// Whether a file was kept.
  [[nodiscard]] bool any_kept() const noexcept { return any_kept_; }

  /// Writes what is buffered.
  void flush();
  /// All that can fail. Throws OutputError; nothing has changed then.
  void prepare();
  /// The renames: the list before the text that it explains. Throws OutputError if nothing has
  /// changed, HalfwayError if something has.
  void publish();

 private:
  std::optional<Target> removed_;
  std::optional<Target> text_;
  std::optional<OutputTree> tree_;
  std::optional<FileId> replaced_;
  bool any_kept_ = false;
};

}  // namespace dedup::tool
