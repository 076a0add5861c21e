// SPDX-License-Identifier: Apache-2.0
// Every line is valid JSON whatever stands in its texts, since names of files need not be UTF-8.
// Cost: linear in the length of the line, to write it and to split it into members; each question
// then looks through these from the start.
#include "formats/json_line.h"

#include <algorithm>
#include <charconv>

#include "dedup/error.h"
#include "walls/json_path.h"

namespace dedup::formats {
namespace {

/// `bytes` with U+FFFD in place of each byte that is no part of a character.
std::string made_valid(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    std::size_t length = 1;
    const std::size_t longest = std::min<std::size_t>(4, bytes.size());
    while (length <= longest && !json::is_valid_utf8(bytes.substr(0, length))) ++length;
    const bool valid = length <= longest;
    out += valid ? bytes.substr(0, length) : "\uFFFD";
    bytes.remove_prefix(valid ? length : 1);
  }
  return out;
}

std::string fault_of(std::string_view key, std::string_view fault) {
  return "member \"" + std::string(key) + "\" " + std::string(fault);
}

}  // namespace

void JsonLine::add(std::string_view key, std::string_view text) {
  start(key);
  if (json::is_valid_utf8(text)) {
    json::append_string(line_, text);
  } else {
    json::append_string(line_, made_valid(text));
  }
}

void JsonLine::add(std::string_view key, std::uint64_t number) {
  start(key);
  line_ += std::to_string(number);
}

void JsonLine::add(std::string_view key, double number) {
  start(key);
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  line_.append(digits, end);
}

void JsonLine::add(std::string_view key, const Position& position, std::string_view name) {
  JsonLine inner;
  if (position.document != Position::kOtherRun) inner.add("document", position.document);
  if (!name.empty()) inner.add("name", name);
  inner.add("block", position.block);
  start(key);
  line_ += inner.line_ + '}';
}

void JsonLine::add(std::string_view key, const std::vector<std::string>& texts) {
  start(key);
  for (const std::string& text : texts) {
    line_ += &text == &texts.front() ? '[' : ',';
    json::append_string(line_, json::is_valid_utf8(text) ? text : made_valid(text));
  }
  line_ += ']';
}

void JsonLine::add(std::string_view key, const std::vector<std::uint64_t>& numbers) {
  start(key);
  for (const std::uint64_t& number : numbers) {
    line_ += &number == &numbers.front() ? '[' : ',';
    line_ += std::to_string(number);
  }
  line_ += ']';
}

void JsonLine::add_true(std::string_view key) {
  start(key);
  line_ += "true";
}

/// A comma before all but the first.
void JsonLine::start(std::string_view key) {
  if (line_.size() > 1) line_ += ',';
  json::append_string(line_, key);
  line_ += ':';
}

std::uint64_t JsonMembers::number(std::string_view key) const {
  const json::Member& member = need(key);
  return count(key, member.start, member.end);
}

std::optional<double> JsonMembers::real(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  const json::Member& member = need(key);
  const char* const last = line_.data() + member.end;
  double value = 0;
  const auto [stop, fault] = std::from_chars(line_.data() + member.start, last, value);
  if (fault != std::errc() || stop != last) throw FormatError(fault_of(key, "is not a number"));
  return value;
}

std::string_view JsonMembers::object(std::string_view key) const {
  const json::Member& member = need(key);
  const std::string_view written = line_.substr(member.start, member.end - member.start);
  if (!written.starts_with('{')) throw FormatError(fault_of(key, "is not an object"));
  return written;
}

std::vector<std::uint64_t> JsonMembers::numbers(std::string_view key) const {
  std::vector<std::uint64_t> values;
  for (const json::Scan::Found& each : elements(key)) {
    values.push_back(count(key, each.start, each.end));
  }
  return values;
}

std::vector<std::string> JsonMembers::texts(std::string_view key) const {
  std::vector<std::string> values;
  for (const json::Scan::Found& each : elements(key)) {
    if (!each.string || each.broken) throw FormatError(fault_of(key, "is not of strings"));
    json::append_unescaped(values.emplace_back(),
                           line_.substr(each.start + 1, each.end - each.start - 2));
  }
  return values;
}

std::string JsonMembers::text(std::string_view key) const {
  const json::Member& member = need(key);
  if (!member.string) throw FormatError(fault_of(key, "is not a string"));
  return *member.string;
}

bool JsonMembers::is_true(std::string_view key) const {
  const json::Member* member = find(key);
  return member != nullptr && line_.substr(member->start, member->end - member->start) == "true";
}

std::uint64_t JsonMembers::count(std::string_view key, std::size_t start, std::size_t end) const {
  const char* const last = line_.data() + end;
  std::uint64_t value = 0;
  const auto [stop, fault] = std::from_chars(line_.data() + start, last, value);
  if (fault != std::errc() || stop != last) throw FormatError(fault_of(key, "is not a count"));
  return value;
}

/// By their places in the line, which is valid JSON by then.
std::vector<json::Scan::Found> JsonMembers::elements(std::string_view key) const {
  if (!has(key)) return {};
  const auto path = json::Path::pointer('/' + std::string(key) + "/*");
  const std::vector<json::Path> paths{*path};
  json::Scan scan(paths);
  scan.feed(line_);
  return scan.finish();
}

const json::Member* JsonMembers::find(std::string_view key) const {
  const auto found = std::find_if(members_.begin(), members_.end(),
                                  [&](const json::Member& member) { return member.key == key; });
  return found == members_.end() ? nullptr : &*found;
}

const json::Member& JsonMembers::need(std::string_view key) const {
  const json::Member* member = find(key);
  if (member == nullptr) throw FormatError(fault_of(key, "is missing"));
  return *member;
}

}  // namespace dedup::formats
