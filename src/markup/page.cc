// SPDX-License-Identifier: Apache-2.0
// From tokens to lines. What an element does is in element.cc, what closes it in open_elements.cc,
// how text becomes lines in line_writer.cc.
#include "markup/page.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "markup/formula.h"
#include "markup/head.h"
#include "markup/line_writer.h"
#include "markup/open_elements.h"
#include "markup/tokens.h"
#include "text/ascii.h"

namespace dedup::markup {
namespace {

/// Of so many elements something is known; the lines of what a page has more belong to those
/// around.
constexpr std::size_t kMostElements = std::size_t{1} << 17;

/// Whether a style says display:none, blanks and case aside.
bool is_display_none(std::string_view style) {
  std::string bare;
  for (const char c : style.substr(0, 1024)) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
      bare += text::lower(c);
    }
  }
  const std::size_t at = bare.find("display:none");
  return at != std::string::npos && (at == 0 || bare[at - 1] == ';');
}

std::optional<std::int32_t> number(std::string_view text) noexcept {
  std::int32_t value = 0;
  const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  return fault == std::errc() && stop != text.data() ? std::optional(value) : std::nullopt;
}

/// What of a page is read. Each has what those before it have.
enum class Depth : std::uint8_t { visible, hidden, twins };

/// What of a start tag's attributes matters to the text.
struct Said {
  std::string_view id, classes, type;
  std::string_view style, counted_as;  // the latter of a list or an item, by type=
  std::optional<std::int32_t> count;   // where a list starts, or an item's number
  bool reversed = false;
  bool hidden = false;
  bool aria_hidden = false;
  bool has_address = false;
  bool shadow = false;  // the content is shown in place of the element around

  [[nodiscard]] std::optional<Counting> counting() const noexcept {
    const auto by_style = counting_of_style(style);
    return by_style ? by_style : counting_of_type(counted_as);
  }
};

void hear_style(std::string_view style, Said& said) {
  said.hidden |= is_display_none(style);
  said.style = style;
}

bool is_shadow_mode(std::string_view value) noexcept {
  return is_spelt(value, "open") || is_spelt(value, "closed");
}

Said said_in(std::string_view source) {
  Said said;
  Attributes attributes(source);
  for (std::string_view name, value; attributes.next(name, value);) {
    switch (text::lower(name.front())) {
      case 'i':
        if (is_spelt(name, "id")) said.id = value;
        if (is_spelt(name, "itemtype")) said.type = value;
        break;
      case 'c':
        if (is_spelt(name, "class")) said.classes = value;
        break;
      case 'h':
        if (is_spelt(name, "href")) said.has_address = true;
        if (is_spelt(name, "hidden")) said.hidden |= !is_spelt(value, "until-found");
        break;
      case 'r':
        if (is_spelt(name, "reversed")) said.reversed = true;
        break;
      case 's':
        if (is_spelt(name, "shadowrootmode")) said.shadow = is_shadow_mode(value);
        if (is_spelt(name, "style")) hear_style(value, said);
        if (is_spelt(name, "start")) said.count = number(value);
        break;
      case 't':
        if (is_spelt(name, "type")) said.counted_as = value;
        break;
      case 'v':
        if (is_spelt(name, "value")) said.count = number(value);
        break;
      case 'a':
        if (is_spelt(name, "aria-hidden")) said.aria_hidden = is_spelt(value, "true");
        break;
      default:
        break;
    }
  }
  return said;
}

/// Reads one page; one use.
class PageReader {
 public:
  /// `known`: what counted() was after an earlier reading.
  PageReader(std::string_view html, Depth depth, std::vector<std::uint32_t> known = {})
      : tokens_(html, depth == Depth::twins),
        writer_(page_),
        known_(std::move(known)),
        depth_(depth) {}

  /// How many items each list has that counts down to 1, once the page is read.
  [[nodiscard]] const std::vector<std::uint32_t>& counted() const noexcept { return counted_; }

  /// The article that the page has in its data, once it is read.
  [[nodiscard]] const std::string& article_body() const noexcept { return article_body_; }

  Page read() {
    for (Token token; tokens_.next(token);) {
      switch (token.kind) {
        case Token::Kind::text:
          add_text(token);
          break;
        case Token::Kind::start:
          start(token);
          break;
        case Token::Kind::end:
          end(token);
          break;
      }
    }
    pop(open_.size());
    end_link();
    writer_.end_line();
    head_.tell(page_);
    article_body_ = head_.article_body();
    return std::move(page_);
  }

 private:
  struct Row {
    std::size_t depth = 0;          // of its <tr>
    std::size_t first_element = 0;  // of its cells
    std::vector<std::uint32_t> cells;
  };

  void add_text(const Token& token) {
    if (token.tag != Tag::unknown && is(token.tag, kOut)) {
      if (!open_.top().out || token.tag != Tag::title) {
        head_.add(token);  // the title of a drawing is none of the page
      }
      return;
    }
    const OpenElement& open = open_.top();
    if (open.formula != FormulaPart::none) {
      formula_.add(token.text, open.formula, token.raw);
    } else if (!open.out) {
      writer_.add(token.text, state_in(open, token.tag), token.raw);
    }
  }

  [[nodiscard]] TextState state_in(const OpenElement& open, Tag raw) const noexcept {
    return {.element = open.element,
            .heading = open.heading,
            .linked = linked_,
            .preformatted = open.preformatted || raw == Tag::xmp,
            .code = code_,
            .quoted = open.quoted};
  }

  void start(const Token& token) {
    const Tag tag = token.tag;
    head_.start(token);
    close_before(token);
    const bool out = open_.top().out;
    if (!out && (tag == Tag::br || tag == Tag::hr || tag == Tag::xmp)) {
      writer_.end_line();
    }
    if (is(tag, static_cast<Trait>(kVoid | kRaw | kCharacters))) {
      return;
    }
    Said said = said_in(token.attributes);
    said.hidden = depth_ == Depth::visible && hides_content(tag, said);
    note_type(said.type);
    const bool hides = said.hidden || is_left_out(tag, said);
    if (is(tag, kBlock) && !hides && !out) {
      writer_.end_line();
    }
    code_ |= tag == Tag::code;
    if (tag == Tag::a) {
      end_link();
      linked_ = said.has_address;
      if (linked_ && !out) writer_.begin_link();
    }
    // Within what is left out every element counts, so that the right end tag ends it.
    const bool may_close = is(tag, kOut) || open_.top().formula != FormulaPart::none;
    if ((is(tag, kNested) || hides || out) && !(token.closed && may_close)) {
      push(token, said, hides);
    }
  }

  void note_type(std::string_view type) {
    constexpr std::size_t kMost = 512;
    if (!type.empty() && page_.types.size() < kMost) {
      page_.types += type.substr(0, 128);
      page_.types += ' ';
    }
  }

  /// Closes what may not hold this element. A cell behind the end of a row begins another row.
  void close_before(const Token& token) {
    const Tag tag = token.tag;
    while (const std::size_t foreign = open_.foreign_closed_by(tag, token.name)) {
      pop(foreign);
    }
    pop(open_.closed_by_start(tag));
    if ((tag == Tag::td || tag == Tag::th) && open_.lacks_row()) {
      push({.kind = Token::Kind::start, .tag = Tag::tr, .name = "tr"}, {}, false);
    }
  }

  [[nodiscard]] bool is_left_out(Tag tag, const Said& said) const noexcept {
    const bool read =
        (depth_ == Depth::twins && is(tag, kTwin)) || (tag == Tag::template_element && said.shadow);
    return is(tag, kOut) && !read;
  }

  static bool hides_content(Tag tag, const Said& said) noexcept {
    return said.hidden || (said.aria_hidden && !is(tag, kBlock));
  }

  void push(const Token& token, const Said& said, bool hides) {
    const Tag tag = token.tag;
    const OpenElement& around = open_.top();
    const FormulaPart part = formula_in(token, said);
    if (part == FormulaPart::shown && around.formula == FormulaPart::shown) {
      formula_.begin_child(around.name, around.formula_start, token.name);
    }
    OpenElement next{.tag = tag,
                     .name = token.name,
                     .element = around.element,
                     .list = {},
                     .out = around.out || hides,
                     .preformatted = around.preformatted || is(tag, kLines),
                     .quoted = around.quoted || tag == Tag::blockquote,
                     .linked_before = linked_,
                     .heading = around.heading,
                     .formula = part,
                     .formula_start = formula_.size()};
    next.heading =
        heading_level(tag) > 0 ? static_cast<std::uint8_t>(heading_level(tag)) : around.heading;
    if (!next.out && is(tag, kBlock) && !open_.full() && page_.elements.size() < kMostElements) {
      next.element = static_cast<std::uint32_t>(page_.elements.size());
      page_.elements.push_back(
          {around.element, writer_.line_count(), 0, tag, said.id, said.classes});
    }
    if (is(tag, kList) && !next.out) {
      next.list = list_of(tag, said);
    } else if (tag == Tag::li && !next.out) {
      begin_item(said);
    }
    if (!open_.push(next)) {
      return;
    }
    if (!next.out) {
      begin_part(tag);
    }
  }

  /// Formulas are left out like drawings, as mark-up; their text is gathered beside it.
  [[nodiscard]] FormulaPart formula_in(const Token& token, const Said& said) const noexcept {
    const OpenElement& around = open_.top();
    const bool begins = token.tag == Tag::math && !around.out;
    if (said.hidden || (is(token.tag, kOut) && token.tag != Tag::math)) {
      return FormulaPart::none;
    }
    return begins                                 ? FormulaPart::shown
           : around.formula == FormulaPart::shown ? formula_part(token.name, token.attributes)
                                                  : around.formula;
  }

  /// A list that counts down to 1 starts with the number of its items, which an earlier reading
  /// has counted.
  ItemList list_of(Tag tag, const Said& said) {
    ItemList list;
    list.counting = said.counting().value_or(tag == Tag::ol ? Counting::decimal : Counting::bullet);
    if (tag != Tag::ol) {
      return list;
    }
    list.step = said.reversed ? -1 : 1;
    if (said.count) {
      list.next_item = *said.count;
    } else if (said.reversed) {
      list.counted_down = static_cast<std::uint32_t>(counted_.size());
      list.next_item = counted_.size() < known_.size() ? known_[counted_.size()] : 0;
      counted_.push_back(0);
    }
    return list;
  }

  void begin_item(const Said& said) {
    OpenElement* const around = open_.list();
    ItemList none;
    ItemList& list = around != nullptr ? around->list : none;
    const std::int64_t item = said.count ? *said.count : list.next_item;
    list.next_item = item + list.step;
    if (list.counted_down != ItemList::kNone) {
      ++counted_[list.counted_down];
    }
    writer_.begin_item(marker_of(said.counting().value_or(list.counting), item));
  }

  /// A link ends with the cell in which it was opened.
  void begin_part(Tag tag) {
    if (is(tag, kLines)) {
      writer_.begin_preformatted();
    } else if (tag == Tag::tr) {
      rows_.push_back({open_.size(), page_.elements.size(), {}});
    } else if (tag == Tag::td || tag == Tag::th) {
      end_link();
      if (!rows_.empty()) rows_.back().cells.push_back(writer_.line_count());
    }
  }

  void end(const Token& token) {
    const Tag tag = token.tag;
    code_ &= tag != Tag::code;
    if (tag == Tag::a) {
      end_link();
    }
    if ((is(tag, kBlock) || tag == Tag::br) && !open_.top().out) {
      writer_.end_line();
    }
    pop(open_.closed_by_end(tag, token.name));
  }

  void pop(std::size_t count) {
    for (; count > 0; --count) {
      const std::size_t depth = open_.size();
      const OpenElement closed = open_.pop();
      if (is(closed.tag, kBlock) && !closed.out) {
        writer_.end_line();
      }
      if (closed.formula != FormulaPart::none) {
        end_formula_part(closed);
      }
      if (closed.tag == Tag::td || closed.tag == Tag::th) {
        end_link();
        linked_ = closed.linked_before;
      } else if (closed.tag == Tag::li) {
        writer_.end_item();
      } else if (closed.tag == Tag::tr && !rows_.empty() && rows_.back().depth == depth) {
        end_row(closed);
      }
      if (closed.element != open_.top().element) {
        page_.elements[closed.element].end_line = writer_.line_count();
      }
    }
  }

  /// All of a formula is text of the element around it.
  void end_formula_part(const OpenElement& closed) {
    const OpenElement& around = open_.top();
    if (around.formula == FormulaPart::none) {
      const std::string formula = formula_.take();
      if (!formula.empty()) writer_.add(formula, state_in(around, Tag::unknown), true);
    } else if (closed.formula == FormulaPart::tex && around.formula == FormulaPart::shown) {
      formula_.end_tex(around.formula_start, closed.formula_start);
    } else if (closed.formula == FormulaPart::shown) {
      formula_.end_child(around.name, closed.formula_start);
    }
  }

  void end_link() {
    if (std::exchange(linked_, false)) writer_.end_link();
  }

  /// The elements of its cells have the row as their one line then.
  void end_row(const OpenElement& row) {
    const Row ended = std::move(rows_.back());
    rows_.pop_back();
    if (!writer_.join_cells(ended.cells, row.element)) {
      return;
    }
    const std::uint32_t line = writer_.line_count() - 1;
    for (std::size_t i = ended.first_element; i < page_.elements.size(); ++i) {
      page_.elements[i].first_line = line;
      page_.elements[i].end_line = line + 1;
    }
  }

  Tokens tokens_;
  Page page_;
  LineWriter writer_;
  Head head_;
  Formula formula_;
  OpenElements open_{OpenElement{.element = kNoElement}};
  std::vector<Row> rows_;
  std::vector<std::uint32_t> known_;
  std::vector<std::uint32_t> counted_;
  bool linked_ = false;
  bool code_ = false;  // inside of a <code>
  Depth depth_ = Depth::visible;
  std::string article_body_;
};

struct Reading {
  Page page;
  std::string article_body;
};

/// A page with lists that count down is read twice: how many items one has shows at its end.
Reading read(std::string_view html, Depth depth) {
  PageReader reader(html, depth);
  Page page = reader.read();
  if (!reader.counted().empty()) {
    page = PageReader(html, depth, reader.counted()).read();
  }
  return {std::move(page), reader.article_body()};
}

/// Makes plain text the text of a page, a line for each of its own; blank text is none.
void replace_text(Page& page, std::string_view text, Page::Source source) {
  Page written;
  LineWriter writer(written);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    writer.add(text.substr(0, end), {}, true);
    writer.end_line();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (written.text.empty()) {
    return;
  }
  page.source = source;
  page.text = std::move(written.text);
  page.lines = std::move(written.lines);
  page.elements.clear();
}

/// Of a page of which nothing was read so far.
Page read_instead(std::string_view html, Depth depth, Page::Source source) {
  Page page = read(html, depth).page;
  page.source = page.text.empty() ? Page::Source::visible : source;
  return page;
}

}  // namespace

Page read_page(std::string_view html) {
  Reading visible = read(html, Depth::visible);
  Page page = std::move(visible.page);
  const std::string& body = visible.article_body;
  if (page.text.empty()) {
    page = read_instead(html, Depth::hidden, Page::Source::hidden);
  }
  if (!body.empty() && page.text.size() <= body.size() / 4) {
    const bool marked_up =
        body.find("</") != std::string::npos || body.find("<br") != std::string::npos;
    replace_text(page, marked_up ? read(body, Depth::visible).page.text : body,
                 Page::Source::article_body);
  }
  if (page.text.empty() && !page.facts.description.empty()) {
    replace_text(page, page.facts.description, Page::Source::description);
  }
  // Last, as it mostly asks for a browser with scripts.
  if (page.text.empty()) {
    page = read_instead(html, Depth::twins, Page::Source::twin);
  }
  return page;
}

}  // namespace dedup::markup
