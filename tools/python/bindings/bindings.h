// SPDX-License-Identifier: Apache-2.0
// The parts of the module, each of which adds its names.
#pragma once

#include <nanobind/nanobind.h>

namespace dedup::python {

void bind_errors(nanobind::module_& module);
void bind_values(nanobind::module_& module);  ///< Cleaned and what is in it
void bind_index(nanobind::module_& module);   ///< Index, and the upkeep of its files
void bind_cleaner(nanobind::module_& module);
void bind_learner(nanobind::module_& module);
void bind_shard(nanobind::module_& module);  ///< KeyRecorder, and more of Index: behind that
void bind_text(nanobind::module_& module);   ///< clean(), structure_of(), versions

}  // namespace dedup::python
