// SPDX-License-Identifier: Apache-2.0
// A text that is held until it is known what becomes of it: a long one in scratch space.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/scratch.h"

namespace dedup::tool {

/// Takes the next bytes of something long; valid during the call only.
using Take = std::function<void(std::string_view)>;

/// Grows at its end. Memory: a block, and what was added last. Throws what the scratch space
/// throws.
class HeldText {
 public:
  /// `scratch` must live as long; it is asked for a file when a text is longer than a block.
  explicit HeldText(Scratch& scratch) : scratch_(scratch) {}

  void add(std::string_view bytes);

  /// Gives all of it, in pieces that end where something that was added ended: no character is cut
  /// that was not cut before.
  void each(const Take& take) const;

 private:
  static constexpr std::size_t kBlock = std::size_t{1} << 20;

  Scratch& scratch_;
  std::unique_ptr<ScratchFile> file_;
  std::vector<std::size_t> sizes_;  // of the blocks in it
  std::string block_;               // behind them
};

}  // namespace dedup::tool
