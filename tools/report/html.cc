// SPDX-License-Identifier: Apache-2.0
// All of it works by characters: of text that is UTF-8, as what was decoded is, and names that were
// made fit to be shown.
#include "report/html.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace dedup::tool {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEF";

/// What has no shape of its own, or changes that of its neighbours; and private use, whose shape
/// nobody knows. Tabs and line feeds are not here: they are seen by what they do.
constexpr std::pair<char32_t, char32_t> kInvisible[] = {
    {0x00, 0x08},       {0x0B, 0x1F},       {0x7F, 0xA0},     {0xAD, 0xAD},     {0x34F, 0x34F},
    {0x61C, 0x61C},     {0x115F, 0x1160},   {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x2000, 0x200F},
    {0x2028, 0x202F},   {0x205F, 0x206F},   {0x3000, 0x3000}, {0x3164, 0x3164}, {0xE000, 0xF8FF},
    {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0x1D173, 0x1D17A},
    {0xE0000, 0xE0FFF}, {0xF0000, 0x10FFFF}};

bool is_invisible(char32_t code) noexcept {
  return std::ranges::any_of(
      kInvisible, [&](const auto& range) { return range.first <= code && code <= range.second; });
}

/// Whether a byte is no first one of a character.
bool continues(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }

/// Bytes of the character that `text` starts with.
std::size_t length_of(std::string_view text) noexcept {
  std::size_t length = 1;
  while (length < text.size() && length < 4 && continues(text[length])) ++length;
  return length;
}

/// The code point of one character.
char32_t code_of(std::string_view character) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  constexpr std::array<unsigned, 5> kMasks = {0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t code = byte(0) & kMasks[character.size()];
  for (std::size_t i = 1; i < character.size(); ++i) code = code << 6 | (byte(i) & 0x3FU);
  return code;
}

/// Four digits at least: "U+200B".
std::string number_of(char32_t code) {
  std::string digits;
  for (; code > 0 || digits.size() < 4; code >>= 4) digits.insert(0, 1, kDigits[code & 15]);
  return "U+" + digits;
}

void append_escaped(std::string& out, std::string_view character) {
  switch (character.front()) {
    case '&':
      out += "&amp;";
      return;
    case '<':
      out += "&lt;";
      return;
    case '>':
      out += "&gt;";
      return;
    case '"':
      out += "&quot;";
      return;
    case '\'':
      out += "&#39;";
      return;
    case '\0':
      out += "U+0000";
      return;  // which HTML cannot hold
    case '\r':
      out += "&#13;";
      return;
    default:
      out += character;
  }
}

template <typename Each>
void for_each_character(std::string_view text, Each each) {
  while (!text.empty()) {
    const std::string_view character = text.substr(0, length_of(text));
    each(character);
    text.remove_prefix(character.size());
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for_each_character(text, [&](std::string_view character) { append_escaped(out, character); });
  return out;
}

std::string made_visible(std::string_view text) {
  std::string out;
  for_each_character(text, [&](std::string_view character) {
    const char32_t code = code_of(character);
    if (is_invisible(code)) {
      out += "<b class=\"u\">" + number_of(code) + "</b>";
    } else {
      append_escaped(out, character);
    }
  });
  return out;
}

std::string as_script(std::string_view json) {
  std::string out;
  for_each_character(json, [&](std::string_view character) {
    const char32_t code = code_of(character);
    if (code == '<' || code == '>' || code == '&' || code == 0x2028 || code == 0x2029) {
      std::string number = number_of(code);
      out += "\\u" + number.substr(2);
    } else {
      out += character;
    }
  });
  return out;
}

std::string_view first_bytes(std::string_view text, std::size_t bytes) noexcept {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && continues(text[bytes])) --bytes;
  return text.substr(0, bytes);
}

std::string_view last_bytes(std::string_view text, std::size_t bytes) noexcept {
  if (text.size() <= bytes) return text;
  std::size_t from = text.size() - bytes;
  while (from < text.size() && continues(text[from])) ++from;
  return text.substr(from);
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string rough_bytes(std::uint64_t bytes) {
  constexpr const char* kUnits[] = {" bytes", " kB", " MB", " GB", " TB"};
  if (bytes < 1000) return std::to_string(bytes) + kUnits[0];
  std::size_t unit = 0;
  std::uint64_t tenths = bytes * 10;
  for (; tenths >= 9999 && unit + 1 < std::size(kUnits); ++unit) tenths = (tenths + 500) / 1000;
  return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + kUnits[unit];
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  if (part == 0 || whole == 0) return "0 %";
  const auto tenths = static_cast<std::uint64_t>(
      std::llround(static_cast<double>(part) * 1000 / static_cast<double>(whole)));
  if (tenths == 0) return "<0.1 %";
  return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " %";
}

}  // namespace dedup::tool
