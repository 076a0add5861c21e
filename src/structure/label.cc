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
constexpr std::size_t kWidestColon = 3;

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

/// Whether `name` may stand before the colon of a label. In a name with ideographs 12 characters
/// are the most, and of Latin letters 24: what is longer is a clause.
bool names_a_label(std::string_view name) noexcept {
  const bool wide_head = !name.empty() && !text::is_ascii(name.front());
  if (name.empty() || name.size() > (wide_head ? 3 : 2) * kLongestLatin) {
    return false;
  }
  std::size_t characters = 0;
  std::size_t wide = 0;
  for (std::size_t at = 0; at < name.size(); ++characters) {
    const char32_t c = utf8::next(name, at);
    const bool ideograph = text::is_main_ideograph(c);
    wide += ideograph || c >= 0x2E80 ? 1 : 0;
    if (characters >= (wide > 0 ? kLongestName : kLongestLatin) || (!ideograph && parts_names(c))) {
      return false;
    }
  }
  return !speaks(name);
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
};

/// Most lines have none so early. Of others the search is over at the first mark that no name
/// holds, or where a name would be too long by now: names_a_label() decides, this passes over lines
/// it would refuse.
std::optional<Colon> colon_of(std::string_view text) noexcept {
  const std::size_t reach = std::min(text.size(), kReach);
  const auto is_colon = [](const text::Triples& at) { return at.hold(':') | at.hold("："); };
  if (!text::any_lane(text.substr(0, reach + kWidestColon - 1), is_colon)) {
    return std::nullopt;
  }
  std::size_t characters = 0;  // but for blanks and emphasis, which may end the name
  bool wide = false;
  for (std::size_t at = 0; at < reach && characters <= (wide ? kLongestName : kLongestLatin);) {
    if (utf8::leads_ideograph(text[at])) {
      at += 3;
      wide = true;
      ++characters;
      continue;
    }
    const std::size_t start = at;
    const char32_t c = utf8::next(text, at);
    if (c == U'：' || (c == ':' && !is_inner_colon(text, start))) {
      return Colon{start, at - start};
    }
    if (!text::is_white(c) && c != '*' && c != '_') {
      if (parts_names(c)) {
        return std::nullopt;
      }
      wide = wide || c >= 0x2E80;
      ++characters;
    }
  }
  return std::nullopt;
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
  const std::string_view name = without_emphasis(text.substr(0, colon->at));
  if (!names_a_label(name)) {
    return std::nullopt;
  }
  return Label{name, without_emphasis(text.substr(colon->at + colon->size))};
}

bool is_lead_in(std::string_view text) noexcept {
  text = without_emphasis(text);
  return text.ends_with("：") || text.ends_with(':');
}

}  // namespace dedup::structure
