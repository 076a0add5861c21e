// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/content_lines.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/blanks.h"
#include "text/fold.h"
#include "text/signs.h"
#include "walls/utf8.h"

namespace dedup::boilerplate {
namespace {

constexpr std::size_t kLongestTitle = 80;  // units
constexpr std::size_t kShortestTitle = 4;
constexpr std::size_t kBeginning = 10;         // of a title, by which it is known
constexpr std::size_t kDescription = 14;       // units of one, by which it is known
constexpr std::size_t kLongestBoardLine = 40;  // units

std::u16string letters_of(const std::string& text) {
  std::u16string key;
  text::fold(text, key);
  return text::letters_of(key);
}

/// FNV-1a; digits are all one.
std::uint32_t hash_without_figures(std::u16string_view key) noexcept {
  std::uint32_t hash = 0x811C9DC5U;
  for (const char16_t unit : key) {
    hash = (hash ^ (text::is_digit(unit) ? u'0' : unit)) * 0x01000193U;
  }
  return hash;
}

/// How the line ends, closing marks passed over. A question or a cry is a sentence, too.
bool stops(std::string_view line) {
  std::size_t at = line.size();
  for (int back = 0; at > 0 && back < 3; ++back) {
    const char32_t c = utf8::previous(line, at);
    if (c == U'。' || c == U'！' || c == U'？' || c == U'；' || c == U'…' || c == U'!' ||
        c == U'?' || c == U';') {
      return true;
    }
    if (!text::is_closing(c) && c != U'"' && !text::is_white(c)) {
      return false;
    }
  }
  return false;
}

/// 12:30, 2026-11-26, 3天前, 5楼; in bytes, as all that tells a time is digits and their signs.
bool tells_time(std::string_view line) {
  constexpr std::size_t kLongest = 180;  // bytes: 60 ideographs
  constexpr std::string_view kUnits[] = {"年",   "月", "分钟", "分鐘", "小时", "小時",
                                         "天前", "楼", "樓",   "个月", "個月"};
  if (line.size() > kLongest) {
    return false;
  }
  for (std::size_t at = 1; at < line.size(); ++at) {
    if (!text::is_digit(line[at - 1]) || text::is_digit(line[at])) {
      continue;
    }
    const std::string_view rest = line.substr(at);
    const bool sign = rest[0] == ':' || rest[0] == '-' || rest[0] == '/' || rest[0] == '.';
    if (sign && rest.size() > 1 && text::is_digit(rest[1])) {
      return true;
    }
    if (std::ranges::any_of(kUnits, [&](auto unit) { return rest.starts_with(unit); })) {
      return true;
    }
  }
  return false;
}

}  // namespace

ContentLines::ContentLines(const PageCues& cues, const PageMarkup& markup)
    : cues_(cues),
      markup_(markup),
      looks_(cues),
      title_(letters_of(markup.title)),
      description_(letters_of(markup.description)) {
  const auto covered = cues.cover(std::u16string_view(title_).substr(0, kLongestTitle));
  has_board_title_ = covered[PageCues::kBoard] > 0;
}

void ContentLines::add(std::string_view line, std::u16string_view key,
                       const structure::Place& place, bool by_rule, std::uint32_t marked) {
  looks_.add(line, key, place, by_rule);
  ContentLine& added = lines_.emplace_back();
  added = {.marked = marked,
           .text = hash_without_figures(key),
           .stops = stops(line),
           .dated = tells_time(line)};
  if (marked < markup_.lines.size()) {
    look_for_title(key, markup_.lines[marked]);
    look_for_description(key, markup_.lines[marked], added.stops);
  }
  if (key.size() < kLongestBoardLine && !looks_.lines().empty()) {
    board_lines_ += looks_.lines().back().cues[PageCues::kBoard] > 0 ? 1 : 0;
  }
}

/// The title is mostly 标题_频道_网站, so what it begins with wins over what stands in it, a
/// heading over a line, and text over a link to the page itself.
void ContentLines::look_for_title(std::u16string_view key, const markup::PageLine& marked) {
  if (key.size() < kShortestTitle || key.size() > kLongestTitle || title_.empty()) {
    return;
  }
  const bool begins = title_.starts_with(key.substr(0, kBeginning));
  const bool within = title_.find(key) != std::u16string::npos;
  const bool found = within || (key.size() > kBeginning && begins);
  if (!found || (!begins && key.size() * 100 < title_.size() * 45)) {
    return;
  }
  const std::size_t score = std::min<std::size_t>(key.size(), 30) +
                            (marked.heading > 0 && marked.heading <= 3 ? 20 : 0) +
                            (marked.is_mostly_text() ? 12 : 0) + (begins ? 15 : 0);
  if (score > title_score_) {
    title_score_ = score;
    title_line_ = lines_.size() - 1;
  }
}

void ContentLines::look_for_description(std::u16string_view key, const markup::PageLine& marked,
                                        bool stops) {
  if (description_line_ || description_.size() <= kDescription || key.size() < kDescription ||
      !marked.is_mostly_text() || title_line_ == lines_.size() - 1) {
    return;
  }
  const std::u16string_view beginning = std::u16string_view(description_).substr(0, kDescription);
  const bool holds = key.find(beginning) != key.npos;
  const bool stands_in = (key.size() >= 20 || stops) &&
                         description_.find(key.substr(0, kDescription)) != std::u16string::npos;
  if (holds || stands_in) {
    description_line_ = lines_.size() - 1;
  }
}

}  // namespace dedup::boilerplate
