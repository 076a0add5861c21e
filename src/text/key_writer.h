// SPDX-License-Identifier: Apache-2.0
// Writes keys: the loops of fold(), which alone includes this. What most text is made of goes by
// tables and without branches; the rest comes unit by unit.
//
//   plain     → wide    characters of three bytes: see threes.h        ┐ in turn, as long as
//             → ascii   words and what is between: ascii_words.h       ┘ either has something to do
//   unit, pair, sequence, sign                one character that takes more than that
//
// Invariant of the buffer: room for a unit for each byte still to come, so that the fast ways need
// not look; a character of n bytes gives at most n units, but for sequences, which reserve theirs.
// Some units more (kSpare) are for stores that are taken back: units are written first, then
// counted or not.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "text/ascii.h"
#include "text/characters.h"
#include "text/fold.h"
#include "text/kernels.h"
#include "text/key_buffer.h"
#include "text/signs.h"
#include "text/tables.h"
#include "walls/utf8.h"

namespace dedup::text {

/// Writes units behind one another and weighs them. The buffer has room for a unit for each byte
/// still to come, which only `sequence` may exceed.
class KeyWriter {
 public:
  /// Units that may be written beyond those that count.
  static constexpr std::size_t kSpare = 16;

  /// All that is folded lies within `text`.
  KeyWriter(KeyBuffer& key, std::string_view text, const FoldWay& way)
      : kernels_(way.with),
        readable_(way.readable != nullptr ? way.readable : text.data() + text.size()),
        key_(key),
        begin_(key.size()) {
    key.reserve(begin_ + text.size() + kSpare);
    at_ = key.data() + begin_;
  }

  /// Takes what tables::plain decides from `from` on in `text`: all of most Chinese text.
  const char* plain(const char* from, std::string_view text) noexcept {
    const char* const end = text.data() + text.size();
    for (;;) {
      from = wide(from, end);
      if (from == end || !is_ascii(*from)) {
        return from;
      }
      if (end - from > 1 && !is_ascii(from[1]) && passes_over(*from)) {
        ++from;
        continue;
      }
      from = ascii(from, text);
      if (from == end || is_ascii(*from)) {
        return from;
      }
    }
  }

  /// One unit, or nothing if the entry does not emit.
  void unit(std::uint32_t entry) noexcept {
    const bool emits = (entry & tables::kEmit) != 0;
    const bool runs = (entry & tables::kRun) != 0;
    *at_ = static_cast<char16_t>(entry);
    at_ += emits ? 1 : 0;
    weight_ += (entry >> 17 & 1U) + ((runs && !in_run_) ? 1U : 0U);
    in_run_ = emits ? runs : in_run_;
    see(entry);
  }

  /// A sign, whose neighbours in `text` decide whether it counts. It weighs nothing and neither
  /// begins nor breaks a run.
  void sign(std::string_view text, std::size_t start, std::size_t end,
            std::uint32_t entry) noexcept {
    see(entry);
    const char16_t kept = sign_in_key(text, start, end, static_cast<char16_t>(entry));
    if (kept != 0) {
      *at_++ = kept;
      signs_ = true;
    }
    std::size_t at = start;
    const char32_t c = utf8::next(text, at);
    if (c == tables::kCelsius || c == tables::kFahrenheit) {
      unit(tables::entry(c == tables::kCelsius ? U'c' : U'f'));
    }
  }

  /// The mark that was dropped before the number at `at`: what it joins is known only now.
  void sign_before(std::size_t at, std::string_view text) noexcept {
    std::size_t start = at;
    while (start > 0) {
      const std::size_t end = start;
      const char32_t c = utf8::previous(text, start);
      const std::uint32_t entry = tables::entry(c);
      if (tables::counts_from_behind(c)) {
        sign(text, start, end, entry);
        return;
      }
      if ((entry & tables::kBlank) == 0) return;
    }
  }

  /// A character beyond the basic plane that stands for itself: one weight, two units.
  void pair(char32_t c, std::uint32_t entry) noexcept {
    const char32_t s = c - 0x10000;
    *at_++ = static_cast<char16_t>(0xD800 + (s >> 10));
    *at_++ = static_cast<char16_t>(0xDC00 + (s & 0x3FF));
    const bool runs = (entry & tables::kRun) != 0;
    weight_ += !runs || !in_run_ ? 1U : 0U;
    in_run_ = runs;
    see(entry);
  }

  /// Several units for one character. The head of a sequence says how many, what they weigh by
  /// themselves, and whether a run of letters begins or ends it: a run that goes on weighs no more.
  void sequence(std::uint32_t entry, std::size_t bytes_left) {
    const char16_t* source = tables::sequences + (entry & 0xFFFFU);
    const unsigned head = *source++;
    const unsigned length = head & 0x3FU;
    const bool starts_in_run = (head >> 12 & 1U) != 0;
    reserve(length + bytes_left + kSpare);
    for (unsigned i = 0; i < length; ++i) {
      *at_++ = *source++;
    }
    weight_ += (head >> 6 & 0x3FU) - (starts_in_run && in_run_ ? 1U : 0U);
    in_run_ = (head >> 13 & 1U) != 0;
    see(entry);
  }

  /// Makes room where more is to come than was said.
  void reserve(std::size_t units) {
    const std::size_t size = used();
    key_.set_size(size);
    key_.reserve(size + units);
    at_ = key_.data() + size;
  }

  /// What was written since the last piece, which ends here.
  Piece finish_piece() noexcept {
    Piece piece;
    piece.weight = weight_;
    piece.ends_in_run = used() > begin_ && in_run_;
    piece.starts_in_run = used() > begin_ && starts_in_run();
    piece.visible = seen_ != 0;
    piece.signs = signs_;
    begin_ = used();
    forget();
    return piece;
  }

  /// Takes back what was written since the last piece; room for `bytes` is needed instead.
  void abandon_piece(std::size_t bytes) {
    at_ = key_.data() + begin_;
    forget();
    reserve(bytes + kSpare);
  }

  [[nodiscard]] std::size_t used() const noexcept {
    return static_cast<std::size_t>(at_ - key_.data());
  }

  /// Nothing more is written.
  void close() { key_.set_size(used()); }

 private:
  using Bytes [[gnu::vector_size(kSpare)]] = unsigned char;
  using ShortBytes [[gnu::vector_size(8)]] = unsigned char;
  static constexpr std::size_t kWordReach = kSpare;

  /// Passes over a mark or a blank of ASCII that never counts, if `c` is one. A third of the
  /// stretches of ASCII in Chinese text are one such character, and most of these a space.
  bool passes_over(char c) noexcept {
    const std::uint32_t entry = tables::ascii[static_cast<unsigned char>(c)];
    if ((entry & (tables::kAsciiLeave | tables::kEmit)) != 0) return false;
    seen_ |= entry & tables::kAsciiShows;
    return true;
  }

  /// Within ASCII letters and digits are one run, since what is dropped between them does not
  /// break it. Ends at a sign that needs a look, too.
  const char* ascii(const char* from, std::string_view text) noexcept {
    const char* const end = text.data() + text.size();
    char16_t* const start = at_;
    std::uint32_t stops = stops_behind(from, text.data());
    while ((from = letters(from, text, stops)) < end && is_ascii(*from)) {
      if (is_digit(*from)) {
        sign_before(static_cast<std::size_t>(from - text.data()), text);
      } else if (may_count(from, text)) {
        break;
      } else {
        do ++from;
        while (from + 1 < end && from[1] == *from && from[-1] == *from);
        seen_ |= tables::kAsciiShows;
      }
      stops = tables::kAsciiLeave;
    }
    if (at_ != start) {
      weight_ += in_run_ ? 0U : 1U;
      in_run_ = true;
    }
    return from;
  }

  /// Letters, digits, and what is dropped among them; up to the first of `stops`, which come to be
  /// others on the way: digits stop where a mark before them may count from behind.
  const char* letters(const char* from, std::string_view text, std::uint32_t stops) noexcept {
    if (kernels_.fold_ascii == nullptr) {
      return letters_singly(from, text, stops);
    }
    const bool after_joint = (stops & tables::kAsciiDigit) != 0;
    const FoldedStretch folded =
        kernels_.fold_ascii(from, text.data() + text.size(), readable_, at_, after_joint);
    at_ = folded.to;
    seen_ |= folded.seen != 0 ? tables::kAsciiShows : 0U;
    return folded.from;
  }

  /// Words are taken at once, what is between them without branches: both are short.
  const char* letters_singly(const char* from, std::string_view text,
                             std::uint32_t stops) noexcept {
    using namespace tables;
    const char* const end = text.data() + text.size();
    static_assert(kAsciiJoins == kAsciiDigit << 1 && kAsciiPassed == kAsciiDigit << 2);
    char16_t* to = at_;
    std::uint32_t seen = 0;
    while (from < end) {
      const std::uint32_t entry = tables::ascii[static_cast<unsigned char>(*from)];
      if ((entry & stops) != 0) break;
      seen |= entry;
      if ((entry & kEmit) != 0 && put_words(from, text, to)) {
        stops = kAsciiLeave;
        continue;
      }
      *to = static_cast<char16_t>(entry);
      to += (entry & kEmit) / kEmit;
      stops = kAsciiLeave | ((entry >> 1 | (entry >> 2 & stops)) & kAsciiDigit);
      ++from;
    }
    at_ = to;
    seen_ |= seen & kAsciiShows;
    return from;
  }

  /// Writes the words of ASCII that begin at `from`, a blank between two, and moves on behind them.
  /// False, and nothing is done, where `text` is too short to be read in one piece.
  static bool put_words(const char*& from, std::string_view text, char16_t*& to) noexcept {
    const char* const end = text.data() + text.size();
    do {
      std::size_t size = 0;
      if (end - from >= std::ptrdiff_t{kWordReach}) {
        size = put_word<Bytes>(from, to);
      } else if (text.size() >= sizeof(ShortBytes)) {
        size = put_last_word(from, end, to);
      } else {
        return false;
      }
      from += size;
      to += size;
    } while (end - from > 1 && *from == ' ' && begins_word(from[1]) && ++from != end);
    return true;
  }

  static bool begins_word(char c) noexcept {
    return (tables::ascii[static_cast<unsigned char>(c)] & tables::kEmit) != 0;
  }

  /// Writes the letters and digits of ASCII that `from` begins with, as the table would, and says
  /// how many they are, at most as many as V has. Requires: so many bytes, and so many units of
  /// room.
  template <class V>
  static std::size_t put_word(const char* from, char16_t* to) noexcept {
    V bytes;
    std::memcpy(&bytes, from, sizeof bytes);
    using Wide [[gnu::vector_size(2 * sizeof(V))]] = char16_t;
    const V lower = bytes | 0x20;  // which digits have already
    const auto others = (lower - 'a' >= 26) & (bytes - '0' >= 10);
    const Wide units = __builtin_convertvector(lower, Wide);
    std::memcpy(to, &units, sizeof units);
    std::array<std::uint64_t, sizeof(V) / 8> words;
    std::memcpy(&words, &others, sizeof words);
    std::size_t before = 0;
    for (const std::uint64_t word : words) {
      constexpr bool kLittle = std::endian::native == std::endian::little;
      if (word != 0) {
        const int bits = kLittle ? std::countr_zero(word) : std::countl_zero(word);
        return before + static_cast<std::size_t>(bits) / 8;
      }
      before += 8;
    }
    return before;
  }

  /// The same near the end, from which it reads back. Requires: 8 bytes before `end`.
  static std::size_t put_last_word(const char* from, const char* end, char16_t* to) noexcept {
    const auto left = static_cast<std::size_t>(end - from);
    if (left >= sizeof(ShortBytes)) return put_word<ShortBytes>(from, to);
    std::uint64_t word = 0;
    std::memcpy(&word, end - sizeof word, sizeof word);
    const std::size_t before = 8 * (sizeof word - left);  // bits
    word = std::endian::native == std::endian::little ? word >> before : word << before;
    return put_word<ShortBytes>(reinterpret_cast<const char*>(&word), to);  // zeros end it
  }

  /// What ends a stretch of letters that begins at `from`. Behind an ideograph, or a sign that was
  /// looked at, no mark is that a number could join.
  static std::uint32_t stops_behind(const char* from, const char* begin) noexcept {
    const auto bytes = from - begin;
    const bool marked =
        bytes > 0 && !is_ascii(from[-1]) && (bytes < 3 || !utf8::leads_ideograph(from[-3]));
    return tables::kAsciiLeave | (marked ? tables::kAsciiDigit : 0U);
  }

  /// Whether a sign of ASCII that does not count from behind may count: no is sure. Most stand in
  /// rows or open a heading, see signs.cc.
  static bool may_count(const char* from, std::string_view text) noexcept {
    const char before = from > text.data() ? from[-1] : ' ';
    const char after = from + 1 < text.data() + text.size() ? from[1] : '\0';
    if (before == *from && after == *from) return false;
    switch (*from) {
      case '#':
        return is_letter(before) || !is_ascii(before);
      case '=':
      case '^':
      case '<':
      case '>':
        return after != '"' && after != '/' && after != '\0' && after != '-' && after != '!';
      default:
        return true;
    }
  }

  /// Characters of three bytes that weigh by themselves, and what is dropped among them.
  const char* wide(const char* from, const char* end) noexcept {
    if (from == end || is_ascii(*from)) {
      return from;
    }
    const FoldedStretch folded = kernels_.fold_threes(from, end, readable_, at_);
    seen_ |= folded.seen;
    if (folded.to != at_) {
      weight_ += static_cast<std::uint32_t>(folded.to - at_);
      in_run_ = false;
      at_ = folded.to;
    }
    return folded.from;
  }

  /// All but blanks and invisible characters lack the flag, and so set the bit.
  void see(std::uint32_t entry) noexcept { seen_ |= ~entry & tables::kBlank; }

  void forget() noexcept {
    weight_ = 0;
    seen_ = 0;
    signs_ = false;
    in_run_ = false;
  }

  /// Signs weigh nothing, so the first unit that does says it. Requires: something was written.
  [[nodiscard]] bool starts_in_run() const noexcept {
    std::size_t at = begin_;
    const char16_t* const key = key_.data();
    if (is_main_ideograph(key[at])) return false;  // as most texts begin
    while (at < used() && is_sign(key[at])) ++at;
    if (at == used()) return false;
    char32_t c = key[at];
    if (c >= 0xD800 && c < 0xDC00) {
      c = 0x10000 + ((c - 0xD800) << 10) + (key[at + 1] - 0xDC00U);
    }
    return (tables::entry(c) & tables::kWide) == 0;
  }

  const Kernels& kernels_;
  const char* readable_;  // up to here
  KeyBuffer& key_;
  std::size_t begin_;
  char16_t* at_ = nullptr;
  std::uint32_t weight_ = 0;
  std::uint32_t seen_ = 0;  // not 0: more than blanks was seen
  bool in_run_ = false;
  bool signs_ = false;
};

}  // namespace dedup::text
