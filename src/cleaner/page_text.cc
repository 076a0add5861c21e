// SPDX-License-Identifier: Apache-2.0
#include "cleaner/page_text.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "boilerplate/page_markup.h"
#include "markup/page.h"

namespace dedup::cleaner {

/// All of its text is one window; what is too long for one is taken apart by who judges it, see
/// dense.h.
void read_page(Portion& portion, const boilerplate::NameWords* names) {
  const auto html = std::move(portion.page);
  markup::Page page = markup::read_page(*html);
  if (portion.opening) {
    portion.opening->facts = page.facts;
  }
  if (portion.closing) {
    portion.closing->decoded_bytes = page.text.size();
  }
  if (page.text.empty()) {
    return;
  }
  portion.window = std::make_unique<Window>();
  text::Stretch& stretch = portion.window->stretch;
  stretch.text = std::move(page.text);
  stretch.lines =
      static_cast<std::uint64_t>(std::count(stretch.text.begin(), stretch.text.end(), '\n'));
  portion.window->page = std::make_shared<const boilerplate::PageMarkup>(std::move(page), names);
}

}  // namespace dedup::cleaner
