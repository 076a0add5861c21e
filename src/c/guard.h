// SPDX-License-Identifier: Apache-2.0
// Between exceptions and codes: nothing that is thrown passes.
#pragma once

#include <exception>
#include <memory>
#include <new>
#include <string>

#include "dedup/c.h"
#include "dedup/error.h"

namespace dedup::c {

/// The last fault of a handle.
class Message {
 public:
  [[nodiscard]] const char* text() const noexcept { return fixed_ ? fixed_ : text_.c_str(); }
  void clear() noexcept {
    fixed_ = nullptr;
    text_.clear();
  }
  /// Where there is no memory for it, that is said instead.
  void set(const char* text) noexcept try {
    fixed_ = nullptr;
    text_ = text;
  } catch (const std::bad_alloc&) {
    fixed_ = "out of memory, and something else is wrong";
  }
  /// `text` lives for ever.
  void set_fixed(const char* text) noexcept { fixed_ = text; }

 private:
  std::string text_;
  const char* fixed_ = nullptr;
};

/// A handle, given to the caller; null where there is no memory for it.
template <typename Handle>
[[nodiscard]] Handle* make_handle() noexcept try {
  return std::make_unique<Handle>().release();
} catch (const std::bad_alloc&) {
  return nullptr;
}

/// What was thrown, to be called where it was caught.
[[nodiscard]] dedup_code code_of_fault(Message& message) noexcept;

/// Makes a call, which returns a code; what it throws becomes one, with its message.
template <typename Call>
[[nodiscard]] dedup_code guarded(Message& message, const Call& call) noexcept {
  message.clear();
  try {
    return call();
  } catch (...) {
    return code_of_fault(message);
  }
}

}  // namespace dedup::c
