// SPDX-License-Identifier: Apache-2.0
// One byte after the other, by the grammar of RFC 8259: what is expected next, which brackets are
// open, and what token the byte lies in.
//
//   token_   none - " -> string - \ -> escape - u -> digits - 4 of them -> string - " -> none
//            escape - another -> string
//            none - digit, minus -> number; none - else -> word; both last up to ends_token()
//   expect_  first_key, key → colon → value → comma → key      in an object
//            first_value, value → comma → value                in an array
//
// What is kept of a token: a number or a word whole, since they are judged at their end; a key as
// it is written; of any other string nothing. nesting_ holds the open brackets, and walk_ knows
// whether somebody wants the value at hand.
#include "walls/json_scan.h"

#include <bit>
#include <cstring>
#include <utility>

#include "dedup/error.h"
#include "walls/json.h"
#include "walls/json_causes.h"

namespace dedup::json {
namespace {

constexpr std::size_t kMostDepth = 1024;
constexpr std::size_t kLongestKey = std::size_t{64} << 10;  // as written; nobody wants a longer one
constexpr std::size_t kLongestNumber = std::size_t{4} << 20;  // a longer one is held to be none
constexpr std::size_t kUnitSize = 6;                          // of \uXXXX
constexpr unsigned kHighSurrogates = 0xD800;
constexpr unsigned kLowSurrogates = 0xDC00;
constexpr unsigned kBehindSurrogates = 0xE000;

[[noreturn]] void fail(const char* cause) { throw FormatError(cause); }

constexpr bool is_json_blank(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
constexpr bool ends_token(char c) noexcept {
  return is_json_blank(c) || c == ',' || c == ':' || c == '[' || c == ']' || c == '{' || c == '}';
}

/// The value of a hexadecimal digit, 16 if it is none.
constexpr unsigned hex_value(char c) noexcept {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  return 16;
}

/// Whether the next eight bytes can stand in a string as they are. What a byte lends to the one
/// above it, it lends only where it is one that cannot.
bool all_plain(const char* bytes) noexcept {
  constexpr std::uint64_t kEach = 0x0101010101010101;
  constexpr std::uint64_t kHigh = 0x80 * kEach;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  const auto has_less = [](std::uint64_t of, std::uint64_t than) {
    return (of - than * kEach) & ~of & kHigh;
  };
  return (has_less(word, 0x20) | has_less(word ^ '"' * kEach, 1) |
          has_less(word ^ '\\' * kEach, 1)) == 0;
}

constexpr bool stands_as_itself(char c) noexcept {
  return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

/// Whether \uXXXX stands at the head, and is no half of a surrogate pair: those need a look at what
/// follows.
bool starts_with_unit(std::string_view text) noexcept {
  if (text.size() < kUnitSize || text[0] != '\\' || text[1] != 'u') return false;
  unsigned any = 0;
  for (std::size_t i = 2; i < kUnitSize; ++i) any |= hex_value(text[i]);
  return any < 16 && (hex_value(text[2]) != 0xD || hex_value(text[3]) < 8);
}

}  // namespace

/// at_ counts through all parts and is that of the byte in hand, so that start_ and end are places
/// in the line.
void Scan::feed(std::string_view part) {
  const std::size_t before = at_;
  for (std::size_t i = 0; i < part.size();) {
    at_ = before + i;
    const char c = part[i];
    switch (token_) {
      case Token::none:
        if (!is_json_blank(c)) between(c);
        break;
      case Token::string:
        in_string(c);
        break;
      case Token::escape:
        in_escape(c);
        break;
      case Token::digits:
        in_digits(c);
        break;
      case Token::number:
      case Token::word:
        if (ends_token(c)) {
          token_ == Token::number ? end_number() : end_word();
          continue;  // with the same byte
        }
        keep(c);
        break;
    }
    i = token_ == Token::string ? skip_plain(part, i + 1) : i + 1;
  }
  at_ = before + part.size();
}

/// The end of the line ends a number or a word, too.
std::vector<Scan::Found> Scan::finish() {
  if (token_ == Token::number) end_number();
  if (token_ == Token::word) end_word();
  if (empty_) fail(causes::kEmpty);
  if (token_ != Token::none) fail(causes::kUnclosed);
  if (expect_ != Expect::nothing) fail(causes::kInvalid);
  if (!object_) fail(causes::kNoObject);
  return std::move(found_);
}

/// A byte outside of tokens that is not blank.
void Scan::between(char c) {
  empty_ = false;
  const bool first = expect_ == Expect::first_value || expect_ == Expect::first_key;
  if ((c == ']' || c == '}') && (first || expect_ == Expect::comma)) {
    close(c);
    return;
  }
  // What is empty does not count, so a bracket counts when something follows within it.
  if (first && nesting_.size() >= kMostDepth) fail(causes::kDepth);
  if (expect_ == Expect::value || expect_ == Expect::first_value) {
    begin_value(c);
  } else if ((expect_ == Expect::key || expect_ == Expect::first_key) && c == '"') {
    is_key_ = true;
    broken_ = false;
    kept_.clear();
    token_ = Token::string;
  } else if (expect_ == Expect::colon && c == ':') {
    expect_ = Expect::value;
  } else if (expect_ == Expect::comma && c == ',') {
    expect_ = nesting_.back() == '{' ? Expect::key : Expect::value;
  } else {
    fail(causes::kInvalid);
  }
}

void Scan::begin_value(char c) {
  start_ = at_;
  if (walk_.goes_on() && nesting_.back() == '[') walk_.element();
  if (c == '{' || c == '[') {
    open(c);
  } else if (c == '"') {
    is_key_ = broken_ = false;
    token_ = Token::string;
  } else {
    token_ = c == '-' || (c >= '0' && c <= '9') ? Token::number : Token::word;
    kept_ = c;
  }
}

/// Its members may be wanted only where the outermost value is an object: finish() asks.
void Scan::open(char bracket) {
  object_ |= nesting_.empty() && bracket == '{';
  nesting_ += bracket;
  if (walk_.here() != 0) starts_.push_back(start_);
  walk_.open();
  expect_ = bracket == '{' ? Expect::first_key : Expect::first_value;
}

/// Something is open: outside of brackets neither a comma nor a first member is expected.
void Scan::close(char bracket) {
  if (nesting_.back() != (bracket == '}' ? '{' : '[')) fail(causes::kInvalid);
  nesting_.pop_back();
  walk_.close();
  if (walk_.here() != 0) {
    start_ = starts_.back();
    starts_.pop_back();
  }
  at_ += 1;  // the value ends behind it
  end_value();
}

/// A value ended before the byte in hand. For each path without a * two are told: that there is
/// one, and that there is more than one.
void Scan::end_value(bool null) {
  expect_ = nesting_.empty() ? Expect::nothing : Expect::comma;
  const Walk::Set here = null ? walk_.here() & ~several_ : walk_.here();
  bool wanted = false;
  for (Walk::Set rest = here; rest != 0; rest &= rest - 1) {
    const auto path = static_cast<std::size_t>(std::countr_zero(rest));
    wanted |= paths_[path].any() || ++counts_[path] <= 2;
  }
  if (!wanted) return;
  if (found_.size() >= kMostFound) fail(causes::kTooMany);
  found_.push_back({.wanted = here, .start = start_, .end = at_});
}

/// In a string that nobody keeps plain bytes, and escapes of whole characters, need no state: this
/// is most of a line.
std::size_t Scan::skip_plain(std::string_view part, std::size_t at) {
  if (is_key_ || after_high_) return at;
  while (at < part.size()) {
    if (at + sizeof(std::uint64_t) <= part.size() && all_plain(part.data() + at)) {
      at += sizeof(std::uint64_t);
    } else if (stands_as_itself(part[at])) {
      ++at;
    } else if (starts_with_unit(part.substr(at))) {
      at += kUnitSize;
    } else {
      break;
    }
  }
  return at;
}

void Scan::in_string(char c) {
  if (static_cast<unsigned char>(c) < 0x20) fail(causes::kControl);
  if (c != '\\') end_pair();
  if (c == '"') {
    end_string();
    return;
  }
  if (is_key_) keep_of_key(c);
  if (c == '\\') token_ = Token::escape;
}

/// Behind a high surrogate comes another escape, or it is half of a pair.
void Scan::end_pair() {
  broken_ |= after_high_;
  after_high_ = false;
}

void Scan::in_escape(char c) {
  constexpr std::string_view kEscapes = "\"\\/bfnrt";
  const bool unit = c == 'u';
  if (static_cast<unsigned char>(c) < 0x20) fail(causes::kEscape);
  if (!unit && kEscapes.find(c) == kEscapes.npos) break_escape();
  if (!unit) end_pair();
  if (is_key_) keep_of_key(c);
  token_ = unit ? Token::digits : Token::string;
  digits_ = 4;
  unit_ = 0;
}

/// Where it is one of several texts, that text alone is lost.
void Scan::break_escape() {
  if (is_key_ || (walk_.here() & several_) == 0) fail(causes::kEscape);
  broken_ = true;
}

/// Surrogates come in pairs: a high one is followed by an escape that is a low one, and no low one
/// stands without it. Else the string is broken, which is no matter where nobody wants it.
void Scan::in_digits(char c) {
  const unsigned value = hex_value(c);
  if (value > 15) {
    break_escape();
    token_ = Token::string;
    return in_string(c);
  }
  if (is_key_) keep_of_key(c);
  unit_ = unit_ * 16 + value;
  if (--digits_ > 0) return;
  const bool low = unit_ >= kLowSurrogates && unit_ < kBehindSurrogates;
  broken_ |= low != after_high_;
  after_high_ = unit_ >= kHighSurrogates && unit_ < kLowSurrogates;
  token_ = Token::string;
}

void Scan::end_string() {
  token_ = Token::none;
  if (is_key_) {
    end_key();
    return;
  }
  const std::size_t before = found_.size();
  at_ += 1;  // the value ends behind its quote
  end_value();
  if (found_.size() == before) return;
  found_.back().string = true;
  found_.back().broken = broken_;
}

/// Keys may be written with escapes: "te\u0078t" is text.
void Scan::end_key() {
  if (walk_.goes_on()) {
    if (kept_.size() > kLongestKey || broken_) {
      walk_.unreadable_key();
    } else {
      std::string key;
      append_unescaped(key, kept_);
      walk_.key(key);
    }
  }
  is_key_ = false;
  expect_ = Expect::colon;
}

/// Judged by the parser's own eye: how far a number may go is not written twice.
void Scan::end_number() {
  token_ = Token::none;
  if (!is_number_token(kept_) && kept_ != "-Infinity") fail(causes::kNumber);
  end_value();
}

void Scan::end_word() {
  token_ = Token::none;
  const bool constant = kept_ == "true" || kept_ == "false" || kept_ == "null";
  if (!constant && kept_ != "NaN" && kept_ != "Infinity") fail(causes::kInvalid);
  end_value(kept_ == "null");
}

/// Bounded, as all is that this keeps: a number of megabytes is held to be none.
void Scan::keep(char c) {
  if (kept_.size() == kLongestNumber) {
    fail(token_ == Token::number ? causes::kNumber : causes::kInvalid);
  }
  kept_ += c;
}

void Scan::keep_of_key(char c) {
  if (kept_.size() <= kLongestKey) kept_ += c;  // one more shows that it is longer
}

}  // namespace dedup::json
