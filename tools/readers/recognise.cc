// SPDX-License-Identifier: Apache-2.0
#include "readers/recognise.h"

#include <algorithm>
#include <iterator>

#include "bytes/lines.h"

namespace dedup::tool {
namespace {

struct Magic {
  std::string_view bytes;
  const char* hint;
};

constexpr Magic kMagic[] = {
    {"\x1F\x8B", "looks compressed by gzip, and is read as text: unpack it first, with zcat"},
    {"\x28\xB5\x2F\xFD", "looks compressed by zstd, and is read as text: unpack it, with zstdcat"},
    {"\xFD"
     "7zXZ",
     "looks compressed by xz, and is read as text: unpack it first, with xzcat"},
};

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

}  // namespace

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
    return "looks like an array in JSON, and is read as text: jq -c '.[]' makes records for -f "
           "jsonl";
  }
  if (starts_with_word(head, "<!doctype html") || starts_with_word(head, "<html")) {
    return "looks like HTML, and is read as text: take its text out first";
  }
  return {};
}

}  // namespace dedup::tool
