// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/model_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <system_error>
#include <utility>

#include "dedup/error.h"
#include "text/fold.h"
#include "text/signs.h"

namespace dedup::boilerplate {

std::string_view take(std::string_view& text, char end) noexcept {
  const std::size_t size = std::min(text.find(end), text.size());
  const std::string_view piece = text.substr(0, size);
  text.remove_prefix(std::min(size + 1, text.size()));
  return piece;
}

void read_model_text(
    std::string_view text, std::string_view what,
    const std::function<void(std::string_view, std::string_view, std::string_view)>& read) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view line = take(text, '\n');
    if (line.empty() || line.front() == '#') continue;
    const std::string_view kind = take(line, '\t');
    const std::string_view name = take(line, '\t');
    try {
      read(kind, name, take(line, '\t'));
    } catch (const FormatError& error) {
      throw FormatError(std::string(what) + ", line " + std::to_string(number) + ": " +
                        error.what());
    }
  }
}

std::int32_t hundredths(std::string_view text) {
  constexpr std::int32_t kHundredths = 100;
  constexpr double kMost = 1000;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || std::abs(value) > kMost) {
    throw FormatError("a number is missing");
  }
  return static_cast<std::int32_t>(std::lround(value * kHundredths));
}

void add_cues(PageCues& cues, std::string_view its_class, std::string_view words) {
  static constexpr std::array<std::string_view, PageCues::kClasses> kClasses{
      "channel", "action", "meta", "board", "comments"};
  const auto found = std::ranges::find(kClasses, its_class);
  if (found == kClasses.end()) throw FormatError("no such class of cues");
  while (!words.empty()) {
    const std::string_view word = take(words, ' ');
    std::u16string key;
    text::fold(word, key);
    key = text::letters_of(key);
    if (key.size() < 2) throw FormatError("a cue needs two characters");
    cues.add(static_cast<PageCues::Class>(found - kClasses.begin()), std::move(key));
  }
}

}  // namespace dedup::boilerplate
