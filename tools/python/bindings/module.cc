// SPDX-License-Identifier: Apache-2.0
// The extension module behind the package: the library's own names as Python has them.
#include "python/bindings/bindings.h"

namespace nb = nanobind;

NB_MODULE(_dedup, module) {
  nb::set_leak_warnings(false);  // daemon threads keep what they have at the end
  module.doc() = "What the package dedup is made of; import that.";
  dedup::python::bind_errors(module);
  dedup::python::bind_values(module);
  dedup::python::bind_index(module);
  dedup::python::bind_cleaner(module);
  dedup::python::bind_learner(module);
  dedup::python::bind_shard(module);
  dedup::python::bind_text(module);
}
