// SPDX-License-Identifier: Apache-2.0
// Style: how what stays is written, where somebody asks for one script or one form of Unicode. The
// editor asks for it behind all verdicts, block by block, so that none depends on it:
//
//   content → repairs → NFC → script        changes of the repaired content
//
// The document decides whether its script is converted, by its first window; then each line, which
// may be in the other script than the rest.
#pragma once

#include <optional>
#include <string_view>

#include "cleaner/window.h"
#include "dedup/options.h"
#include "text/repair/changes.h"
#include "text/script/conversion.h"
#include "text/tags.h"

namespace dedup::cleaner {

/// Call order: (begin_document (see changes?)*)*. One thread.
class Style {
 public:
  /// Throws InvalidOption where the options ask for what cannot be had.
  explicit Style(const Options& options);

  /// Whether there is nothing to ask for.
  [[nodiscard]] bool is_off() const noexcept { return !conversion_ && !nfc_; }

  void begin_document() noexcept;

  /// The next block of the document, whatever becomes of it.
  void see(const Window& window, const Block& block);

  /// The changes of the block that was seen last, in offsets of its repaired content.
  [[nodiscard]] text::Changes changes(const Window& window, const Block& block) const;

 private:
  [[nodiscard]] bool is_other_script(const Window& window) const;
  void convert(std::string_view content, text::Changes& changes) const;

  std::optional<text::Conversion> conversion_;
  bool nfc_ = false;
  std::optional<bool> converts_;  // the document at hand, once it is decided
  text::TagState tags_;           // where the block seen last begins
  text::TagState tags_behind_;
};

}  // namespace dedup::cleaner
