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
  return true;
}

OpenElement OpenElements::pop() {
  const OpenElement last = open_.back();
  open_.pop_back();
  --counts_[static_cast<std::size_t>(last.tag)];
  return last;
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
  if (!heading && !is_open(tag)) {
    return 0;
  }
  const auto border = [&](const OpenElement& open) {
    return is(open.tag, kBorder) && (!is_of_table(tag) || open.tag == Tag::table);
  };
  return depth_of(
      [&](const OpenElement& open) {
        return heading ? open.heading > 0 && heading_level(open.tag) > 0
                       : open.tag == tag && (tag != Tag::unknown || is_same_name(open.name, name));
      },
      border);
}

std::size_t OpenElements::closed_by_start(Tag tag) const noexcept {
  const auto at_border = [](const OpenElement& open) { return is(open.tag, kBorder); };
  const auto at_table = [](const OpenElement& open) { return open.tag == Tag::table; };
  const auto at_list = [](const OpenElement& open) {
    return is(open.tag, kList) || is(open.tag, kBorder);
  };
  const auto named = [](Tag wanted) {
    return [wanted](const OpenElement& open) { return open.tag == wanted; };
  };
  std::size_t closed = 0;
  if (is_cell(tag)) {
    closed = depth_of(
        [](const OpenElement& open) { return is_cell(open.tag); },
        [](const OpenElement& open) { return open.tag == Tag::table || open.tag == Tag::tr; });
  } else if (tag == Tag::tr) {
    closed = depth_of(named(Tag::tr), at_table);
  } else if (is_row_group(tag)) {
    closed = depth_of([](const OpenElement& open) { return is_row_group(open.tag); }, at_table);
    closed = std::max(closed, depth_of(named(Tag::tr), at_table));
  } else if (tag == Tag::li && is_open(Tag::li)) {
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
  return closed;
}

}  // namespace dedup::markup
