// SPDX-License-Identifier: Apache-2.0
// What needs no Cleaner, and versions.
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <string>

#include "dedup/structure.h"
#include "dedup/version.h"
#include "python/bindings/bindings.h"
#include "python/bindings/given.h"
#include "python/bindings/unlocked.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace dedup::python {

void bind_text(nb::module_& module) {
  nb::class_<StructureLine>(module, "StructureLine",
                            "A line of a document. Offsets are bytes of its UTF-8.")
      .def_ro("start", &StructureLine::start, "Of its first byte.")
      .def_ro("end", &StructureLine::end, "Behind its last, without the line end.")
      .def_prop_ro(
          "kind", [](const StructureLine& line) { return name(line.kind); },
          "\"blank\", \"prose\", \"heading\", \"label\", \"field\", \"item\", \"row\", \"code\", "
          "\"media\", \"rule\" or \"markup\".")
      .def_ro("joins", &StructureLine::joins, "It belongs to one block with the line before.");
  module.def(
      "structure_of",
      [](nb::handle text) {
        const Given given(text);
        if (!given.is_text()) throw nb::type_error("structure_of() takes a str");
        const Unlocked released;
        return structure_of(given.view());
      },
      "text"_a, nb::sig("def structure_of(text: str) -> list[StructureLine]"),
      "What the lines of a text are, and which of them belong together.");

  module.def("version", &version, "Of the library.");
  module.def("icu_version", &icu_version, "The ICU library in use.");
  module.def("unicode_version", &unicode_version, "That the tables were made from.");
  module.def(
      "key_recipe", &key_recipe,
      "The version of the key recipe: what was learned or indexed under another is refused.");
  module.def("converts_scripts", &converts_scripts,
             "Whether this build can do what the option script asks for.");
}

}  // namespace dedup::python
