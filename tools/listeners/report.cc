// SPDX-License-Identifier: Apache-2.0
// Lines for stderr are built whole and written at once, so that those of two processes do not mix.
// Text from outside (file names, rules) is shown with its control characters spelled out.
#include "listeners/report.h"

#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <new>
#include <string>
#include <utility>

#include "bytes/descriptor.h"
#include "bytes/fault.h"
#include "bytes/paths.h"
#include "listeners/catalogue.h"

namespace dedup::tool {
namespace {

std::atomic<Footer*> standing_footer = nullptr;

[[nodiscard]] std::unique_lock<std::mutex> lift_footer() {
  Footer* const footer = standing_footer;
  return footer == nullptr ? std::unique_lock<std::mutex>() : footer->lift();
}

}  // namespace

void set_footer(Footer* footer) noexcept { standing_footer = footer; }

void tell(std::string_view text) {
  const auto lock = lift_footer();
  if (const int error = write_fully(STDERR_FILENO, text)) {
    throw OutputError("standard error: " + cause(error));
  }
}

namespace {

/// A message in the language of whoever reads it; in English where there is no memory to translate.
class Message {
 public:
  explicit Message(std::string_view text) noexcept : text_(text) {
    if (!speaks_chinese()) return;
    try {
      chinese_ = in_chinese(text);
      text_ = chinese_;
    } catch (const std::bad_alloc&) {
    }
  }
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;
  [[nodiscard]] std::string_view text() const noexcept { return text_; }

 private:
  std::string chinese_;
  std::string_view text_;
};

}  // namespace

void note(std::string_view text) { tell("dedup: " + std::string(Message(text).text()) + '\n'); }

void say(std::string_view english) noexcept {
  const Message message(english);
  const std::string_view text = message.text();
  const auto lock = lift_footer();
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
  if (first_.empty()) first_ = text;
  if (all_ != nullptr) all_->add(text);
  if (!quiet_) say(text);
}

void Warnings::add_limit(std::string_view text) {
  any_limit_ = true;
  if (all_ != nullptr) all_->any_limit_ = true;
  add(text);
}

}  // namespace dedup::tool
