// SPDX-License-Identifier: Apache-2.0
#include "readers/recognise.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "bytes/fault.h"
#include "bytes/json_values.h"
#include "bytes/lines.h"
#include "bytes/paths.h"
#include "bytes/unpacking.h"
#include "dedup/compression.h"
#include "dedup/recognise.h"
#include "readers/table.h"

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
constexpr std::size_t kLooked = 4096;  // bytes in which an array shows that it is one

/// Whether an array of objects starts so; nothing where it takes more to tell.
std::optional<bool> starts_array_in(std::string_view head, bool whole) {
  if (!whole && head.size() < kByteOrderMark.size() && kByteOrderMark.starts_with(head)) {
    return std::nullopt;
  }
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

std::string hint(std::string_view whole) {
  for (const auto& [bytes, hint] : kMagic) {
    if (whole.starts_with(bytes)) return hint;
  }
  std::string_view head = whole;
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  head = without_blanks(head);
  if (is_record(head)) return "looks like JSONL, and is read as text: give -f jsonl for records";
  if (head.starts_with('[') && is_object(without_blanks(head.substr(1)))) {
    return "looks like an array in JSON, and is read as text: give -f json for its records";
  }
  if (const Table table = table_by_looks(whole); table != Table::none) {
    return "looks like " + std::string(name_of(table)) +
           ", and is read as text: " + std::string(recipe(table)) + " makes records for -f jsonl";
  }
  return {};
}

void refuse_table(const Source& source) {
  const Table table = table_by_name(source.name());
  if (table == Table::none) return;
  const Compression packed = compression_of_name(source.name());
  const std::string make(recipe(table));
  const std::string of_file =
      packed == Compression::none ? make + " FILE" : unpacking_program(packed) + " FILE | " + make;
  throw ReadError(source.label() + ": not read, as it is " + std::string(name_of(table)) +
                  " by its name: " + of_file +
                  " | dedup -f jsonl --field=COLUMN cleans a column; -f text reads it as text");
}

bool is_html_by_name(const std::string& name) {
  const std::string extension = content_extension(name);
  return std::find(std::begin(kHtmlNames), std::end(kHtmlNames), extension) != std::end(kHtmlNames);
}

bool is_json_by_name(const std::string& name) { return content_extension(name) == ".json"; }

bool is_html(Source& source) {
  if (is_html_by_name(source.name())) return true;
  while (may_become_html(source.head()) && source.extend_head()) continue;
  return looks_like_html(source.head());
}

}  // namespace dedup::tool
