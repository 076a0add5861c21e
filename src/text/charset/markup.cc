// SPDX-License-Identifier: Apache-2.0
#include "text/charset/markup.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/charset/content_type.h"

namespace dedup::text {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f/";

struct Attribute {
  std::string_view name;
  std::string_view value;
};

bool is_called(std::string_view name, std::string_view small) {
  return name.size() == small.size() && find_word(name, small, 0) == 0;
}

/// Takes the next attribute from the front of the rest of a tag; its name is empty at the end.
Attribute take_attribute(std::string_view& tag) {
  tag.remove_prefix(std::min(tag.find_first_not_of(kBlanks), tag.size()));
  Attribute attribute;
  attribute.name = tag.substr(0, tag.find_first_of(" \t\r\n\f/=>"));
  tag.remove_prefix(attribute.name.size());
  std::string_view rest = tag.substr(std::min(tag.find_first_not_of(" \t\r\n\f"), tag.size()));
  if (!rest.starts_with('=')) return attribute;
  rest.remove_prefix(1);
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n\f"), rest.size()));
  const bool quoted = rest.starts_with('"') || rest.starts_with('\'');
  const std::size_t end = quoted ? rest.find(rest.front(), 1) : rest.find_first_of(" \t\r\n\f>");
  attribute.value = quoted ? rest.substr(1, end == rest.npos ? end : end - 1) : rest.substr(0, end);
  tag = end == rest.npos ? std::string_view() : rest.substr(quoted ? end + 1 : end);
  return attribute;
}

/// What a <meta> says; `tag` begins behind its name, and is cut to what follows the tag.
std::string_view charset_of_meta(std::string_view& tag) {
  std::string_view charset;
  std::string_view content;
  bool speaks_of_type = false;
  while (!tag.empty() && tag.front() != '>') {
    const auto [name, value] = take_attribute(tag);
    if (name.empty() && !tag.empty() && tag.front() != '>') tag.remove_prefix(1);
    if (is_called(name, "charset")) charset = value;
    if (is_called(name, "content")) content = value;
    speaks_of_type |= is_called(name, "http-equiv") && is_called(value, "content-type");
  }
  if (charset.empty() && speaks_of_type) charset = parse_content_type(content).charset;
  return charset;
}

std::string_view charset_of_declaration(std::string_view text) {
  text = text.substr(0, text.find("?>"));
  const std::size_t at = find_word(text, "encoding", 0);
  if (at == text.npos) return {};
  text.remove_prefix(at);
  return take_attribute(text).value;
}

std::optional<Charsets> usable(std::string_view name) {
  const auto charsets = name.empty() ? std::nullopt : charsets_called(name);
  const bool ours = charsets && charsets->is_one() && !charsets->has(Charset::utf16le) &&
                    !charsets->has(Charset::utf16be) && !charsets->has(Charset::utf32le) &&
                    !charsets->has(Charset::utf32be);
  return ours ? charsets : std::nullopt;
}

}  // namespace

std::optional<Charsets> charset_in_markup(std::string_view head) {
  head = head.substr(0, kMarkupHead);
  while (true) {
    head.remove_prefix(std::min(head.find('<'), head.size()));
    if (head.empty()) return std::nullopt;
    std::string_view name;
    if (head.starts_with("<!--")) {
      head.remove_prefix(std::min(head.find("-->", 2), head.size()));
    } else if (find_word(head.substr(0, 5), "<?xml", 0) == 0) {
      name = charset_of_declaration(head);
      head.remove_prefix(1);
    } else if (find_word(head.substr(0, 5), "<meta", 0) == 0 && head.size() > 5 &&
               kBlanks.find(head[5]) != kBlanks.npos) {
      head.remove_prefix(5);
      name = charset_of_meta(head);
    } else {
      head.remove_prefix(1);
    }
    if (const auto charsets = usable(name)) return charsets;
  }
}

}  // namespace dedup::text
