// SPDX-License-Identifier: Apache-2.0
// A line through four steps, each of which sees what the one before left:
//
//   terminal         takes out what steered one, as a whole: terminal.h
//   first_look       takes out what nobody needs (U+200B, U+0006), and tells whether the other two
//                    have any work
//   straighten       text under U+202E, and the controls of direction: bidi.h
//   remove_orphans   joiners, selectors, tags, fillers whose neighbours do not need them
//
//   👩 U+200D U+200B 💻   ->   👩 U+200D 💻     the joiner stays: U+200B between was gone by then
//   甲 U+202E 丁 U+200B 丙乙 U+202C 戊   ->   甲乙丙丁戊
//
// A right-to-left letter anywhere in the line keeps all direction marks and controls in it but the
// overrides that enclose none.
#include "text/repair/invisible.h"

#include <optional>
#include <utility>

#include "text/ascii.h"
#include "text/blanks.h"
#include "text/characters.h"
#include "text/repair/bidi.h"
#include "text/repair/terminal.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

constexpr char32_t kZeroWidthNonJoiner = 0x200C;
constexpr char32_t kZeroWidthJoiner = 0x200D;
constexpr char32_t kMongolianSeparator = 0x180E;
constexpr char32_t kBlackFlag = 0x1F3F4;

/// C0, DEL and C1 but for tab and line ends. Those that end an inner line (VT, FF, NEL) are among
/// them; first_look() spares these.
bool is_control(char32_t c) {
  return (c < 0x20 && c != U'\t' && c != U'\n' && c != U'\r') || (c >= 0x7F && c < 0xA0);
}

/// LRM, RLM, ALM: they steer the neighbours of right-to-left letters and do nothing elsewhere.
bool is_direction_mark(char32_t c) { return c == 0x200E || c == 0x200F || c == 0x061C; }

/// Shows nothing and means nothing in any place.
bool is_always_invisible(char32_t c) {
  switch (c) {
    case 0x00AD:  // soft hyphen
    case 0x034F:  // combining grapheme joiner
    case 0x200B:  // zero width space
    case 0x3164:  // Hangul filler
    case 0xFEFF:  // byte order mark
    case 0xFFA0:  // half-width Hangul filler
      return true;
    default:
      return (c >= 0x2060 && c <= 0x2064) || (c >= 0xFFF9 && c <= 0xFFFC) ||
             (c >= 0xE0000 && c < 0xE0020);
  }
}

bool is_joiner(char32_t c) { return c == kZeroWidthJoiner || c == kZeroWidthNonJoiner; }
bool is_jamo_filler(char32_t c) { return c == 0x115F || c == 0x1160; }
bool is_tag(char32_t c) { return c >= 0xE0020 && c <= 0xE007F; }
bool is_skin_tone(char32_t c) { return c >= 0x1F3FB && c <= 0x1F3FF; }

/// U+FE0F behind an emoji, U+E0100 behind an ideograph: 葛 in the form that a name wants.
bool is_variation_selector(char32_t c) {
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

/// Shows something in company only.
bool is_conditional(char32_t c) {
  return is_joiner(c) || is_variation_selector(c) || is_tag(c) || is_jamo_filler(c) ||
         c == kMongolianSeparator;
}

bool is_jamo(char32_t c) {
  return ((c >= 0x1100 && c <= 0x11FF) || (c >= 0xA960 && c <= 0xA97C) ||
          (c >= 0xD7B0 && c <= 0xD7FB)) &&
         !is_jamo_filler(c);
}

/// As in 1 U+FE0F U+20E3, the key of a telephone.
bool is_keycap_base(char32_t c) { return is_digit(c) || c == U'#' || c == U'*'; }

/// What one look at a line finds.
struct FirstLook {
  Changes deletions;           // of all that may go without a look at its neighbours
  bool directions = false;     // there are bidi controls that may have to be straightened
  bool right_to_left = false;  // and letters that they may be for
  bool conditionals = false;   // there are characters to be judged by their neighbours
};

FirstLook first_look(std::string_view line) {
  FirstLook look;
  std::optional<bool> right_to_left;  // asked once a line, and only where the answer matters
  const auto directions_matter = [&] {
    if (!right_to_left) {
      right_to_left = holds_right_to_left(line);
    }
    return *right_to_left;
  };
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t start = at;
    const char32_t c = utf8::next(line, at);
    if (is_control(c)) {
      if (!is_inner_line_end(c)) {
        append_deletion(look.deletions, start, at, RepairKind::control);
      }
    } else if (c < 0xAD) {
      continue;
    } else if (is_always_invisible(c) || (is_direction_mark(c) && !directions_matter())) {
      append_deletion(look.deletions, start, at, RepairKind::invisible);
    } else if (is_bidi_control(c)) {
      look.right_to_left = directions_matter();
      look.directions = true;
    } else {
      look.conditionals |= is_conditional(c);
    }
  }
  return look;
}

/// Walks a line and says of each conditional character whether its company keeps it. Company is
/// what stays: the character kept before and the one that follows, so that a second walk decides
/// alike.
class Company {
 public:
  [[nodiscard]] bool keeps(char32_t c, char32_t next) {
    const bool kept = !is_conditional(c) || wanted(c, next);
    if (kept) {
      if (!is_variation_selector(c) && !is_skin_tone(c) && !is_tag(c)) {
        base_ = c;
      }
      previous_ = c;
    }
    return kept;
  }

 private:
  /// By kind: joiners look at both sides, selectors and tags what is before them, a filler a Jamo
  /// on either side. Of two selectors the second has no base and goes.
  [[nodiscard]] bool wanted(char32_t c, char32_t next) const {
    if (is_joiner(c)) {
      return joins_letters(next) || (c == kZeroWidthJoiner && joins_emoji(next));
    }
    if (is_variation_selector(c)) {
      return is_pictograph(previous_) || is_skin_tone(previous_) || is_keycap_base(previous_) ||
             is_han(previous_);
    }
    if (is_jamo_filler(c)) {
      return is_jamo(previous_) || is_jamo(next);
    }
    if (c == kMongolianSeparator) {
      return previous_ >= 0x1820 && previous_ <= 0x18AA;
    }
    return previous_ == kBlackFlag || is_tag(previous_);
  }

  [[nodiscard]] bool joins_letters(char32_t next) const {
    // A word may end in a joiner that shapes the sign before it, as in Malayalam.
    return is_joining(previous_) && !is_joiner(previous_) &&
           ((is_joining(next) && !is_joiner(next)) || is_mark(previous_));
  }

  /// The base is asked, not the character before: 👩 U+1F3FB U+200D 💻 has a skin tone between, and
  /// 👁 U+FE0F U+200D 🗨 a selector.
  [[nodiscard]] bool joins_emoji(char32_t next) const {
    return is_pictograph(base_) && !is_joiner(previous_) && is_pictograph(next);
  }

  char32_t previous_ = 0;  // the last character kept
  char32_t base_ = 0;      // the last one kept that modifies none before it
};

/// 她 U+200D ♀ U+FE0F -> 她♀ U+FE0F: an ideograph is nothing to join an emoji to.
Changes remove_orphans(std::string_view line) {
  Changes changes;
  Company company;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t start = at;
    const char32_t c = utf8::next(line, at);
    std::size_t behind = at;
    const char32_t next = is_conditional(c) && at < line.size() ? utf8::next(line, behind) : 0;
    if (!company.keeps(c, next)) {
      append_deletion(changes, start, at, RepairKind::invisible);
    }
  }
  return changes;
}

}  // namespace

/// Changes of the four steps as one list, in offsets of `line`: what a step deletes from within
/// the change of one before becomes part of that change.
Changes remove_invisible(std::string_view line) {
  Changes changes = remove_terminal_sequences(line);
  FirstLook look = first_look(changes.empty() ? line : text::apply(line, changes));
  changes = changes.empty() ? std::move(look.deletions) : compose(changes, look.deletions);
  if (look.directions) {
    changes = compose(changes, straighten(text::apply(line, changes), look.right_to_left));
  }
  if (look.conditionals) {
    changes = compose(changes, remove_orphans(text::apply(line, changes)));
  }
  return changes;
}

}  // namespace dedup::text
