// SPDX-License-Identifier: Apache-2.0
#include "bindings.h"
#include "dedup/error.h"

namespace nb = nanobind;

namespace dedup::python {

void bind_errors(nb::module_& module) {
  const auto base = nb::exception<Error>(module, "Error");
  base.doc() = "Base of everything that the library raises itself; one line fit for a user.";
  const auto add = [&]<typename Fault>(const char* name, const char* doc) {
    const auto fault = nb::exception<Fault>(module, name, base);
    fault.doc() = doc;
  };
  add.operator()<InvalidOption>(
      "InvalidOption", "An option, or two options together, make no sense: mend the caller.");
  add.operator()<Misuse>(
      "Misuse", "A call that does not fit the calls before, or an object that was closed.");
  add.operator()<FormatError>("FormatError",
                              "Rules or an export do not follow their grammar: mend the data.");
  add.operator()<ScratchError>(
      "ScratchError", "Scratch space cannot be written, as on a full disk: make room, start anew.");
  add.operator()<IndexError>("IndexFileError",
                             "An index in a file cannot be opened, is in use, was made with other "
                             "options, or is damaged.");
}

}  // namespace dedup::python
