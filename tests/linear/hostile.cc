// SPDX-License-Identifier: Apache-2.0
#include "linear/hostile.h"

namespace dedup::test {
namespace {

using namespace std::literals;

constexpr std::array kUnits{
    // Blanks, controls, what cannot be seen.
    " "sv,
    "\t"sv,
    "\u3000"sv,
    "\u00A0"sv,
    "\u2003"sv,
    "\x01"sv,
    "\x1B[1;"sv,
    "\x1B]0;"sv,
    "\u200B"sv,
    "\u200D"sv,
    "\u00AD"sv,
    "\uFE0F"sv,
    "\uFEFF"sv,
    "\u202E"sv,
    "\u202C"sv,
    "\u2067"sv,
    "\u0301"sv,
    // Line ends, also those within a line.
    "\n"sv,
    "\r"sv,
    "\r\n"sv,
    "\v"sv,
    "\f"sv,
    "\u0085"sv,
    "\u2028"sv,
    // Damage.
    "\xFF"sv,
    "\xE6\x98"sv,
    "\uFFFD"sv,
    "\uE000"sv,
    "?ji\u00E9)h"sv,
    // Mojibake, of which each line is asked what it was: 中文, cut short, and what was lost for good.
    "\u6D93\uE15F\u6783"sv,
    "\u9365\u20AC?"sv,
    "\u00E5\u203A\u00BE"sv,
    "锟斤拷"sv,
    "烫"sv,
    // Letters, digits, numbers of lists.
    "天"sv,
    "a"sv,
    "7"sv,
    "\u0627"sv,
    "\u1100"sv,
    "\u2F2F"sv,
    "\U0001F600"sv,
    "1."sv,
    "（三）"sv,
    "第三条"sv,
    "2024-01-02 10:30"sv,
    // Marks that end and carry on, quotation marks, brackets.
    "。"sv,
    "，"sv,
    "."sv,
    "…"sv,
    "？！"sv,
    "："sv,
    "/"sv,
    "|"sv,
    "·"sv,
    "“"sv,
    "”"sv,
    "‘"sv,
    "’"sv,
    "「"sv,
    "」"sv,
    "《"sv,
    "》"sv,
    "\""sv,
    "'"sv,
    "("sv,
    ")"sv,
    "（"sv,
    "【"sv,
    "】"sv,
    "["sv,
    "]"sv,
    "]("sv,
    "]["sv,
    // Mark-up and references, whole and cut off.
    "<"sv,
    "<b>"sv,
    "&"sv,
    "&amp;"sv,
    "&#x4E00;"sv,
    "&#"sv,
    "```\n"sv,
    "~~~\n"sv,
    "`"sv,
    "https://a.b/?c=d&e"sv,
    "![图](u)"sv,
    "|-|\n"sv,
    // Pinyin.
    "創(chuàng)"sv,
    "創(chu"sv,
    "創（"sv,
    // Cues, labels, buttons, signs.
    "免责声明"sv,
    "责任编辑："sv,
    "转载请注明"sv,
    "版权所有"sv,
    "如有侵权"sv,
    "©"sv,
    "来源：新华网 "sv,
    "标签：值 "sv,
    "icp备1"sv,
    "点赞"sv,
    "推荐阅读"sv,
};

std::string repeated(std::string_view a, std::string_view b, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + a.size() + b.size());
  while (text.size() < bytes) text.append(a).append(b);
  return text;
}

std::string numbered_lines(std::string_view a, std::string_view b, std::size_t bytes) {
  constexpr std::size_t kLine = 240;
  const std::string line = repeated(a, b, kLine);
  std::string text;
  for (std::size_t i = 0; text.size() < bytes; ++i) {
    text.append(std::to_string(i)).append(line).append("天\n");
  }
  return text;
}

}  // namespace

std::span<const std::string_view> hostile_units() noexcept { return kUnits; }

std::string_view name(Shape shape) noexcept {
  switch (shape) {
    case Shape::line:
      return "line";
    case Shape::halves:
      return "halves";
    case Shape::lines:
      return "lines";
    case Shape::notice:
      return "notice";
  }
  return {};
}

std::string hostile_text(Shape shape, std::string_view a, std::string_view b, std::size_t bytes) {
  switch (shape) {
    case Shape::line:
      return repeated(a, b, bytes);
    case Shape::halves:
      return repeated(a, {}, bytes / 2) + repeated(b, {}, bytes / 2);
    case Shape::lines:
      return numbered_lines(a, b, bytes);
    case Shape::notice:
      return "免責聲明：不代表本網立場" + repeated(a, b, bytes) + "轉載請註明出處";
  }
  return {};
}

}  // namespace dedup::test
