// SPDX-License-Identifier: Apache-2.0
// One JSONL line: finds its texts, and splices other texts into their places. What the line holds
// besides is never written anew, so numbers, key order and spacing stay.
//
//   one member at the top   json::members, which parses
//   fields of other kinds   json::Scan, which finds them at any depth
#include "dedup/record.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "formats/fields.h"
#include "formats/record_members.h"
#include "text/ascii.h"
#include "walls/json.h"
#include "walls/json_scan.h"

namespace dedup {

/// What is kept from record to record.
struct RecordReader::State {
  Fields fields;
  json::LineParser parser;

  static void read(Record& record, const Fields::State& fields, json::LineParser& parser) {
    if (fields.member) {
      read_member(record, fields.names.front(), parser);
    } else {
      record.scan(fields);
    }
  }

  static void read_member(Record& record, std::string_view field, json::LineParser& parser) {
    std::vector<json::Member> members = parser.members(record.line_, {field, "id", "url"});
    const auto written = [&](std::size_t start, std::size_t size) {
      return record.part(start, size);
    };
    record.url_ = formats::name_under("url", members, written);
    record.name_ = formats::name_under("id", members, written);
    if (record.name_.empty()) record.name_ = record.url_;
    json::Member& found = formats::only_string(members, field);
    record.text_ = std::move(*found.string);
    record.add_value(found.start, found.end, record.text_);
  }
};

RecordReader::RecordReader(Fields fields)
    : state_(std::make_unique<State>(State{std::move(fields), {}})) {}
RecordReader::RecordReader(RecordReader&&) noexcept = default;
RecordReader& RecordReader::operator=(RecordReader&&) noexcept = default;
RecordReader::~RecordReader() = default;

Record RecordReader::read(std::string_view line) {
  Record record(line);
  State::read(record, *state_->fields.state_, state_->parser);
  return record;
}

Record::Record(std::string_view line, std::string_view field) : Record(line) {
  json::LineParser parser;
  RecordReader::State::read_member(*this, field, parser);
}

Record::Record(std::string_view line, const Fields& fields) : Record(line) {
  json::LineParser parser;
  RecordReader::State::read(*this, *fields.state_, parser);
}

Record::Record(std::string_view line) {
  line_.reserve(line.size() + json::kPadding);
  line_ = line;
}

void Record::scan(const Fields::State& fields) {
  if (!json::is_valid_utf8(line_)) throw FormatError(json::causes::kEncoding);
  json::Scan scan(fields.paths, fields.several ? fields.fields() : 0);
  scan.feed(line_);
  const auto found = scan.finish();
  const auto written = [&](std::size_t start, std::size_t size) { return part(start, size); };
  url_ = formats::name_under(fields.url(), found, written);
  name_ = formats::name_under(fields.id(), found, written);
  if (name_.empty()) name_ = url_;
  for (const auto& each : formats::texts_of(found, scan.twice(), fields.names, broken_)) {
    if (!values_.empty()) text_ += '\n';
    const std::size_t start = text_.size();
    json::append_unescaped(text_, part(each.start + 1, each.end - each.start - 2));
    add_value(each.start, each.end, std::string_view(text_).substr(start));
  }
}

std::string_view Record::part(std::size_t start, std::size_t size) const {
  return std::string_view(line_).substr(start, size);
}

void Record::add_value(std::size_t start, std::size_t end, std::string_view text) {
  const auto raw = part(start, end - start);
  const bool ascii = std::all_of(raw.begin(), raw.end(), text::is_ascii) &&
                     !std::all_of(text.begin(), text.end(), text::is_ascii);
  values_.push_back({.start = start, .end = end, .size = text.size(), .ascii = ascii});
}

std::vector<std::uint64_t> Record::sizes() const {
  std::vector<std::uint64_t> sizes;
  sizes.reserve(values_.size());
  for (const Value& value : values_) sizes.push_back(value.size);
  return sizes;
}

std::string Record::with_text(std::string_view text) const { return with_texts({text}); }

std::string Record::with_texts(const std::vector<std::optional<std::string_view>>& texts) const {
  if (texts.size() != values_.size()) throw Misuse("a record has another number of values");
  std::size_t size = line_.size();
  for (const auto& text : texts) size += text ? text->size() : 0;
  std::string line;
  line.reserve(size);
  std::size_t at = 0;  // of line_, in front of which all is written
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!texts[i]) continue;
    line.append(line_, at, values_[i].start - at);
    json::append_string(line, *texts[i], values_[i].ascii);
    at = values_[i].end;
  }
  line.append(line_, at);
  return line;
}

}  // namespace dedup
