// SPDX-License-Identifier: Apache-2.0
// Writes the tables of src/text/tables.h out of ICU, at build time, so that start-up costs nothing
// and no blob is checked in.
//
//   make_tables EquivalentUnifiedIdeograph.txt simplified_patch.tsv OUT.cc
//
// ICU knows normalisation, case, script conversion (its Traditional-Simplified rules, taken code
// point by code point) and one Mandarin reading for each ideograph; Unicode's
// EquivalentUnifiedIdeograph adds the radicals, of which NFKC maps only the Kangxi ones; the patch
// adds common characters that ICU leaves alone.
//
//   radicals, patch, ICU -> Folding -> make_entry, for each code point -> basic, supplementary
//                                      keys of several units           -> sequences
//                                      make_plain, of these entries    -> plain
//   GBK, ICU's properties -> properties, the flags in each entry
//   ICU's Han-Latin       -> Readings -> reading_index, reading_of, readings, syllables
//   ICU's mirror images   -> mirrors
//
// The layout is src/text/tables.h, which this program includes: names and bits are there once. What
// decides keys is digested on the way; models and lists of edits carry that digest as their recipe.
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "text/tables.h"

namespace {

using icu::Normalizer2;
using icu::Transliterator;
using icu::UnicodeString;
using namespace dedup::text::tables;  // NOLINT(google-build-using-namespace): the contract's names

constexpr char32_t kLimit = 0x110000;

/// ICU tells faults by status only. A call whose fault went unseen would leave its part of the
/// tables empty, and they would build all the same.
void check(UErrorCode status, const char* what) {
  if (U_FAILURE(status)) {
    throw std::runtime_error(std::string(what) + ": " + u_errorName(status));
  }
}

std::unique_ptr<Transliterator> transliterator(const char* id) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<Transliterator> result(
      Transliterator::createInstance(UnicodeString(id), UTRANS_FORWARD, status));
  check(status, id);
  return result;
}

std::string utf8(const UnicodeString& text) {
  std::string result;
  return text.toUTF8String(result);
}

/// ICU's code points are signed.
UChar32 wide(char32_t c) { return static_cast<UChar32>(c); }

/// The code point pairs of EquivalentUnifiedIdeograph.txt: "2E81 ; 5382 # …" or a range of sources.
std::map<char32_t, char32_t> read_radicals(const char* path) {
  std::map<char32_t, char32_t> result;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    unsigned first = 0;
    unsigned last = 0;
    unsigned target = 0;
    // A single source is a range of one; none is 0, so the assignment in the condition holds.
    if (std::sscanf(line.c_str(), "%x..%x ; %x", &first, &last, &target) == 3 ||
        (std::sscanf(line.c_str(), "%x ; %x", &first, &target) == 2 && (last = first) != 0)) {
      for (unsigned c = first; c <= last; ++c) {
        result[c] = target;
      }
    }
  }
  if (result.size() < 300) {
    throw std::runtime_error(std::string(path) + ": not the table of equivalent ideographs");
  }
  return result;
}

/// Traditional TAB Simplified, a character each; # starts a comment line.
std::map<char32_t, char32_t> read_patch(const char* path) {
  std::map<char32_t, char32_t> result;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const UnicodeString text = UnicodeString::fromUTF8(line);
    if (text.isEmpty() || text.charAt(0) == u'#') {
      continue;
    }
    if (text.countChar32() != 3 || text.char32At(text.moveIndex32(0, 1)) != u'\t') {
      throw std::runtime_error(std::string(path) + ": not a pair: " + line);
    }
    result[static_cast<char32_t>(text.char32At(0))] =
        static_cast<char32_t>(text.char32At(text.moveIndex32(0, 2)));
  }
  if (result.empty()) {
    throw std::runtime_error(std::string(path) + ": no pairs");
  }
  return result;
}

/// Ideographs of any block, and 〇; not radicals, which have a table of their own.
bool is_ideograph(char32_t c) {
  return u_hasBinaryProperty(wide(c), UCHAR_IDEOGRAPHIC) != 0 &&
         u_hasBinaryProperty(wide(c), UCHAR_RADICAL) == 0;
}

/// What folding does to single code points.
class Folding {
 public:
  /// Asks ICU for the Simplified form of each ideograph by itself, since the key of a character
  /// must not hang on its neighbours. The patch only adds: where ICU has a form, that one stands.
  Folding(std::map<char32_t, char32_t> radicals, const std::map<char32_t, char32_t>& patch)
      : radicals_(std::move(radicals)) {
    UErrorCode status = U_ZERO_ERROR;
    casefold_ = Normalizer2::getNFKCCasefoldInstance(status);
    check(status, "NFKC_Casefold");
    const auto simplify = transliterator("Traditional-Simplified");
    for (char32_t c = 0x2E80; c < 0x40000; ++c) {
      if (!is_ideograph(c)) {
        continue;
      }
      UnicodeString text(wide(c));
      simplify->transliterate(text);
      if (text.countChar32() == 1 && text.char32At(0) != wide(c)) {
        simplified_[c] = static_cast<char32_t>(text.char32At(0));
      }
    }
    for (const auto& [from, to] : patch) {
      simplified_.emplace(from, to);
    }
  }

  /// Chains such as a→b, b→c are followed, so that all of a class meet; a cycle would stop at four.
  [[nodiscard]] char32_t simplified(char32_t c) const {
    for (int step = 0; step < 4; ++step) {
      const auto found = simplified_.find(c);
      if (found == simplified_.end()) {
        break;
      }
      c = found->second;
    }
    return c;
  }

  /// U+2F08 -> 人; what is no radical stays.
  [[nodiscard]] char32_t unified(char32_t c) const {
    const auto found = radicals_.find(c);
    return found == radicals_.end() ? c : found->second;
  }

  [[nodiscard]] const std::map<char32_t, char32_t>& radicals() const { return radicals_; }

  /// The key of one code point by itself.
  [[nodiscard]] std::u32string fold(char32_t c) const {
    UErrorCode status = U_ZERO_ERROR;
    const UnicodeString folded = casefold_->normalize(UnicodeString(wide(unified(c))), status);
    check(status, "normalize");
    std::u32string result;
    if (is_fraction(c)) {
      return {c};
    }
    for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
      const char32_t d = simplified(unified(static_cast<char32_t>(folded.char32At(i))));
      if ((U_GET_GC_MASK(wide(d)) & (U_GC_L_MASK | U_GC_N_MASK)) != 0) {
        result += d;
      }
    }
    return result;
  }

  /// What single code point casefolding gives, or `c`.
  [[nodiscard]] char32_t composed(char32_t c) const {
    UErrorCode status = U_ZERO_ERROR;
    const UnicodeString folded = casefold_->normalize(UnicodeString(wide(c)), status);
    check(status, "normalize");
    return folded.countChar32() == 1 ? static_cast<char32_t>(folded.char32At(0)) : c;
  }

  /// Whether the key of `c` may hang on its neighbours. Characters that casefolding deletes do not
  /// count: they matter only beside one that does.
  [[nodiscard]] bool needs_context(char32_t c) const {
    return casefold_->hasBoundaryBefore(wide(c)) == 0 &&
           u_hasBinaryProperty(wide(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) == 0;
  }

 private:
  const Normalizer2* casefold_ = nullptr;
  std::map<char32_t, char32_t> radicals_;
  std::map<char32_t, char32_t> simplified_;
};

/// Ideographs, kana and bopomofo. ー is named by itself, as it belongs to two scripts and so to
/// none.
bool weighs_alone(char32_t c) {
  if (is_ideograph(c)) {
    return true;
  }
  const auto script = u_getIntPropertyValue(wide(c), UCHAR_SCRIPT);
  return script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || script == USCRIPT_BOPOMOFO ||
         c == 0x30FC;
}

/// Blanks, controls and what is to be ignored: a text of these alone is not visible (Piece::visible
/// in fold.h).
bool shows_nothing(char32_t c) {
  const auto mask = U_GET_GC_MASK(wide(c));
  return (mask & (U_GC_Z_MASK | U_GC_CC_MASK)) != 0 || u_isUWhiteSpace(wide(c)) != 0 ||
         u_hasBinaryProperty(wide(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

/// Level 1 of GB 2312 is the rows B0 to D7 of GBK's two-byte area A1–FE. Below A1 in these rows are
/// characters that GBK added.
class CommonCharacters {
 public:
  CommonCharacters() {
    UErrorCode status = U_ZERO_ERROR;
    converter_ = ucnv_open("GBK", &status);
    check(status, "GBK");
  }
  ~CommonCharacters() { ucnv_close(converter_); }
  CommonCharacters(const CommonCharacters&) = delete;
  CommonCharacters& operator=(const CommonCharacters&) = delete;

  [[nodiscard]] bool contains(char32_t c) const {
    UErrorCode status = U_ZERO_ERROR;
    const UnicodeString text(wide(c));
    unsigned char bytes[8] = {};
    const auto size = ucnv_fromUChars(converter_, reinterpret_cast<char*>(bytes), sizeof bytes,
                                      text.getBuffer(), text.length(), &status);
    return U_SUCCESS(status) && size == 2 && bytes[0] >= 0xB0 && bytes[0] <= 0xD7 &&
           bytes[1] >= 0xA1;
  }

 private:
  UConverter* converter_ = nullptr;
};

/// Letters and marks between which a joiner changes how they are drawn: those of cursive scripts by
/// their joining type, those of Indic ones by their part in a syllable.
bool is_joining_letter(char32_t c) {
  const auto type = u_getIntPropertyValue(wide(c), UCHAR_JOINING_TYPE);
  const bool letter_or_mark = (U_GET_GC_MASK(wide(c)) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
  const bool indic =
      u_getIntPropertyValue(wide(c), UCHAR_INDIC_SYLLABIC_CATEGORY) != U_INSC_OTHER && c > 0x300;
  return letter_or_mark && ((type != U_JT_NON_JOINING && type != U_JT_TRANSPARENT) || indic);
}

/// Sequences of key units, each stored once.
class Sequences {
 public:
  /// Where the sequence stands, which the low 16 bits of an entry have to hold. Its head:
  ///
  ///   bits     0-5      6-11     12               13
  ///            length   weight   starts in run    ends in run
  ///
  /// Nothing checks the six bits of length: the longest key is that of U+FDFA, with 15 units.
  std::uint32_t add(const std::u32string& key) {
    const auto [found, fresh] = index_.emplace(key, units_.size());
    if (fresh) {
      const UnicodeString text = UnicodeString::fromUTF32(
          reinterpret_cast<const UChar32*>(key.data()), static_cast<std::int32_t>(key.size()));
      unsigned weight = 0;
      bool in_run = false;
      for (const char32_t c : key) {
        const bool alone = weighs_alone(c);
        weight += alone || !in_run ? 1 : 0;
        in_run = !alone;
      }
      const unsigned starts = weighs_alone(key.front()) ? 0 : 1;
      const unsigned ends = in_run ? 1 : 0;
      units_.push_back(static_cast<std::uint16_t>(static_cast<unsigned>(text.length()) |
                                                  weight << 6 | starts << 12 | ends << 13));
      for (std::int32_t i = 0; i < text.length(); ++i) {
        units_.push_back(text.charAt(i));
      }
    }
    if (found->second > 0xFFFF) {
      throw std::runtime_error("too many sequences for 16 bits");
    }
    return static_cast<std::uint32_t>(found->second);
  }

  [[nodiscard]] const std::vector<std::uint16_t>& units() const { return units_; }

 private:
  std::map<std::u32string, std::size_t> index_;
  std::vector<std::uint16_t> units_;
};

/// The flags that fold.h does not use.
std::uint32_t properties(char32_t c, const Folding& folding, const CommonCharacters& common) {
  std::uint32_t result = 0;
  const auto set = [&](bool condition, std::uint32_t flag) { result |= condition ? flag : 0; };
  const char32_t unified = folding.unified(c);
  const bool radical = unified != c;
  const bool han = radical || is_ideograph(c);
  set(shows_nothing(c), kBlank);
  set(han, kHan);
  set(radical, kRadical);
  set(han && folding.simplified(unified) != unified, kTraditionalOnly);
  set(han && common.contains(folding.simplified(unified)), kCommon);
  set((U_GET_GC_MASK(wide(c)) & U_GC_M_MASK) != 0, kMark);
  set(u_hasBinaryProperty(wide(c), UCHAR_EXTENDED_PICTOGRAPHIC) != 0, kPictograph);
  const auto direction = u_charDirection(wide(c));
  const bool assigned = u_charType(wide(c)) != U_UNASSIGNED;
  set(assigned && (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) &&
          (U_GET_GC_MASK(wide(c)) & (U_GC_L_MASK | U_GC_N_MASK)) != 0,
      kRightToLeft);
  set(is_joining_letter(c), kJoining);
  return result;
}

/// Signs that carry meaning: the unit, and what else is written for it. Widths need not be listed,
/// as NFKC folds them. Where they count is said in src/text/signs.cc.
struct SignStyles {
  char16_t unit;
  std::u32string_view styles;
};
constexpr SignStyles kSignStyles[] = {
    {u'.', U"."},
    {u',', U","},
    {u'、', U"、"},
    {u':', U":\u2236\uFE30"},
    {u'-', U"-\u2010\u2012\u2013\u2212\u2796"},
    {u'—', U"\u2014\u2015"},
    {u'~', U"~\u301C\u223C\u223E"},
    {u'/', U"/\u2044\u2215"},
    {u'+', U"+\u2795"},
    {u'#', U"#"},
    {u'<', U"<"},
    {u'>', U">"},
    {u'=', U"="},
    {u'^', U"^"},
    {u'*', U"*\u2217"},
    {u'≤', U"≤\u2266\u2A7D"},
    {u'≥', U"≥\u2267\u2A7E"},
    {u'≠', U"≠"},
    {u'≈', U"≈\u2252\u2245"},
    {u'±', U"±"},
    {u'÷', U"÷\u2797"},
    {u'%', U"%"},
    {u'‰', U"‰"},
    {u'‱', U"‱"},
    {u'°', U"°\u2103\u2109"},
    {u'′', U"′"},
    {u'″', U"″"},
    {u'√', U"√\u2713\u2714\u2705"},
    {u'×', U"×\u2715\u2716\u2717\u2718\u274C"},
    {u'☐', U"☐"},
    {u'☑', U"☑"},
    {u'☒', U"☒"},
    {u'○', U"○\u25EF\u26AA"},
    {u'●', U"●\u26AB"},
};

/// The unit of a sign; 0 of what is none. Currencies are taken from Unicode.
char16_t sign_unit(char32_t c, const Folding& folding) {
  const char32_t composed = folding.composed(c);
  for (const SignStyles& sign : kSignStyles) {
    if (sign.styles.find(c) != sign.styles.npos || sign.styles.find(composed) != sign.styles.npos) {
      return sign.unit;
    }
  }
  return u_charType(wide(composed)) == U_CURRENCY_SYMBOL && composed < 0x10000
             ? static_cast<char16_t>(composed)
             : u'\0';
}

/// Properties and the key, by what it takes to write it:
///
///   國          kEmit, kWide, 国         one unit
///   Ａ          kEmit, kRun, a
///   ㎡          kSequence                "m2" stands among the sequences
///   U+20BB7     kSelf, kWide             itself, in two units
///   ：          kSign, :                 one unit, where signs.h says so
///   。          no key                   dropped
///   U+0301      kContext                 ICU has to see what it stands on
std::uint32_t make_entry(char32_t c, const Folding& folding, const CommonCharacters& common,
                         Sequences& sequences) {
  std::uint32_t result = properties(c, folding, common);
  if (U_IS_SURROGATE(wide(c))) {
    return result;
  }
  if (folding.needs_context(c)) {
    return result | kContext;
  }
  if (const char16_t sign = sign_unit(c, folding); sign != 0) {
    return result | kSign | sign;
  }
  const std::u32string key = folding.fold(c);
  if (key.empty()) {
    return result;
  }
  if (key.size() == 1) {
    result |= weighs_alone(key[0]) ? kWide : kRun;
    if (key[0] < 0x10000) {
      return result | kEmit | static_cast<std::uint32_t>(key[0]);
    }
    if (key[0] == c) {
      return result | kSelf;
    }
  }
  return result | kSequence | sequences.add(key);
}

/// Cuts a table into blocks and stores equal blocks once: most of Unicode is not assigned, and its
/// blocks are all alike. Requires: the table is a multiple of a block long.
template <typename Value>
struct Blocks {
  std::vector<std::uint16_t> index;
  std::vector<Value> values;

  explicit Blocks(const std::vector<Value>& flat) {
    constexpr std::size_t kSize = std::size_t{1} << kBlockBits;
    std::map<std::vector<Value>, std::uint16_t> known;
    for (std::size_t at = 0; at < flat.size(); at += kSize) {
      const auto from = flat.begin() + static_cast<std::ptrdiff_t>(at);
      std::vector<Value> block(from, from + static_cast<std::ptrdiff_t>(kSize));
      const auto [found, fresh] =
          known.emplace(block, static_cast<std::uint16_t>(values.size() >> kBlockBits));
      if (fresh) {
        values.insert(values.end(), block.begin(), block.end());
      }
      index.push_back(found->second);
    }
  }
};

/// The reading that ICU gives `c`, if it is one syllable: 創 -> chuàng. What ICU does not know comes
/// back as it was, which is no small letter, and so as nothing.
std::string reading(char32_t c, const Transliterator& latin, const Folding& folding) {
  UnicodeString text(wide(folding.unified(c)));
  latin.transliterate(text);
  UErrorCode status = U_ZERO_ERROR;
  text = Normalizer2::getNFCInstance(status)->normalize(text, status);
  check(status, "NFC");
  for (std::int32_t i = 0; i < text.length(); ++i) {
    if (u_islower(text.charAt(i)) == 0) {
      return {};
    }
  }
  return utf8(text);
}

/// chuàng -> chuang, lǜ -> lü: of all marks the diaeresis stays, as lu is another syllable.
std::string toneless(const std::string& syllable) {
  UErrorCode status = U_ZERO_ERROR;
  const UnicodeString parts =
      Normalizer2::getNFDInstance(status)->normalize(UnicodeString::fromUTF8(syllable), status);
  UnicodeString result;
  for (std::int32_t i = 0; i < parts.length(); ++i) {
    const char16_t c = parts.charAt(i);
    if (c < 0x300 || c == 0x308) {
      result += c;
    }
  }
  result = Normalizer2::getNFCInstance(status)->normalize(result, status);
  check(status, "toneless");
  return utf8(result);
}

/// The readings of all ideographs, and of radicals as the ideographs they stand for. Each name is
/// stored once; 0 is that of the empty one, so that what has no reading needs no entry. The set
/// keeps the syllables sorted, as is_syllable() looks them up by bisection.
struct Readings {
  std::vector<std::uint16_t> of;  // for each code point
  std::vector<std::string> names = {""};
  std::set<std::string> syllables;

  explicit Readings(const Folding& folding) : of(kLimit) {
    const auto latin = transliterator("Han-Latin");
    std::map<std::string, std::uint16_t> known;
    for (char32_t c = 0x2E80; c < 0x40000; ++c) {
      if (folding.unified(c) == c && !is_ideograph(c)) {
        continue;
      }
      const std::string name = reading(c, *latin, folding);
      const std::string plain = toneless(name);
      if (plain.find_first_of("aeiou") == std::string::npos &&
          plain.find("\u00FC") == std::string::npos) {
        continue;  // no reading, or an interjection such as "hm"
      }
      const auto [found, fresh] = known.emplace(name, static_cast<std::uint16_t>(names.size()));
      if (fresh) {
        names.push_back(name);
        syllables.insert(plain);
      }
      of[c] = found->second;
    }
  }
};

/// What the loop over ASCII has to know of a byte: see tables.h.
std::vector<std::uint32_t> ascii_table(const std::vector<std::uint16_t>& plain) {
  std::vector<std::uint32_t> entries(0x100, kAsciiLeave);
  for (char32_t c = 0; c < 0x80; ++c) {
    const std::uint16_t unit = plain[c];
    if (unit == kPlainLeave) {
      continue;
    }
    const bool digit = c >= U'0' && c <= U'9';
    entries[c] = (unit > kPlainLeave ? kEmit | unit : 0U) | (digit ? kAsciiDigit : 0U) |
                 (counts_from_behind(c) ? kAsciiJoins : 0U) |
                 (unit == kPlainBlank ? kAsciiPassed : kAsciiShows);
  }
  return entries;
}

/// The kinds of the bytes of ASCII by nibbles: see tables.h.
std::vector<std::uint8_t> ascii_kinds_of(const std::vector<std::uint32_t>& entries) {
  constexpr std::uint32_t kFlags[kAsciiKinds] = {kEmit, kAsciiDigit, kAsciiJoins, kAsciiPassed,
                                                 kAsciiLeave};
  std::vector<std::uint8_t> rows(kAsciiKinds * 16);
  for (std::size_t kind = 0; kind < kAsciiKinds; ++kind) {
    for (std::size_t c = 0; c < 0x80; ++c) {
      if ((entries[c] & kFlags[kind]) != 0) {
        std::uint8_t& row = rows[kind * 16 + c % 16];
        row = static_cast<std::uint8_t>(row | 1U << c / 16);
      }
    }
  }
  return rows;
}

/// Writes definitions; digests what decides keys on the way (FNV-1a: a version, not a defence).
class Writer {
 public:
  explicit Writer(std::ostream& out) : out_(out) { digest(kSignRules); }

  template <typename Values>
  void numbers(const std::string& declaration, const Values& values) {
    out_ << "const " << declaration << " = {\n";
    std::size_t column = 0;
    for (const auto value : values) {
      digest(static_cast<std::uint64_t>(value));
      out_ << static_cast<std::uint64_t>(value) << (++column % 16 == 0 ? ",\n" : ",");
    }
    out_ << "};\n";
  }

  /// Behind the digest, being made of what was digested.
  void plain(const std::vector<std::uint16_t>& units) {
    numbers("std::uint16_t plain[0x10000]", units);
    const std::vector<std::uint32_t> ascii = ascii_table(units);
    numbers("std::uint32_t ascii[0x100]", ascii);
    numbers("std::uint8_t ascii_kinds[kAsciiKinds * 16]", ascii_kinds_of(ascii));
  }

  /// Text is not digested: readings decide repairs, not keys.
  template <typename Strings>
  void strings(const std::string& name, const Strings& values) {
    out_ << "constinit const Reading " << name << "[] = {\n";
    for (const std::string& value : values) {
      out_ << "\"" << value << "\",\n";
    }
    out_ << "};\n";
  }

  /// Sorted by their first, as characters.cc searches them. Not digested either: radicals are in
  /// the entries already, by what they fold to.
  void pairs(const std::string& name, const std::map<char32_t, char32_t>& values) {
    out_ << "const std::pair<char32_t, char32_t> " << name << "[] = {\n";
    for (const auto& [from, to] : values) {
      out_ << "{" << static_cast<std::uint32_t>(from) << "," << static_cast<std::uint32_t>(to)
           << "},\n";
    }
    out_ << "};\n";
  }

  void line(const std::string& text) { out_ << text << "\n"; }

  [[nodiscard]] std::string digest() const {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(digest_));
    return text;
  }

 private:
  /// Byte by byte, low ones first, whatever the machine and the width of the number.
  void digest(std::uint64_t value) {
    for (int i = 0; i < 8; ++i) {
      digest_ = (digest_ ^ (value >> (8 * i) & 0xFF)) * 0x100000001B3ULL;
    }
  }

  std::ostream& out_;
  std::uint64_t digest_ = 0xCBF29CE484222325ULL;
};

/// （ -> ） and ） -> （: what text that was stored backwards shows for its brackets.
std::map<char32_t, char32_t> mirror_pairs() {
  std::map<char32_t, char32_t> result;
  for (char32_t c = 0; c < kLimit; ++c) {
    const auto mirror = static_cast<char32_t>(u_charMirror(wide(c)));
    if (mirror != c) {
      result[c] = mirror;
    }
  }
  return result;
}

/// What fold() does with a character of the basic plane where no other has a say: see tables.h.
/// Outside ASCII letters in runs are left to their entry, since a run has to be weighed; of two
/// bytes all are, as the fast ways read one or three.
std::uint16_t make_plain(char32_t c, std::uint32_t entry) {
  constexpr std::uint32_t kSlow = kSequence | kSelf | kContext | kSign;
  if (counts_from_behind(c)) {
    return kPlainDrop;
  }
  const bool leave = c < 0x800 && c >= 0x80;  // two bytes
  if (leave || (entry & kSlow) != 0 || (c >= 0x80 && (entry & kRun) != 0)) {
    return kPlainLeave;
  }
  if ((entry & kEmit) != 0) {
    return static_cast<std::uint16_t>(entry);
  }
  return (entry & kBlank) != 0 ? kPlainBlank : kPlainDrop;
}

/// The basic plane only. No unit is 2 or less, so those numbers are free to mean something else.
std::vector<std::uint16_t> plain_table(const std::vector<std::uint32_t>& entries) {
  std::vector<std::uint16_t> plain(0x10000);
  for (char32_t c = 0; c < plain.size(); ++c) {
    plain[c] = make_plain(c, entries[c]);
  }
  return plain;
}

/// In the order of the digest, which is taken between what decides keys and the rest: a table that
/// is added before that line is part of the recipe of learned models. The digest covers the flags
/// of entries, too, and so changes rather too often than too seldom.
void write_tables(const Folding& folding, std::ostream& out) {
  const CommonCharacters common;
  Sequences sequences;
  std::vector<std::uint32_t> entries(kLimit);
  for (char32_t c = 0; c < kLimit; ++c) {
    entries[c] = make_entry(c, folding, common, sequences);
  }
  const std::vector<std::uint32_t> basic_plane(entries.begin(), entries.begin() + 0x10000);
  const Blocks<std::uint32_t> others({entries.begin() + 0x10000, entries.end()});
  const Readings readings(folding);
  const Blocks<std::uint16_t> reading_blocks(readings.of);

  Writer write(out);
  write.line("// Generated by tools/build/make_tables.cc from ICU " U_ICU_VERSION ". Do not edit.");
  write.line("#include \"text/tables.h\"");
  write.line("namespace dedup::text::tables {");
  write.numbers("std::uint32_t basic[0x10000]", basic_plane);
  write.numbers("std::uint16_t supplementary_index[0x100000 >> kBlockBits]", others.index);
  write.numbers("std::uint32_t supplementary[]", others.values);
  write.numbers("char16_t sequences[]", sequences.units());
  const std::string digest = write.digest();  // what follows comes of what was digested
  write.plain(plain_table(entries));
  write.numbers("std::uint16_t reading_index[0x110000 >> kBlockBits]", reading_blocks.index);
  write.numbers("std::uint16_t reading_of[]", reading_blocks.values);
  write.strings("readings", readings.names);
  write.strings("syllables", readings.syllables);
  write.line("const std::size_t syllable_count = " + std::to_string(readings.syllables.size()) +
             ";");
  write.pairs("radicals", folding.radicals());
  write.line("const std::size_t radical_count = " + std::to_string(folding.radicals().size()) +
             ";");
  const auto mirrors_made = mirror_pairs();
  write.pairs("mirrors", mirrors_made);
  write.line("const std::size_t mirror_count = " + std::to_string(mirrors_made.size()) + ";");
  write.line("const std::string_view digest = \"" + digest + "\";");
  write.line("const std::string_view unicode_version = \"" U_UNICODE_VERSION "\";");
  write.line("}  // namespace dedup::text::tables");
}

}  // namespace

/// Status 64 is wrong use, 2 a fault: no table, a wrong one or no room. Nothing is written before
/// both files were read.
int main(int argc, char** argv) try {
  if (argc != 4) {
    std::cerr << "usage: make_tables EquivalentUnifiedIdeograph.txt simplified_patch.tsv OUT.cc\n";
    return 64;
  }
  const Folding folding(read_radicals(argv[1]), read_patch(argv[2]));
  std::ofstream out(argv[3], std::ios::binary);
  write_tables(folding, out);
  out.close();
  if (!out) {
    throw std::runtime_error(std::string("cannot write ") + argv[3]);
  }
  return 0;
} catch (const std::exception& fault) {
  std::cerr << "make_tables: " << fault.what() << "\n";
  return 2;
}
