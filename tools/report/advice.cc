// SPDX-License-Identifier: Apache-2.0
#include "report/advice.h"

#include <algorithm>
#include <cstddef>

namespace dedup::tool {
namespace {

/// "--boilerplate=auto,-byline" for "byline: 责任编辑", beside the classes that were left out before.
std::string without_class(std::string_view rule, const Options& options) {
  std::string option = options.boilerplate == Boilerplate::rules  ? "--boilerplate=rules"
                       : options.boilerplate == Boilerplate::page ? "--boilerplate=page"
                                                                  : "--boilerplate=auto";
  for (const std::string& name : options.boilerplate_without) option += ",-" + name;
  return option.append(",-").append(rule.substr(0, rule.find(':')));
}

bool figure(char c) noexcept { return c >= '0' && c <= '9'; }

bool latin(char c) noexcept {
  const auto small = static_cast<char>(c | 0x20);
  return small >= 'a' && small <= 'z';
}

/// Whether a character of three bytes is an ideograph of the two oldest blocks.
bool ideograph_at(std::string_view character) noexcept {
  return character >= "\u3400" && character <= "\u9FFF";
}

/// How much a stretch of text tells: an ideograph as much as four letters.
constexpr std::size_t kIdeograph = 4;
constexpr std::size_t kEnough = 8 * kIdeograph;

/// The first stretch of ideographs, letters, digits and blanks that is enough to tell a text by,
/// else the one that tells most.
class Cue {
 public:
  explicit Cue(std::string_view text) {
    for (std::size_t i = 0; i < text.size() && weight_ < kEnough;) {
      const bool wide = ideograph_at(text.substr(i, 3));
      add(text.substr(i, wide ? 3 : 1), wide);
      i += wide ? 3 : 1;
    }
    end();
  }

  /// Empty: there is none.
  [[nodiscard]] const std::string& text() const noexcept { return best_; }
  /// Whether it is all there is, but for signs.
  [[nodiscard]] bool is_all() const noexcept { return stretches_ == 1; }

 private:
  /// Digits tell nothing: a stretch does not begin with them.
  void add(std::string_view character, bool wide) {
    const char c = character.front();
    const bool letter = !wide && latin(c);
    const bool inside = weight_here_ > 0 && (figure(c) || c == ' ');
    if (!wide && !letter && !inside) return end();
    stretch_ += character;
    weight_here_ += wide ? kIdeograph : letter ? 1 : 0;
    if (weight_here_ >= 3 * kEnough) end();
  }

  void end() {
    while (stretch_.ends_with(' ')) stretch_.pop_back();
    stretches_ += stretch_.empty() ? 0 : 1;
    if (weight_here_ >= 2 * kIdeograph && weight_here_ >= weight_) {
      best_ = stretch_;
      weight_ = weight_here_;
    }
    stretch_.clear();
    weight_here_ = 0;
  }

  std::string best_, stretch_;
  std::size_t weight_ = 0, weight_here_ = 0;
  int stretches_ = 0;
};

/// A short cue could stand in any text: where it is all of a line, such lines alone are meant.
std::string keep_rule(std::string_view text) {
  text = text.substr(0, text.find_last_not_of("\r\n") + 1);
  const Cue cue(text);
  if (cue.text().empty()) return {};
  const bool digits = std::ranges::any_of(text, figure);
  const bool whole = cue.is_all() && !digits && text.find('\n') == text.npos;
  return whole && text.size() < kShownText ? "keep <start> " + cue.text() + " <end>"
                                           : "keep " + cue.text();
}

Advice keep_boilerplate(const Sample& sample, const Options& options) {
  return {.option = without_class(sample.rule, options),
          .narrower = {},
          .keep_rule = keep_rule(sample.text),
          .note = {}};
}

Advice keep_document(const Sample& sample) {
  const bool near = sample.similarity && *sample.similarity < 1;
  return {.option = "--scope=document",
          .narrower = near ? "--documents=exact" : "--documents=off",
          .keep_rule = {},
          .note = near ? "The second keeps what differs in other paragraphs, but not equal ones."
                       : "The second keeps short paragraphs alone: long ones that are equal still "
                         "go by themselves."};
}

Advice keep_repeat(const Sample& sample) {
  if (sample.first && sample.first->elsewhere) {
    return {.option = "--scope=document",
            .narrower = "--min-block-across=N",
            .keep_rule = {},
            .note = "N: more than its length in ideographs, words and numbers."};
  }
  return {.option = "--paragraphs=off --sentences=off",
          .narrower = "--min-block=N",
          .keep_rule = {},
          .note = "N: more than its length in ideographs, words and numbers."};
}

}  // namespace

Advice advice(const Sample& sample, const Options& options) {
  const bool elsewhere = sample.first && sample.first->elsewhere;
  switch (sample.reason) {
    case Reason::boilerplate:
      return keep_boilerplate(sample, options);
    case Reason::duplicate_document:
      return keep_document(sample);
    case Reason::repeated_block:
      return keep_repeat(sample);
    case Reason::repeated_run:
      return {.option = elsewhere ? "--scope=document" : "--runs=off",
              .narrower = elsewhere ? "--runs=off" : "",
              .keep_rule = {},
              .note = {}};
    case Reason::near_duplicate:
      return {.option = "--paragraphs=exact", .narrower = {}, .keep_rule = {}, .note = {}};
    case Reason::repeated_sentences:
      return {.option = "--sentences=off", .narrower = {}, .keep_rule = {}, .note = {}};
    case Reason::repair:
      if (sample.rule == "script") {
        return {.option = "--script=keep", .narrower = {}, .keep_rule = {}, .note = {}};
      }
      if (sample.rule == "nfc") {
        return {.option = "--normalise=off", .narrower = {}, .keep_rule = {}, .note = {}};
      }
      return {.option = "--repair=off", .narrower = {}, .keep_rule = {}, .note = {}};
    case Reason::blank_lines:
      break;
  }
  return {.option = {},
          .narrower = {},
          .keep_rule = {},
          .note = "It goes with what stood between two blank lines, and stays with it."};
}

}  // namespace dedup::tool
