// SPDX-License-Identifier: Apache-2.0
#include "command/values.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <system_error>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "command/suggestion.h"

namespace dedup::tool {
namespace {

template <typename Number>
bool parse_all(const std::string& value, Number& result) {
  const char* const end = value.data() + value.size();
  const auto [stop, fault] = std::from_chars(value.data(), end, result);
  return fault == std::errc() && stop == end;
}

/// "0.5", without the zeros that std::to_string() adds.
std::string digits(double number) {
  char text[32];
  const auto [stop, fault] = std::to_chars(text, text + sizeof text, number);
  return fault == std::errc() ? std::string(text, stop) : std::string();
}

}  // namespace

void refuse_value(const std::string& option, const std::string& wanted, const std::string& value) {
  throw UsageError(option + " takes " + wanted + ", not \"" + shown(value) +
                   "\" (see dedup --help)");
}

void refuse_choice(const std::string& option, const Words& choices, const std::string& value) {
  std::string list;
  for (const std::string& choice : choices) list += (list.empty() ? "" : ", ") + choice;
  throw UsageError(option + " takes " + list + ", not \"" + shown(value) + '"' +
                   did_you_mean(value, choices) + " (see dedup --help)");
}

void check(const std::string& option, const std::string& value, Values words) {
  if (std::find(words.begin(), words.end(), value) != words.end()) return;
  refuse_choice(option, Words(words.begin(), words.end()), value);
}

std::uint32_t number(const std::string& option, const std::string& value, std::uint32_t most) {
  std::uint32_t result = 0;
  if (!parse_all(value, result)) refuse_value(option, "a number", value);
  if (result > most) refuse_value(option, "a number up to " + std::to_string(most), value);
  return result;
}

double fraction(const std::string& option, const std::string& value, double least, double most) {
  double result = 0;
  // Not "result < least": what is not a number compares false.
  if (!parse_all(value, result) || !(result >= least && result <= most)) {
    refuse_value(option, "a number from " + digits(least) + " to " + digits(most), value);
  }
  return result;
}

std::uint64_t size(const std::string& option, const std::string& value, std::uint64_t whole) {
  double result = 0;
  const char* const end = value.data() + value.size();
  const auto [stop, fault] = std::from_chars(value.data(), end, result);
  std::string unit(stop, end);
  double scale = 0;
  if (unit == "%") {
    scale = result <= 100 ? static_cast<double>(whole) / 100 : 0;
  } else {
    for (const std::string_view tail : {"iB", "B"}) {
      if (unit.size() == tail.size() + 1 && unit.ends_with(tail)) unit.resize(1);
    }
    constexpr std::string_view kUnits = "BKMGT";
    const std::size_t power =
        unit.empty() ? 0 : kUnits.find(static_cast<char>(std::toupper(unit[0])));
    if (unit.size() <= 1 && power != kUnits.npos) {
      scale = static_cast<double>(std::uint64_t{1} << (10 * power));
    }
  }
  constexpr double kMost = 1e18;
  const double bytes = result * scale;
  if (fault != std::errc() || !(bytes >= 1 && bytes <= kMost)) {
    refuse_value(option, "a size such as 512M, 2G or 25%", value);
  }
  return static_cast<std::uint64_t>(bytes);
}

void check_line(const std::string& option, const std::string& value) {
  std::string letters = value;
  std::erase_if(letters, [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; });
  const bool utf8 =
      shown(letters) == letters;  // only controls and broken bytes are shown otherwise
  if (value.find_first_of("\r\n") != value.npos || !utf8) {
    refuse_value(option, "one line of text", value);
  }
}

std::string typed(const Words& words) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-=./,:+@%";
  std::string line;
  for (const std::string& word : words) {
    if (!line.empty()) line += ' ';
    if (!word.empty() && word.find_first_not_of(kPlain) == word.npos) {
      line += word;
      continue;
    }
    line += '\'';
    for (const char c : word) line += c == '\'' ? "'\\''" : std::string(1, c);
    line += '\'';
  }
  return line;
}

std::string backup_suffix(const std::string& value) {
  if (value.find('/') != value.npos) {
    throw UsageError("--in-place=" + shown(value) +
                     ": a backup stands beside its file, and its name has no /");
  }
  return value == "*" ? std::string() : value;
}

}  // namespace dedup::tool
