// SPDX-License-Identifier: Apache-2.0
// Signs are part of a key (text/signs.h): so a frame knows 19:09 from 19-09.
#include "boilerplate/frame.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "boilerplate/line_shape.h"
#include "text/ascii.h"
#include "text/blanks.h"
#include "walls/utf8.h"

namespace dedup::boilerplate {
namespace {

constexpr std::size_t kLongestFrame = 40;  // units of the key
constexpr std::size_t kLongestCount = 16;  // units of the words about a count
constexpr std::size_t kLongestMark = 16;   // bytes, with its blanks
constexpr char16_t kFigures = u'\x01';     // in no key

/// What parts and names the figures of a moment.
constexpr std::u16string_view kOfMoments =
    u"年月日号时分秒点星期周一二三四五六天上下午晨晚am-/.:,t";

/// What readers do with a page, as its counters say. Keys: folded, Simplified.
constexpr std::array<std::u16string_view, 18> kCounted{
    u"阅读", u"浏览", u"点击", u"评论", u"回复", u"人气", u"跟帖", u"点赞", u"转发",
    u"收藏", u"下载", u"播放", u"在线", u"访问", u"围观", u"已读", u"读者", u"留言"};

/// One unit for each run of figures, and for the day of a week.
std::u16string without_figures(std::u16string_view key) {
  std::u16string frame;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const std::u16string_view before = key.substr(0, i);
    const bool weekday = before.ends_with(u"星期") || before.ends_with(u"周");
    if (!text::is_digit(key[i]) && !weekday) {
      frame += key[i];
    } else if (!frame.ends_with(kFigures)) {
      frame += kFigures;
    }
  }
  return frame;
}

/// A year with month and day, or an hour with minutes: three runs of figures, or two with a colon.
bool is_moment(std::u16string_view frame) {
  const auto runs = std::ranges::count(frame, kFigures);
  const bool clock = frame.find(u':') != frame.npos;
  return (runs >= 3 || (runs == 2 && clock)) && std::ranges::all_of(frame, [](char16_t unit) {
           return unit == kFigures || kOfMoments.find(unit) != kOfMoments.npos;
         });
}

/// As has_clause_mark() but for the commas of figures: 已有 1,280 人评论.
bool has_clauses(std::string_view line) {
  std::string without;
  std::ranges::remove_copy(line, std::back_inserter(without), ',');
  return has_clause_mark(without);
}

bool is_count(std::u16string_view frame) {
  if (frame.size() > kLongestCount || frame.starts_with(u'第')) return false;
  return std::ranges::any_of(
      kCounted, [&](std::u16string_view word) { return frame.find(word) != frame.npos; });
}

}  // namespace

std::u16string frame_key(std::string_view line, std::u16string_view key) {
  if (key.size() > kLongestFrame || std::ranges::none_of(key, text::is_digit<char16_t>)) return {};
  std::u16string frame = without_figures(key);
  const bool about_page = is_moment(frame) || (is_count(frame) && !has_clauses(line));
  return about_page ? frame : std::u16string();
}

std::u16string mark_key(std::string_view line) {
  std::u16string mark;
  if (line.size() > kLongestMark) return mark;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::next(line, at);
    if (!text::is_white(c) && c <= 0xFFFF) mark += static_cast<char16_t>(c);
  }
  return mark;
}

}  // namespace dedup::boilerplate
