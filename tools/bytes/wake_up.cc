// SPDX-License-Identifier: Apache-2.0
#include "bytes/wake_up.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

#include "bytes/fault.h"

namespace dedup::tool {

WakeUp::WakeUp() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (event_.number() < 0) throw OutputError("an event for threads: " + cause());
}

void WakeUp::wake() const noexcept {
  const std::uint64_t one = 1;
  static_cast<void>(!::write(event_.number(), &one, sizeof one));
}

void WakeUp::clear() const noexcept {
  std::uint64_t count = 0;
  static_cast<void>(!::read(event_.number(), &count, sizeof count));
}

}  // namespace dedup::tool
