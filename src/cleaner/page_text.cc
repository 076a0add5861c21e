// SPDX-License-Identifier: Apache-2.0
#include "cleaner/page_text.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "boilerplate/page_markup.h"
#include "markup/page.h"

namespace dedup::cleaner {
namespace {

/// The first of its portions has the opening, the last the closing. A page without text has one
/// portion without a window.
void add_portions_of(Portion portion, const boilerplate::NameWords* names, Batch& batch) {
  const auto html = std::move(portion.page);
  markup::Page page = markup::read_page(*html);
  if (portion.opening) {
    portion.opening->facts = page.facts;
  }
  if (portion.closing) {
    portion.closing->decoded_bytes = page.text.size();
  }
  text::Stretch whole;
  whole.text = std::move(page.text);
  text::Windower windower(std::move(whole), text::kWindow);
  const auto markup = std::make_shared<const boilerplate::PageMarkup>(std::move(page), names);
  auto opening = std::exchange(portion.opening, std::nullopt);
  while (auto stretch = windower.rest()) {
    Portion& part = batch.emplace_back();
    part.host = portion.host;
    part.opening = std::exchange(opening, std::nullopt);
    part.window = std::make_unique<Window>();
    part.window->page = markup;
    part.window->stretch = std::move(*stretch);
  }
  portion.opening = std::move(opening);
  batch.push_back(std::move(portion));
}

}  // namespace

void read_pages(Batch& batch, const boilerplate::NameWords* names) {
  const auto is_page = [](const Portion& portion) { return portion.page != nullptr; };
  if (std::none_of(batch.begin(), batch.end(), is_page)) {
    return;
  }
  Batch read;
  for (Portion& portion : batch) {
    if (is_page(portion)) {
      add_portions_of(std::move(portion), names, read);
    } else {
      read.push_back(std::move(portion));
    }
  }
  batch = std::move(read);
}

}  // namespace dedup::cleaner
