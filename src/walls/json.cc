// SPDX-License-Identifier: Apache-2.0
// The only file that knows simdjson. Its document parser judges and unescapes a line; where the
// values of the outermost object stand is found by a scan of our own over the line, by then known
// to be valid. (simdjson's on-demand interface would give the places too, but a generic build
// compiles it for the slowest kernel, while the parser picks the best one when it runs.)
// Cost: one parse a line, plus memchr over the strings. Long lines are scanned: see json_scan.h.
//
//   members(line)           a copy, every member: lists of edits, whose lines are ours
//   members(line, wanted)   in place, up to longest_parsed: parse(), as above
//                           beyond that:                    scan(), which judges without simdjson
//
// Both ways accept the same lines and give the same members, except that scan() stops counting at
// the second of a key; what they say of a bad line comes from one list, json_causes.h.
#include "walls/json.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <new>
#include <tuple>
#include <utility>

#include "dedup/error.h"
#include "walls/digits.h"
#include "walls/json_causes.h"
#include "walls/json_path.h"
#include "walls/json_scan.h"
#include "walls/utf8.h"

namespace dedup::json {
namespace {

constexpr std::string_view kBlank = " \t\r\n";
constexpr std::size_t kUnitSize = 6;  // of \uXXXX

/// simdjson's codes in the words of the user's world. Codes that only misuse of simdjson brings
/// about, and those for which no better word is known than "invalid", are the default.
const char* cause(simdjson::error_code error) noexcept {
  switch (error) {
    case simdjson::EMPTY:
      return causes::kEmpty;
    case simdjson::INCORRECT_TYPE:
      return causes::kNoObject;
    case simdjson::UTF8_ERROR:
      return causes::kEncoding;
    case simdjson::STRING_ERROR:
      return causes::kEscape;
    case simdjson::UNCLOSED_STRING:
      return causes::kUnclosed;
    case simdjson::UNESCAPED_CHARS:
      return causes::kControl;
    case simdjson::NUMBER_ERROR:
      return causes::kNumber;
    case simdjson::DEPTH_ERROR:
      return causes::kDepth;
    case simdjson::CAPACITY:
      return "longer than 4 GiB";
    default:
      return causes::kInvalid;
  }
}

/// Finds the values of the outermost object of a line that is known to be valid.
class Scanner {
 public:
  explicit Scanner(std::string_view line) : line_(line), at_(line.find('{') + 1) {}

  /// First byte of the next value and one past its last. Requires: there is a next value.
  std::pair<std::size_t, std::size_t> next() {
    at_ = after_string(line_.find('"', at_));
    const std::size_t start = line_.find_first_not_of(kBlank, line_.find(':', at_) + 1);
    at_ = after_value(start);
    return {start, at_};
  }

 private:
  /// Nested values are skipped by counting brackets, which may stand in strings, so strings are
  /// skipped as a whole. That { is not closed by ] was seen to by the parser.
  std::size_t after_value(std::size_t at) const {
    if (line_[at] == '"') return after_string(at);
    if (line_[at] != '{' && line_[at] != '[') return line_.find_first_of(",} \t\r\n", at);
    std::size_t depth = 0;
    do {
      if (line_[at] == '"') {
        at = after_string(at);
      } else {
        depth += line_[at] == '{' || line_[at] == '[' ? 1 : 0;
        depth -= line_[at] == '}' || line_[at] == ']' ? 1 : 0;
        ++at;
      }
      if (depth > 0) at = line_.find_first_of("\"[]{}", at);
    } while (depth > 0);
    return at;
  }

  /// One past the quote that closes the string opened at `open`: the first after an even number of
  /// backslashes.
  std::size_t after_string(std::size_t open) const {
    for (std::size_t close = open;;) {
      close = line_.find('"', close + 1);
      std::size_t escape = close;
      while (line_[escape - 1] == '\\') --escape;
      if ((close - escape) % 2 == 0) return close + 1;
    }
  }

  std::string_view line_;
  std::size_t at_;
};

/// A unit of UTF-16 as \u and four digits; lower-case, as Python's json.dumps() writes them.
void append_unit(std::string& out, char32_t unit) {
  out += "\\u";
  for (unsigned shift = 16; shift > 0; shift -= 4) out += kHexDigits[unit >> (shift - 4) & 0xFU];
}

/// What may not stand in a string as it is, or shall not: the short form where JSON has one, else
/// one unit, or two beyond the basic plane.
void append_escape(std::string& out, char32_t c) {
  constexpr std::string_view kNamed = "\"\\\b\f\n\r\t";
  constexpr std::string_view kNames = "\"\\bfnrt";
  if (const std::size_t at = c < 0x80 ? kNamed.find(static_cast<char>(c)) : kNamed.npos;
      at != kNamed.npos) {
    out += '\\';
    out += kNames[at];
  } else if (c < 0x10000) {
    append_unit(out, c);
  } else {
    append_unit(out, 0xD800 + ((c - 0x10000) >> 10));
    append_unit(out, 0xDC00 + ((c - 0x10000) & 0x3FFU));
  }
}

/// By byte: whether it stands in a string as itself. In UTF-8 no byte of a longer character is
/// below 0x80, so quotes and backslashes are found without decoding. DEL goes with what is not
/// ASCII text.
using Plain = std::array<bool, 256>;

constexpr Plain plain_bytes(bool ascii) {
  Plain plain{};
  for (std::size_t byte = 0x20; byte < plain.size(); ++byte) plain[byte] = !ascii || byte < 0x7F;
  plain['"'] = plain['\\'] = false;
  return plain;
}

/// How many bytes from `at` on stand as themselves, sixteen looked at in a step.
std::size_t plain_run(std::string_view text, std::size_t at, bool ascii) noexcept {
  static constexpr Plain kPlain = plain_bytes(false);
  static constexpr Plain kPlainAscii = plain_bytes(true);
  using Bytes [[gnu::vector_size(16)]] = unsigned char;
  const Bytes beyond = ascii ? ~Bytes{} : Bytes{};  // what is not ASCII text counts
  const std::size_t start = at;
  for (; at + sizeof(Bytes) <= text.size(); at += sizeof(Bytes)) {
    Bytes bytes;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    const Bytes marks(bytes < ' ' || bytes == '"' || bytes == '\\');
    const Bytes others = marks | (Bytes(bytes >= 0x7F) & beyond);
    std::array<std::uint64_t, 2> halves;
    std::memcpy(&halves, &others, sizeof halves);
    if ((halves[0] | halves[1]) != 0) break;
  }
  const Plain& plain = ascii ? kPlainAscii : kPlain;
  while (at < text.size() && plain[static_cast<unsigned char>(text[at])]) ++at;
  return at - start;
}

/// Room behind a line for the parser to read into, for as long as this lives.
class Padding {
 public:
  explicit Padding(std::string& line) : line_(line), size_(line.size()) {
    static_assert(kPadding >= simdjson::SIMDJSON_PADDING);
    line_.append(kPadding, '\0');
  }
  ~Padding() { line_.resize(size_); }
  Padding(const Padding&) = delete;
  Padding& operator=(const Padding&) = delete;

 private:
  std::string& line_;
  std::size_t size_;
};

/// The unit of UTF-16 that an escape at the head of `text` is; nothing where it is none.
std::optional<char32_t> unit_of(std::string_view text) noexcept {
  if (text.size() < kUnitSize || !text.starts_with("\\u")) return std::nullopt;
  unsigned unit = 0;
  const char* const end = text.data() + kUnitSize;
  const auto [stop, error] = std::from_chars(text.data() + 2, end, unit, 16);
  if (error != std::errc() || stop != end) return std::nullopt;
  return unit;
}

/// How long the escape at the head of `text` is; 0 where it is half of a surrogate pair.
std::size_t escape_size(std::string_view text) noexcept {
  const auto unit = unit_of(text);
  if (!unit || *unit < 0xD800 || *unit > 0xDFFF) return 2;
  const auto next = unit_of(text.substr(kUnitSize));
  const bool pair = *unit < 0xDC00 && next && *next >= 0xDC00 && *next <= 0xDFFF;
  return pair ? 2 * kUnitSize : 0;
}

/// Python and others write NaN and Infinity, which JSON has not, and halves of surrogate pairs,
/// which no text has. Stand-ins of the same length, so that all places stay; nothing where there is
/// none of them.
std::optional<std::string> with_stand_ins(std::string_view line) {
  constexpr std::string_view kBeside = " \t\r\n,:[]{}";
  const auto parts = [&](std::size_t at) {
    return at >= line.size() || kBeside.find(line[at]) != kBeside.npos;
  };
  std::optional<std::string> made;
  bool inside = false;  // a string
  for (std::size_t at = 0; (at = line.find_first_of("\"\\NI", at)) != line.npos; ++at) {
    if (line[at] == '"') {
      inside = !inside;
    } else if (line[at] == '\\') {  // of a string, or of a line that the parser refuses anyway
      std::size_t size = escape_size(line.substr(at));
      if (size == 0) {
        if (!made) made = line;
        made->replace(at, kUnitSize, "\\ufffd");
        size = kUnitSize;
      }
      at += size - 1;
    } else if (!inside) {
      const std::string_view word = line[at] == 'N' ? "NaN" : "Infinity";
      const bool minus = line[at] == 'I' && at > 0 && line[at - 1] == '-';
      if (line.substr(at).starts_with(word) && parts(at + word.size()) &&
          (minus || at == 0 || parts(at - 1))) {
        if (!made) made = line;
        made->replace(at, word.size(), '0' + std::string(word.size() - 1, ' '));
      }
    }
  }
  return made;
}

/// Of surrogate pairs.
enum class Halves { refused, allowed };

/// Whether a member's value is a string that was parsed by stand-ins, as half a surrogate pair is.
bool has_half(std::string_view line, const std::optional<std::string>& stand_in,
              std::pair<std::size_t, std::size_t> place) {
  if (!stand_in || line[place.first] != '"') return false;
  const std::size_t size = place.second - place.first;
  return line.substr(place.first, size) != std::string_view(*stand_in).substr(place.first, size);
}

/// Calls for each member with its key, the place of its value in the line, whether that is broken,
/// and the value. Parser
/// and scanner go over the members in the same order, so each value meets its place. Keys and
/// values are the parser's and last as long as the call of `each`; its memory is a multiple of the
/// line.
template <typename Each>
void parse(simdjson::dom::parser& parser, std::string& line, Halves halves, Each each) {
  simdjson::dom::object object;
  const std::size_t size = line.size();
  const Padding padding(line);
  std::optional<std::string> stand_in;  // parser and values may refer to it
  auto error = parser.parse(line.data(), size, false).get(object);
  if (error == simdjson::TAPE_ERROR || error == simdjson::N_ATOM_ERROR ||
      error == simdjson::NUMBER_ERROR ||
      (error == simdjson::STRING_ERROR && halves == Halves::allowed)) {
    stand_in = with_stand_ins(std::string_view(line).substr(0, size));
    if (stand_in) error = parser.parse(*stand_in).get(object);
  }
  if (error) {
    if (error == simdjson::MEMALLOC) throw std::bad_alloc();  // of the machine, not of the line
    throw FormatError(cause(error));
  }
  const std::string_view whole = std::string_view(line).substr(0, size);
  Scanner scanner(whole);
  for (const auto& [key, value] : object) {
    const auto place = scanner.next();
    each(key, place, has_half(whole, stand_in, place), value);
  }
}

Member member(std::string_view key, std::pair<std::size_t, std::size_t> place, bool broken,
              const simdjson::dom::element& value) {
  Member made{.key = std::string(key),
              .start = place.first,
              .end = place.second,
              .string = {},
              .broken = broken};
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) made.string = broken ? std::string_view() : text;
  return made;
}

/// The same by a scan, which does not look at encoding itself and so needs it checked before.
std::vector<Member> scan(std::string_view line, std::initializer_list<std::string_view> wanted) {
  if (!is_valid_utf8(line)) throw FormatError(causes::kEncoding);
  std::vector<Path> paths;
  for (const std::string_view key : wanted) paths.push_back(Path::member(key));
  Scan scan(paths);
  scan.feed(line);
  std::vector<Member> found;
  for (const Scan::Found& each : scan.finish()) {
    Member& made = found.emplace_back();
    made.key = wanted.begin()[std::countr_zero(each.wanted)];
    made.start = each.start;
    made.end = each.end;
    if (!each.string) continue;
    made.broken = each.broken;
    made.string.emplace();
    if (made.broken) continue;
    append_unescaped(*made.string, line.substr(each.start + 1, each.end - each.start - 2));
  }
  return found;
}

/// A list of objects, of which each has a list of objects under a container's key.
constexpr int kContainers = 4;

/// find_string() over what was parsed. Each value is met once at most, and the members of each
/// object are looked at twice, so time is linear.
std::optional<std::string> find_in(simdjson::dom::element value, std::string_view key,
                                   std::string_view container, int levels) {
  if (levels == 0) return std::nullopt;
  if (simdjson::dom::array list; value.get(list) == simdjson::SUCCESS) {
    for (const simdjson::dom::element each : list) {
      if (auto found = find_in(each, key, container, levels - 1)) return found;
    }
    return std::nullopt;
  }
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS) return std::nullopt;
  std::string_view text;
  if (object.at_key(key).get(text) == simdjson::SUCCESS && !text.empty()) return std::string(text);
  if (object.at_key(container).get(value) != simdjson::SUCCESS) return std::nullopt;
  return find_in(value, key, container, levels - 1);
}

/// Whether the low half of a surrogate pair stands here as an escape.
bool is_low_half(std::string_view text) noexcept {
  constexpr std::string_view kFourth = "cdefCDEF";
  return text.size() > 3 && text[1] == 'u' && (text[2] == 'd' || text[2] == 'D') &&
         kFourth.find(text[3]) != kFourth.npos;
}

/// How much of the inside of a string to unescape at a time: some 64 KiB, to the end of a
/// character, whether it is an escape, a pair of them, or bytes.
///
///   |…… runs of bytes and escapes ……|kPortion …|kHead
///                                    ^ the first place from here on that is not within a character
///
/// Continuation bytes and the second \u of a pair are within one. From escape to escape it goes by
/// find(), and beyond kPortion byte by byte, which is at most a few.
std::size_t portion(std::string_view inside) {
  constexpr std::size_t kBehind = 64;  // more than a character
  constexpr std::size_t kPortion = kHead - kBehind;
  const std::string_view head = inside.substr(0, kHead);
  std::size_t at = 0;
  while (at < head.size()) {
    const bool escape = head[at] == '\\';
    const bool within = escape ? is_low_half(head.substr(at))
                               : (static_cast<unsigned char>(head[at]) & 0xC0U) == 0x80U;
    if (at >= kPortion && !within) return at;
    if (escape) {
      at += head.substr(at, 2) == "\\u" ? 6 : 2;
    } else {
      at = std::min(head.find('\\', at + 1), std::max(at + 1, kPortion));
    }
  }
  return std::min(at, inside.size());
}

/// Whether it is a number that fits for certain, as nearly all do: at most 18 digits before the
/// point, which any 64-bit integer holds, and an exponent of at most two. Whatever is larger or odd
/// is left to the parser, so that a doubt costs time and never an answer.
bool is_small_number(std::string_view token) noexcept {
  const auto digits = [&token] {
    const std::size_t count = std::min(token.find_first_not_of("0123456789"), token.size());
    token.remove_prefix(count);
    return count;
  };
  if (token.starts_with('-')) token.remove_prefix(1);
  const bool zero = token.starts_with('0');
  const std::size_t whole = digits();
  if (whole == 0 || whole > 18 || (zero && whole > 1)) return false;
  if (token.starts_with('.')) {
    token.remove_prefix(1);
    if (digits() == 0) return false;
  }
  if (token.starts_with('e') || token.starts_with('E')) {
    token.remove_prefix(1);
    if (token.starts_with('-') || token.starts_with('+')) token.remove_prefix(1);
    const std::size_t exponent = digits();
    if (exponent == 0 || exponent > 2) return false;
  }
  return token.empty();
}

}  // namespace

bool is_number_token(std::string_view token) {
  if (is_small_number(token)) return true;
  const simdjson::padded_string padded(token);
  simdjson::dom::parser parser;
  simdjson::dom::element value;
  return parser.parse(padded).get(value) == simdjson::SUCCESS && value.is_number();
}

void append_unescaped(std::string& out, std::string_view inside) {
  while (!inside.empty()) inside.remove_prefix(append_unescaped_head(out, inside));
}

/// Without a backslash the bytes stand for themselves. Else the parser unescapes the portion as a
/// document of its own: a string and nothing more, which simdjson takes.
std::size_t append_unescaped_head(std::string& out, std::string_view inside) {
  const std::string_view part = inside.substr(0, portion(inside));
  if (part.find('\\') == part.npos) {
    out += part;
    return part.size();
  }
  simdjson::dom::parser parser;
  std::string quoted = '"' + std::string(part) + '"';
  const std::size_t size = quoted.size();
  quoted.append(simdjson::SIMDJSON_PADDING, '\0');
  std::string_view text;
  if (const auto error = parser.parse(quoted.data(), size, false).get(text)) {
    throw FormatError(cause(error));
  }
  out += text;
  return part.size();
}

bool is_valid_utf8(std::string_view bytes) noexcept {
  return simdjson::validate_utf8(bytes.data(), bytes.size());
}

std::vector<Member> members(std::string_view line) {
  std::string copy(line);
  std::vector<Member> found;
  simdjson::dom::parser parser;
  parse(parser, copy, Halves::refused, [&](auto&&... each) { found.push_back(member(each...)); });
  return found;
}

std::vector<Member> members(std::string& line, std::initializer_list<std::string_view> wanted,
                            std::size_t longest_parsed) {
  return LineParser().members(line, wanted, longest_parsed);
}

struct LineParser::State {
  simdjson::dom::parser parser;
};

LineParser::LineParser() : state_(std::make_unique<State>()) {}
LineParser::LineParser(LineParser&&) noexcept = default;
LineParser& LineParser::operator=(LineParser&&) noexcept = default;
LineParser::~LineParser() = default;

std::vector<Member> LineParser::members(std::string& line,
                                        std::initializer_list<std::string_view> wanted,
                                        std::size_t longest_parsed) {
  constexpr std::size_t kLongestKept = std::size_t{64} << 10;
  if (line.size() > longest_parsed) return scan(line, wanted);
  std::optional<simdjson::dom::parser> own;  // of a long line
  simdjson::dom::parser& parser = line.size() > kLongestKept ? own.emplace() : state_->parser;
  std::vector<Member> found;
  parse(parser, line, Halves::allowed, [&](std::string_view key, auto&&... rest) {
    if (std::find(wanted.begin(), wanted.end(), key) == wanted.end()) return;
    found.push_back(member(key, rest...));
  });
  return found;
}

std::optional<std::string> find_string(std::string_view text, std::string_view key,
                                       std::string_view container) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  std::string json(text);
  auto error = parser.parse(json).get(root);
  if (error) {
    const auto stand_in = with_stand_ins(text);
    if (stand_in) error = parser.parse(json = *stand_in).get(root);
  }
  if (error == simdjson::MEMALLOC) throw std::bad_alloc();
  return error ? std::nullopt : find_in(root, key, container, kContainers);
}

void append_string(std::string& out, std::string_view text, bool ascii) {
  out += '"';
  append_escaped(out, text, ascii);
  out += '"';
}

/// Runs of plain bytes are appended whole: in Chinese text that is nearly all of it.
void append_escaped(std::string& out, std::string_view text, bool ascii) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t run = plain_run(text, at, ascii);
    out.append(text, at, run);
    at += run;
    if (at < text.size()) append_escape(out, utf8::next(text, at));
  }
}

}  // namespace dedup::json
