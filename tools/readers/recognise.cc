// SPDX-License-Identifier: Apache-2.0
#include "readers/recognise.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "bytes/json_values.h"
#include "bytes/lines.h"
#include "dedup/compression.h"

namespace dedup::tool {
namespace {

struct Magic {
  std::string_view bytes;
  const char* hint;
};

constexpr Magic kMagic[] = {
    {"WARC/1.", "looks like a WARC file, and is read as text: give -f warc for its pages"},
    {"BZh91AY&SY", "looks compressed by bzip2, and is read as text: unpack it first, with bzcat"},
    {"PK\x03\x04", "looks like a ZIP archive, and is read as text: unpack it first, with unzip -p"},
};

constexpr std::string_view kHtmlNames[] = {".html", ".htm", ".xhtml", ".shtml"};

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view without_blanks(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(kBlanks), text.size()));
}

/// Whether `text` starts with `word`, which is in small letters.
bool starts_with_word(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  return std::equal(word.begin(), word.end(), text.begin(), [](char small, char c) {
    return small == (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  });
}

/// Whether a JSON object with a member starts here.
bool is_object(std::string_view text) {
  return text.starts_with('{') && without_blanks(text.substr(1)).starts_with('"');
}

/// Whether the first line is one whole object; of a longer one the end is not seen.
bool is_record(std::string_view text) {
  std::string_view line = text.substr(0, text.find('\n'));
  if (!is_object(line)) return false;
  if (line.size() == text.size()) return true;
  line = line.substr(0, line.find_last_not_of(kBlanks) + 1);
  return line.ends_with('}');
}

constexpr std::size_t kLookedInJson = std::size_t{1} << 20;
constexpr std::size_t kLooked = 4096;  // bytes in which a page shows that it is one

enum class Start { page, other, undecided };

/// Whether `head` is a beginning of `word` that may go on so.
bool may_become(std::string_view head, std::string_view word) {
  return head.size() < word.size() && starts_with_word(head, word.substr(0, head.size()));
}

/// An XML declaration and comments may stand in front.
Start start_of_ascii(std::string_view head) {
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  for (;;) {
    head = without_blanks(head);
    const bool comment = head.starts_with("<!--");
    if (!comment && !head.starts_with("<?xml")) break;
    const std::string_view close = comment ? "-->" : ">";
    const std::size_t end = head.find(close);
    if (end == head.npos) return Start::undecided;
    head.remove_prefix(end + close.size());
  }
  if (starts_with_word(head, "<!doctype html") || starts_with_word(head, "<html")) {
    return Start::page;
  }
  for (const std::string_view word : {"<!doctype html", "<html", "<?xml", "<!--"}) {
    if (may_become(head, word)) return Start::undecided;
  }
  return Start::other;
}

/// Of UTF-16 and UTF-32 every other byte of a tag, or three in four, is zero; a mark may be cut.
Start start_of(std::string_view bytes) {
  if (may_become(bytes, kByteOrderMark) || bytes == "\xFF" || bytes == "\xFE") {
    return Start::undecided;
  }
  std::string head(bytes.substr(0, kLooked));
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) head.erase(0, 2);
  std::erase(head, '\0');
  return start_of_ascii(head);
}

/// Whether an array of objects starts so; nothing where it takes more to tell.
std::optional<bool> starts_array_in(std::string_view head, bool whole) {
  if (!whole && may_become(head, kByteOrderMark)) return std::nullopt;
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  for (const char expected : {'[', '{', '"'}) {
    head = without_blanks(head);
    if (head.empty()) return whole ? std::optional(false) : std::nullopt;
    if (head.front() != expected) return false;
    head.remove_prefix(1);
  }
  return true;
}

/// The same of an object, by what stands behind it in its last line.
std::optional<JsonShape> shape_in(std::string_view head, bool whole) {
  const auto array = starts_array_in(head, whole);
  if (!array) return std::nullopt;
  if (*array) return JsonShape::array;
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  head = without_blanks(head);
  if (!head.starts_with('{')) return JsonShape::none;
  JsonValueEnd end(false);
  const std::string_view value = head.substr(0, end.take(head));
  const std::string_view behind = head.substr(value.size());
  const std::size_t next = behind.find_first_not_of(" \t\r");
  if (value.find('\n') != value.npos) return JsonShape::values;
  if (next != behind.npos) return behind[next] == '\n' ? JsonShape::lines : JsonShape::values;
  return whole ? std::optional(JsonShape::lines) : std::nullopt;
}

/// What `judge` says of the beginning, of which it gets more until it can tell, up to a limit.
template <typename Judge>
auto judged(Source& source, std::size_t most, Judge judge) {
  auto verdict = judge(source.head(), false);
  while (!verdict) {
    const bool whole = source.head().size() >= most || !source.extend_head();
    verdict = judge(source.head(), whole);
  }
  return *verdict;
}

}  // namespace

/// A value that is longer than what is looked at, and in one line, may well be a line.
JsonShape json_shape(Source& source) { return judged(source, kLookedInJson, shape_in); }

bool starts_array(Source& source) { return judged(source, kLooked, starts_array_in); }

std::string hint_for_jsonl(std::string_view head) {
  if (!head.starts_with("\xFF\xFE") && !head.starts_with("\xFE\xFF")) return {};
  return "looks like UTF-16, and JSONL is UTF-8: convert it first, with iconv -f UTF-16 -t UTF-8";
}

std::string hint(std::string_view head) {
  for (const auto& [bytes, hint] : kMagic) {
    if (head.starts_with(bytes)) return hint;
  }
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  head = without_blanks(head);
  if (is_record(head)) return "looks like JSONL, and is read as text: give -f jsonl for records";
  if (head.starts_with('[') && is_object(without_blanks(head.substr(1)))) {
    return "looks like an array in JSON, and is read as text: give -f json for its records";
  }
  return {};
}

bool is_html_by_name(const std::string& name) {
  const std::string_view content = name_of_content(name);
  const std::size_t dot = content.rfind('.');
  if (dot == content.npos) return false;
  const std::string_view extension = content.substr(dot);
  return std::any_of(std::begin(kHtmlNames), std::end(kHtmlNames), [&](std::string_view known) {
    return extension.size() == known.size() && starts_with_word(extension, known);
  });
}

bool is_json_by_name(const std::string& name) { return name_of_content(name).ends_with(".json"); }

bool is_html(Source& source) {
  if (is_html_by_name(source.name())) return true;
  Start start = start_of(source.head());
  while (start == Start::undecided && source.head().size() < kLooked && source.extend_head()) {
    start = start_of(source.head());
  }
  return start == Start::page;
}

}  // namespace dedup::tool
