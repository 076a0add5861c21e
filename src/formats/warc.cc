// SPDX-License-Identifier: Apache-2.0
// A length that is too long would swallow the records behind it, and one that is right may belong
// to a body that quotes a WARC file. Which it is shows at the end that the length gives: there a
// record ends, or the file does. So from the first quoted header on a body is held until then; what
// is held is looked at by places, never searched twice, so that a file full of wrong lengths takes
// no more time than a good one.
#include "formats/warc.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

namespace dedup::formats {
namespace {

constexpr std::string_view kVersion = "WARC/1.";
constexpr std::string_view kLineEnds = "\r\n";
constexpr std::size_t kMostHeld = std::size_t{16} << 20;
constexpr std::size_t kMostLineEnds = 64;  // behind a body; more of them prove it as well

/// Where a record seems to begin in the first `size` of these: a version at the start of a line,
/// and behind an empty one where it could not be waited for what stands at their end.
std::size_t find_inner(std::string_view bytes, std::uint64_t size) {
  for (std::size_t at = bytes.find(kVersion); at < size; at = bytes.find(kVersion, at + 1)) {
    const std::string_view before = bytes.substr(0, at);
    const bool behind_empty = before.ends_with("\n\n") || before.ends_with("\n\r\n");
    if (behind_empty || (before.ends_with('\n') && size - at <= kMostHeld)) return at;
  }
  return bytes.npos;
}

/// Line ends that part a record from the one in front.
constexpr std::size_t kParting = 4;

/// Whether no version begins before `end` and goes on behind the bytes.
bool is_sure_end(std::string_view bytes, std::size_t end) {
  const std::size_t tail = std::min(end, kVersion.size() - 1);
  for (std::size_t at = end - tail; at < end; ++at) {
    const std::string_view begun = bytes.substr(at, kVersion.size());
    if (begun.size() < kVersion.size() && kVersion.starts_with(begun)) return false;
  }
  return true;
}

/// Held back from a body that goes on, so that no such place is missed: "\r\n\r\nWARC/1".
constexpr std::size_t kTail = kParting + kVersion.size() - 1;

/// Where the body ends in front of a record that begins at `record`.
std::size_t end_before(std::string_view bytes, std::size_t record) {
  std::size_t end = record;
  while (end > 0 && record - end < kParting && kLineEnds.find(bytes[end - 1]) != kLineEnds.npos) {
    --end;
  }
  return end;
}

std::optional<std::uint64_t> count(std::string_view digits) {
  std::uint64_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

}  // namespace

std::string_view WarcFrames::rest() const noexcept {
  return std::string_view(bytes_).substr(start_);
}

void WarcFrames::feed(std::string_view bytes) {
  compact();
  bytes_ += bytes;
  run();
}

void WarcFrames::finish() {
  finished_ = true;
  run();
}

/// Once what is done with is more than the rest, so that a byte is moved once or twice.
void WarcFrames::compact() {
  if (start_ <= bytes_.size() - start_) return;
  bytes_.erase(0, start_);
  base_ += start_;
  start_ = 0;
}

void WarcFrames::run() {
  for (bool more = true; more;) {
    switch (at_) {
      case At::gap:
        more = skip_gap();
        break;
      case At::header:
        more = read_header();
        break;
      case At::body:
        more = read_body();
        break;
      case At::held:
        more = read_held();
        break;
      case At::lost:
        more = find_record();
        break;
    }
  }
}

bool WarcFrames::skip_gap() {
  const std::size_t ends = std::min(rest().find_first_not_of(kLineEnds), rest().size());
  parted_ = parted_ || ends > 0;
  drop(ends);
  if (rest().empty()) return false;
  if (!finished_ && rest().size() < kVersion.size() && kVersion.starts_with(rest())) return false;
  if (!rest().starts_with(kVersion)) {
    events_.fault({offset(), "no record where one should begin"});
    at_ = At::lost;
    return true;
  }
  if (!parted_) events_.fault({offset(), "no line end in front of the record"});
  at_ = At::header;
  seen_ = static_cast<std::size_t>(std::max(endless_, offset()) - offset());
  return true;
}

bool WarcFrames::read_header() {
  const auto end = header_end(rest().substr(0, kLongestHeader), seen_);
  if (end) return begin_record(*end);
  if (rest().size() >= kLongestHeader) {
    // Nor is there an end for what seems to begin within it: it is not looked for again.
    endless_ = offset() + kLongestHeader - 2;
    return refuse_header(1, "the header of the record is longer than 64 KiB", true);
  }
  if (finished_) return refuse_header(rest().size(), "the file ends within the header of a record");
  seen_ = rest().size() - std::min<std::size_t>(rest().size(), 2);
  return false;
}

/// `size` of its bytes are passed over, and the next record is looked for.
bool WarcFrames::refuse_header(std::size_t size, const char* cause, bool limit) {
  events_.fault({offset(), cause, limit});
  drop(size);
  at_ = At::lost;
  return true;
}

/// Where the length is of no use, the line end of the header stays: a record may begin behind it.
bool WarcFrames::begin_record(std::size_t size) {
  WarcHeader header{HeaderFields(rest().substr(0, size)), offset(), 0};
  const auto length = header.fields.find("Content-Length");
  if (!length) return refuse_header(size - 1, "the record has no Content-Length");
  const auto bytes = count(*length);
  if (!bytes) return refuse_header(size - 1, "the Content-Length of the record is no number");
  record_ = offset();
  length_ = left_ = header.length = *bytes;
  proved_ = false;
  drop(size);
  at_ = At::body;
  events_.header(header);
  return true;
}

/// A length that ends within the version of the next record is found out, too: so what would make
/// one of the body's end is waited for.
bool WarcFrames::read_body() {
  const std::string_view bytes = rest();
  if (!proved_) {
    const std::string_view seen = bytes.substr(0, std::max(left_, left_ + kVersion.size()));
    if (const std::size_t inner = find_inner(seen, left_); inner != seen.npos) {
      hold(end_before(seen, inner), inner);
      return true;
    }
  }
  if (left_ <= bytes.size() && (proved_ || finished_ || is_sure_end(bytes, left_))) {
    give(left_);
    end_record();
    return true;
  }
  if (!finished_) {
    give(proved_ ? bytes.size() : std::min(bytes.size() - std::min(bytes.size(), kTail), left_));
    return false;
  }
  give(bytes.size());
  events_.fault(
      {record_, "the file ends " + std::to_string(left_) + " bytes before the record does"});
  end_record();
  return true;
}

/// Gives what is surely body and holds the rest, in which a record seems to begin at `record`.
void WarcFrames::hold(std::size_t body, std::size_t record) {
  give(body);
  inner_ = record - body;
  at_ = At::held;
}

void WarcFrames::give(std::size_t bytes) {
  if (bytes > 0) events_.body(rest().substr(0, bytes));
  drop(bytes);
  left_ -= bytes;
}

bool WarcFrames::read_held() {
  const Length length = judge_length();
  if (length == Length::unknown) return false;
  if (length == Length::wrong) return give_cut_body();
  proved_ = true;
  at_ = At::body;
  return true;
}

/// By what stands where the body should end. What is too long to wait for is wrong, whatever the
/// pieces it comes in.
WarcFrames::Length WarcFrames::judge_length() const {
  if (left_ > kMostHeld + kParting) return Length::wrong;
  if (rest().size() < left_) return finished_ ? Length::wrong : Length::unknown;
  const std::string_view behind = rest().substr(left_);
  const std::size_t ends = std::min(behind.find_first_not_of(kLineEnds), behind.size());
  const std::string_view next = behind.substr(ends, kVersion.size());
  if (next == kVersion || ends > kMostLineEnds) return Length::right;
  if (!finished_) return kVersion.starts_with(next) ? Length::unknown : Length::wrong;
  return next.empty() ? Length::right : Length::wrong;
}

bool WarcFrames::give_cut_body() {
  events_.fault({record_, "the record says that it has " + std::to_string(length_) +
                              " bytes, but another begins within them at offset " +
                              std::to_string(offset() + inner_)});
  drop(inner_);
  end_record();
  return true;
}

void WarcFrames::end_record() {
  parted_ = at_ == At::held;
  at_ = At::gap;
  events_.end();
}

bool WarcFrames::find_record() {
  constexpr std::size_t kFeed = 1;
  const std::string line = '\n' + std::string(kVersion);
  const std::size_t found = rest().find(line);
  if (found == rest().npos) {
    drop(finished_ ? rest().size() : rest().size() - std::min(rest().size(), line.size() - 1));
    return false;
  }
  drop(found + kFeed);
  parted_ = true;
  at_ = At::gap;
  return true;
}

}  // namespace dedup::formats
