// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "dedup/recognise.h"
#include "text/ascii.h"
#include "walls/utf8.h"

namespace dedup {
namespace {

/// What no text with tags in it begins with: the parts of a page as a whole, and what stands in its
/// head. A tag may be followed by attributes, and <header> is another than <head>.
constexpr std::string_view kStarts[] = {"<!doctype html", "<html",  "<head>",  "<head ",
                                        "<body>",         "<body ", "<title>", "<meta "};

enum class Start { page, other, undecided };

/// Whether `text` starts with `word`, which is in small letters.
bool starts_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(),
                    [](char small, char c) { return small == text::lower(c); });
}

/// Whether `head` is a beginning of `word` that may go on so.
bool may_become(std::string_view head, std::string_view word) {
  return head.size() < word.size() && starts_with_word(head, word.substr(0, head.size()));
}

/// An XML declaration and comments may stand in front.
Start start_of_ascii(std::string_view head) {
  if (head.starts_with(utf8::kByteOrderMark)) head.remove_prefix(utf8::kByteOrderMark.size());
  for (;;) {
    head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
    const bool comment = head.starts_with("<!--");
    if (!comment && !head.starts_with("<?xml")) break;
    const std::string_view close = comment ? "-->" : ">";
    const std::size_t end = head.find(close);
    if (end == head.npos) return Start::undecided;
    head.remove_prefix(end + close.size());
  }
  const auto starts = [head](std::string_view word) { return starts_with_word(head, word); };
  if (std::ranges::any_of(kStarts, starts)) return Start::page;
  const auto may_start = [head](std::string_view word) { return may_become(head, word); };
  const bool undecided =
      std::ranges::any_of(kStarts, may_start) || may_start("<?xml") || may_start("<!--");
  return undecided ? Start::undecided : Start::other;
}

/// Of UTF-16 and UTF-32 every other byte of a tag, or three in four, is zero; a mark may be cut.
Start start_of(std::string_view bytes) {
  if (may_become(bytes, utf8::kByteOrderMark) || bytes == "\xFF" || bytes == "\xFE") {
    return Start::undecided;
  }
  std::string_view head = bytes.substr(0, kHtmlHead);
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) head.remove_prefix(2);
  if (head.find('\0') == head.npos) return start_of_ascii(head);
  std::string letters(head);
  std::erase(letters, '\0');
  return start_of_ascii(letters);
}

}  // namespace

bool looks_like_html(std::string_view head) { return start_of(head) == Start::page; }

bool may_become_html(std::string_view head) {
  return head.size() < kHtmlHead && start_of(head) == Start::undecided;
}

}  // namespace dedup
