// SPDX-License-Identifier: Apache-2.0
// Pages on their way: a portion that holds a page of HTML becomes one that holds its text. Pure, so
// that it is done where analysis is, on any thread.
#pragma once

#include "boilerplate/name_words.h"
#include "cleaner/pipeline.h"

namespace dedup::cleaner {

/// Takes the text out of the page that the portion holds. `names`: the words that count in names of
/// elements; null: nobody asks. Linear in the page.
void read_page(Portion& portion, const boilerplate::NameWords* names);

}  // namespace dedup::cleaner
