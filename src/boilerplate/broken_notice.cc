// SPDX-License-Identifier: Apache-2.0
// A step of a manual may be broken in the same way (点击 / 【保存】 / 按钮，回到列表…), so parts are taken
// as far as the sentence goes, and the rules judge the whole of it.
//
// Lines that go by themselves may be parts (阅读原文) or stand between them. So there are two readers,
// one that takes them in and one that looks past them, as a second pass over what is left would.
#include "boilerplate/broken_notice.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "structure/label.h"
#include "text/byte_set.h"
#include "text/fold.h"

namespace dedup::boilerplate {
namespace {

constexpr std::size_t kMostParts = 6;

struct Brackets {
  std::string_view open;
  std::string_view close;
};
constexpr std::array<Brackets, 6> kBrackets{
    {{"【", "】"}, {"“", "”"}, {"「", "」"}, {"『", "』"}, {"（", "）"}, {"[", "]"}}};

std::size_t count(std::string_view text, std::string_view mark) {
  std::size_t found = 0;
  for (std::size_t at = text.find(mark); at != text.npos; at = text.find(mark, at + mark.size())) {
    ++found;
  }
  return found;
}

bool has_open_bracket(std::string_view text) {
  return std::ranges::any_of(kBrackets, [text](const Brackets& pair) {
    return text.find(pair.open) != text.npos && count(text, pair.open) > count(text, pair.close);
  });
}

/// What bids to press something that is not yet named.
constexpr std::array<std::string_view, 8> kBidding{"点击", "戳",   "长按", "扫描",
                                                   "回复", "搜索", "添加", "识别"};
bool ends_in_bidding(std::string_view text) {
  return std::ranges::any_of(kBidding,
                             [text](std::string_view end) { return text.ends_with(end); });
}
/// Nothing but such a word, which no title is.
bool is_bidding(std::string_view text) {
  return std::ranges::find(kBidding, text) != kBidding.end();
}

bool is_unfinished(std::string_view text) {
  text = structure::without_emphasis(text);
  return ends_in_bidding(text) || has_open_bracket(text);
}

/// Whether a sentence that seemed complete goes on in this line.
bool continues(std::string_view line) {
  static constexpr std::array<std::string_view, 18> kStarts{
      "】",   "”",  "」",   "』",   "）",   "，",   "、",   "。",   "！",
      "按钮", "键", "图标", "选项", "菜单", "即可", "标签", "功能", "链接"};
  line = structure::without_emphasis(line);
  return std::ranges::any_of(kStarts,
                             [line](std::string_view start) { return line.starts_with(start); });
}

/// The last bytes of what opens a notice: hardly a line ends with one of them.
constexpr auto kLastOfOpenings = [] {
  text::ByteSet last;
  for (const Brackets& pair : kBrackets) last.add(pair.open.back());
  for (const std::string_view word : kBidding) last.add(word.back());
  return last;
}();

/// Whether a notice may begin with this line, which may be a part of one. Asked of every short
/// line, so it looks at ends alone.
bool opens_notice(const JudgedLine& line) {
  if (line.hit) return false;
  if (line.content.ends_with('\x82')) return false;  // 。, as most lines do
  const std::string_view text = structure::without_emphasis(line.content);
  if (text.empty() || !kLastOfOpenings.has(text.back())) return false;
  const bool bracket = std::ranges::any_of(
      kBrackets, [text](const Brackets& pair) { return text.ends_with(pair.open); });
  return bracket || ends_in_bidding(text);
}

}  // namespace

/// What waits for its neighbours is looked past, whether it goes in the end or not.
void BrokenNotice::look_at(const JudgedLine& line, Neighbours& neighbours) {
  const bool opens = may_be_part(line) && opens_notice(line);
  if ((!opens && is_closed()) || neighbours.may_go()) return;
  const std::size_t index = neighbours.size() - 1;
  with_.read(line, index, opens, neighbours);
  if (!line.hit) without_.read(line, index, opens, neighbours);
}

void BrokenNotice::finish(Neighbours& neighbours) {
  with_.finish(neighbours);
  without_.finish(neighbours);
}

void BrokenNotice::Parts::read(const JudgedLine& line, std::size_t index, bool opens,
                               Neighbours& neighbours) {
  if (!lines_.empty() && !is_unfinished(text_) && !continues(line.content)) finish(neighbours);
  if (!lines_.empty()) {
    add(line, index);
  } else if (opens) {
    text_ = structure::without_emphasis(line.content);
    behind_ = ends_in_bidding(text_) && !is_bidding(text_) ? text_.size() : 0;
    lines_ = {index};
  }
}

/// A line that is no part ends the notice as one that the site did not break.
void BrokenNotice::Parts::add(const JudgedLine& line, std::size_t index) {
  hit_.reset();
  if (!may_be_part(line) || lines_.size() == kMostParts) {
    lines_.clear();
    return;
  }
  text_ += structure::without_emphasis(line.content);
  lines_.push_back(index);
  if (!is_unfinished(text_)) judge();
}

/// Without the first line first, where that may be a title: a notice that is whole without it says
/// nothing of it, and goes from the second on.
void BrokenNotice::Parts::judge() {
  const auto judged = [this](std::string_view text) {
    std::u16string key;
    const std::uint32_t weight = text::fold(text, key).weight;
    return rules_->judge(text, key, weight);
  };
  std::optional<Hit> hit;
  if (behind_ != 0) hit = judged(std::string_view(text_).substr(behind_));
  first_ = hit ? 1 : 0;
  if (!hit) hit = judged(text_);
  const bool of_itself = hit && (hit->bearing == Bearing::firm || hit->bearing == Bearing::step);
  if (of_itself && lines_.size() > first_ + 1) hit_ = hit;
}

void BrokenNotice::Parts::finish(Neighbours& neighbours) {
  if (hit_) neighbours.take(std::span(lines_).subspan(first_), *hit_);
  hit_.reset();
  lines_.clear();
}

}  // namespace dedup::boilerplate
