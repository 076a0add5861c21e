// SPDX-License-Identifier: Apache-2.0
// A line, and what is tried on it until something is safe:
//
//   decode(all references)   safe if the result holds no reference
//   decode(some of them)     without those that could spell a new one; then without those that
//                            could open or close a tag, too. Stable if a second call does nothing
//   nothing
//
//   &ldquo;好&rdquo;              “好”              all
//   &amp;lt;&ldquo;甲&rdquo;      &amp;lt;“甲”      some: &lt; would be a reference
//   &l&#116;;                     &l&#116;;         some, of which none is left: it would be &lt;
//
// No result may be a fence, nor leave another tag open at its end than the line did: what is code
// and what is mark-up in the lines behind is known by then.
//
// Cost: linear. A line is decoded seven times at most, and twice hardly ever.
#include "text/repair/entities.h"

#include <algorithm>
#include <string>
#include <utility>

#include "text/ascii.h"
#include "text/blanks.h"
#include "text/code.h"
#include "text/repair/invisible.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

/// Characters that could make up a new reference together with their neighbours.
bool is_spelling(char32_t c) {
  return is_digit(c) || is_letter(c) || c == U'#' || c == U';' || c == U'&';
}

/// Characters that could make up a tag, or end one, together with their neighbours.
bool is_tagging(char32_t c) {
  return c == U'<' || c == U'>' || c == U'"' || c == U'\'' || c == U'=' || c == U'/' || c == U'!' ||
         c == U'-';
}

/// A line after decoding, and the changes that led there.
struct Decoded {
  std::string line;
  Changes changes;
};

struct Extent {
  std::size_t start = 0;
  std::size_t end = 0;
};

/// `line` without white space at its ends, in whatever way it is written.
Extent body_of(std::string_view line, const References& found) {
  Extent body{0, line.size()};
  auto first = found.begin();
  while (body.start < line.size()) {
    std::size_t behind = body.start;
    const bool reference = first != found.end() && first->start == body.start;
    if (!is_white(reference ? first->c : utf8::next(line, behind))) {
      break;
    }
    body.start = reference ? first++->end : behind;
  }
  auto last = found.rbegin();
  while (body.end > body.start) {
    std::size_t before = body.end;
    const bool reference = last != found.rend() && last->end == body.end;
    if (!is_white(reference ? last->c : utf8::previous(line, before))) {
      break;
    }
    body.end = reference ? last++->start : before;
  }
  return body;
}

/// What was hidden under references goes at once (&shy; &#8203; &#x202E;), so that no later pass
/// has to come back for it. compose() makes one change of each reference and its cleaning.
/// A no-break space within the text was to lay it out, and becomes a plain one; at the ends of the
/// line it tells an indent.
Decoded decode(std::string_view line, const References& found) {
  Decoded decoded;
  const Extent body = body_of(line, found);
  for (const Reference& reference : found) {
    Change change{reference.start, reference.end, {}, RepairKind::entity};
    const bool inner = reference.start >= body.start && reference.end <= body.end;
    utf8::append(change.replacement, inner && reference.c == 0xA0 ? U' ' : reference.c);
    decoded.changes.push_back(std::move(change));
  }
  decoded.line = text::apply(line, decoded.changes);
  const Changes cleaning = remove_invisible(decoded.line);
  if (!cleaning.empty()) {
    decoded.line = text::apply(decoded.line, cleaning);
    decoded.changes = compose(decoded.changes, cleaning);
  }
  return decoded;
}

/// &amp; &#35; &#116; &#59; go from the list: what is left decodes to no part of a reference.
References without_spelling(References found) {
  std::erase_if(found, [](const Reference& reference) { return is_spelling(reference.c); });
  return found;
}

References without_tagging(References found) {
  std::erase_if(found, [](const Reference& reference) { return is_tagging(reference.c); });
  return found;
}

/// The reference that the & of `outer` is part of: &amp;nbsp; as a whole.
std::optional<Reference> doubled(std::string_view line, const Reference& outer) {
  constexpr std::size_t kLookAhead = 16;
  if (outer.c != U'&') {
    return std::nullopt;
  }
  std::string inner = "&";
  inner += line.substr(outer.end, kLookAhead);
  auto reference = reference_at(inner, 0);
  if (!reference || inner[reference->end - 1] != ';') {
    return std::nullopt;
  }
  return Reference{outer.start, outer.end + reference->end - 1, reference->c};
}

/// Decides what of a line may be decoded. `before` is the state of tags at its start.
class Decoder {
 public:
  explicit Decoder(std::string_view line, const TagState& before)
      : before_(before), after_(before) {
    static_cast<void>(read_tags(line, after_));
  }

  /// All, some or none, by what they stand for and never by where.
  [[nodiscard]] Changes run(std::string_view line) const {
    const References found = references(line, before_);
    if (found.empty()) {
      return {};
    }
    Decoded whole = decode(line, found);
    if (is_whole(whole.line)) {
      return std::move(whole.changes);
    }
    const References unspelled = without_spelling(found);
    Decoded part = decode(line, unspelled);
    if (is_part(part.line)) {
      return std::move(part.changes);
    }
    Decoded rest = decode(line, without_tagging(unspelled));
    return is_rest(rest.line) ? std::move(rest.changes) : Changes{};
  }

  /// Whether the lines behind are read as before.
  [[nodiscard]] bool keeps_context(std::string_view line) const {
    TagState state = before_;
    static_cast<void>(read_tags(line, state));
    return !fence(line) && state.is_alike(after_);
  }

 private:
  /// The three ways are safe if run() finds nothing to do in what comes out of them.
  [[nodiscard]] bool is_whole(std::string_view line) const {
    return references(line, before_).empty() && keeps_context(line);
  }
  [[nodiscard]] bool is_part(std::string_view line) const {
    const References found = references(line, before_);
    return keeps_context(line) && without_spelling(found).empty() && !gives_whole(line, found);
  }
  [[nodiscard]] bool is_rest(std::string_view line) const {
    const References found = references(line, before_);
    const References unspelled = without_spelling(found);
    return keeps_context(line) && without_tagging(unspelled).empty() && !gives_whole(line, found) &&
           (unspelled.empty() || !is_part(decode(line, unspelled).line));
  }
  [[nodiscard]] bool gives_whole(std::string_view line, const References& found) const {
    return !found.empty() && is_whole(decode(line, found).line);
  }

  TagState before_;
  TagState after_;
};

}  // namespace

Changes decode_references(std::string_view line, const TagState& before) {
  return Decoder(line, before).run(line);
}

References doubled_references(std::string_view line, const TagState& before) {
  References found = references(line, before);
  for (Reference& reference : found) {
    const auto whole = doubled(line, reference);
    if (!whole) {
      return {};
    }
    reference = *whole;
  }
  return found;
}

Changes decode_doubled(std::string_view line, const TagState& before, const References& chosen) {
  Decoded decoded = decode(line, chosen);
  const std::size_t left = doubled_references(line, before).size() - chosen.size();
  const bool stable = doubled_references(decoded.line, before).size() == left &&
                      references(decoded.line, before).size() == left;
  if (!stable || !Decoder(line, before).keeps_context(decoded.line)) {
    return {};
  }
  return std::move(decoded.changes);
}

}  // namespace dedup::text
