// SPDX-License-Identifier: Apache-2.0
// Writes the tables of src/text/charset/tables.h out of ICU's converters, at build time.
//
//   make_charsets OUT.cc
//
//   GB 18030     ICU's "gb18030", the edition of 2005, with the 24 pairs that the edition of 2022
//                took out of the private use area
//   Big5         ICU's Big5-HKSCS of 2008, and for its four pairs of two code points these; where
//                that has nothing, what code page 950 has, but for its user-defined characters
//   EUC-TW       ICU's "euc-tw-2014"
//
// and the pairs of characters out of the first two.
#include <unicode/ucnv.h>
#include <unicode/utf16.h>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "text/charset/tables.h"

namespace {

using namespace dedup::text::charset_tables;  // NOLINT(google-build-using-namespace): the contract

class Converter {
 public:
  explicit Converter(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    converter_ = ucnv_open(name, &status);
    ucnv_setToUCallBack(converter_, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    if (U_FAILURE(status)) throw std::runtime_error(std::string(name) + ": " + u_errorName(status));
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() { ucnv_close(converter_); }

  /// The code points of a sequence; empty where it has none.
  [[nodiscard]] std::u32string of(const std::string& bytes) const {
    UErrorCode status = U_ZERO_ERROR;
    char16_t units[8];
    ucnv_reset(converter_);
    const std::int32_t count =
        ucnv_toUChars(converter_, units, 8, bytes.data(), static_cast<int>(bytes.size()), &status);
    std::u32string result;
    if (U_FAILURE(status)) return result;
    for (std::int32_t at = 0; at < count;) {
      UChar32 c = 0;
      U16_NEXT(units, at, count, c);
      result += static_cast<char32_t>(c);
    }
    return result;
  }

 private:
  UConverter* converter_ = nullptr;
};

std::string pair(std::size_t index) {
  return {static_cast<char>(kGbFirstLead + index / kGbTrails),
          static_cast<char>(kGbFirstTrail + index % kGbTrails)};
}

bool is_user_defined(char32_t c) { return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000; }

/// 16 bits of each code point, and a bit for those of plane 2.
struct Wide {
  explicit Wide(std::size_t size) : units(size, kUnmapped), planes(size / 8 + 1) {}

  void set(std::size_t index, const std::u32string& text) {
    if (text.empty() || text[0] == 0xFFFD || (text.size() == 1 && is_user_defined(text[0]))) return;
    if (text.size() != 1 || (text[0] >= 0x10000 && text[0] >> 16 != 2)) {
      throw std::runtime_error("a code point that the tables have no room for");
    }
    units[index] = static_cast<char16_t>(text[0]);
    if (text[0] >= 0x10000) planes[index / 8] |= static_cast<std::uint8_t>(1U << index % 8);
  }

  std::vector<char16_t> units;
  std::vector<std::uint8_t> planes;
};

template <typename Number>
void write(std::ostream& out, const std::string& declaration, const std::vector<Number>& numbers) {
  out << "extern const " << declaration << " = {";
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    out << (i % 16 == 0 ? "\n" : "") << static_cast<unsigned>(numbers[i]) << ',';
  }
  out << "};\n";
}

/// What the edition of 2022 has in Unicode proper, and that of 2005 in the private use area; and a
/// space of GBK that pages indent by, as the Encoding Standard has it.
constexpr std::pair<unsigned, char16_t> kOf2022[] = {
    {0xA3A0, 0x3000}, {0xA6D9, 0xFE10}, {0xA6DA, 0xFE12}, {0xA6DB, 0xFE11}, {0xA6DC, 0xFE13},
    {0xA6DD, 0xFE14}, {0xA6DE, 0xFE15}, {0xA6DF, 0xFE16}, {0xA6EC, 0xFE17}, {0xA6ED, 0xFE18},
    {0xA6F3, 0xFE19}, {0xFE59, 0x9FB4}, {0xFE61, 0x9FB5}, {0xFE66, 0x9FB6}, {0xFE67, 0x9FB7},
    {0xFE6D, 0x9FB8}, {0xFE7E, 0x9FB9}, {0xFE90, 0x9FBA}, {0xFEA0, 0x9FBB}};

/// What HKSCS-2008 took over into Unicode since, and ICU still has in the private use area.
constexpr std::pair<unsigned, char16_t> kTakenOver[] = {
    {0x87A4, 0x9F97}, {0x87AC, 0x9F96}, {0x8840, 0x31C0}, {0x8841, 0x31C1}, {0x8842, 0x31C2},
    {0x8843, 0x31C3}, {0x8844, 0x31C4}, {0x8846, 0x31C5}, {0x8849, 0x31C6}, {0x884A, 0x31C7},
    {0x884D, 0x31C8}, {0x884F, 0x31C9}, {0x8850, 0x31CA}, {0x8851, 0x31CB}, {0x8852, 0x31CC},
    {0x8854, 0x31CD}, {0x8855, 0x31CE}, {0x88A9, 0x23DA}, {0x88AA, 0x23DB}, {0x8C43, 0x9FA6},
    {0x8C6D, 0x9FA7}, {0x8C74, 0x9FA8}, {0x8CB7, 0x9FA9}, {0x8CB9, 0x9FAA}, {0x8CBB, 0x9FAB},
    {0x8CC0, 0x9FAC}, {0x8CD7, 0x9FAD}, {0x8CD8, 0x9FAE}, {0x8CDA, 0x9FAF}, {0x8CED, 0x9FB2},
    {0x8D48, 0x9FB3}, {0xC879, 0x31CF}, {0xC8A1, 0x9FB0}, {0xC8A3, 0x9FB1}};

std::size_t index_of(unsigned code) {
  return ((code >> 8) - kGbFirstLead) * kGbTrails + (code & 0xFFU) - kGbFirstTrail;
}

unsigned code_of(std::size_t index) {
  return static_cast<unsigned>((kGbFirstLead + index / kGbTrails) << 8 |
                               (kGbFirstTrail + index % kGbTrails));
}

/// The pair of each unit that `is_plain` says to be a character, the earlier where there are two.
template <typename Plain>
std::vector<std::uint16_t> inverted(const std::vector<char16_t>& pairs, const Plain& is_plain) {
  std::vector<std::uint16_t> codes(kCodes);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    std::uint16_t& code = codes[pairs[i]];
    if (is_plain(i) && code == 0) code = static_cast<std::uint16_t>(code_of(i));
  }
  return codes;
}

void fill(std::vector<std::uint16_t>& codes, char16_t unit, unsigned first, unsigned last) {
  for (unsigned code = first; code <= last; ++code, ++unit) {
    if (codes[unit] == 0) codes[unit] = static_cast<std::uint16_t>(code);
  }
}

/// Editions before the present one had private use for marks of vertical writing, and before 2005
/// for 15 pairs more of rows A8 and A9.
void write_gb_codes(std::ostream& out, const std::vector<char16_t>& pairs) {
  auto codes = inverted(pairs, [&](std::size_t i) {
    return pairs[i] != kUnmapped && (pairs[i] & 0xF800U) != 0xD800;
  });
  fill(codes, 0xE78D, 0xA6D9, 0xA6DF);
  fill(codes, 0xE794, 0xA6EC, 0xA6ED);
  fill(codes, 0xE796, 0xA6F3, 0xA6F3);
  fill(codes, 0xE7C7, 0xA8BC, 0xA8BC);
  fill(codes, 0xE7C8, 0xA8BF, 0xA8BF);
  fill(codes, 0xE7E7, 0xA989, 0xA995);
  fill(codes, 0xE5E5, 0xA3A0, 0xA3A0);
  write(out, "std::uint16_t gb_codes[kCodes]", codes);
}

/// Code page 950 has private use for C6A1 to C8FE, as from U+F6B1 on.
void write_big5_codes(std::ostream& out, const Wide& table) {
  auto codes = inverted(table.units, [&](std::size_t i) {
    const bool upper = (table.planes[i / 8] >> i % 8 & 1U) != 0;
    return !upper && table.units[i] != kUnmapped && (table.units[i] & 0xF800U) != 0xD800;
  });
  fill(codes, 0xF6B1, 0xC6A1, 0xC6FE);
  fill(codes, 0xF74E, 0xC7A1, 0xC7FE);
  fill(codes, 0xF7EB, 0xC8A1, 0xC8FE);
  write(out, "std::uint16_t big5_codes[kCodes]", codes);
}

void write_gb(std::ostream& out) {
  const Converter gb("gb18030");
  const auto unit = [&](const std::string& bytes) {
    const std::u32string text = gb.of(bytes);
    return text.size() == 1 && text[0] < 0x10000 ? static_cast<char16_t>(text[0]) : kUnmapped;
  };
  std::vector<char16_t> pairs;
  for (std::size_t i = 0; i < kGbPairs; ++i) {
    pairs.push_back(i % kGbTrails == 0x7F - kGbFirstTrail ? kUnmapped : unit(pair(i)));
  }
  for (const auto& [code, unit_of_2022] : kOf2022) pairs[index_of(code)] = unit_of_2022;
  constexpr unsigned kUpper[] = {0xFE51, 0xFE52, 0xFE53, 0xFE6C, 0xFE76, 0xFE91};
  for (std::size_t i = 0; i < std::size(kUpper); ++i) {
    pairs[index_of(kUpper[i])] = static_cast<char16_t>(kGbUpper + i);
  }
  std::vector<char16_t> quads;
  for (std::size_t i = 0; i < kGbQuads; ++i) {
    quads.push_back(
        unit({static_cast<char>(0x81 + i / 12'600), static_cast<char>(0x30 + i / 1260 % 10),
              static_cast<char>(0x81 + i / 10 % 126), static_cast<char>(0x30 + i % 10)}));
  }
  write(out, "char16_t gb_pairs[kGbPairs]", pairs);
  write(out, "char16_t gb_quads[kGbQuads]", quads);
  write_gb_codes(out, pairs);
}

void write_big5(std::ostream& out) {
  const Converter hkscs("ibm-1375_P100-2008");
  const Converter cp950("windows-950-2000");
  Wide table(kBig5Pairs);
  for (std::size_t i = 0; i < kBig5Pairs; ++i) {
    if (i % kGbTrails >= 0x7F - kGbFirstTrail && i % kGbTrails <= 0xA0 - kGbFirstTrail) continue;
    table.set(i, hkscs.of(pair(i)));
    if (table.units[i] == kUnmapped) table.set(i, cp950.of(pair(i)));
  }
  constexpr unsigned kDoubles[] = {0x8862, 0x8864, 0x88A3, 0x88A5};
  for (std::size_t i = 0; i < std::size(kDoubles); ++i) {
    table.units[index_of(kDoubles[i])] = static_cast<char16_t>(kBig5Double + i);
  }
  for (const auto& [code, unit] : kTakenOver) table.units[index_of(code)] = unit;
  write(out, "char16_t big5_pairs[kBig5Pairs]", table.units);
  write(out, "std::uint8_t big5_planes[kBig5Pairs / 8 + 1]", table.planes);
  write_big5_codes(out, table);
}

void write_cns(std::ostream& out) {
  const Converter euc("euc-tw-2014");
  Wide table(kCnsPlanes * kCnsPlane);
  for (std::size_t i = 0; i < kCnsPlanes * kCnsPlane; ++i) {
    const std::size_t plane = i / kCnsPlane == 7 ? 15 : i / kCnsPlane + 1;
    const std::size_t cell = i % kCnsPlane;
    std::string bytes = {'\x8E', static_cast<char>(0xA0 + plane),
                         static_cast<char>(0xA1 + cell / kCnsRow),
                         static_cast<char>(0xA1 + cell % kCnsRow)};
    table.set(i, euc.of(plane == 1 ? bytes.substr(2) : bytes));
  }
  write(out, "char16_t cns[kCnsPlanes * kCnsPlane]", table.units);
  write(out, "std::uint8_t cns_planes[kCnsPlanes * kCnsPlane / 8 + 1]", table.planes);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::cerr << "usage: make_charsets OUT.cc\n";
    return 64;
  }
  std::ofstream out(argv[1], std::ios::binary);
  out << "// Generated by tools/build/make_charsets.cc from ICU " U_ICU_VERSION ". Do not edit.\n"
      << "#include \"text/charset/tables.h\"\nnamespace dedup::text::charset_tables {\n";
  write_gb(out);
  write_big5(out);
  write_cns(out);
  out << "}  // namespace dedup::text::charset_tables\n";
  out.close();
  if (!out) throw std::runtime_error(std::string("cannot write ") + argv[1]);
  return 0;
} catch (const std::exception& fault) {
  std::cerr << "make_charsets: " << fault.what() << "\n";
  return 2;
}
