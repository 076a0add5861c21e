// SPDX-License-Identifier: Apache-2.0
// Boilerplate rules: a line is judged by itself, from cue phrases on its key and bylines in its
// text.
//
//   本网转载此文不代表本网观点，如有侵权请联系删除。      strong cues cover a good part: boilerplate
//   法院认为，被告未经许可转载原告文章，构成侵权。        `keep` cues: out of reach
//
// A block is boilerplate if it is a byline (byline.h), a bar of buttons (bar.h) or a
// copyright sign with its year; or if it has no `keep` cue, is no clause of a law nor, but for
// strong cues, a row of a table (line_shape.h), and one of these holds, the cover being the share
// of its weight that matches explain:
//
//   strong cues in it    weight ≤ 60    cover ≥ 30 %
//   strong cues in it    weight ≤ 250   cover ≥ 25 % by two different strong cues, or ≥ 50 %
//   line, head, amid     weight ≤ 40    cover ≥ 60 %
//   weak cues only       weight ≤ 40    cover ≥ 90 % by two different cues
//
// and if it still holds without what the block quotes, since a text about notices quotes them.
// Heavier blocks are never boilerplate, no block is cut. Cost: see phrase_matcher.h.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dedup/options.h"
#include "structure/kind.h"

namespace dedup::boilerplate {

/// What neighbours may say to a verdict. Vetoes and conditions are in neighbours.h.
enum class Bearing : std::uint8_t {
  firm,   ///< nothing
  field,  ///< a byline that looks like a field of a record
  loose,  ///< such a field, and its value could be anything
  step,   ///< words of a page's controls, which a list of steps may hold as well
  head,   ///< announces what follows
  title,  ///< words of a page's frame, which head a section of a text as well: 猜你喜欢
  value,  ///< a notice behind a label that is none of a notice: 例句：未经授权，禁止转载。
  amid,  ///< means something only among lines that go
};

/// Why a block is boilerplate.
struct Hit {
  std::string_view rule;  ///< "class: cue"; lives as long as the rules
  double score = 0;       ///< the cover that decided, 0 to 1; a byline is all of its line: 1
  Bearing bearing = Bearing::firm;
};

/// Immutable after construction and shareable between threads.
class BoilerplateRules {
 public:
  static constexpr std::uint32_t kHeaviest = 250;  ///< a block above is never boilerplate

  /// The built-in rules and those of `extra`, in the grammar of grammar.h, but for those of the
  /// classes in `without`. Throws FormatError naming the line.
  explicit BoilerplateRules(std::string_view extra = {}, std::span<const std::string> without = {});
  /// The same with rules of several files, each of which the FormatError names.
  BoilerplateRules(std::span<const RuleFile> extra, std::span<const std::string> without);
  ~BoilerplateRules();

  /// The classes there are, those of `extra` and of `without` among them.
  [[nodiscard]] std::span<const std::string> classes() const noexcept;

  /// Whether a keep rule of `extra` puts a block with this key out of reach of every rule: of those
  /// here, and of whatever else takes blocks for boilerplate. Cost: without such rules none, else a
  /// pass over the key.
  [[nodiscard]] bool guards(std::u16string_view key) const {
    return has_guards_ && holds_guard(key);
  }
  /// Whether there is such a rule.
  [[nodiscard]] bool has_guards() const noexcept { return has_guards_; }

  /// Why `line` (repaired, without line end) with this key, its signs left out, is boilerplate;
  /// nothing if it is not or guards() says so, or if its kind is that of code or of a table's rows.
  [[nodiscard]] std::optional<Hit> judge(std::string_view line, std::u16string_view key,
                                         std::uint32_t weight,
                                         structure::Kind kind = structure::Kind::prose) const;

  /// Whether `line`, which has this key, begins with a label that pages put behind bylines: 分享到：
  [[nodiscard]] bool begins_with_tail(std::string_view line, std::u16string_view key) const;

  /// Whether a line with this key begins as a byline does.
  [[nodiscard]] bool begins_with_label(std::u16string_view key) const;

  /// Whether any cue is in `key`, however little it explains of it.
  [[nodiscard]] bool has_cue(std::u16string_view key) const;

 private:
  struct Matcher;

  [[nodiscard]] bool holds_guard(std::u16string_view key) const;

  std::unique_ptr<const Matcher> matcher_;
  bool has_guards_ = false;
};

}  // namespace dedup::boilerplate
