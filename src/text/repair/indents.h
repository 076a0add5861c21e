// SPDX-License-Identifier: Apache-2.0
// Indents of U+3000 and no-break spaces: under prose they go, under code, lists in lists and YAML
// they become ASCII spaces of the same width, so that the same program or outline comes out.
//
//   def f(x):
//   ....return x      each . a no-break space    ->    4 spaces
//   ::天气很好。      each : one U+3000          ->    none
#pragma once

#include <string_view>

#include "text/repair/patient.h"

namespace dedup::text {

/// Turns the wide indents of source lines of `text` into ASCII: a no-break space is 1 column,
/// U+3000 is 2. Whether a line is source its neighbours tell as well, since code and outlines come
/// in groups; all of a group are treated alike, so deeper lines stay deeper. Indents of prose are
/// left to tidy_spaces(). Linear.
void settle_indents(std::string_view text, Patients& lines);

}  // namespace dedup::text
