// SPDX-License-Identifier: Apache-2.0
// One JSONL line: finds the text field, and splices another text into its place. What the line
// holds besides is never written anew, so numbers, key order and spacing stay.
#include "dedup/record.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "formats/record_members.h"
#include "text/ascii.h"
#include "walls/json.h"

namespace dedup {

Record::Record(std::string_view line, std::string_view field) {
  line_.reserve(line.size() + json::kPadding);
  line_ = line;
  std::vector<json::Member> members = json::members(line_, {field, "id", "url"});
  const auto written = [&](std::size_t start, std::size_t size) {
    return std::string_view(line_).substr(start, size);
  };
  url_ = formats::name_under("url", members, written);
  name_ = formats::name_under("id", members, written);
  if (name_.empty()) name_ = url_;
  json::Member& found = formats::only_string(members, field);
  text_ = std::move(*found.string);
  value_start_ = found.start;
  value_end_ = found.end;
  const auto raw = written(value_start_, value_end_ - value_start_);
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
