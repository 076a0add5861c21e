// SPDX-License-Identifier: Apache-2.0
#include "python/bindings/given.h"

#include <utility>

namespace nb = nanobind;

namespace dedup::python {
namespace {

std::string_view bytes_of(nb::handle bytes) {
  return {PyBytes_AsString(bytes.ptr()), static_cast<std::size_t>(PyBytes_Size(bytes.ptr()))};
}

nb::object encoded(nb::handle text, const char* encoding, const char* errors) {
  PyObject* bytes = PyUnicode_AsEncodedString(text.ptr(), encoding, errors);
  if (bytes == nullptr) throw nb::python_error();
  return nb::steal(bytes);
}

/// Pairs of surrogates become the characters that they are, and lone ones U+FFFD.
nb::object without_surrogates(nb::handle text) {
  const nb::object wide = encoded(text, "utf-16-le", "surrogatepass");
  const std::string_view bytes = bytes_of(wide);
  PyObject* whole =
      PyUnicode_Decode(bytes.data(), static_cast<Py_ssize_t>(bytes.size()), "utf-16-le", "replace");
  if (whole == nullptr) throw nb::python_error();
  return nb::steal(whole);
}

}  // namespace

Given::Given(nb::handle object) {
  if (PyUnicode_Check(object.ptr())) {
    is_text_ = true;
    owner_ = nb::borrow(object);
    Py_ssize_t size = 0;
    const char* data = PyUnicode_AsUTF8AndSize(owner_.ptr(), &size);
    if (data == nullptr) {
      PyErr_Clear();
      owner_ = without_surrogates(object);
      data = PyUnicode_AsUTF8AndSize(owner_.ptr(), &size);
      if (data == nullptr) throw nb::python_error();
    }
    view_ = {data, static_cast<std::size_t>(size)};
    return;
  }
  if (PyObject_GetBuffer(object.ptr(), &buffer_, PyBUF_SIMPLE) != 0) {
    buffer_.obj = nullptr;
    PyErr_Clear();
    throw nb::type_error("str, bytes or another object that shows its bytes is wanted");
  }
  if (buffer_.itemsize != 1) {  // an array of numbers, or of wide characters
    PyBuffer_Release(&buffer_);
    throw nb::type_error("an object that shows bytes is wanted, and its items are longer");
  }
  view_ = {static_cast<const char*>(buffer_.buf), static_cast<std::size_t>(buffer_.len)};
}

Given::Given(Given&& other) noexcept
    : owner_(std::move(other.owner_)),
      buffer_(std::exchange(other.buffer_, Py_buffer{})),
      view_(std::exchange(other.view_, {})),
      is_text_(other.is_text_) {}

Given::~Given() {
  if (buffer_.obj != nullptr) PyBuffer_Release(&buffer_);
}

std::string name_from(nb::handle name) {
  if (!PyUnicode_Check(name.ptr())) throw nb::type_error("a name is a str");
  PyObject* bytes = PyUnicode_AsEncodedString(name.ptr(), "utf-8", "surrogateescape");
  if (bytes == nullptr) {  // other surrogates: no name that could ever be looked up
    PyErr_Clear();
    return std::string(bytes_of(encoded(name, "utf-8", "replace")));
  }
  return std::string(bytes_of(nb::steal(bytes)));
}

nb::str name_to(std::string_view name) {
  PyObject* text =
      PyUnicode_DecodeUTF8(name.data(), static_cast<Py_ssize_t>(name.size()), "surrogateescape");
  if (text == nullptr) throw nb::python_error();
  return nb::steal<nb::str>(text);
}

nb::str text_to(std::string_view text) { return nb::str(text.data(), text.size()); }

}  // namespace dedup::python
