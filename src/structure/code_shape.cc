// SPDX-License-Identifier: Apache-2.0
// Prose in Latin letters has words and full stops; code has brackets, operators and line ends of
// its own. Neither a keyword nor a mark alone tells: "for" begins sentences, a list of ports has
// commas. So what is counted is marks of code against the letters, and ideographs speak against it
// unless they stand in a comment or a string.
#include "structure/code_shape.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "text/ascii.h"
#include "text/byte_set.h"
#include "text/lanes.h"
#include "text/literal.h"

namespace dedup::structure {
namespace {

constexpr std::size_t kReach = 160;
constexpr std::size_t kHead = 48;

bool starts_with_any(std::string_view text,
                     std::initializer_list<std::string_view> heads) noexcept {
  return std::ranges::any_of(heads, [text](std::string_view head) {
    return text.front() == head.front() && text.starts_with(head);
  });
}

/// Comments, prompts and directives, which no prose begins with.
bool opens_as_code(std::string_view text) noexcept {
  static constexpr text::ByteSet kFirst{"/*#$><@-}"};
  return kFirst.has(text.front()) &&
         starts_with_any(
             text, {"// ", "/*", "*/", "#include", "#define", "#!/", "#if", "#endif", "$ ", ">>> ",
                    "<?php", "<%", "@Override", "--%", "};", "});", "})"});
}

constexpr std::size_t kLongestWord = 8;

/// A word as a number, which orders as words do and is compared at once. Requires: no longer than
/// the longest.
constexpr std::uint64_t packed(std::string_view word) noexcept {
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < kLongestWord; ++i) {
    bytes = bytes << 8U | (i < word.size() ? static_cast<unsigned char>(word[i]) : 0U);
  }
  return bytes;
}

/// What most languages begin statements with. Alone it proves nothing.
bool has_keyword(std::string_view text) noexcept {
  static constexpr auto kWords = [] {
    std::array words{packed("CREATE"), packed("INSERT"),  packed("SELECT"),  packed("UPDATE"),
                     packed("auto"),   packed("bool"),    packed("case"),    packed("catch"),
                     packed("char"),   packed("class"),   packed("const"),   packed("def"),
                     packed("echo"),   packed("elif"),    packed("else"),    packed("enum"),
                     packed("except"), packed("export"),  packed("finally"), packed("fn"),
                     packed("for"),    packed("from"),    packed("func"),    packed("function"),
                     packed("if"),     packed("import"),  packed("int"),     packed("let"),
                     packed("new"),    packed("package"), packed("print"),   packed("private"),
                     packed("pub"),    packed("public"),  packed("return"),  packed("select"),
                     packed("static"), packed("string"),  packed("struct"),  packed("sudo"),
                     packed("switch"), packed("throw"),   packed("try"),     packed("use"),
                     packed("using"),  packed("var"),     packed("void")};
    std::ranges::sort(words);
    return words;
  }();
  std::size_t end = 0;
  while (end < text.size() && end <= kLongestWord && text::is_letter(text[end])) {
    ++end;
  }
  return text::begins_with(text, "while") ||
         (end > 1 && end <= kLongestWord &&
          std::ranges::binary_search(kWords, packed(text.substr(0, end))));
}

/// Whether a byte lies in first to last, both included: all bits set where it does.
text::Bytes lie_in(text::Bytes bytes, char first, char last) noexcept {
  return text::Bytes(bytes - static_cast<unsigned char>(first) <=
                     static_cast<unsigned char>(last - first));
}

/// Marks that join code, ( ) { } [ ] = ; < > $ _ \ & | + * / " ' # @; of two, as -> and ::, one is
/// among them or they are seldom alone.
text::Bytes are_joints(text::Bytes bytes) noexcept {
  return text::Bytes(lie_in(bytes, '"', '$') | lie_in(bytes, '&', '+') | text::Bytes(bytes == '/') |
                     lie_in(bytes, ';', '>') | text::Bytes(bytes == '@') |
                     text::Bytes(bytes == '_') | lie_in(bytes | 0x20, '{', '}'));  // and [ \ ]
}

/// Characters in the head of a line.
class Count {
 public:
  static_assert(kHead % sizeof(text::Bytes) == 0 &&
                kReach <= text::LaneCount::kMost * sizeof(text::Bytes));

  void add(std::string_view text) noexcept {
    text::each_block(text, [this](text::Bytes bytes) {
      ascii_.add(text::Bytes(bytes - (' ' + 1) < 0x7F - (' ' + 1)));
      wide_.add(text::Bytes(bytes >= 0xC0));
    });
  }
  /// Visible ones.
  [[nodiscard]] std::size_t ascii() const noexcept { return ascii_.sum(); }
  /// All others but blanks.
  [[nodiscard]] std::size_t wide() const noexcept { return wide_.sum(); }

 private:
  text::LaneCount ascii_;
  text::LaneCount wide_;
};

std::size_t count_joints(std::string_view text) noexcept {
  text::LaneCount joints;
  text::each_block(text.substr(0, kReach),
                   [&joints](text::Bytes bytes) { joints.add(are_joints(bytes)); });
  return joints.sum();
}

/// What pages put behind a name or a title, which only looks like a call: its count, its moment.
/// 2005年09月(17)   读书笔记(8)   (05/13 14:13)   but not f(17)
bool is_counted(std::string_view text) noexcept {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos || text.back() != ')') {
    return false;
  }
  const std::string_view name = text.substr(0, open);
  const std::string_view count = text.substr(open + 1, text.size() - open - 2);
  const std::size_t last = name.find_last_not_of(' ');
  return (last == std::string_view::npos || !text::is_ascii(name[last])) &&
         count.find_first_not_of("0123456789/:-. ") == std::string_view::npos &&
         count.find_first_of("0123456789") != std::string_view::npos && count_joints(name) == 0;
}

/// An assignment, a member or a call.
bool holds_operator(std::string_view text) noexcept {
  return text::any_lane(text, [](const text::Triples& at) {
    return at.hold(" = ") | at.hold('-', '>') | at.hold('(', ')');
  });
}

std::string_view tag_name(std::string_view text) noexcept {
  const std::size_t start = text.starts_with("</") ? 2 : 1;
  std::size_t end = start;
  while (end < text.size() && (text::is_letter(text[end]) || text::is_digit(text[end]))) {
    ++end;
  }
  return text.substr(start, end - start);
}

bool equals(std::string_view text, std::string_view lower) noexcept {
  return std::ranges::equal(text, lower, [](char a, char b) { return text::lower(a) == b; });
}

/// Bytes within tags.
std::size_t bytes_in_tags(std::string_view text) noexcept {
  std::size_t bytes = 0;
  for (std::size_t at = text.find('<'); at != std::string_view::npos;) {
    const std::size_t close = text.find('>', at);
    if (close == std::string_view::npos) {
      break;
    }
    bytes += close + 1 - at;
    at = text.find('<', close);
  }
  return bytes;
}

}  // namespace

bool is_source_text(std::string_view text) noexcept {
  const char first = text.front();
  if (!text::is_letter(first) && opens_as_code(text)) {
    return true;
  }
  // Most lines that begin in ASCII are prose with a number or a word at its head.
  Count found;
  found.add(text.substr(0, kHead));
  if (text.size() > kHead) {
    if (found.wide() > found.ascii()) {
      return false;
    }
    found.add(text.substr(kHead, kReach - kHead));
  }
  if (found.ascii() == 0 || found.wide() * 2 > found.ascii()) {
    return false;
  }
  const std::size_t joints = count_joints(text);
  const char last = text.back();
  const bool ends_statement = last == ':' || last == '{' || last == ';';
  if (joints == 0 && !ends_statement) {
    return false;  // as most
  }
  static constexpr text::ByteSet kEnds{";{}),"};
  const bool ends_as_code = kEnds.has(last);
  const bool keyword = has_keyword(text);
  if (keyword && ends_statement) {
    return true;
  }
  if (found.ascii() <= 3) {
    return text == "}" || text == "{" || text == ");" || text == "]" || text == "};" ||
           text == "})" || text == "],";
  }
  if (keyword) {
    return joints >= 2 || (found.wide() == 0 && joints >= 1 && last != '.');
  }
  return joints * (ends_as_code ? 8 : 5) >= found.ascii() && joints >= 2 &&
         (ends_as_code || holds_operator(text)) && !is_counted(text);
}

bool is_markup(std::string_view text) noexcept {
  if (text.size() < 3 || text[0] != '<' ||
      (!text::is_letter(text[1]) && text[1] != '/' && text[1] != '!')) {
    return false;
  }
  // Paragraphs and what stands within them are prose with a frame, unless the frame is most of it.
  static constexpr std::array<std::string_view, 19> kProse{
      "p",    "span", "section", "b",    "i",    "u",     "em", "strong",     "a",     "br",
      "font", "sub",  "sup",     "mark", "code", "small", "s",  "blockquote", "center"};
  constexpr std::size_t kMostFrame = 4;  // one in so many bytes
  const std::string_view name = tag_name(text);
  const bool prose =
      std::ranges::any_of(kProse, [name](auto known) { return equals(name, known); });
  return !prose || bytes_in_tags(text) * kMostFrame > text.size();
}

int open_tables(std::string_view text) noexcept {
  int open = 0;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::string_view tag = text.substr(at, 8);
    if (equals(tag_name(tag), "table")) {
      open += tag.starts_with("</") ? -1 : 1;
    }
  }
  return std::clamp(open, -100, 100);
}

}  // namespace dedup::structure
