// SPDX-License-Identifier: Apache-2.0
// The lines of -v: what went, where, why, and where the earlier copy stands; in which charset a
// document was read, unless it is UTF-8 beyond doubt; and where mojibake stays in it.
#pragma once

#include <string>
#include <utility>

#include "differences/palette.h"
#include "listeners/listener.h"
#include "listeners/places.h"

namespace dedup::tool {

/// Writes a line on stderr for each removed span, for each record that is passed over, and for each
/// document in another charset or with mojibake.
class Verbose : public Listener {
 public:
  /// `directory`: for what has no room in memory.
  Verbose(const Palette& palette, std::string directory)
      : palette_(palette), places_(std::move(directory)) {}

  [[nodiscard]] bool wants_skipped() const override { return true; }
  void skipped(const std::string& file, const WarcSkipped& record) override;
  void begin(const Document& document) override { places_.add(document); }
  void edit(const Document& document, const Edit& edit) override;
  void end(const Document& document, const Outcome& outcome) override;

 private:
  void tell_mojibake(const Document& document, const Outcome& outcome) const;
  [[nodiscard]] std::string start(const std::string& place) const;
  [[nodiscard]] std::string place_of(const Edit& edit) const;

  Palette palette_;
  Places places_;
};

}  // namespace dedup::tool
