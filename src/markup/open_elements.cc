// SPDX-License-Identifier: Apache-2.0
#include "markup/open_elements.h"

#include <algorithm>

#include "text/ascii.h"

namespace dedup::markup {
namespace {

bool is_same_name(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return text::lower(x) == text::lower(y); });
}

/// Of a name in whatever case.
std::size_t place_of(std::string_view name) noexcept {
  std::size_t hash = name.size();
  for (const char c : name) {
    hash = hash * 31 + static_cast<unsigned char>(text::lower(c));
  }
  return hash % 256;
}

constexpr bool is_row_group(Tag tag) noexcept {
  return tag == Tag::tbody || tag == Tag::thead || tag == Tag::tfoot;
}
constexpr bool is_cell(Tag tag) noexcept { return tag == Tag::td || tag == Tag::th; }
constexpr bool is_of_table(Tag tag) noexcept {
  return is_cell(tag) || is_row_group(tag) || tag == Tag::tr || tag == Tag::table ||
         tag == Tag::caption || tag == Tag::colgroup;
}
constexpr bool is_reading(Tag tag) noexcept {
  return tag == Tag::rt || tag == Tag::rp || tag == Tag::rb || tag == Tag::rtc;
}

/// Elements that are left out with mark-up of their own in them: nothing in them closes what is
/// around them. Readings and options are none, as these are often not ended themselves.
bool is_closed_room(Tag tag) noexcept {
  return is(tag, kOut) && !is_reading(tag) && tag != Tag::option && tag != Tag::optgroup;
}

constexpr bool is_foreign(Tag tag) noexcept { return tag == Tag::svg || tag == Tag::math; }

template <std::size_t N>
bool is_listed(const std::array<std::string_view, N>& names, std::string_view name) noexcept {
  return std::any_of(names.begin(), names.end(),
                     [name](std::string_view one) { return is_same_name(one, name); });
}

/// What of a drawing or a formula may hold HTML.
bool holds_html(const OpenElement& open) noexcept {
  constexpr std::array<std::string_view, 8> kNames{
      "foreignobject", "desc", "annotation-xml", "mi", "mo", "mn", "ms", "mtext"};
  return open.tag == Tag::unknown && is_listed(kNames, open.name);
}

/// What is part of no drawing: all that stands by itself, and most of the inline kind.
bool leaves_foreign(Tag tag, std::string_view name) noexcept {
  constexpr std::array<std::string_view, 15> kInline{"b",   "big",   "em",   "i",      "nobr",
                                                     "s",   "small", "span", "strong", "strike",
                                                     "sub", "sup",   "tt",   "u",      "var"};
  switch (tag) {
    case Tag::unknown:
      return is_listed(kInline, name);
    case Tag::body:
    case Tag::br:
    case Tag::code:
    case Tag::embed:
    case Tag::head:
    case Tag::img:
    case Tag::meta:
    case Tag::ruby:
      return true;
    default:
      return is(tag, kBlock) && is(tag, kEndsParagraph);
  }
}

}  // namespace

OpenElement* OpenElements::list() noexcept {
  const auto found = std::find_if(open_.rbegin(), open_.rend(), [](const OpenElement& open) {
    return is(open.tag, kList) || is(open.tag, kBorder);
  });
  return found != open_.rend() && is(found->tag, kList) ? &*found : nullptr;
}

bool OpenElements::push(const OpenElement& element) {
  if (size() >= kDeepest) {
    ++too_deep_;
    return false;
  }
  open_.push_back(element);
  ++counts_[static_cast<std::size_t>(element.tag)];
  if (element.tag == Tag::unknown) {
    ++unknown_[place_of(element.name)];
  }
  return true;
}

OpenElement OpenElements::pop() {
  const OpenElement last = open_.back();
  open_.pop_back();
  --counts_[static_cast<std::size_t>(last.tag)];
  if (last.tag == Tag::unknown) {
    --unknown_[place_of(last.name)];
  }
  return last;
}

bool OpenElements::may_be_open(std::string_view name) const noexcept {
  return unknown_[place_of(name)] > 0;
}

/// How many are popped to close the innermost that is wanted, if no border comes before it.
template <class Wanted, class Border>
std::size_t OpenElements::depth_of(Wanted wanted, Border border) const noexcept {
  for (std::size_t depth = 1; depth < open_.size(); ++depth) {
    const OpenElement& open = open_[open_.size() - depth];
    if (wanted(open)) {
      return depth;
    }
    if (border(open)) {
      return 0;
    }
  }
  return 0;
}

/// Any end tag of a heading closes any heading. What ends a part of a table may reach out of a
/// cell; nothing else may.
std::size_t OpenElements::closed_by_end(Tag tag, std::string_view name) {
  if (too_deep_ > 0 && is(tag, kNested)) {
    --too_deep_;
    return 0;
  }
  const bool heading = heading_level(tag) > 0;
  if ((!heading && !is_open(tag)) || (tag == Tag::unknown && !may_be_open(name))) {
    return 0;
  }
  const auto border = [&](const OpenElement& open) {
    return (is(open.tag, kBorder) && !is(tag, kOut) &&
            (!is_of_table(tag) || open.tag == Tag::table)) ||
           (tag == Tag::li && is(open.tag, kList) && open.tag != Tag::dl);
  };
  return depth_of(
      [&](const OpenElement& open) {
        return heading ? open.heading > 0 && heading_level(open.tag) > 0
                       : open.tag == tag && (tag != Tag::unknown || is_same_name(open.name, name));
      },
      border);
}

bool OpenElements::lacks_row() const noexcept {
  if (!is_open(Tag::table)) {
    return false;
  }
  const auto around = std::find_if(open_.rbegin(), open_.rend(), [](const OpenElement& open) {
    return open.tag == Tag::tr || is(open.tag, kBorder);
  });
  return around != open_.rend() && around->tag == Tag::table;
}

std::size_t OpenElements::foreign_closed_by(Tag tag, std::string_view name) const noexcept {
  if ((!is_open(Tag::svg) && !is_open(Tag::math)) || !leaves_foreign(tag, name)) {
    return 0;
  }
  return depth_of([](const OpenElement& open) { return is_foreign(open.tag); },
                  [](const OpenElement& open) { return holds_html(open); });
}

/// A part of a table closes all up to what may hold it: its row, its group of rows, or the table.
/// Without a table the part before it ends, as what holds it is not there.
std::size_t OpenElements::closed_by_part(Tag tag) const noexcept {
  const auto holds = [tag](const OpenElement& open) {
    return open.tag == Tag::table || (is_cell(tag) && open.tag == Tag::tr) ||
           (!is_row_group(tag) && is_row_group(open.tag));
  };
  const auto is_before = [tag](const OpenElement& open) {
    return is_cell(tag) ? is_cell(open.tag) : open.tag == Tag::tr;
  };
  const auto at_room = [tag](const OpenElement& open) {
    return (is_closed_room(open.tag) && open.tag != Tag::select && open.tag != Tag::button) ||
           (is_cell(tag) && open.tag == Tag::tr);
  };
  if (!is_open(Tag::table)) {
    return depth_of(is_before, at_room);
  }
  const std::size_t depth = depth_of(holds, at_room);
  return depth > 0 ? depth - 1 : 0;
}

std::size_t OpenElements::closed_by_start(Tag tag) const noexcept {
  const auto at_border = [](const OpenElement& open) {
    return is(open.tag, kBorder) || is_closed_room(open.tag);
  };
  const auto at_list = [at_border](const OpenElement& open) {
    return is(open.tag, kList) || at_border(open);
  };
  const auto named = [](Tag wanted) {
    return [wanted](const OpenElement& open) { return open.tag == wanted; };
  };
  std::size_t closed = 0;
  if (is_cell(tag) || tag == Tag::tr || is_row_group(tag)) {
    return closed_by_part(tag);
  }
  if (tag == Tag::li && is_open(Tag::li)) {
    closed = depth_of(named(Tag::li), at_list);
  } else if (tag == Tag::dd || tag == Tag::dt) {
    closed =
        depth_of([](const OpenElement& open) { return open.tag == Tag::dd || open.tag == Tag::dt; },
                 at_list);
  } else if (is_reading(tag)) {
    closed =
        depth_of([](const OpenElement& open) { return is_reading(open.tag); }, named(Tag::ruby));
  } else if (tag == Tag::option || tag == Tag::optgroup) {
    closed = top().tag == Tag::option ? 1 : 0;
  }
  if (closed == 0 && is(tag, kEndsParagraph) && is_open(Tag::p)) {
    closed = depth_of(named(Tag::p), at_border);
  }
  if (heading_level(tag) > 0 && heading_level(open_[open_.size() - 1 - closed].tag) > 0) {
    ++closed;
  }
  return closed;
}

}  // namespace dedup::markup
