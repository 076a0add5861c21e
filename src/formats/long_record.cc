// SPDX-License-Identifier: Apache-2.0
// A line of JSONL on its way through scratch space.
//
//   feed ─▶ scratch space                      text     ◀─ unescaped ◀─┐
//      └──▶ whole characters ─▶ valid? ─▶ Scan  before   ◀─────────────┼─ scratch space
//                                          │    written  ◀─────────────┘
//                           finish ◀── places of the wanted values
//
// Only places are kept of the line; what is wrong with it is kept, too, until finish(), so that the
// line can be written to its end before anybody is told.
#include "dedup/long_record.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "dedup/error.h"
#include "formats/fields.h"
#include "formats/record_members.h"
#include "text/ascii.h"
#include "walls/json.h"
#include "walls/json_causes.h"
#include "walls/json_scan.h"
#include "walls/utf8.h"

namespace dedup {
namespace {

bool all_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), text::is_ascii);
}

}  // namespace

/// While the line comes in, judge() looks at it and `space` takes it; from finish() on it is read
/// back from there by places, a portion at a time and as often as somebody asks.
struct LongRecord::State {
  State(std::unique_ptr<ScratchFile> given, const Fields::State& fields)
      : space(std::move(given)),
        names(fields.names),
        paths(fields.paths),
        id(fields.id()),
        url_path(fields.url()),
        scan(paths, fields.several ? fields.fields() : 0) {}

  /// Where a value stands in the line, quotes included; how many bytes its text has.
  struct Value {
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    std::uint64_t size = 0;
    bool ascii = false;  // see Record
  };

  void judge(std::string_view part);
  [[nodiscard]] std::vector<json::Scan::Found> found();
  void set_values(const std::vector<json::Scan::Found>& found);
  [[nodiscard]] std::string read(std::uint64_t start, std::uint64_t size) const;
  void pieces(std::uint64_t start, std::uint64_t end, const Take& take) const;
  template <typename Each>
  void text(const Value& value, const Each& each) const;
  [[nodiscard]] bool is_ascii_style(const Value& value) const;
  [[nodiscard]] std::uint64_t text_size(const Value& value) const;

  std::unique_ptr<ScratchFile> space;
  std::vector<std::string> names;
  std::vector<json::Path> paths;
  json::Walk::Set id, url_path;
  std::uint64_t size = 0;  // of the line
  json::Scan scan;
  std::string cut;                   // a character whose end is still to come
  bool valid = true;                 // UTF-8, so far
  std::optional<FormatError> fault;  // that the scan found first
  std::string name, url;
  std::vector<Value> values;
  std::size_t broken = 0;
};

/// Bytes that are not UTF-8 are the first thing to say of a line, wherever they stand, as they are
/// for a line that is parsed; so the scan's own fault waits for the end.
void LongRecord::State::judge(std::string_view part) {
  if (!valid) return;
  std::string joined;
  if (!cut.empty()) {
    joined = std::move(cut);
    part = joined += part;
  }
  const std::string_view whole = part.substr(0, utf8::whole_size(part));
  cut = part.substr(whole.size());
  valid = json::is_valid_utf8(whole);
  if (!valid || fault) return;
  try {
    scan.feed(whole);
  } catch (const FormatError& error) {
    fault = error;
  }
}

std::vector<json::Scan::Found> LongRecord::State::found() {
  if (!valid || !cut.empty()) throw FormatError(json::causes::kEncoding);
  if (fault) throw FormatError(*fault);
  return scan.finish();
}

/// The size of one value alone is asked for by nobody, and would cost a pass over it.
void LongRecord::State::set_values(const std::vector<json::Scan::Found>& found) {
  const auto texts = formats::texts_of(found, scan.twice(), names, broken);
  values.reserve(texts.size());
  for (const json::Scan::Found& each : texts) {
    Value& value = values.emplace_back(Value{.start = each.start, .end = each.end});
    value.ascii = is_ascii_style(value);
    if (texts.size() > 1) value.size = text_size(value);
  }
}

/// Bytes of the line. Requires: they were fed.
std::string LongRecord::State::read(std::uint64_t at, std::uint64_t count) const {
  std::string bytes(count, '\0');
  space->read(at, std::as_writable_bytes(std::span(bytes)));
  return bytes;
}

/// The line from one place to another, as it was written; a piece may end within a character.
void LongRecord::State::pieces(std::uint64_t at, std::uint64_t until, const Take& take) const {
  constexpr std::uint64_t kPiece = std::uint64_t{256} << 10;
  for (; at < until; at += std::min(kPiece, until - at)) {
    take(read(at, std::min(kPiece, until - at)));
  }
}

/// Calls for each portion with what is written and what that stands for, while it returns true. A
/// portion ends with a character, be it an escape or a pair of them; what was read beyond it leads
/// the next.
template <typename Each>
void LongRecord::State::text(const Value& value, const Each& each) const {
  std::string inside;
  for (std::uint64_t at = value.start + 1, end = value.end - 1; at < end || !inside.empty();) {
    const std::uint64_t more = std::min<std::uint64_t>(json::kHead - inside.size(), end - at);
    inside += read(at, more);
    at += more;
    std::string unescaped;
    const std::size_t head = json::append_unescaped_head(unescaped, inside);
    if (!each(std::string_view(inside).substr(0, head), unescaped)) return;
    inside.erase(0, head);
  }
}

/// Whether the value is written in ASCII and holds more than that. Nearly every text has a byte in
/// its first portion that says no.
bool LongRecord::State::is_ascii_style(const Value& value) const {
  bool written_in_ascii = true;
  bool more_than_ascii = false;
  text(value, [&](std::string_view written, std::string_view unescaped) {
    written_in_ascii = all_ascii(written);
    more_than_ascii = more_than_ascii || !all_ascii(unescaped);
    return written_in_ascii;
  });
  return written_in_ascii && more_than_ascii;
}

std::uint64_t LongRecord::State::text_size(const Value& value) const {
  std::uint64_t bytes = 0;
  text(value, [&](std::string_view, std::string_view unescaped) {
    bytes += unescaped.size();
    return true;
  });
  return bytes;
}

LongRecord::LongRecord(std::unique_ptr<ScratchFile> space, std::string field)
    : LongRecord(std::move(space), Fields::member(std::move(field))) {}
LongRecord::LongRecord(std::unique_ptr<ScratchFile> space, const Fields& fields)
    : state_(std::make_unique<State>(std::move(space), *fields.state_)) {}
LongRecord::~LongRecord() = default;
LongRecord::LongRecord(LongRecord&&) noexcept = default;
LongRecord& LongRecord::operator=(LongRecord&&) noexcept = default;

/// Scratch space takes the bytes first: what is no record is written out from there, too.
void LongRecord::feed(std::string_view part) {
  state_->space->append(std::as_bytes(std::span(part)));
  state_->size += part.size();
  state_->judge(part);
}

/// The name is the id, else the URL, as for records in memory.
void LongRecord::finish() {
  State& state = *state_;
  const std::vector<json::Scan::Found> found = state.found();
  const auto written = [&](std::size_t start, std::size_t size) { return state.read(start, size); };
  state.url = formats::name_under(state.url_path, found, written);
  state.name = formats::name_under(state.id, found, written);
  if (state.name.empty()) state.name = state.url;
  state.set_values(found);
}

const std::string& LongRecord::name() const noexcept { return state_->name; }
const std::string& LongRecord::url() const noexcept { return state_->url; }
std::size_t LongRecord::values() const noexcept { return state_->values.size(); }
std::size_t LongRecord::broken() const noexcept { return state_->broken; }

std::vector<std::uint64_t> LongRecord::sizes() const {
  std::vector<std::uint64_t> sizes;
  const auto& values = state_->values;
  sizes.reserve(values.size());
  for (const State::Value& value : values) {
    sizes.push_back(values.size() > 1 ? value.size : state_->text_size(value));
  }
  return sizes;
}

void LongRecord::line(const Take& take) const { state_->pieces(0, state_->size, take); }

void LongRecord::text(const Take& take) const {
  for (const State::Value& value : state_->values) {
    if (&value != &state_->values.front()) take("\n");
    state_->text(value, [&](std::string_view, std::string_view unescaped) {
      take(unescaped);
      return true;
    });
  }
}

void LongRecord::before(std::size_t value, const Take& take) const {
  const auto& values = state_->values;
  state_->pieces(value == 0 ? 0 : values[value - 1].end - 1,
                 value == values.size() ? state_->size : values[value].start + 1, take);
}

void LongRecord::written(std::size_t value, const Take& take) const {
  state_->pieces(state_->values[value].start + 1, state_->values[value].end - 1, take);
}

std::string LongRecord::escaped(std::size_t value, std::string_view text) const {
  std::string out;
  json::append_escaped(out, text, state_->values[value].ascii);
  return out;
}

}  // namespace dedup
