// SPDX-License-Identifier: Apache-2.0
// Pages on their way: a portion that holds a page of HTML becomes portions that hold the windows of
// its text. Pure, so that it is done where analysis is, on any thread.
#pragma once

#include "boilerplate/content_model.h"
#include "cleaner/pipeline.h"

namespace dedup::cleaner {

/// Replaces each portion of a page in the batch. `model` says which lines are the page's own; null:
/// nobody asks. Linear in the pages.
void read_pages(Batch& batch, const boilerplate::ContentModel* model);

}  // namespace dedup::cleaner
