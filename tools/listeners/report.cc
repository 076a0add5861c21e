// Lines for stderr are built whole and written at once, so that those of two processes do not mix.
// Text from outside (file names, rules) is shown with its control characters spelled out.
#include "listeners/report.h"

#include <unistd.h>

#include <cerrno>
#include <string>

namespace dedup::tool {

void write_error(std::string_view text) {
  while (!text.empty()) {
    const ssize_t sent = ::write(STDERR_FILENO, text.data(), text.size());
    if (sent < 0 && errno != EINTR) return;
    if (sent > 0) text.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void say(std::string_view text) { write_error("dedup: " + std::string(text) + '\n'); }

void Warnings::add(std::string_view text) {
  any_ = true;
  if (!quiet_) say(text);
}

void Warnings::add_limit(std::string_view text) {
  any_limit_ = true;
  add(text);
}

}  // namespace dedup::tool
