// SPDX-License-Identifier: Apache-2.0
// Sums up to each line (sums_) give the count in any stretch of lines, and so in any element, by
// one subtraction. What elements hand down comes from one walk, as those around stand before those
// within. Nothing is looked for line by line among the others, so the whole is linear:
//
//   count_lines      sums up to each line
//   find_ranges      the lines of each element, and the next element around it that has more
//   decide_board     is this a board? then comments are what it is about
//   hand_down        what names and tags of elements say of all that is in them
//   count_repeats    lines whose text stands elsewhere, such as 回复 and 2楼
//   find_shapes      lines in elements of one kind, as posts, teasers and names of users are
//   describe_elements  what lines have from an element or a shape, worked out once for all of them
#include "boilerplate/content_features.h"

#include <algorithm>
#include <string>

#include "boilerplate/key_numbers.h"
#include "boilerplate/whole_numbers.h"

namespace dedup::boilerplate {
namespace {

using markup::kNoElement;
using markup::Tag;

constexpr std::int32_t kOne = kFeatureOne;
constexpr std::uint32_t kShortLine = 25;   // characters
constexpr std::uint32_t kNameLine = 12;    // of a user, a date, a button
constexpr std::uint32_t kRepeatable = 40;  // longer lines are not counted as repeats
constexpr std::array<std::size_t, 4> kReaches{1, 2, 4, 10};

std::int32_t log2_part(std::uint64_t n, std::int32_t part) noexcept {
  return log2_of(static_cast<std::uint32_t>(std::min<std::uint64_t>(n, 0xFFFFFFFE))) / part;
}

std::int32_t least(std::int32_t a, std::int32_t b) noexcept { return std::min(a, b); }

std::uint32_t mixed(std::uint32_t hash, std::uint32_t with) noexcept {
  return (hash ^ with) * 0x01000193U + 0x9E3779B9U;
}

constexpr std::array<const char*, 19> kOwnNames{
    "always",  "chars",        "chars_100_up", "chars_1_11", "linked", "clause_marks", "stops",
    "prose",   "figures",      "latin",        "channel",    "action", "meta",         "dated",
    "by_rule", "preformatted", "paragraph",    "heading",    "row"};
constexpr std::array<const char*, 4> kNeighbourNames{"linked", "prose", "cues", "short"};
constexpr std::array<const char*, 8> kElementNames{"linked", "marks", "chars", "prose",
                                                   "mean",   "cues",  "share", "links"};
constexpr std::array<const char*, 25> kPlaceNames{"before",
                                                  "prose_before",
                                                  "prose_done",
                                                  "no_prose_yet",
                                                  "before_title",
                                                  "is_title",
                                                  "after_title",
                                                  "is_description",
                                                  "before_description",
                                                  "after_description",
                                                  "in_text",
                                                  "in_furniture",
                                                  "in_overlay",
                                                  "in_form",
                                                  "in_article",
                                                  "in_frame",
                                                  "in_item",
                                                  "in_quote",
                                                  "about",
                                                  "board",
                                                  "post",
                                                  "comment",
                                                  "comment_beside",
                                                  "after_comments",
                                                  "again"};
constexpr std::array<const char*, 8> kShapeNames{"lines",  "prose", "share", "mean",
                                                 "linked", "dated", "names", "again"};

/// In the order in which features() gives them.
std::vector<std::string> make_names() {
  std::vector<std::string> names(kOwnNames.begin(), kOwnNames.end());
  for (const std::size_t reach : kReaches) {
    for (const std::string name : kNeighbourNames)
      names.push_back(name + '_' + std::to_string(reach));
  }
  for (const char* k : {"0", "1", "2", "3"}) {
    for (const char* name : kElementNames) names.push_back("around" + std::string(k) + '_' + name);
  }
  names.insert(names.end(), kPlaceNames.begin(), kPlaceNames.end());
  for (const char* depth : {"2", "4"}) {
    for (const char* name : kShapeNames) names.push_back("shape" + std::string(depth) + '_' + name);
  }
  return names;
}

}  // namespace

const std::vector<std::string>& content_feature_names() {
  static const std::vector<std::string> names = make_names();
  return names;
}

ContentView::ContentView(const ContentLines& page)
    : page_(page), looks_(page.looks()), lines_(page.lines()) {
  count_lines();
  find_ranges();
  find_elements();
  decide_board();
  hand_down();
  count_repeats();
  find_tables();
  find_shapes();
  describe_elements();
}

/// Prose by its looks, and not a link; lines of a poem or a chat in preformatted text, too.
bool ContentView::is_prose(std::size_t i) const noexcept {
  const markup::PageLine& marked = page_.markup().lines[lines_[i].marked];
  const bool long_enough = looks_[i].chars >= 15 && lines_[i].stops;
  return (marked.is_mostly_text() && (prose_of(looks_[i]) > 0 || long_enough)) ||
         (marked.preformatted && looks_[i].chars >= 6);
}

void ContentView::count_lines() {
  Counts counts{};
  sums_.reserve(looks_.size() + 1);
  sums_.push_back(counts);
  chars_.reserve(looks_.size());
  for (std::size_t i = 0; i < looks_.size(); ++i) {
    const PageLine& look = looks_[i];
    const markup::PageLine& marked = page_.markup().lines[lines_[i].marked];
    const std::uint32_t chars = std::max(look.chars, 1U);
    const bool prose = is_prose(i);
    const std::uint32_t cues = 6U * look.cues[PageCues::kChannel] / 10 +
                               look.cues[PageCues::kAction] + look.cues[PageCues::kMeta];
    chars_.push_back(chars);
    counts[kChars] += chars;
    counts[kLinked] += std::uint64_t{chars} * marked.linked / (marked.end - marked.start);
    counts[kMarks] += look.clause_marks;
    counts[kProse] += prose ? chars : 0;
    counts[kCues] += std::min(cues, chars);
    counts[kLinks] += marked.links;
    counts[kShort] += chars <= kShortLine && !prose ? 1 : 0;
    counts[kHeads] += look.key_units <= kShortLine &&
                              2 * look.cues[PageCues::kComments] >= look.key_units - look.digits &&
                              look.cues[PageCues::kComments] > 0
                          ? 1
                          : 0;
    sums_.push_back(counts);
  }
}

/// By itself: a link and no more, what block rules and cues tell, what stands in a frame by its
/// tags or names.
bool ContentView::is_frame(std::size_t i) const noexcept {
  const Inherited& has = inherited_[element_of(i)];
  const bool link = sum(kLinked, i, i + 1) * 2 > chars_[i] && !is_prose(i);
  return link || is_furniture(looks_[i]) || has.furniture > 0 || has.frame > 0;
}

std::size_t ContentView::frame_lines() const noexcept {
  std::size_t count = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) count += is_frame(i) ? 1 : 0;
  return count;
}

/// What kind of group a line may be of.
ContentView::Group ContentView::group_of(std::size_t i) const noexcept {
  const markup::PageLine& marked = page_.markup().lines[lines_[i].marked];
  if (!marked.is_mostly_text()) return kNoGroup;
  return marked.cells > 0 ? kTable : marked.item ? kList : marked.preformatted ? kCode : kNoGroup;
}

void ContentView::find_tables() {
  tables_.resize(lines_.size());
  for (std::uint32_t first = 0, end = 0; first < lines_.size(); first = end) {
    do {
      ++end;
    } while (end < lines_.size() && goes_on(end));
    if (group_of(first) == kTable) {
      std::fill(tables_.begin() + first, tables_.begin() + end, Range{first, end});
    }
  }
}

ContentView::Range ContentView::table_at(std::size_t i) const noexcept { return tables_[i]; }

bool ContentView::is_heading(std::size_t i) const noexcept {
  const markup::PageLine& marked = page_.markup().lines[lines_[i].marked];
  return marked.heading > 0 && marked.is_mostly_text();
}

bool ContentView::goes_on(std::size_t i) const noexcept {
  return i > 0 && group_of(i) != kNoGroup && group_of(i) == group_of(i - 1);
}

/// The elements' lines are those of the page; ours are some of them.
void ContentView::find_ranges() {
  std::vector<std::uint32_t> number(page_.markup().lines.size() + 1);
  for (std::uint32_t i = 0, next = 0; i < number.size(); ++i) {
    while (next < lines_.size() && lines_[next].marked < i) ++next;
    number[i] = next;
  }
  ranges_.reserve(page_.markup().elements.size() + 1);
  for (const MarkedElement& element : page_.markup().elements) {
    ranges_.push_back({number[element.first_line], number[element.end_line]});
  }
  ranges_.push_back({0, static_cast<std::uint32_t>(lines_.size())});
}

/// The whole page is around all elements.
void ContentView::find_elements() {
  const auto page = static_cast<std::uint32_t>(ranges_.size() - 1);
  wider_.assign(ranges_.size(), page);
  for (std::size_t i = 0; i < page; ++i) {
    const std::uint32_t parent = page_.markup().elements[i].parent;
    const std::uint32_t around = parent == kNoElement ? page : parent;
    wider_[i] = ranges_[around].size() > ranges_[i].size() ? around : wider_[around];
  }
}

std::uint32_t ContentView::element_of(std::size_t line) const noexcept {
  const std::uint32_t element = page_.markup().lines[lines_[line].marked].element;
  return element == kNoElement ? static_cast<std::uint32_t>(ranges_.size() - 1) : element;
}

/// In sixtieths of what is enough: a generator of boards is enough with anything else.
void ContentView::decide_board() {
  const auto named = static_cast<std::size_t>(std::ranges::count_if(
      page_.markup().elements,
      [](const MarkedElement& element) { return element.is_named(NameClass::thread); }));
  const std::size_t evidence =
      (page_.markup().board_software ? 60 : 0) + (page_.markup().board_type ? 48 : 0) +
      (page_.has_board_title() ? 36 : 0) + std::min<std::size_t>(36, 5 * named) +
      std::min<std::size_t>(36, 6 * page_.board_lines());
  board_ = evidence >= 45;
}

/// What an element has from its names fades with each element within; what it is does not.
void ContentView::hand_down() {
  const std::vector<MarkedElement>& elements = page_.markup().elements;
  const std::uint64_t all = sums_.back()[kChars];
  inherited_.resize(ranges_.size());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const MarkedElement& element = elements[i];
    Inherited has = element.parent == kNoElement ? Inherited{} : inherited_[element.parent];
    const auto named = [&](NameClass name) { return is(element.is_named(name)); };
    const bool comment = element.is_named(NameClass::comment);
    const std::uint64_t chars = sum(kChars, ranges_[i].first, ranges_[i].end);
    has.text = std::max(named(NameClass::text), has.text * 4 / 5);
    has.furniture =
        std::max(board_ && comment ? 0 : named(NameClass::furniture), has.furniture * 4 / 5);
    has.overlay = std::max(has.overlay, named(NameClass::overlay));
    has.comment = std::max(has.comment, is(comment));
    has.form = std::max(has.form, is(element.tag == Tag::form && chars * 10 < all * 4));
    has.article =
        std::max(has.article, is(element.tag == Tag::article || element.tag == Tag::main));
    has.frame = std::max(has.frame, is(element.tag == Tag::nav || element.tag == Tag::aside ||
                                       element.tag == Tag::footer || element.tag == Tag::header));
    has.item = std::max(has.item, is(element.tag == Tag::li));
    has.quote = std::max(has.quote, is(element.tag == Tag::blockquote));
    has.about = element.is_named(NameClass::about);
    inherited_[i] = has;
  }
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (inherited_[element_of(i)].comment == 0) {
      prose_outside_comments_ += sum(kProse, i, i + 1);
    }
  }
}

/// Long lines are quoted, and do not recur as buttons and names do.
void ContentView::count_repeats() {
  KeyNumbers texts(lines_.size());
  std::vector<std::uint32_t> others(lines_.size());
  repeats_.reserve(lines_.size());
  for (const ContentLine& line : lines_) {
    repeats_.push_back(texts.of(line.text));
    ++others[repeats_.back()];
  }
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    repeats_[i] = chars_[i] < kRepeatable ? others[repeats_[i]] - 1 : 0;
  }
}

/// A shape is that of an element and one or three around it.
void ContentView::find_shapes() {
  const std::vector<MarkedElement>& elements = page_.markup().elements;
  std::vector<std::array<std::uint32_t, 4>> paths(ranges_.size());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const std::uint32_t parent = elements[i].parent == kNoElement
                                     ? static_cast<std::uint32_t>(elements.size())
                                     : elements[i].parent;
    paths[i][0] = elements[i].signature;
    for (std::size_t k = 1; k < 4; ++k)
      paths[i][k] = mixed(elements[i].signature, paths[parent][k - 1]);
  }
  for (std::size_t depth = 0; depth < kShapes; ++depth) {
    KeyNumbers numbers(lines_.size());
    shape_of_[depth].reserve(lines_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      shape_of_[depth].push_back(numbers.of(paths[element_of(i)][depth == 0 ? 1 : 3]));
    }
    count_shapes(depth, numbers.size());
  }
}

/// Each shape's features are worked out once: a menu has hundreds of lines of one.
void ContentView::count_shapes(std::size_t depth, std::size_t count) {
  std::vector<Shape> shapes(count);
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    Shape& shape = shapes[shape_of_[depth][i]];
    const auto linked = static_cast<std::uint32_t>(sum(kLinked, i, i + 1));
    shape.lines += 1;
    shape.chars += chars_[i];
    shape.linked += linked;
    shape.prose += static_cast<std::uint32_t>(sum(kProse, i, i + 1));
    shape.dated += lines_[i].dated && chars_[i] < kRepeatable ? 1 : 0;
    shape.names += chars_[i] <= kNameLine && linked * 10 > chars_[i] * 6 ? 1 : 0;
    shape.again += repeats_[i] > 0 ? 1 : 0;
  }
  shapes_[depth].reserve(count);
  for (const Shape& shape : shapes) shapes_[depth].push_back(described(shape));
}

/// An element is described once for all its lines: those far out have most of the page's.
void ContentView::describe_elements() {
  std::vector<bool> known(ranges_.size());
  elements_.resize(ranges_.size());
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    std::uint32_t element = innermost(i);
    for (std::size_t k = 0; k < kAround; ++k, element = wider_[element]) {
      if (known[element]) continue;
      elements_[element] = described(element);
      known[element] = true;
    }
  }
}

void ContentView::features(std::size_t line, std::vector<std::int32_t>& features) const {
  features.clear();
  add_own(line, features);
  add_neighbours(line, features);
  add_elements(line, features);
  add_place(line, features);
  add_names(line, features);
  add_shapes(line, features);
}

void ContentView::add_own(std::size_t i, std::vector<std::int32_t>& features) const {
  const PageLine& look = looks_[i];
  const markup::PageLine& marked = page_.markup().lines[lines_[i].marked];
  const std::uint32_t element = element_of(i);
  const Tag tag = element < page_.markup().elements.size() ? page_.markup().elements[element].tag
                                                           : Tag::unknown;
  const auto cue = [&](PageCues::Class c) { return share(look.cues[c], look.key_units); };
  features.insert(
      features.end(),
      {kOne, log2_of(chars_[i]) / 8, is(chars_[i] >= 100), is(chars_[i] < 12),
       share(sum(kLinked, i, i + 1), chars_[i]),
       std::min<std::int32_t>(look.clause_marks, 4) * kOne / 4, is(lines_[i].stops),
       is(is_prose(i)), share(look.digits, look.looked_at), share(look.latin, look.looked_at),
       cue(PageCues::kChannel), cue(PageCues::kAction), cue(PageCues::kMeta), is(lines_[i].dated),
       is(look.has(PageLine::kByRule)), is(marked.preformatted), is(tag == Tag::p),
       is(marked.heading > 0), is(marked.cells > 0)});
}

void ContentView::add_neighbours(std::size_t i, std::vector<std::int32_t>& features) const {
  for (const std::size_t reach : kReaches) {
    const std::size_t first = i - std::min(i, reach);
    const std::size_t end = std::min(looks_.size(), i + reach + 1);
    const auto others = [&](Count count) { return sum(count, first, end) - sum(count, i, i + 1); };
    const std::uint64_t chars = std::max<std::uint64_t>(others(kChars), 1);
    features.insert(features.end(),
                    {share(others(kLinked), chars), log2_part(others(kProse), 10),
                     share(others(kCues), chars), share(sum(kShort, first, end), end - first)});
  }
}

/// The first of those around a line that its features are taken from.
std::uint32_t ContentView::innermost(std::size_t line) const noexcept {
  const std::uint32_t element = element_of(line);
  return ranges_[element].size() <= 1 ? wider_[element] : element;
}

/// Prose is set against that of the page as well: the article's element has most of it.
ContentView::Shared ContentView::described(std::size_t element) const {
  const std::uint64_t prose_of_page = std::max<std::uint64_t>(sums_.back()[kProse], 1);
  const auto [first, end] = ranges_[element];
  const std::uint64_t chars = std::max<std::uint64_t>(sum(kChars, first, end), 1);
  const std::uint64_t prose = sum(kProse, first, end);
  const std::uint32_t lines = std::max(end - first, 1U);
  return {share(sum(kLinked, first, end), chars),
          least(share(15 * sum(kMarks, first, end), chars), kOne * 3 / 2),
          log2_part(chars, 12),
          share(prose, chars),
          log2_part(chars / lines, 8),
          share(sum(kCues, first, end), chars),
          share(prose, prose_of_page),
          least(share(sum(kLinks, first, end), lines), 3 * kOne) / 3};
}

void ContentView::add_elements(std::size_t i, std::vector<std::int32_t>& features) const {
  std::uint32_t element = innermost(i);
  for (std::size_t k = 0; k < kAround; ++k, element = wider_[element]) {
    features.insert(features.end(), elements_[element].begin(), elements_[element].end());
  }
}

void ContentView::add_place(std::size_t i, std::vector<std::int32_t>& features) const {
  const std::uint64_t prose = std::max<std::uint64_t>(sums_.back()[kProse], 1);
  const std::uint64_t before = sums_[i][kProse];
  const std::uint64_t with = sums_[i + 1][kProse];
  const auto title = page_.title();
  const auto description = page_.description();
  std::int32_t after_description = 0;
  if (description && i > *description) {
    after_description = kOne - least(log2_part(i - *description, 7), kOne);
  }
  features.insert(features.end(),
                  {share(sums_[i][kChars], sums_.back()[kChars]), share(before, prose),
                   is(before * 50 > prose * 49), is(with * 50 < prose), is(title && i < *title),
                   is(title && i == *title), is(title && i > *title && i <= *title + 4),
                   is(description && i == *description), is(description && i < *description),
                   after_description});
}

/// Comments are what a board is about; on other pages they stand beside the article.
void ContentView::add_names(std::size_t i, std::vector<std::int32_t>& features) const {
  const Inherited& has = inherited_[element_of(i)];
  const std::int32_t comment = board_ ? 0 : has.comment;
  const std::int32_t outside = log2_part(prose_outside_comments_, 10);
  features.insert(features.end(),
                  {has.text, has.furniture, has.overlay, has.form, has.article, has.frame, has.item,
                   has.quote, is(has.about && chars_[i] < 60), is(board_), board_ ? has.comment : 0,
                   comment, comment * outside / kOne, is(!board_ && sums_[i][kHeads] > 0),
                   least(log2_part(repeats_[i], 5), kOne)});
}

/// What lines of its shape are like tells of a line that says little by itself.
ContentView::Shared ContentView::described(const Shape& shape) const {
  const std::uint64_t prose = std::max<std::uint64_t>(sums_.back()[kProse], 1);
  return {log2_part(shape.lines, 8),        log2_part(shape.prose, 12),
          share(shape.prose, prose),        log2_part(shape.chars / shape.lines, 8),
          share(shape.linked, shape.chars), share(shape.dated, shape.lines),
          share(shape.names, shape.lines),  share(shape.again, shape.lines)};
}

void ContentView::add_shapes(std::size_t i, std::vector<std::int32_t>& features) const {
  for (std::size_t depth = 0; depth < kShapes; ++depth) {
    const Shared& shape = shapes_[depth][shape_of_[depth][i]];
    features.insert(features.end(), shape.begin(), shape.end());
  }
}

}  // namespace dedup::boilerplate
