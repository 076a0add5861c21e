// SPDX-License-Identifier: Apache-2.0
// A line of JSONL on its way through scratch space.
//
//   feed ─▶ scratch space                      text         ◀─ unescaped ◀─┐
//      └──▶ whole characters ─▶ valid? ─▶ Scan  before_text  ◀─────────────┼─ scratch space
//                                          │    after_text   ◀─────────────┘
//                           finish ◀── places of the wanted members
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
  State(std::unique_ptr<ScratchFile> given, std::string wanted)
      : space(std::move(given)), field(std::move(wanted)) {}

  void judge(std::string_view part);
  [[nodiscard]] std::vector<json::Member> members();
  [[nodiscard]] std::string read(std::uint64_t start, std::uint64_t size) const;
  void pieces(std::uint64_t start, std::uint64_t end, const Take& take) const;
  template <typename Each>
  void text(const Each& each) const;
  [[nodiscard]] bool is_ascii_style() const;

  std::unique_ptr<ScratchFile> space;
  std::string field;
  std::uint64_t size = 0;  // of the line
  json::Scan scan{{field, "id", "url"}};
  std::string cut;                   // a character whose end is still to come
  bool valid = true;                 // UTF-8, so far
  std::optional<FormatError> fault;  // that the scan found first
  std::string name, url;
  std::uint64_t start = 0, end = 0;  // of the field's value, quotes included
  bool ascii = false;                // see Record
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

/// As the parser gives them, but for long strings: of the text its place will do.
std::vector<json::Member> LongRecord::State::members() {
  if (!valid || !cut.empty()) throw FormatError(json::causes::kEncoding);
  if (fault) throw FormatError(*fault);
  const std::string_view keys[] = {field, "id", "url"};
  std::vector<json::Member> made;
  for (const json::Scan::Found& found : scan.finish()) {
    json::Member& member = made.emplace_back();
    member.key = keys[found.wanted];
    member.start = found.start;
    member.end = found.end;
    if (!found.string) continue;
    member.broken = found.broken;
    member.string.emplace();
    if (member.broken) continue;
    if (member.end - member.start > formats::kLongestName) continue;
    json::append_unescaped(*member.string, read(member.start + 1, member.end - member.start - 2));
  }
  return made;
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
void LongRecord::State::text(const Each& each) const {
  std::string inside;
  for (std::uint64_t at = start + 1; at < end - 1 || !inside.empty();) {
    const std::uint64_t more = std::min<std::uint64_t>(json::kHead - inside.size(), end - 1 - at);
    inside += read(at, more);
    at += more;
    std::string unescaped;
    const std::size_t head = json::append_unescaped_head(unescaped, inside);
    if (!each(std::string_view(inside).substr(0, head), unescaped)) return;
    inside.erase(0, head);
  }
}

/// Whether the field is written in ASCII and holds more than that. Nearly every text has a byte in
/// its first portion that says no.
bool LongRecord::State::is_ascii_style() const {
  bool written_in_ascii = true;
  bool more_than_ascii = false;
  text([&](std::string_view written, std::string_view unescaped) {
    written_in_ascii = all_ascii(written);
    more_than_ascii = more_than_ascii || !all_ascii(unescaped);
    return written_in_ascii;
  });
  return written_in_ascii && more_than_ascii;
}

LongRecord::LongRecord(std::unique_ptr<ScratchFile> space, std::string field)
    : state_(std::make_unique<State>(std::move(space), std::move(field))) {}
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
  std::vector<json::Member> members = state.members();
  const auto written = [&](std::size_t start, std::size_t size) { return state.read(start, size); };
  state.url = formats::name_under("url", members, written);
  state.name = formats::name_under("id", members, written);
  if (state.name.empty()) state.name = state.url;
  const json::Member& found = formats::only_string(members, state.field);
  state.start = found.start;
  state.end = found.end;
  state.ascii = state.is_ascii_style();
}

const std::string& LongRecord::name() const noexcept { return state_->name; }
const std::string& LongRecord::url() const noexcept { return state_->url; }

void LongRecord::line(const Take& take) const { state_->pieces(0, state_->size, take); }

void LongRecord::text(const Take& take) const {
  state_->text([&](std::string_view, std::string_view unescaped) {
    take(unescaped);
    return true;
  });
}

void LongRecord::before_text(const Take& take) const { state_->pieces(0, state_->start + 1, take); }

void LongRecord::after_text(const Take& take) const {
  state_->pieces(state_->end - 1, state_->size, take);
}

std::string LongRecord::escaped(std::string_view text) const {
  std::string out;
  json::append_escaped(out, text, state_->ascii);
  return out;
}

}  // namespace dedup
