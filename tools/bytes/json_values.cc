// SPDX-License-Identifier: Apache-2.0
// Two machines, one byte after the other. JsonValueEnd knows brackets and strings, and nothing else
// of JSON: in a value that is none it may go far, but never back. JsonValues knows what stands
// between values:
//
//   outside     [ -> first, anything else that is not blank: a value
//   first       ] -> outside, a value -> comma
//   comma       , -> element, ] -> outside
//   element     a value -> comma
//
// Where something else comes, that is told as a fault, and read as if the missing part were there.
#include "bytes/json_values.h"

#include <algorithm>
#include <utility>

#include "bytes/lines.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kMostLead = std::size_t{64} << 10;
constexpr std::size_t kLong = std::size_t{4} << 20;  // memory of a value that is not kept

constexpr std::string_view kBlanks = " \t\r\n";

bool may_lead(char c) { return kBlanks.find(c) != kBlanks.npos; }
bool opens(char c) { return c == '{' || c == '['; }
bool closes(char c) { return c == '}' || c == ']'; }

}  // namespace

/// Requires: in_string_, behind whose opening quote `at` is. One past its end, or all there is.
std::size_t JsonValueEnd::skip_string(std::string_view bytes, std::size_t at) {
  while (at < bytes.size()) {
    const char c = bytes[at++];
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      in_string_ = false;
      break;
    }
  }
  return at;
}

/// Of what is no object; a bracket that closes nothing ends it, too.
bool JsonValueEnd::ends_before(char c) const noexcept {
  if (kind_ == Kind::garbage) return c == '\n' || opens(c);
  return kind_ == Kind::element && depth_ == 0 && (c == ',' || c == ']');
}

std::size_t JsonValueEnd::take(std::string_view bytes) {
  std::size_t at = 0;
  if (kind_ == Kind::unknown && !bytes.empty()) {
    kind_ = bytes.front() == '{' ? Kind::object : in_array_ ? Kind::element : Kind::garbage;
    depth_ = opens(bytes.front()) ? 1 : 0;
    in_string_ = bytes.front() == '"' && in_array_;
    at = 1;
  }
  while (at < bytes.size()) {
    if (in_string_) {
      at = skip_string(bytes, at);
      continue;
    }
    const char c = bytes[at];
    if (ends_before(c)) break;
    ++at;
    if (opens(c)) ++depth_;
    if (closes(c) && depth_ > 0) --depth_;
    if (ended()) break;
    in_string_ = c == '"' && kind_ != Kind::garbage;
  }
  return at;
}

/// Whether there is a byte.
bool JsonValues::fill() {
  if (rest_.empty()) rest_ = source_.read();
  return !rest_.empty();
}

void JsonValues::use(std::size_t count, std::string& into) {
  const std::string_view used = rest_.substr(0, count);
  into += used;
  lines_ += static_cast<std::uint64_t>(std::count(used.begin(), used.end(), '\n'));
  used_ += count;
  rest_.remove_prefix(count);
}

/// Always false, as an answer of is_lead().
bool JsonValues::fails(const char* fault, Expect next) {
  fault_ = fault;
  expect_ = next;
  return false;
}

/// Whether a byte order mark was begun.
bool JsonValues::is_cut_mark() const {
  return !lead_.empty() && lead_.size() == used_ && lead_.size() < kByteOrderMark.size() &&
         kByteOrderMark.starts_with(lead_);
}

/// Whether the byte at hand stands between values; what is wrong with its place is noted.
bool JsonValues::is_lead(char c) {
  if (is_cut_mark()) return c == kByteOrderMark[lead_.size()];
  if (may_lead(c)) return true;
  if (in_array_) return is_lead_of_array(c);
  if (used_ == 0 && c == kByteOrderMark.front()) return true;
  if (c != '[') return false;
  in_array_ = true;
  expect_ = Expect::first;
  return true;
}

bool JsonValues::is_lead_of_array(char c) {
  const bool separates = c == ',' || c == ']';
  if (!separates) {
    return expect_ == Expect::comma && fails("a comma is missing", Expect::element);
  }
  const bool empty_array = c == ']' && expect_ == Expect::first;
  if (expect_ != Expect::comma && !empty_array) return fails("a value is missing", Expect::comma);
  in_array_ = c != ']';
  expect_ = Expect::element;
  return true;
}

/// Up to a value, a fault, or as much as may be held.
void JsonValues::gather_lead() {
  while (lead_.size() < kMostLead) {
    if (!fill()) {
      if (in_array_) fails("the array is cut short", Expect::first);
      in_array_ = false;
      return;
    }
    // A byte order mark is known by its place, so there a byte is used at a time.
    const std::size_t most = used_ < kByteOrderMark.size() ? 1 : std::min(kMostLead, rest_.size());
    std::size_t count = 0;
    while (count < most && is_lead(rest_[count])) ++count;
    use(count, lead_);
    if (count < most) return;
  }
}

JsonPart JsonValues::next(std::string_view& part) {
  part = {};
  lead_ = std::exchange(blanks_, {});
  if (fault_ == nullptr) gather_lead();
  number_ = lines_;
  offset_ = used_;
  if (!lead_.empty()) {
    part = lead_;
    head_ = false;
    if (!is_cut_mark()) return JsonPart::lead;
    offset_ = 0;
    return JsonPart::value;
  }
  if (fault_ != nullptr) {
    told_ = std::exchange(fault_, nullptr);
    return JsonPart::fault;
  }
  if (!fill()) return JsonPart::end;
  read_value();
  part = held_;
  return JsonPart::value;
}

/// The value, or as much of it as may be held and a portion more.
void JsonValues::read_value() {
  end_ = JsonValueEnd(in_array_);
  expect_ = Expect::comma;
  held_.clear();
  if (held_.capacity() > kLong) held_.shrink_to_fit();
  ended_ = false;
  while (!ended_ && held_.size() <= longest_) take_some();
  head_ = held_.size() > longest_;
  hold_blanks();
}

/// The next portion of the value, onto what is held of it.
void JsonValues::take_some() {
  if (!fill()) {
    ended_ = true;
    return;
  }
  const std::size_t count = end_.take(rest_);
  ended_ = count < rest_.size() || end_.ended();
  use(count, held_);
}

/// What is no object may have blanks behind it, which are none of it unless it goes on. Of a great
/// many nobody asks where they belong.
void JsonValues::hold_blanks() {
  const std::size_t size = held_.find_last_not_of(kBlanks) + 1;
  if (held_.size() - size > kMostLead) return;
  blanks_ = held_.substr(size);
  held_.resize(size);
}

bool JsonValues::more(std::string_view& part) {
  part = {};
  if (!head_) return false;
  do {
    held_ = std::exchange(blanks_, {});
    if (!ended_) take_some();
    hold_blanks();
  } while (held_.empty() && !ended_);
  head_ = !ended_;
  part = held_;
  return !held_.empty();
}

}  // namespace dedup::tool
