// The only file that knows simdjson. Its document parser judges and unescapes a line; where the
// values of the outermost object stand is found by a scan of our own over the line, by then known
// to be valid. (simdjson's on-demand interface would give the places too, but a generic build
// compiles it for the slowest kernel, while the parser picks the best one when it runs.)
// Cost: one parse a line, plus memchr over the strings.
#include "walls/json.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "dedup/error.h"
#include "walls/utf8.h"

namespace dedup::json {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

const char* cause(simdjson::error_code error) noexcept {
  switch (error) {
    case simdjson::EMPTY:
      return "an empty line where JSON should be";
    case simdjson::INCORRECT_TYPE:
      return "JSON, but not an object";
    case simdjson::UTF8_ERROR:
      return "not valid UTF-8";
    case simdjson::STRING_ERROR:
      return "a string with a broken escape";
    case simdjson::UNCLOSED_STRING:
      return "a string without an end";
    case simdjson::UNESCAPED_CHARS:
      return "a control character inside a string";
    case simdjson::NUMBER_ERROR:
      return "a number that is malformed or too large";
    case simdjson::DEPTH_ERROR:
      return "nested more than 1024 deep";
    case simdjson::CAPACITY:
      return "longer than 4 GiB";
    case simdjson::MEMALLOC:
      return "too long for the memory";
    default:
      return "not valid JSON";
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

void append_unit(std::string& out, char32_t unit) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\u";
  for (unsigned shift = 16; shift > 0; shift -= 4) out += kDigits[unit >> (shift - 4) & 0xFU];
}

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

using Plain = std::array<bool, 256>;

constexpr Plain plain_bytes(bool ascii) {
  Plain plain{};
  for (std::size_t byte = 0x20; byte < plain.size(); ++byte) plain[byte] = !ascii || byte < 0x7F;
  plain['"'] = plain['\\'] = false;
  return plain;
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

template <typename Wanted>
std::vector<Member> parse(std::string& line, Wanted wanted) {
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  const std::size_t size = line.size();
  const Padding padding(line);
  if (const auto error = parser.parse(line.data(), size, false).get(object)) {
    throw FormatError(cause(error));
  }
  std::vector<Member> found;
  found.reserve(object.size());
  Scanner scanner(std::string_view(line).substr(0, size));
  for (const auto& [key, value] : object) {
    Member& member = found.emplace_back();
    member.key = key;
    std::tie(member.start, member.end) = scanner.next();
    std::string_view text;
    if (wanted(key) && value.get(text) == simdjson::SUCCESS) member.string = text;
  }
  return found;
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) noexcept {
  return simdjson::validate_utf8(bytes.data(), bytes.size());
}

std::vector<Member> members(std::string_view line) {
  std::string copy(line);
  return parse(copy, [](std::string_view) { return true; });
}

std::vector<Member> members(std::string& line, std::initializer_list<std::string_view> wanted) {
  return parse(line, [wanted](std::string_view key) {
    return std::find(wanted.begin(), wanted.end(), key) != wanted.end();
  });
}

void append_string(std::string& out, std::string_view text, bool ascii) {
  static constexpr Plain kPlain = plain_bytes(false);
  static constexpr Plain kPlainAscii = plain_bytes(true);
  const Plain& plain = ascii ? kPlainAscii : kPlain;
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t run = at;
    while (at < text.size() && plain[static_cast<unsigned char>(text[at])]) ++at;
    out.append(text, run, at - run);
    if (at < text.size()) append_escape(out, utf8::next(text, at));
  }
  out += '"';
}

}  // namespace dedup::json
