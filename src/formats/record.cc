// SPDX-License-Identifier: Apache-2.0
// One JSONL line: finds the text field, and splices another text into its place. What the line
// holds besides is never written anew, so numbers, key order and spacing stay.
#include "dedup/record.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "dedup/error.h"
#include "text/ascii.h"
#include "walls/json.h"

namespace dedup {
namespace {

/// The value of `key` as a name: a string unescaped, a number as written, else nothing.
std::string name_under(std::string_view key, const std::vector<json::Member>& members,
                       std::string_view line) {
  for (const json::Member& member : members) {
    if (member.key != key) continue;
    if (member.string) return *member.string;
    const char first = line[member.start];
    const bool number = first == '-' || text::is_digit(first);
    return std::string(number ? line.substr(member.start, member.end - member.start) : "");
  }
  return {};
}

}  // namespace

Record::Record(std::string_view line, std::string_view field) {
  line_.reserve(line.size() + json::kPadding);
  line_ = line;
  const std::string quoted = '"' + std::string(field) + '"';
  std::vector<json::Member> members = json::members(line_, {field, "id", "url"});
  name_ = name_under("id", members, line_);
  if (name_.empty()) name_ = name_under("url", members, line_);
  const auto is_field = [&](const json::Member& member) { return member.key == field; };
  const auto found = std::find_if(members.begin(), members.end(), is_field);
  if (found == members.end()) throw FormatError("no field " + quoted);
  if (std::any_of(found + 1, members.end(), is_field)) {
    throw FormatError("more than one field " + quoted);
  }
  if (!found->string) throw FormatError("field " + quoted + " is not a string");
  text_ = std::move(*found->string);
  value_start_ = found->start;
  value_end_ = found->end;
  const auto raw = std::string_view(line_).substr(value_start_, value_end_ - value_start_);
  ascii_ = std::all_of(raw.begin(), raw.end(), text::is_ascii) &&
           !std::all_of(text_.begin(), text_.end(), text::is_ascii);
}

std::string Record::with_text(std::string_view text) const {
  std::string line;
  line.reserve(line_.size() + text.size());
  line.append(line_, 0, value_start_);
  json::append_string(line, text, ascii_);
  line.append(line_, value_end_);
  return line;
}

}  // namespace dedup
