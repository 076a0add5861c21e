// SPDX-License-Identifier: Apache-2.0
// The text of formulas in MathML (https://www.w3.org/TR/mathml-core/): their source in TeX where
// they bring it along, else what stands in them, in order, with the marks of TeX for what elements
// say: half of a hectare is not 12 of them.
//
//   <math><mi>x</mi> <mo>=</mo> <mn>2</mn></math>                                      x=2
//   <mn>3</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>                                      3 1/2
//   <mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><msup><mi>b</mi><mn>2</mn></msup></mrow></mfrac>
//                                                                                      1/(a+b^2)
//   <semantics>…<annotation encoding="application/x-tex">x^2</annotation></semantics>  x^2
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dedup::markup {

/// What the content of an element is to the formula around it.
enum class FormulaPart : std::uint8_t {
  none,   ///< nothing: it is in no formula, or not shown
  shown,  ///< of its text
  tex,    ///< what it is written as, in place of that
};

/// What an element is within another that is shown. `attributes` are as written.
[[nodiscard]] FormulaPart formula_part(std::string_view name, std::string_view attributes) noexcept;

/// Gathers the text of one formula after the other. Call order: ((add | end_tex)*, take)*.
class Formula {
 public:
  /// Text as it stands in the page; white space around what is shown is that of the source.
  void add(std::string_view text, FormulaPart part, bool raw);

  /// An element called `name` begins in one called `parent`, which began at `start`.
  void begin_child(std::string_view parent, std::size_t start, std::string_view name);
  /// It ends; it began at `start`.
  void end_child(std::string_view parent, std::size_t start);

  /// Text from `start` on was TeX: it takes the place of what it annotates, from `annotated` on.
  /// Where it is blank there is no such.
  void end_tex(std::size_t annotated, std::size_t start);

  /// Of the formula so far.
  [[nodiscard]] std::size_t size() const noexcept { return text_.size(); }

  /// The formula, which ends.
  [[nodiscard]] std::string take();

 private:
  std::string text_;
};

}  // namespace dedup::markup
