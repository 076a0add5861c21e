// SPDX-License-Identifier: Apache-2.0
// A wake-up call from another thread, as a descriptor that can be waited for beside an input.
#pragma once

#include "bytes/descriptor.h"

namespace dedup::tool {

/// wake() may be called on any thread, the rest belongs to one.
class WakeUp {
 public:
  /// Throws OutputError where the system has no descriptor left.
  WakeUp();

  /// Makes the descriptor readable until the next clear(). Never fails: a call that is lost in a
  /// full counter was made already.
  void wake() const noexcept;
  void clear() const noexcept;

  [[nodiscard]] int descriptor() const noexcept { return event_.number(); }

 private:
  Descriptor event_;
};

}  // namespace dedup::tool
