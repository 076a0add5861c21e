// SPDX-License-Identifier: Apache-2.0
#include "listeners/edit_list.h"

namespace dedup::tool {

void EditList::edit(const Document& document, const Edit& edit) {
  target_.write(to_line(edit, document.number, document.name));
}

void EditList::end(const Document& document, const Outcome& outcome) {
  const std::string file = document.file == "-" ? std::string() : document.file;
  target_.write(to_line(EditListClosing{.document = document.number,
                                        .name = document.name,
                                        .file = file == document.name ? std::string() : file,
                                        .decoded = outcome.decoded,
                                        .output = outcome.output,
                                        .passed = outcome.passed,
                                        .digest = outcome.digest,
                                        .before = document.before,
                                        .omitted = outcome.omitted}));
}

}  // namespace dedup::tool
