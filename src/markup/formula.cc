// SPDX-License-Identifier: Apache-2.0
#include "markup/formula.h"

#include <algorithm>
#include <utility>

#include "markup/characters.h"
#include "markup/tokens.h"

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
