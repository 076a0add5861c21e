// SPDX-License-Identifier: Apache-2.0
#include <exception>

#include "dedup/error.h"
#include "python/bindings/bindings.h"
#include "python/bindings/given.h"

namespace nb = nanobind;

namespace dedup::python {
namespace {

/// Raises the class `type` for a Fault. nanobind's own way takes messages for UTF-8, and a path in
/// one need not be.
template <typename Fault>
void raise(const std::exception_ptr& thrown, void* type) {
  try {
    std::rethrow_exception(thrown);
  } catch (const Fault& fault) {
    PyErr_SetObject(static_cast<PyObject*>(type), name_to(fault.what()).ptr());
  }
}

/// Those that are bound later are tried first, so that a base comes before what derives from it.
template <typename Fault>
nb::object bind(nb::module_& module, const char* name, nb::handle base, const char* doc) {
  PyObject* type =
      PyErr_NewExceptionWithDoc((std::string("dedup.") + name).c_str(), doc, base.ptr(), nullptr);
  if (type == nullptr) throw nb::python_error();
  module.attr(name) = nb::steal(type);
  nb::register_exception_translator(&raise<Fault>, type);
  return nb::borrow(type);
}

}  // namespace

void bind_errors(nb::module_& module) {
  const nb::object base =
      bind<Error>(module, "Error", PyExc_Exception,
                  "Base of everything that the library raises itself; one line fit for a user.");
  bind<InvalidOption>(module, "InvalidOption", base,
                      "An option, or two options together, make no sense: mend the caller.");
  bind<Misuse>(module, "Misuse", base,
               "A call that does not fit the calls before, or an object that was closed.");
  bind<FormatError>(module, "FormatError", base,
                    "Rules or an export do not follow their grammar: mend the data.");
  bind<ScratchError>(module, "ScratchError", base,
                     "Scratch space cannot be written, as on a full disk: make room, start anew.");
  bind<IndexError>(module, "IndexFileError", base,
                   "An index in a file cannot be opened, is in use, was made with other options, "
                   "or is damaged.");
}

}  // namespace dedup::python
