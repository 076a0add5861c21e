// SPDX-License-Identifier: Apache-2.0
// A line, and what is tried on it until something is safe:
//
//   references()          those that may be decoded: known, welcome in text, in no address
//   decode(all of them)   safe if the result holds no reference and is no fence
//   decode(some of them)  without those that could spell a new one; stable if a second call would
//                         change nothing
//   nothing
//
//   &ldquo;好&rdquo;              “好”              all
//   &amp;lt;&ldquo;甲&rdquo;      &amp;lt;“甲”      some: &lt; would be a reference
//   &l&#116;;                     &l&#116;;         some, of which none is left: it would be &lt;
//
// Cost: linear. A line is decoded three times at most, the last time by is_stable().
#include "text/repair/entities.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "text/ascii.h"
#include "text/code.h"
#include "text/repair/invisible.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

struct Name {
  std::string_view name;
  char32_t c = 0;
};

/// The named references of HTML 4, and apos, which XML and HTML 5 have besides. Sorted by name.
constexpr Name kNames[] = {
    {"AElig", 0xC6},     {"Aacute", 0xC1},   {"Acirc", 0xC2},     {"Agrave", 0xC0},
    {"Alpha", 0x391},    {"Aring", 0xC5},    {"Atilde", 0xC3},    {"Auml", 0xC4},
    {"Beta", 0x392},     {"Ccedil", 0xC7},   {"Chi", 0x3A7},      {"Dagger", 0x2021},
    {"Delta", 0x394},    {"ETH", 0xD0},      {"Eacute", 0xC9},    {"Ecirc", 0xCA},
    {"Egrave", 0xC8},    {"Epsilon", 0x395}, {"Eta", 0x397},      {"Euml", 0xCB},
    {"Gamma", 0x393},    {"Iacute", 0xCD},   {"Icirc", 0xCE},     {"Igrave", 0xCC},
    {"Iota", 0x399},     {"Iuml", 0xCF},     {"Kappa", 0x39A},    {"Lambda", 0x39B},
    {"Mu", 0x39C},       {"Ntilde", 0xD1},   {"Nu", 0x39D},       {"OElig", 0x152},
    {"Oacute", 0xD3},    {"Ocirc", 0xD4},    {"Ograve", 0xD2},    {"Omega", 0x3A9},
    {"Omicron", 0x39F},  {"Oslash", 0xD8},   {"Otilde", 0xD5},    {"Ouml", 0xD6},
    {"Phi", 0x3A6},      {"Pi", 0x3A0},      {"Prime", 0x2033},   {"Psi", 0x3A8},
    {"Rho", 0x3A1},      {"Scaron", 0x160},  {"Sigma", 0x3A3},    {"THORN", 0xDE},
    {"Tau", 0x3A4},      {"Theta", 0x398},   {"Uacute", 0xDA},    {"Ucirc", 0xDB},
    {"Ugrave", 0xD9},    {"Upsilon", 0x3A5}, {"Uuml", 0xDC},      {"Xi", 0x39E},
    {"Yacute", 0xDD},    {"Yuml", 0x178},    {"Zeta", 0x396},     {"aacute", 0xE1},
    {"acirc", 0xE2},     {"acute", 0xB4},    {"aelig", 0xE6},     {"agrave", 0xE0},
    {"alefsym", 0x2135}, {"alpha", 0x3B1},   {"amp", 0x26},       {"and", 0x2227},
    {"ang", 0x2220},     {"apos", 0x27},     {"aring", 0xE5},     {"asymp", 0x2248},
    {"atilde", 0xE3},    {"auml", 0xE4},     {"bdquo", 0x201E},   {"beta", 0x3B2},
    {"brvbar", 0xA6},    {"bull", 0x2022},   {"cap", 0x2229},     {"ccedil", 0xE7},
    {"cedil", 0xB8},     {"cent", 0xA2},     {"chi", 0x3C7},      {"circ", 0x2C6},
    {"clubs", 0x2663},   {"cong", 0x2245},   {"copy", 0xA9},      {"crarr", 0x21B5},
    {"cup", 0x222A},     {"curren", 0xA4},   {"dArr", 0x21D3},    {"dagger", 0x2020},
    {"darr", 0x2193},    {"deg", 0xB0},      {"delta", 0x3B4},    {"diams", 0x2666},
    {"divide", 0xF7},    {"eacute", 0xE9},   {"ecirc", 0xEA},     {"egrave", 0xE8},
    {"empty", 0x2205},   {"emsp", 0x2003},   {"ensp", 0x2002},    {"epsilon", 0x3B5},
    {"equiv", 0x2261},   {"eta", 0x3B7},     {"eth", 0xF0},       {"euml", 0xEB},
    {"euro", 0x20AC},    {"exist", 0x2203},  {"fnof", 0x192},     {"forall", 0x2200},
    {"frac12", 0xBD},    {"frac14", 0xBC},   {"frac34", 0xBE},    {"frasl", 0x2044},
    {"gamma", 0x3B3},    {"ge", 0x2265},     {"gt", 0x3E},        {"hArr", 0x21D4},
    {"harr", 0x2194},    {"hearts", 0x2665}, {"hellip", 0x2026},  {"iacute", 0xED},
    {"icirc", 0xEE},     {"iexcl", 0xA1},    {"igrave", 0xEC},    {"image", 0x2111},
    {"infin", 0x221E},   {"int", 0x222B},    {"iota", 0x3B9},     {"iquest", 0xBF},
    {"isin", 0x2208},    {"iuml", 0xEF},     {"kappa", 0x3BA},    {"lArr", 0x21D0},
    {"lambda", 0x3BB},   {"lang", 0x2329},   {"laquo", 0xAB},     {"larr", 0x2190},
    {"lceil", 0x2308},   {"ldquo", 0x201C},  {"le", 0x2264},      {"lfloor", 0x230A},
    {"lowast", 0x2217},  {"loz", 0x25CA},    {"lrm", 0x200E},     {"lsaquo", 0x2039},
    {"lsquo", 0x2018},   {"lt", 0x3C},       {"macr", 0xAF},      {"mdash", 0x2014},
    {"micro", 0xB5},     {"middot", 0xB7},   {"minus", 0x2212},   {"mu", 0x3BC},
    {"nabla", 0x2207},   {"nbsp", 0xA0},     {"ndash", 0x2013},   {"ne", 0x2260},
    {"ni", 0x220B},      {"not", 0xAC},      {"notin", 0x2209},   {"nsub", 0x2284},
    {"ntilde", 0xF1},    {"nu", 0x3BD},      {"oacute", 0xF3},    {"ocirc", 0xF4},
    {"oelig", 0x153},    {"ograve", 0xF2},   {"oline", 0x203E},   {"omega", 0x3C9},
    {"omicron", 0x3BF},  {"oplus", 0x2295},  {"or", 0x2228},      {"ordf", 0xAA},
    {"ordm", 0xBA},      {"oslash", 0xF8},   {"otilde", 0xF5},    {"otimes", 0x2297},
    {"ouml", 0xF6},      {"para", 0xB6},     {"part", 0x2202},    {"permil", 0x2030},
    {"perp", 0x22A5},    {"phi", 0x3C6},     {"pi", 0x3C0},       {"piv", 0x3D6},
    {"plusmn", 0xB1},    {"pound", 0xA3},    {"prime", 0x2032},   {"prod", 0x220F},
    {"prop", 0x221D},    {"psi", 0x3C8},     {"quot", 0x22},      {"rArr", 0x21D2},
    {"radic", 0x221A},   {"rang", 0x232A},   {"raquo", 0xBB},     {"rarr", 0x2192},
    {"rceil", 0x2309},   {"rdquo", 0x201D},  {"real", 0x211C},    {"reg", 0xAE},
    {"rfloor", 0x230B},  {"rho", 0x3C1},     {"rlm", 0x200F},     {"rsaquo", 0x203A},
    {"rsquo", 0x2019},   {"sbquo", 0x201A},  {"scaron", 0x161},   {"sdot", 0x22C5},
    {"sect", 0xA7},      {"shy", 0xAD},      {"sigma", 0x3C3},    {"sigmaf", 0x3C2},
    {"sim", 0x223C},     {"spades", 0x2660}, {"sub", 0x2282},     {"sube", 0x2286},
    {"sum", 0x2211},     {"sup", 0x2283},    {"sup1", 0xB9},      {"sup2", 0xB2},
    {"sup3", 0xB3},      {"supe", 0x2287},   {"szlig", 0xDF},     {"tau", 0x3C4},
    {"there4", 0x2234},  {"theta", 0x3B8},   {"thetasym", 0x3D1}, {"thinsp", 0x2009},
    {"thorn", 0xFE},     {"tilde", 0x2DC},   {"times", 0xD7},     {"trade", 0x2122},
    {"uArr", 0x21D1},    {"uacute", 0xFA},   {"uarr", 0x2191},    {"ucirc", 0xFB},
    {"ugrave", 0xF9},    {"uml", 0xA8},      {"upsih", 0x3D2},    {"upsilon", 0x3C5},
    {"uuml", 0xFC},      {"weierp", 0x2118}, {"xi", 0x3BE},       {"yacute", 0xFD},
    {"yen", 0xA5},       {"yuml", 0xFF},     {"zeta", 0x3B6},     {"zwj", 0x200D},
    {"zwnj", 0x200C}};
static_assert(std::is_sorted(std::begin(kNames), std::end(kNames),
                             [](const Name& a, const Name& b) { return a.name < b.name; }));

/// What browsers read for &#128; to &#159;: the places of windows-1252; 0 where it has none.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0x0000, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x0000, 0x017D, 0x0000, 0x0000, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x0000, 0x017E, 0x0178};

/// A reference that may be decoded.
struct Reference {
  std::size_t start = 0;
  std::size_t end = 0;
  char32_t c = 0;
};
using References = std::vector<Reference>;

/// Characters that text may gain. Controls, line ends and non-characters would break it, and ` and
/// ~ could turn the lines that follow into code.
/// So &#10; stays, since it would end the line, and &#xD800;, which is no character.
bool is_welcome(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool line_end = c == 0x2028 || c == 0x2029;
  const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
  const bool no_character = (c & 0xFFFEU) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
  return !control && !line_end && !surrogate && !no_character && c <= 0x10FFFF && c != U'`' &&
         c != U'~';
}

/// Characters that could make up a new reference together with their neighbours.
bool is_spelling(char32_t c) {
  return is_digit(c) || is_letter(c) || c == U'#' || c == U';' || c == U'&';
}

/// As it is written: &Dagger; and &dagger; are two characters, &NBSP; is none.
std::optional<char32_t> named(std::string_view name) {
  const auto* const found =
      std::lower_bound(std::begin(kNames), std::end(kNames), name,
                       [](const Name& entry, std::string_view key) { return entry.name < key; });
  if (found == std::end(kNames) || found->name != name) {
    return std::nullopt;
  }
  return found->c;
}

/// The value of `digits`, which may end in nothing else. Beyond Unicode it stops counting, so
/// that no number of digits overflows. &#147; is “, as in browsers; where windows-1252 has nothing
/// it is 0, which is_welcome() refuses.
std::optional<char32_t> number(std::string_view digits, char32_t base) {
  char32_t value = 0;
  for (const char digit : digits) {
    char32_t d = 16;
    if (is_digit(digit)) {
      d = static_cast<char32_t>(digit - '0');
    } else if (digit >= 'a' && digit <= 'f') {
      d = static_cast<char32_t>(digit - 'a') + 10;
    } else if (digit >= 'A' && digit <= 'F') {
      d = static_cast<char32_t>(digit - 'A') + 10;
    }
    if (d >= base) {
      return std::nullopt;
    }
    value = std::min<char32_t>(value * base + d, 0x110000);
  }
  if (digits.empty()) {
    return std::nullopt;
  }
  return value >= 0x80 && value < 0xA0 ? kWindows1252[value - 0x80] : value;
}

/// The reference whose `&` stands at `at`.
/// With its semicolon only: AT&T and ?a=1&lt=2 have none. The look ahead is short, so that a line
/// of & alone stays linear.
std::optional<Reference> reference_at(std::string_view line, std::size_t at) {
  constexpr std::size_t kLongest = 12;  // &thetasym; has 10, numbers some leading zeros
  const std::size_t stop = line.substr(at, kLongest).find(';');
  if (stop == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view body = line.substr(at + 1, stop - 1);
  std::optional<char32_t> c;
  if (body.starts_with("#x") || body.starts_with("#X")) {
    c = number(body.substr(2), 16);
  } else if (body.starts_with("#")) {
    c = number(body.substr(1), 10);
  } else {
    c = named(body);
  }
  if (!c || !is_welcome(*c)) {
    return std::nullopt;
  }
  return Reference{at, at + stop + 1, *c};
}

/// Finds the runs of visible ASCII that hold an address. Asked for ascending places only.
class Addresses {
 public:
  explicit Addresses(std::string_view line) : line_(line) {}

  /// Whether the run that the visible character at `at` is in holds a ://, before it or behind it.
  /// A run ends at a blank or an ideograph: 见https://a.example/?x&amp;y is one from the h on.
  /// Linear, since no run is walked twice.
  [[nodiscard]] bool holds(std::size_t at) {
    if (at >= end_) {
      std::size_t start = at;
      while (start > end_ && is_visible(line_[start - 1])) {
        --start;
      }
      end_ = at;
      while (end_ < line_.size() && is_visible(line_[end_])) {
        ++end_;
      }
      is_address_ = line_.substr(start, end_ - start).find("://") != std::string_view::npos;
    }
    return is_address_;
  }

 private:
  static bool is_visible(char c) { return c > ' ' && c < 0x7F; }

  std::string_view line_;
  std::size_t end_ = 0;
  bool is_address_ = false;
};

/// In order, none overlapping another. Addresses are looked for only where a reference was found.
References references(std::string_view line) {
  References found;
  Addresses addresses(line);
  for (std::size_t at = line.find('&'); at != std::string_view::npos; at = line.find('&', at + 1)) {
    const auto reference = reference_at(line, at);
    if (reference && !addresses.holds(at)) {
      found.push_back(*reference);
    }
  }
  return found;
}

/// A line after decoding, and the changes that led there.
struct Decoded {
  std::string line;
  Changes changes;
};

/// What was hidden under references goes at once (&shy; &#8203; &#x202E;), so that no later pass
/// has to come back for it. compose() makes one change of each reference and its cleaning.
Decoded decode(std::string_view line, const References& found) {
  Decoded decoded;
  for (const Reference& reference : found) {
    Change change{reference.start, reference.end, {}, RepairKind::entity};
    utf8::append(change.replacement, reference.c);
    decoded.changes.push_back(std::move(change));
  }
  decoded.line = text::apply(line, decoded.changes);
  const Changes cleaning = remove_invisible(decoded.line);
  if (!cleaning.empty()) {
    decoded.line = text::apply(decoded.line, cleaning);
    decoded.changes = compose(decoded.changes, cleaning);
  }
  return decoded;
}

/// A fence would turn the lines that follow into code, and by then it is known which lines are
/// code: see repair.cc.
bool is_safe(std::string_view line) { return references(line).empty() && !fence(line); }

/// &amp; &#35; &#116; &#59; go from the list: what is left decodes to no part of a reference.
References without_spelling(References found) {
  std::erase_if(found, [](const Reference& reference) { return is_spelling(reference.c); });
  return found;
}

/// Whether decode_references() leaves this line, a result of decoding in part, as it is.
bool is_stable(std::string_view line) {
  const References found = references(line);
  return !fence(line) && without_spelling(found).empty() &&
         (found.empty() || !is_safe(decode(line, found).line));
}

}  // namespace

/// All, some or none, by what they stand for and never by where. The list of some may be empty, and
/// then says the same as the last way out.
Changes decode_references(std::string_view line) {
  const References found = references(line);
  if (found.empty()) {
    return {};
  }
  Decoded whole = decode(line, found);
  if (is_safe(whole.line)) {
    return std::move(whole.changes);
  }
  Decoded part = decode(line, without_spelling(found));
  if (is_stable(part.line)) {
    return std::move(part.changes);
  }
  return {};
}

}  // namespace dedup::text
