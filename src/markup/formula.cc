// SPDX-License-Identifier: Apache-2.0
#include "markup/formula.h"

#include <algorithm>
#include <utility>

#include "markup/characters.h"
#include "markup/tokens.h"
#include "text/ascii.h"

namespace dedup::markup {
namespace {

std::string_view trimmed(std::string_view text) noexcept {
  const std::size_t start = std::min(text.find_first_not_of(kWhiteSpace), text.size());
  return text.substr(start, text.find_last_not_of(kWhiteSpace) + 1 - start);
}

bool is_tex(std::string_view source) noexcept {
  Attributes attributes(source);
  for (std::string_view name, value; attributes.next(name, value);) {
    if (is_spelt(name, "encoding")) {
      return is_spelt(trimmed(value), "application/x-tex");
    }
  }
  return false;
}

/// The mark between children of an element; NUL where they follow one another.
char mark_in(std::string_view parent, bool third) noexcept {
  const auto is = [parent](std::string_view name) { return is_spelt(parent, name); };
  if (is("mfrac")) return '/';
  if (is("msup") || is("mover")) return '^';
  if (is("msub") || is("munder")) return '_';
  return is("msubsup") || is("munderover") ? (third ? '^' : '_') : '\0';
}

/// What is longer is not looked through: formulas stand in formulas.
constexpr std::size_t kLongestOperand = 256;

bool is_simple(std::string_view operand) noexcept {
  const auto plain = [](char c) {
    return text::is_letter(c) || text::is_digit(c) || c == '.' || !text::is_ascii(c);
  };
  return std::all_of(operand.begin(), operand.end(), plain);
}

}  // namespace

FormulaPart formula_part(std::string_view name, std::string_view attributes) noexcept {
  if (is_spelt(name, "annotation")) {
    return is_tex(attributes) ? FormulaPart::tex : FormulaPart::none;
  }
  // A phantom takes its room and no more.
  const bool unseen = is_spelt(name, "annotation-xml") || is_spelt(name, "mphantom");
  return unseen ? FormulaPart::none : FormulaPart::shown;
}

void Formula::add(std::string_view text, FormulaPart part, bool raw) {
  if (part == FormulaPart::shown) {
    text = trimmed(text);
  }
  text_ += raw ? std::string(text) : decoded(text, text.size());
}

void Formula::begin_child(std::string_view parent, std::size_t start, std::string_view name) {
  const std::string_view before = std::string_view(text_).substr(start);
  if (const char mark = mark_in(parent, before.substr(0, kLongestOperand).find('_') != before.npos);
      mark != '\0' && !before.empty()) {
    text_ += mark;
  } else if (is_spelt(name, "mfrac") && !before.empty() && text::is_digit(before.back())) {
    text_ += ' ';
  }
  if (is_spelt(name, "msqrt")) {
    text_ += "\u221A";
  }
}

/// An operand of several signs is one by its brackets.
void Formula::end_child(std::string_view parent, std::size_t start) {
  const std::string_view operand = std::string_view(text_).substr(start);
  if (mark_in(parent, false) != '\0' && operand.size() <= kLongestOperand && !is_simple(operand)) {
    text_.insert(start, 1, '(');
    text_ += ')';
  }
}

void Formula::end_tex(std::size_t annotated, std::size_t start) {
  const std::string_view tex = trimmed(std::string_view(text_).substr(start));
  if (tex.empty()) {
    text_.resize(start);
    return;
  }
  const auto first = static_cast<std::size_t>(tex.data() - text_.data());
  text_.resize(first + tex.size());
  text_.erase(annotated, first - annotated);
}

std::string Formula::take() { return std::exchange(text_, {}); }

}  // namespace dedup::markup
