// SPDX-License-Identifier: Apache-2.0
// What `dedup diff` writes: the hunks of each document that does not stay as it is, and a count.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "bytes/target.h"
#include "dedup/stats.h"
#include "differences/hunks.h"
#include "differences/palette.h"
#include "listeners/listener.h"
#include "listeners/places.h"

namespace dedup::tool {

/// Hears either all of a document or, where the kept text is not at hand, its edits alone.
class Differences : public Listener {
 public:
  /// `out` must live as long. `directory`: for what has no room in memory.
  Differences(Target& out, const Palette& palette, std::uint64_t context, std::string directory)
      : out_(out),
        palette_(palette),
        hunks_(out, palette, context),
        places_(std::move(directory)) {}

  [[nodiscard]] bool wants_text() const override { return true; }
  void begin(const Document& document) override;
  void kept(const Document& document, std::string_view text) override;
  void edit(const Document& document, const Edit& edit) override;
  void end(const Document& document, const Outcome& outcome) override;

  /// Writes the last line, which counts.
  void finish();

 private:
  [[nodiscard]] std::string first_of(const Edit& edit) const;

  Target& out_;
  Palette palette_;
  Hunks hunks_;
  Places places_;
  std::uint64_t position_ = 0;  // in the document, behind what was told of it
  bool changed_ = false;        // the document is
  std::uint64_t documents_ = 0;
  std::uint64_t changed_documents_ = 0;
  std::array<Count, kReasonCount> counts_{};
};

}  // namespace dedup::tool
