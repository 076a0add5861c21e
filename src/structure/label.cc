// SPDX-License-Identifier: Apache-2.0
// A label is told from a sentence with a colon by its name: short, without the marks of a sentence,
// and no verb that a speech follows.
//
//   书名：山间小路        name 书名, value 山间小路
//   他叹了口气说：走吧。  none: somebody speaks
//   会上提出，要求如下：  none: a clause, though it leads in
#include "structure/label.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "text/ascii.h"
#include "text/blanks.h"
#include "text/characters.h"
#include "text/ideograph_set.h"
#include "text/lanes.h"
#include "text/literal.h"
#include "walls/utf8.h"

namespace dedup::structure {
namespace {

constexpr std::size_t kLongestName = 12;   // characters, where ideographs are among them
constexpr std::size_t kLongestLatin = 24;  // CVE编号, Content-Length
constexpr std::size_t kReach = 80;         // bytes

/// The last ideographs of kVerbs below.
constexpr text::IdeographSet kEndsOfVerbs{
    std::u32string_view(U"说說道称稱問问曰云写寫喊叫答讲講示出为為调調绍紹露应應布佈到释釋言")};

/// 他说：, 记者问：; but 问： alone heads a question. The last character tells nearly all names at once.
bool speaks(std::string_view name) noexcept {
  std::size_t at = name.size();
  if (!kEndsOfVerbs.has(utf8::previous(name, at))) {
    return false;
  }
  static constexpr std::array<std::string_view, 33> kVerbs{
      "说",   "說",   "道",   "称",   "稱",   "问",   "問",   "曰",   "云",   "写",   "寫",
      "喊",   "叫",   "答",   "讲",   "講",   "表示", "指出", "认为", "認為", "强调", "強調",
      "介绍", "介紹", "透露", "回应", "回應", "宣布", "宣佈", "提到", "解释", "解釋", "坦言"};
  return std::ranges::any_of(kVerbs, [name](std::string_view verb) {
    return name.size() > verb.size() && name.ends_with(verb);
  });
}

/// Marks of sentences and of code, which no name holds: of ASCII, and those as wide as ideographs
/// from U+3000 and from U+FF00 on.
class Marks {
 public:
  constexpr explicit Marks(std::u32string_view marks) {
    for (const char32_t mark : marks) {
      marks_[place_of(mark)] = true;
    }
  }
  [[nodiscard]] constexpr bool hold(char32_t c) const noexcept { return marks_[place_of(c)]; }

 private:
  static constexpr std::size_t place_of(char32_t c) noexcept {
    return c < 0x80             ? c
           : c - 0x3000 < 0x80U ? 0x80 + (c - 0x3000)
           : c - 0xFF00 < 0x80U ? 0x100 + (c - 0xFF00)
                                : kOther;
  }
  static constexpr std::size_t kOther = 0x180;

  std::array<bool, kOther + 1> marks_{};
};
constexpr Marks kParting(U",;!?\"|<>=`\t，。；！？「」《》");

constexpr bool parts_names(char32_t c) noexcept {
  return kParting.hold(c) || c == U'…' || c == U'“' || c == U'”';
}

/// In a name with ideographs so many characters are the most, and of Latin letters twice as many:
/// what is longer is a clause.
constexpr std::size_t longest_name(bool wide) noexcept {
  return wide ? kLongestName : kLongestLatin;
}

/// Whether `name` has as many bytes as names have, and nobody speaks.
bool fits_a_name(std::string_view name) noexcept {
  const bool wide_head = !name.empty() && !text::is_ascii(name.front());
  return !name.empty() && name.size() <= (wide_head ? 3 : 2) * kLongestLatin && !speaks(name);
}

/// Whether `name` may stand before the colon of a label.
bool names_a_label(std::string_view name) noexcept {
  std::size_t characters = 0;
  bool wide = false;
  for (std::size_t at = 0; at < name.size(); ++characters) {
    const char32_t c = utf8::next(name, at);
    wide = wide || c >= 0x2E80;
    if (characters >= longest_name(wide) || parts_names(c)) {
      return false;
    }
  }
  return fits_a_name(name);
}

/// 10:30 and https:// have a colon that labels nothing.
bool is_inner_colon(std::string_view text, std::size_t at) noexcept {
  const bool digits = at > 0 && text::is_digit(text[at - 1]) && at + 1 < text.size() &&
                      text::is_digit(text[at + 1]);
  return digits || text.substr(at + 1).starts_with("//") || text.substr(at + 1).starts_with(":");
}

std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && text::may_begin_blank(text)) {
    std::size_t at = 0;
    if (!text::is_white(utf8::next(text, at))) {
      break;
    }
    text.remove_prefix(at);
  }
  while (!text.empty() && text::may_end_blank(text)) {
    std::size_t at = text.size();
    if (!text::is_white(utf8::previous(text, at))) {
      break;
    }
    text = text.substr(0, at);
  }
  return text;
}

/// 【影响范围】全部版本
std::optional<Label> bracketed(std::string_view text) noexcept {
  constexpr std::string_view kOpen = "【";
  constexpr std::string_view kClose = "】";
  const std::size_t close = text.substr(0, kReach).find(kClose);
  if (close == std::string_view::npos ||
      !names_a_label(text.substr(kOpen.size(), close - kOpen.size()))) {
    return std::nullopt;
  }
  std::string_view value = trimmed(text.substr(close + kClose.size()));
  for (const std::string_view colon : {":", "："}) {
    if (value.starts_with(colon)) {
      value = trimmed(value.substr(colon.size()));
    }
  }
  return Label{text.substr(kOpen.size(), close - kOpen.size()), value};
}

/// The first colon within reach that may end a name: its place and size.
struct Colon {
  std::size_t at = 0;
  std::size_t size = 0;
  bool bare = false;  ///< before it stand neither blanks nor emphasis: no longer than a name may be
};

/// What a character of ASCII is to a name that it may stand in or behind.
enum class Role : std::uint8_t { of_name, aside, parting, colon };

constexpr auto kRoles = [] {
  std::array<Role, 128> roles{};
  for (char32_t c = 0; c < roles.size(); ++c) {
    roles[c] = c == ':'                                    ? Role::colon
               : text::is_white(c) || c == '*' || c == '_' ? Role::aside
               : parts_names(c)                            ? Role::parting
                                                           : Role::of_name;
  }
  return roles;
}();

/// Whether a line holds a colon within reach, or what looks like one, as few long lines do.
bool may_hold_colon(std::string_view text) noexcept {
  const auto is_colon = [](text::Bytes bytes, text::Bytes next) {
    return text::Bytes((bytes == ':') | ((bytes == 0xBC) & (next == 0x9A)));  // the end of ：
  };
  if (text.size() <= kReach) {
    return text::any_lane(text,
                          [&](const text::Triples& at) { return is_colon(at.first, at.second); });
  }
  static_assert(kReach % sizeof(text::Bytes) == 0);
  text::Bytes found{};
  for (std::size_t at = 0; at < kReach; at += sizeof found) {
    text::Bytes bytes;
    text::Bytes next;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    std::memcpy(&next, text.data() + at + 1, sizeof next);
    found |= is_colon(bytes, next);
  }
  // A ： that begins with the last byte within reach ends behind it.
  return text::first_lane(found) != text.npos || text.substr(kReach - 1).starts_with("：");
}

/// A name as it is read from the start of a line, up to its colon.
class Name {
 public:
  explicit Name(std::string_view text) noexcept
      : text_(text), reach_(std::min(text.size(), kReach)) {}

  /// The search is over at the first mark that no name holds, or where a name would be too long by
  /// now, which in a line of ideographs is soon: names_a_label() decides, this passes over lines it
  /// would refuse.
  std::optional<Colon> colon() noexcept {
    skip_ideographs();
    while (at_ < reach_ && characters_ <= longest_name(wide_)) {
      const std::size_t start = at_;
      const Role role = take();
      if (role == Role::colon) {
        return Colon{start, at_ - start, !asides_};
      }
      if (role == Role::parting) {
        return std::nullopt;
      }
      characters_ += role == Role::of_name ? 1 : 0;
      asides_ |= role == Role::aside;
    }
    return std::nullopt;
  }

 private:
  /// As most lines begin with, but no more than a name has.
  void skip_ideographs() noexcept {
    const std::size_t longest = std::min(reach_, 3 * (kLongestName + 1));
    while (at_ < longest && utf8::leads_ideograph(text_[at_])) {
      at_ += 3;
    }
    characters_ = at_ / 3;
    wide_ = at_ > 0;
  }

  Role take() noexcept {
    if (text::is_ascii(text_[at_])) {
      const Role role = kRoles[static_cast<unsigned char>(text_[at_])];
      ++at_;
      return role == Role::colon && is_inner_colon(text_, at_ - 1) ? Role::of_name : role;
    }
    const char32_t c = utf8::next(text_, at_);
    if (c == U'：') return Role::colon;
    if (text::is_white(c)) return Role::aside;
    if (parts_names(c)) return Role::parting;
    wide_ = wide_ || c >= 0x2E80;
    return Role::of_name;
  }

  std::string_view text_;
  std::size_t reach_;
  std::size_t at_ = 0;
  std::size_t characters_ = 0;  // but for blanks and emphasis, which may end the name
  bool wide_ = false;
  bool asides_ = false;
};

std::optional<Colon> colon_of(std::string_view text) noexcept {
  const bool none = text.empty() || ((text.size() > kReach || text::is_ascii(text.front())) &&
                                     !may_hold_colon(text));
  return none ? std::nullopt : Name(text).colon();
}

}  // namespace

std::string_view strip_emphasis(std::string_view text) noexcept {
  text = trimmed(text);
  if (text.empty() ||
      (text.front() != '*' && text.front() != '_' && text.back() != '*' && text.back() != '_')) {
    return text;
  }
  for (const char mark : {'*', '_'}) {
    while (text.size() > 1 && text[0] == mark && text[1] == mark) {
      text = trimmed(text.substr(2));
    }
    while (text.size() > 1 && text.back() == mark && text[text.size() - 2] == mark) {
      text = trimmed(text.substr(0, text.size() - 2));
    }
  }
  return text;
}

std::optional<Label> label_of(std::string_view text) noexcept {
  if (text::begins_with(text, "【")) {
    return bracketed(text);
  }
  const auto colon = colon_of(text);
  if (!colon) {
    return std::nullopt;
  }
  std::string_view name = text.substr(0, colon->at);
  if (!colon->bare) {
    name = without_emphasis(name);
  }
  if (colon->bare ? !fits_a_name(name) : !names_a_label(name)) {
    return std::nullopt;
  }
  return Label{name, without_emphasis(text.substr(colon->at + colon->size))};
}

bool is_lead_in(std::string_view text) noexcept {
  text = without_emphasis(text);
  return text.ends_with("：") || text.ends_with(':');
}

}  // namespace dedup::structure
