// SPDX-License-Identifier: Apache-2.0
// Three steps, in the order of this file:
//
//   one line           its opening characters, its end, its key → PageLine: counts and flags
//   reading a page     titles, which the first line decides
//   lines among lines  sums over the page → PageView → the features of each line
//
// A page is read once, and of a line no more than kLooked bytes and its end, so that a long
// line costs little more than a short one. Sums up to each line (Sums) give the count in any
// stretch of lines by one subtraction; distances come from one walk down and one up.
//
// Which lines are prose, short or furniture is decided by PageLine alone: no feature of a line
// hangs on what was judged of another.
#include "boilerplate/page_features.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "boilerplate/whole_numbers.h"
#include "structure/label.h"
#include "text/blanks.h"
#include "text/characters.h"
#include "text/fold.h"
#include "text/ideograph_set.h"
#include "walls/utf8.h"

namespace dedup::boilerplate {

using structure::Kind;

namespace {

constexpr std::size_t kLooked = 300;       // bytes of a line
constexpr std::size_t kLongestShort = 64;  // units of a key; longer lines are no cues, no headlines
constexpr std::size_t kShortestTitle = 4;  // units
constexpr unsigned kMostDigits = 5;        // of a number in a line of its own
constexpr std::size_t kLongestTeaser = 40;   // units
constexpr std::size_t kLongestChannel = 20;  // bytes

// -- characters -----------------------------------------------------------------------------------

/// Neither ： nor 、, which stand in menus and bylines as well: 作者：张三、李四.
bool is_clause_mark(char32_t c) {
  return c == U'!' || c == U'?' || c == U';' || c == U'…' ||
         (text::is_stop(c) && c != U'：' && c != U'、');
}

bool is_closing_mark(char32_t c) {
  return text::is_closing(c) || c == U']' || c == U')' || c == U'"' || c == U'\'';
}

/// What stands behind a number in a date or a counter.
bool is_unit(char32_t c) {
  switch (c) {
    case U'年':
    case U'月':
    case U'日':
    case U'时':
    case U'時':
    case U'分':
    case U'秒':
    case U'次':
    case U'条':
    case U'條':
    case U'人':
      return true;
    default:
      return false;
  }
}

bool is_one_of(std::u32string_view set, char32_t c) { return set.find(c) != set.npos; }

constexpr text::IdeographSet kMeasures(std::u32string_view(
    U"年月日号时時分秒点點起人个個名件次条條元万萬亿億千百度米公里吨克岁歲家户戶位"
    U"辆輛台套座所间間层層级級届屆期周天只隻张張篇部场場项項处處多余餘倍亩畝种種至到"));

/// What may follow a number, be it a unit or what is counted.
bool is_measure(char32_t c) {
  return kMeasures.has(c) || (!text::is_main_ideograph(c) && is_one_of(U"％%‰°℃", c));
}

/// What stands at the start of a line only where a break tore it off.
bool opens_no_line(char32_t c) {
  return !text::is_main_ideograph(c) && is_one_of(U"，。；、！？：）》」』”’…％‰", c);
}

// -- one line -------------------------------------------------------------------------------------

/// Reads the characters of a line's opening part one by one.
class Reader {
 public:
  explicit Reader(PageLine& line) : line_(line) {}

  /// Blanks count nowhere: 3 月 5 日 is 3月5日.
  void take(char32_t c) {
    if (text::is_main_ideograph(c)) {  // nearly all characters, and the only ones that are units
      units_ += text::is_digit_of_any_width(last_) && is_unit(c) ? 1 : 0;
      push(c);
    } else if (!text::is_white(c)) {
      count(c);
      push(c);
    }
  }

  /// Numeric is what has a digit and nothing but digits, marks and units, as 12:30 and 3月5日 but not
  /// 评论(25).
  [[nodiscard]] unsigned flags() const {
    unsigned flags = 0;
    if (address_) flags |= PageLine::kAddress;
    if (digits_ > 0 && digits_ + marks_ + units_ == line_.looked_at) flags |= PageLine::kNumeric;
    if (digits_ == line_.looked_at && digits_ <= kMostDigits) flags |= PageLine::kBare;
    if (is_measure(first_)) flags |= PageLine::kMeasure;
    if (opens_no_line(first_)) flags |= PageLine::kGoesOn;
    return flags;
  }

 private:
  /// Of the characters before, two are kept: what makes `://` out of its last slash.
  void push(char32_t c) {
    if (line_.looked_at == 0) first_ = c;
    ++line_.looked_at;
    before_last_ = last_;
    last_ = c;
  }

  /// Characters that are not main ideographs; a comma counts between ideographs, not in numbers.
  void count(char32_t c) {
    if (text::is_digit_of_any_width(c)) {
      ++digits_;
      ++line_.digits;
      const char32_t digit = c - (c >= U'０' ? U'０' : U'0');
      if (digits_ <= kMostDigits)
        line_.number = static_cast<std::uint16_t>(line_.number * 10 + digit);
    } else if (text::is_latin(c)) {
      ++line_.latin;
    } else if (!text::is_han(c)) {
      ++marks_;
      const bool comma = c == U',' && text::is_han(last_);
      if (comma || is_clause_mark(c)) ++line_.clause_marks;
      address_ = address_ || (c == U'/' && last_ == U'/' && before_last_ == U':') ||
                 (c == U'@' && text::is_latin(last_));
    }
  }

  PageLine& line_;
  char32_t first_ = 0;
  char32_t last_ = 0;
  char32_t before_last_ = 0;
  unsigned digits_ = 0;
  unsigned marks_ = 0;
  unsigned units_ = 0;
  bool address_ = false;
};

/// How the line ends, closing marks and blanks passed over: `“走吧。”` stops, `详情请见...` was cut
/// short by its site, `1.` is the number of an item and does neither.
unsigned end_flags(std::string_view line) {
  if (structure::is_lead_in(line)) return PageLine::kEndColon;
  std::size_t at = line.size();
  char32_t last = 0;
  while (at > 0) {
    last = utf8::previous(line, at);
    if (!is_closing_mark(last) && !text::is_white(last)) break;
  }
  if (last == U'。' || last == U'；' || last == U';') return PageLine::kEndStop;
  if (last != U'.') return 0;
  if (at > 0 && line[at - 1] == '.') return PageLine::kEndDots;
  if (line.size() > 60) return PageLine::kEndStop;  // a Latin sentence, not the number of an item
  return 0;
}

/// Whether the line is a date in full and nothing else: 2024年3月16日, 二〇二四年三月十六日.
bool is_full_date(std::string_view line) {
  static constexpr std::u32string_view kUnits = U"年月日";
  static constexpr std::u32string_view kNumerals = U"〇零○Ｏ一二三四五六七八九十";
  if (line.size() > 60) return false;
  std::size_t units = 0;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::next(line, at);
    if (text::is_white(c) || text::is_digit_of_any_width(c) || kNumerals.find(c) != kNumerals.npos)
      continue;
    if (units == kUnits.size() || c != kUnits[units++]) return false;
  }
  return units == kUnits.size();
}

/// 财经 | 某地发布年度报告: what stands before the bar is a channel by its letters.
std::string_view before_bar(std::string_view line) {
  constexpr std::array<std::string_view, 3> kBars{"|", "｜", "丨"};
  for (const std::string_view bar : kBars) {
    const std::size_t at = line.substr(0, kLongestChannel).find(bar);
    if (at != line.npos) return line.substr(0, at);
  }
  return {};
}

/// 某网消息（联播）：, 本报某地三月四日电：
bool names_source(std::u16string_view key) {
  constexpr std::array<std::u16string_view, 5> kWords{u"消息", u"报道", u"日电", u"日讯",
                                                      u"本报讯"};
  constexpr std::size_t kLongest = 30;
  return key.size() <= kLongest && std::ranges::any_of(kWords, [&](std::u16string_view word) {
           return key.find(word) != key.npos;
         });
}

/// FNV-1a: it need not be secret, only the same everywhere.
std::uint64_t hash_of(std::u16string_view key) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char16_t unit : key) hash = (hash ^ unit) * 0x100000001B3U;
  return hash;
}

/// 14 bits of two units: the place of an opening in the bitmap of PageCues.
std::size_t opening_hash(char16_t first, char16_t second) {
  const std::uint32_t pair = std::uint32_t{first} * 31U + second;
  return pair * 0x9E3779B1U >> 18;
}

}  // namespace

// -- cues -----------------------------------------------------------------------------------------

// A cue is found by its first two units: most places are refused by the bitmap, the rest is looked
// for among the sorted cues.
void PageCues::add(Class cue_class, std::u16string cue) {
  const std::size_t opening = opening_hash(cue[0], cue[1]);
  openings_[opening / 64] |= std::uint64_t{1} << opening % 64;
  cues_.push_back({std::move(cue), cue_class});
}

void PageCues::seal() { std::ranges::stable_sort(cues_, {}, &Cue::text); }

/// No place counts twice: 免费邮箱 is one cue of four units, and the 邮箱 in it is passed over.
std::array<std::uint8_t, PageCues::kClasses> PageCues::cover(std::u16string_view key) const {
  std::array<std::uint8_t, kClasses> covered{};
  for (std::size_t at = 0; at + 1 < key.size();) {
    const std::size_t opening = opening_hash(key[at], key[at + 1]);
    const bool may_open = (openings_[opening / 64] >> opening % 64 & 1U) != 0;
    const Cue* cue = may_open ? find(key.substr(at)) : nullptr;
    if (cue != nullptr) {
      covered[cue->cue_class] =
          static_cast<std::uint8_t>(covered[cue->cue_class] + cue->text.size());
    }
    at += cue != nullptr ? cue->text.size() : 1;
  }
  return covered;
}

/// The longest cue that `rest`, of two units at least, starts with; nullptr if there is none.
const PageCues::Cue* PageCues::find(std::u16string_view rest) const {
  const std::u16string_view opening = rest.substr(0, 2);
  const auto opening_of = [](const Cue& cue) { return std::u16string_view(cue.text).substr(0, 2); };
  const Cue* longest = nullptr;
  for (auto cue = std::ranges::lower_bound(cues_, opening, {}, opening_of);
       cue != cues_.end() && opening_of(*cue) == opening; ++cue) {
    if (rest.starts_with(cue->text)) longest = &*cue;  // a longer cue comes after its beginnings
  }
  return longest;
}

// -- reading a page -------------------------------------------------------------------------------

/// A page of too many lines is none: it is given up as a whole. The characters of a line that was
/// not read to its end are estimated from what was.
void PageLines::add(std::string_view line, std::u16string_view key, const structure::Place& place,
                    bool by_rule) {
  too_many_ = too_many_ || lines_.size() == kMost;
  if (too_many_) {
    lines_.clear();
    return;
  }
  PageLine facts;
  facts.kind = place.kind;
  Reader reader(facts);
  std::size_t at = 0;
  while (at < line.size() && at < kLooked) reader.take(utf8::next(line, at));
  constexpr std::size_t kMax = std::numeric_limits<std::uint32_t>::max();
  const std::size_t chars = at == 0 ? 0 : facts.looked_at * line.size() / at;
  facts.chars = static_cast<std::uint32_t>(std::min(kMax, chars));
  facts.key_units = static_cast<std::uint16_t>(std::min<std::size_t>(key.size(), 0xFFFF));
  unsigned flags = reader.flags() | end_flags(line);
  if (by_rule) flags |= PageLine::kByRule;
  if (key.empty()) flags |= PageLine::kKeyless;
  if (place.joins) flags |= PageLine::kJoins;
  if (is_full_date(line)) flags |= PageLine::kFullDate;
  if (key.size() <= kLongestShort) {
    facts.hash = hash_of(key);
    facts.cues = cues_->cover(key);
    if (std::ranges::binary_search(titles_, facts.hash)) flags |= PageLine::kHeadline;
    if (std::ranges::binary_search(title_ends_, facts.hash)) flags |= PageLine::kTitleEnd;
    if ((flags & PageLine::kEndColon) != 0 && names_source(key)) flags |= PageLine::kDateline;
    if (is_teaser(line, key)) flags |= PageLine::kTeaser;
    if (lines_.empty()) note_title(key);
  }
  facts.flags = flags;
  lines_.push_back(facts);
}

/// One bar only, since menus have several, and a headline behind it: more than the channel.
bool PageLines::is_teaser(std::string_view line, std::u16string_view key) const {
  const std::string_view channel = before_bar(line);
  if (channel.empty() || key.size() > kLongestTeaser) return false;
  std::u16string name;
  text::fold(channel, name);
  if (name.size() < 2 || key.size() < 3 * name.size() ||
      !before_bar(line.substr(channel.size() + 3)).empty())
    return false;
  return cues_->cover(name)[PageCues::kChannel] == name.size();
}

/// Titles often read 标题_频道_网站, so that the headline on the page is what
/// the title starts with. Quadratic in a key of 64 units at most, once a page: longer ones are no
/// titles.
void PageLines::note_title(std::u16string_view key) {
  for (std::size_t length = kShortestTitle; length <= key.size(); ++length) {
    titles_.push_back(hash_of(key.substr(0, length)));
    title_ends_.push_back(hash_of(key.substr(key.size() - length)));
  }
  std::ranges::sort(titles_);
  std::ranges::sort(title_ends_);
}

/// What nobody would miss on its own: no letters, numbers only, a byline, or half of it cue words
/// but for figures: 浏览：312.
bool is_furniture(const PageLine& line) noexcept {
  if (line.is(Kind::code)) return false;
  const int covered =
      line.cues[PageCues::kChannel] + line.cues[PageCues::kAction] + line.cues[PageCues::kMeta];
  return line.has(PageLine::kKeyless) || line.has(PageLine::kNumeric) ||
         line.has(PageLine::kByRule) ||
         (covered > 0 && covered * 2 >= line.key_units - line.digits);
}

bool is_text(const PageLine& line) noexcept {
  return prose_of(line) > 0 || (line.has(PageLine::kEndStop) && !is_furniture(line));
}

bool is_exhibit(const PageLine& line) noexcept {
  return line.is(Kind::code) || (line.is(Kind::row) && !is_furniture(line));
}

// Headlines hold one clause mark at most, and end in ！ or ？ if in any mark.
std::uint32_t prose_of(const PageLine& line) noexcept {
  const bool clauses = line.has(PageLine::kEndStop) || line.clause_marks > 1 ||
                       (line.clause_marks > 0 && line.chars >= 60);
  const bool other = line.has(PageLine::kNumeric) || line.is(Kind::code);
  return clauses && line.chars >= 15 && !other ? std::min(line.chars, 400U) : 0;
}

// -- lines among lines ----------------------------------------------------------------------------

namespace {

constexpr std::int32_t kOne = kFeatureOne;
constexpr std::size_t kFar = 64;  // lines

/// As entries of menus and teasers are, and headlines, too: by itself it says little.
bool is_short(const PageLine& line) { return line.chars <= 40 && prose_of(line) == 0; }

/// In the order in which features() gives them.
constexpr std::array<std::string_view, kPageFeatures> kNames{"always",
                                                             "chars_1_2",
                                                             "chars_3_6",
                                                             "chars_25_48",
                                                             "chars_49_96",
                                                             "chars_97_up",
                                                             "end_stop",
                                                             "end_colon",
                                                             "end_dots",
                                                             "clause_marks",
                                                             "latin_share",
                                                             "numeric",
                                                             "address",
                                                             "cue_channel",
                                                             "cue_action",
                                                             "cue_meta",
                                                             "by_rule",
                                                             "prose_around_2",
                                                             "prose_distance",
                                                             "short_around_10",
                                                             "furniture_around_6",
                                                             "furniture_around_20",
                                                             "after_all_prose",
                                                             "outside_main",
                                                             "main_distance",
                                                             "prose_outside",
                                                             "short_on_framed_page",
                                                             "framed_page",
                                                             "prose_page",
                                                             "lines_of_page"};

}  // namespace

const std::array<std::string_view, kPageFeatures>& page_feature_names() noexcept { return kNames; }

PageView::PageView(std::span<const PageLine> lines)
    : lines_(lines), prose_(lines.size()), short_(lines.size()), furniture_(lines.size()) {
  for (const PageLine& line : lines) {
    prose_.add(prose_of(line));
    short_.add(is_short(line) ? 1 : 0);
    furniture_.add(is_furniture(line) ? 1 : 0);
    chars_ += std::min(line.chars, 400U);
  }
  find_distances();
  find_main();
}

/// To the nearest other line of prose: what a line itself holds does not count. Lines next to it
/// are 1 away; kFar stands for that far, for farther, and for a page without prose.
void PageView::find_distances() {
  to_prose_.assign(lines_.size(), kFar);
  std::uint8_t distance = kFar;
  const auto step = [&](std::size_t i) {
    to_prose_[i] = std::min(to_prose_[i], distance);
    distance = prose_of(lines_[i]) > 0
                   ? 1
                   : static_cast<std::uint8_t>(std::min(kFar, distance + std::size_t{1}));
  };
  for (std::size_t i = 0; i < lines_.size(); ++i) step(i);
  distance = kFar;
  for (std::size_t i = lines_.size(); i-- > 0;) step(i);
}

/// The stretch with the greatest sum in one walk (Kadane): text adds its characters, other lines
/// take something away, furniture the most, figures nothing. A stretch that came to nothing begins
/// anew. Figures right behind the text belong to it.
void PageView::find_main() {
  std::int64_t best = 0;
  std::int64_t value = 0;
  std::size_t start = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (value <= 0) {
      value = 0;
      start = i;
    }
    const PageLine& line = lines_[i];
    const int loss = is_exhibit(line) ? 0 : is_furniture(line) ? 16 : is_short(line) ? 5 : 2;
    value += is_text(line) ? static_cast<int>(std::min(line.chars, 200U)) : -loss;
    if (value > best) {
      best = value;
      main_first_ = start;
      main_last_ = i + 1;
    }
  }
  if (best == 0) return;
  while (main_last_ < lines_.size() && is_exhibit(lines_[main_last_])) ++main_last_;
}

/// The share of the lines up to `reach` away, the line itself left out, that
/// `sums` counts.
std::int32_t PageView::share_around(const Sums& sums, std::size_t line, std::size_t reach) const {
  const std::size_t first = line - std::min(line, reach);
  const std::size_t last = std::min(line + reach + 1, lines_.size());
  return share(sums.between(first, last) - sums.between(line, line + 1), last - first - 1);
}

/// 0 within the main text. Without one every line is outside: the first is one line away, the next
/// two, as far as kFar.
std::size_t PageView::main_distance(std::size_t line) const {
  if (line < main_first_) return std::min(kFar, main_first_ - line);
  return line < main_last_ ? 0 : std::min(kFar, line - main_last_ + 1);
}

namespace {

constexpr std::size_t kOwnFeatures = 17;
constexpr std::size_t kPlaceFeatures = kPageFeatures - kOwnFeatures;

/// What a line is by itself: the first of the features.
std::array<std::int32_t, kOwnFeatures> own_features(const PageLine& line) {
  const auto has = [&](PageLine::Flag flag) { return is(line.has(flag)); };
  const auto cue = [&](PageCues::Class c) { return share(line.cues[c], line.key_units); };
  return {kOne,
          is(line.chars <= 2),
          is(line.chars > 2 && line.chars <= 6),
          is(line.chars > 24 && line.chars <= 48),
          is(line.chars > 48 && line.chars <= 96),
          is(line.chars > 96),
          has(PageLine::kEndStop),
          has(PageLine::kEndColon),
          has(PageLine::kEndDots),
          std::min<std::int32_t>(line.clause_marks, 4) * kOne / 4,
          share(line.latin, line.looked_at),
          has(PageLine::kNumeric),
          has(PageLine::kAddress),
          cue(PageCues::kChannel),
          cue(PageCues::kAction),
          cue(PageCues::kMeta),
          has(PageLine::kByRule)};
}

}  // namespace

/// The line's own features, and then those of its place among the others, which need the page.
PageFeatures PageView::features(std::size_t i) const {
  const PageLine& line = lines_[i];
  const std::size_t n = lines_.size();
  const bool outside = main_distance(i) > 0;
  const std::int32_t framed = std::min(kOne, 2 * share(furniture_.all(), n));
  const std::uint32_t near = prose_.between(i - std::min<std::size_t>(i, 2), std::min(i + 3, n)) -
                             prose_.between(i, i + 1);
  const std::array<std::int32_t, kOwnFeatures> own = own_features(line);
  const std::array<std::int32_t, kPlaceFeatures> place = {
      log2_of(near) / 8,
      log2_of(to_prose_[i]) / 6,
      share_around(short_, i, 10),
      share_around(furniture_, i, 6),
      share_around(furniture_, i, 20),
      is(std::uint64_t{prose_.between(i + 1, n)} * 50 < prose_.all()),
      is(outside),
      log2_of(static_cast<std::uint32_t>(main_distance(i))) / 6,
      is(outside && prose_of(line) > 0),
      is_short(line) ? framed : 0,
      framed,
      share(prose_.all(), chars_),
      log2_of(static_cast<std::uint32_t>(std::min<std::size_t>(n, 1023))) / 10};
  PageFeatures all{};
  std::copy(place.begin(), place.end(), std::copy(own.begin(), own.end(), all.begin()));
  return all;
}

}  // namespace dedup::boilerplate
