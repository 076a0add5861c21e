// SPDX-License-Identifier: Apache-2.0
// Through a list, line by line, with what is known of the document that each belongs to.
#pragma once

#include <functional>

#include "listeners/document.h"
#include "restorers/list.h"

namespace dedup::tool {

/// Takes a line, an edit or a closing one, and its document.
using TakeListLine = std::function<void(const EditListLine&, const Document&)>;

/// Gives all lines in their order. The closing line alone names the file of a document in an
/// archive, and the line at which a text begins that is not the first of its file: there the edits
/// of a document are held until it comes; of texts only where `with_lines` asks for these.
void walk_texts(List& list, bool with_lines, const TakeListLine& take);

}  // namespace dedup::tool
