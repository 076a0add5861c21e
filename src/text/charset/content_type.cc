// SPDX-License-Identifier: Apache-2.0
#include "text/charset/content_type.h"

#include <algorithm>
#include <initializer_list>

#include "text/ascii.h"

namespace dedup::text {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f";

std::string_view trimmed(std::string_view text) noexcept {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

/// Behind the first "charset" with an equals sign behind it; empty where there is none.
std::string_view charset_of(std::string_view text) noexcept {
  for (std::size_t at = 0; (at = find_word(text, "charset", at)) != text.npos;) {
    at += std::string_view("charset").size();
    std::string_view rest = trimmed(text.substr(at));
    if (!rest.starts_with('=')) continue;
    rest = trimmed(rest.substr(1));
    if (rest.empty()) return {};
    if (rest.front() == '"' || rest.front() == '\'') {
      const std::size_t end = rest.find(rest.front(), 1);
      return end == rest.npos ? std::string_view() : trimmed(rest.substr(1, end - 1));
    }
    return rest.substr(0, rest.find_first_of(" \t\r\n\f;,\"'"));
  }
  return {};
}

/// Whatever the case.
bool equals_any(std::string_view media, std::initializer_list<std::string_view> types) noexcept {
  return std::any_of(types.begin(), types.end(), [&](std::string_view type) {
    return media.size() == type.size() && find_word(media, type, 0) == 0;
  });
}

}  // namespace

std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) noexcept {
  if (from > text.size()) return text.npos;
  const auto at =
      std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), word.begin(),
                  word.end(), [](char c, char small) { return lower(c) == small; });
  return at == text.end() ? text.npos : static_cast<std::size_t>(at - text.begin());
}

bool ContentType::is_html() const noexcept {
  return equals_any(media, {"text/html", "application/xhtml+xml"});
}

bool ContentType::says_nothing() const noexcept {
  return media.empty() ||
         equals_any(media, {"application/octet-stream", "binary/octet-stream",
                            "application/unknown", "unknown/unknown", "*/*", "application/gzip",
                            "application/x-gzip", "application/zstd", "application/x-xz"});
}

ContentType parse_content_type(std::string_view text) noexcept {
  const std::string_view media = trimmed(text.substr(0, text.find_first_of(";,")));
  return {media.find('/') == media.npos ? std::string_view() : media, charset_of(text)};
}

}  // namespace dedup::text
