// SPDX-License-Identifier: Apache-2.0
// The loops behind kernels.h, written once for all widths. Each kernels_*.cc includes this file and
// is compiled for its processor; so everything here has internal linkage, and nothing of the
// standard library is called that the linker might share with code for other processors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "text/ascii_words.h"
#include "text/kernels.h"
#include "text/threes.h"

namespace dedup::text {
namespace {  // one copy for each processor is the purpose

using Byte = unsigned char;
using Bytes16 [[gnu::vector_size(16)]] = Byte;
using Bytes32 [[gnu::vector_size(32)]] = Byte;

// -- comparisons: all bits of a lane where they hold, of an int where `V` is one byte -------------

template <class V>
constexpr bool kSingle = std::is_same_v<V, Byte>;

template <class V>
inline auto equal(V value, Byte to) noexcept {
  if constexpr (kSingle<V>) {
    return value == to ? -1 : 0;
  } else {
    return value == V{} + to;
  }
}

template <class V>
inline auto at_most(V value, Byte limit) noexcept {
  if constexpr (kSingle<V>) {
    return value <= limit ? -1 : 0;
  } else {
    return value <= V{} + limit;
  }
}

template <class V>
inline auto at_least(V value, Byte limit) noexcept {
  if constexpr (kSingle<V>) {
    return value >= limit ? -1 : 0;
  } else {
    return value >= V{} + limit;  // one step less than what is not at most
  }
}

template <class V>
inline auto between(V value, Byte low, Byte high) noexcept {
  if constexpr (kSingle<V>) {
    return value >= low && value <= high ? -1 : 0;
  } else {
    return at_most(value - low, static_cast<Byte>(high - low));
  }
}

template <class V>
inline auto same(V value, V other) noexcept {
  if constexpr (kSingle<V>) {
    return value == other ? -1 : 0;
  } else {
    return value == other;
  }
}

/// Equal but for the bits of `free`.
template <class V>
inline auto alike(V value, Byte to, Byte free) noexcept {
  if constexpr (kSingle<V>) {
    return equal(static_cast<Byte>(value | free), to);
  } else {
    return equal(value | free, to);
  }
}

// -- marks ----------------------------------------------------------------------------------------
// Each question is asked of a byte and some that follow. The answer may be yes for nothing, but
// never no where the one who asked has something to do.

template <class V>
inline V load(const Byte* from) noexcept {
  V value;
  __builtin_memcpy(&value, from, sizeof value);
  return value;
}

/// A byte and the four behind it, in each lane.
template <class V>
struct View {
  explicit View(const Byte* from)
      : a(load<V>(from)),
        b(load<V>(from + 1)),
        c(load<V>(from + 2)),
        d(load<V>(from + 3)),
        e(load<V>(from + 4)) {}
  V a, b, c, d, e;
};

template <class V>
inline auto ends_line(const View<V>& v) noexcept {
  return equal(v.a, '\n') | equal(v.a, '\r');
}

/// segment.cc looks at these, judged by whole sequences, since half of all marks share their lead
/// bytes: VT FF ! " ' . ? and NEL, 。, … ‼ and the like, the full-width forms but ， and ：.
template <class V>
inline auto may_end_sentence(const View<V>& v) noexcept {
  const auto& [a, b, c, d, e] = v;
  const auto ascii = between(a, 0x0B, 0x0C) | between(a, '!', '"') | equal(a, '\'') |
                     equal(a, '.') | equal(a, '?');
  const auto next_line = equal(a, 0xC2) & equal(b, 0x85);
  const auto stop = equal(a, 0xE3) & equal(b, 0x80) & equal(c, 0x82);
  const auto general = equal(a, 0xE2) & (equal(b, 0x81) | (equal(b, 0x80) & at_least(c, 0xA6)));
  const auto full_width =
      equal(a, 0xEF) & ((equal(b, 0xBC) & ~(equal(c, 0x8C) | equal(c, 0x9A))) | equal(b, 0xBD));
  return ascii | next_line | stop | general | full_width;
}

/// needs.cc looks at these. Passes by what most of a clean text is made of: letters, ideographs,
/// full-width forms, 。 、 “ ” —— …, and the spaces and brackets among them that nothing follows
/// from. Five bytes, so that a row of spaced ideographs is seen by those of three bytes in it.
template <class V>
inline auto may_need_repair(const View<V>& v) noexcept {
  const auto& [a, b, c, d, e] = v;
  const auto control = at_most(a, 0x1F) & ~equal(a, '\n');
  const auto ascii =
      equal(a, '&') | alike(a, 0x7F, 1) | (equal(a, '`') & equal(b, '`') & equal(c, '`'));
  const auto before_note =
      at_least(a, 0x80) & equal(b, '(') & (between(c, 'a', 0xE3) | equal(c, ' '));
  // A space before a mark, before one ideograph by itself, or behind a mark.
  const auto mark_b = equal(b, 0xE2) | equal(b, 0xE3) | equal(b, 0xEF);
  const auto space = equal(a, ' ') & (mark_b | (equal(e, ' ') & ~at_most(b, 0xE3)));
  const auto mark_a = equal(a, 0xE2) | equal(a, 0xE3) | equal(a, 0xEF);
  const auto before_space = equal(d, ' ') & mark_a;
  // Leads of all but the main blocks of ideographs, and of these leads what is frequent and clean.
  const auto lead = between(a, 0xC0, 0xE3) | at_least(a, 0xEE);
  const auto general_mark = equal(a, 0xE2) & between(c, 0x93, 0xA6);
  const auto cjk_mark = equal(a, 0xE3) & ~equal(c, 0x80);
  const auto full_width = equal(b, 0xBC) & ~equal(a, 0xE2) & ~(equal(c, 0x88) & at_most(d, 0xE3));
  const auto frequent = (equal(b, 0x80) & (general_mark | cjk_mark)) | full_width;
  // U+9280 to U+947F, 锛 and 锟; 烫烫 and 屯屯.
  const auto mangled =
      equal(a, 0xE9) & (between(b, 0x8A, 0x91) | (equal(b, 0x94) & alike(c, 0x9F, 4)));
  const auto unfilled = alike(a, 0xE7, 2) & alike(c, 0xAF, 4) & same(a, d);
  return control | ascii | before_note | space | before_space | (lead & ~frequent) | mangled |
         unfilled;
}

/// damage.cc looks at these: question marks, private use, U+FFFD; of what begins with EF the
/// full-width forms are passed by, ？ excepted.
template <class V>
inline auto may_be_damage(const View<V>& v) noexcept {
  const auto form = equal(v.b, 0xBC) & ~equal(v.c, 0x9F);
  return equal(v.a, '?') | equal(v.a, 0xEE) | (equal(v.a, 0xEF) & ~form) | at_least(v.a, 0xF3);
}

/// The highest bit of each lane.
template <class V, class M>
inline std::uint64_t to_bits(M mask) noexcept {
  if constexpr (kSingle<V>) {
    return mask & 1;
#if defined(__AVX2__)
  } else if constexpr (sizeof(V) == 32) {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(reinterpret_cast<__m256i>(mask)));
#endif
#if defined(__SSE2__)
  } else if constexpr (sizeof(V) == 16) {
    return static_cast<std::uint32_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(mask)));
#endif
  } else {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < sizeof(V); i += 8) {
      std::uint64_t word = 0;
      for (std::size_t j = 0; j < 8; ++j) {
        word |= static_cast<std::uint64_t>(static_cast<Byte>(mask[i + j]) >> 7) << j;
      }
      bits |= word << i;
    }
    return bits;
  }
}

template <class V, class Question>
inline void set_marks(const Byte* text, std::size_t blocks, std::uint64_t* words,
                      Question question) {
  for (std::size_t block = 0; block < blocks; ++block, text += kMarkBlock) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < kMarkBlock; i += sizeof(V)) {
      word |= to_bits<V>(question(View<V>(text + i))) << i;
    }
    words[block] = word;
  }
}

template <class V>
void set_line_ends(const Byte* text, std::size_t blocks, std::uint64_t* words) {
  set_marks<V>(text, blocks, words, [](const View<V>& v) { return ends_line(v); });
}
template <class V>
void set_sentences(const Byte* text, std::size_t blocks, std::uint64_t* words) {
  set_marks<V>(text, blocks, words, [](const View<V>& v) { return may_end_sentence(v); });
}
template <class V>
void set_repairs(const Byte* text, std::size_t blocks, std::uint64_t* words) {
  set_marks<V>(text, blocks, words, [](const View<V>& v) { return may_need_repair(v); });
}
template <class V>
void set_damages(const Byte* text, std::size_t blocks, std::uint64_t* words) {
  set_marks<V>(text, blocks, words, [](const View<V>& v) { return may_be_damage(v); });
}

#if defined(__AVX2__)
inline constexpr auto kFoldThrees = fold_threes_eightly;
inline constexpr Kernels::FoldAscii kFoldAscii = fold_ascii_by_blocks;
#else
inline constexpr auto kFoldThrees = fold_threes_singly;
inline constexpr Kernels::FoldAscii kFoldAscii = nullptr;
#endif

/// The marks are in the order of Mark.
template <class V>
constexpr Kernels kKernels{{set_line_ends<V>, set_sentences<V>, set_repairs<V>, set_damages<V>},
                           kSingle<V> ? fold_threes_singly : kFoldThrees,
                           kSingle<V> ? nullptr : kFoldAscii};

}  // namespace
}  // namespace dedup::text
