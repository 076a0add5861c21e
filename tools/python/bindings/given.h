// SPDX-License-Identifier: Apache-2.0
// What a caller in Python gives: a str, or bytes in any object that shows them.
#pragma once

#include <nanobind/nanobind.h>

#include <string>
#include <string_view>

namespace dedup::python {

/// A view of a document without a copy of it, except where a str is not UTF-8 inside. Made and
/// destroyed with the GIL held; the view may be read without.
class Given {
 public:
  /// Raises TypeError for what is neither. Lone surrogates of a str, which are no characters, are
  /// read as U+FFFD.
  explicit Given(nanobind::handle object);
  Given(Given&& other) noexcept;
  Given(const Given&) = delete;
  Given& operator=(const Given&) = delete;
  Given& operator=(Given&&) = delete;
  ~Given();

  [[nodiscard]] std::string_view view() const noexcept { return view_; }
  /// It is a str, and so decoded already.
  [[nodiscard]] bool is_text() const noexcept { return is_text_; }

 private:
  nanobind::object owner_;  // of the view's bytes
  Py_buffer buffer_{};      // of bytes; its `obj` is null where there is none
  std::string_view view_;
  bool is_text_ = false;
};

/// A name for the library: a str, in which undecodable bytes may stand as os.fsdecode() has them.
[[nodiscard]] std::string name_from(nanobind::handle name);
/// And back.
[[nodiscard]] nanobind::str name_to(std::string_view name);
/// Text of the library, which is valid UTF-8.
[[nodiscard]] nanobind::str text_to(std::string_view text);

}  // namespace dedup::python
