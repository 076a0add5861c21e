// SPDX-License-Identifier: Apache-2.0
#include "cleaner/page_text.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "markup/page.h"

namespace dedup::cleaner {
namespace {

/// Lines whose kind the mark-up tells, or which are quoted or furniture.
std::vector<text::MarkedLine> marked_lines(const markup::Page& page,
                                           const boilerplate::ContentModel* model) {
  std::vector<boilerplate::ContentVerdict> verdicts;
  if (model != nullptr) {
    verdicts = model->judge(page);
  }
  std::vector<text::MarkedLine> lines;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const markup::PageLine& line = page.lines[i];
    text::MarkedLine marked{.start = line.start, .quoted = line.quoted};
    if (line.heading > 0) {
      marked.kind = structure::Kind::heading;
    } else if (line.code) {
      marked.kind = structure::Kind::code;
    }
    if (!verdicts.empty()) {
      marked.furniture = verdicts[i].furniture;
      marked.score = verdicts[i].score;
    }
    if (marked.kind || marked.quoted || marked.furniture) {
      lines.push_back(marked);
    }
  }
  return lines;
}

void add_portions_of(Portion portion, const boilerplate::ContentModel* model, Batch& batch) {
  const auto html = std::move(portion.page);
  markup::Page page = markup::read_page(*html);
  if (portion.opening) {
    portion.opening->facts = page.facts;
  }
  if (portion.closing) {
    portion.closing->decoded_bytes = page.text.size();
  }
  text::Stretch whole;
  whole.marked = marked_lines(page, model);
  whole.text = std::move(page.text);
  text::Windower windower(std::move(whole), text::kWindow);
  auto opening = std::exchange(portion.opening, std::nullopt);
  while (auto stretch = windower.rest()) {
    Portion& part = batch.emplace_back();
    part.host = portion.host;
    part.opening = std::exchange(opening, std::nullopt);
    part.window = std::make_unique<Window>();
    part.window->stretch = std::move(*stretch);
  }
  portion.opening = std::move(opening);  // of a page without text
  batch.push_back(std::move(portion));
}

}  // namespace

void read_pages(Batch& batch, const boilerplate::ContentModel* model) {
  const auto is_page = [](const Portion& portion) { return portion.page != nullptr; };
  if (std::none_of(batch.begin(), batch.end(), is_page)) {
    return;
  }
  Batch read;
  for (Portion& portion : batch) {
    if (is_page(portion)) {
      add_portions_of(std::move(portion), model, read);
    } else {
      read.push_back(std::move(portion));
    }
  }
  batch = std::move(read);
}

}  // namespace dedup::cleaner
