// SPDX-License-Identifier: Apache-2.0
// Lines for stderr are built whole and written at once, so that those of two processes do not mix.
// Text from outside (file names, rules) is shown with its control characters spelled out.
#include "listeners/report.h"

#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "bytes/descriptor.h"
#include "bytes/fault.h"
#include "bytes/paths.h"

namespace dedup::tool {

void tell(std::string_view text) {
  if (const int error = write_fully(STDERR_FILENO, text)) {
    throw OutputError("standard error: " + cause(error));
  }
}

void say(std::string_view text) noexcept {
  char start[] = "dedup: ";
  char end[] = "\n";
  iovec parts[] = {{start, sizeof start - 1},
                   {const_cast<char*>(text.data()), text.size()},
                   {end, sizeof end - 1}};
  while (::writev(STDERR_FILENO, parts, 3) < 0 && errno == EINTR) {
  }
}

void Warnings::add(std::string_view text) {
  any_ = true;
  if (!quiet_) say(text);
}

void Warnings::add_limit(std::string_view text) {
  any_limit_ = true;
  add(text);
}

}  // namespace dedup::tool
