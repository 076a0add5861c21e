#include "listeners/edit_list.h"

namespace dedup::tool {

void EditList::edit(const Document& document, const Edit& edit) {
  target_.write(to_line(edit, document.number, document.name));
}

void EditList::end(const Document& document, const Outcome& outcome) {
  target_.write(to_line(EditListClosing{.document = document.number,
                                        .name = document.name,
                                        .decoded = outcome.decoded,
                                        .output = outcome.output,
                                        .passed = outcome.passed,
                                        .omitted = outcome.omitted}));
}

}  // namespace dedup::tool
