// SPDX-License-Identifier: Apache-2.0
// Three ways, each for what the one before cannot do:
//
//   KeyWriter::plain     tables::plain, two bytes a character of the basic plane: most Chinese text
//   fold_by_table     tables::entry, one entry a character: flags, and a unit or a sequence
//   fold_around_signs behind ICU, where a character hangs on its neighbours (kContext)
//
// The last begins a piece anew, since a mark may belong to a base that is written already.
//
// Signs are asked about one by one (signs.h), in the text as it stands.
#include "text/fold.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "text/key_writer.h"
#include "text/signs.h"
#include "text/tables.h"
#include "walls/icu.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

constexpr std::size_t kMaxMarks = 30;

/// Entries that take more than one look: all others give their unit or nothing.
constexpr std::uint32_t kSlow =
    tables::kSequence | tables::kSelf | tables::kContext | tables::kSign;

/// Folds as far as table look-ups go: false where a character hangs on its neighbours.
bool fold_by_table(std::string_view text, std::size_t bytes_left, KeyWriter& writer) {
  const char* from = text.data();
  const char* const end = from + text.size();
  while ((from = writer.plain(from, text)) < end) {
    const auto start = static_cast<std::size_t>(from - text.data());
    std::size_t at = start;
    const char32_t c = utf8::next(text, at);
    const std::uint32_t entry = tables::entry(c);
    if ((entry & kSlow) == 0) {
      if (counts_as_digit(c)) writer.sign_before(start, text);
      writer.unit(entry);
    } else if ((entry & tables::kSign) != 0) {
      writer.sign(text, start, at, entry);
    } else if ((entry & tables::kSelf) != 0) {
      writer.pair(c, entry);
    } else if ((entry & tables::kSequence) != 0) {
      writer.sequence(entry, text.size() - at + bytes_left);
    } else {
      return false;
    }
    from = text.data() + at;
  }
  return true;
}

/// The text with at most 30 marks in a row.
std::string cap_marks(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  std::size_t marks = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const bool mark = (tables::entry(utf8::next(text, at)) & tables::kMark) != 0;
    marks = mark ? marks + 1 : 0;
    if (marks <= kMaxMarks) {
      result.append(text, start, at - start);
    }
  }
  return result;
}

/// A stretch without signs. After casefolding every character stands for itself; what still hangs
/// on neighbours is a mark without a base or a stray Jamo, and is taken for what it is.
void fold_composed(std::string_view text, std::size_t bytes_left, KeyWriter& writer) {
  std::size_t at = 0;
  while (at < text.size()) {
    const char32_t c = utf8::next(text, at);
    std::uint32_t entry = tables::entry(c);
    if ((entry & tables::kSelf) != 0) {
      writer.pair(c, entry);
    } else if ((entry & tables::kSequence) != 0) {
      writer.sequence(entry, text.size() - at + bytes_left);
    } else {
      if ((entry & tables::kContext) != 0 && (entry & tables::kMark) == 0) {
        entry |= tables::kEmit | tables::kRun | static_cast<std::uint32_t>(c & 0xFFFFU);
      }
      writer.unit(entry);
    }
  }
}

/// Signs and fractions are judged in the text as it was, of which casefolding would leave less: it
/// makes 12 of ½. Nothing composes across one that would count.
void fold_around_signs(std::string_view text, std::size_t bytes_left, KeyWriter& writer) {
  std::size_t from = 0;
  const auto flush = [&](std::size_t end) {
    const std::string composed = icu::nfkc_casefold(cap_marks(text.substr(from, end - from)));
    writer.reserve(composed.size() + text.size() - end + bytes_left + KeyWriter::kSpare);
    fold_composed(composed, text.size() - end + bytes_left, writer);
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = utf8::next(text, at);
    const std::uint32_t entry = tables::entry(c);
    const bool sign = (entry & tables::kSign) != 0;
    if (sign || tables::is_fraction(c)) {
      flush(start);
      sign ? writer.sign(text, start, at, entry) : writer.unit(entry);
      from = at;
    }
  }
  flush(text.size());
}

/// What the tables wrote of a piece is given up as a whole where ICU has to see it.
///
/// One piece, behind which `bytes_left` are still to come.
Piece fold_piece(std::string_view text, std::size_t bytes_left, KeyWriter& writer) {
  if (!fold_by_table(text, bytes_left, writer)) [[unlikely]] {
    writer.abandon_piece(text.size() + bytes_left);
    fold_around_signs(text, bytes_left, writer);
  }
  return writer.finish_piece();
}

}  // namespace

Piece fold(std::string_view text, KeyBuffer& key, const FoldWay& way) {
  KeyWriter writer(key, text, way);
  const Piece piece = fold_piece(text, 0, writer);
  writer.close();
  return piece;
}

Piece fold(std::string_view text, std::u16string& key) {
  KeyBuffer buffer;
  const Piece piece = fold(text, buffer);
  key += buffer.view();
  return piece;
}

void fold_pieces(std::string_view text, const std::vector<std::size_t>& ends, KeyBuffer& key,
                 std::vector<FoldedPiece>& pieces, const FoldWay& way) {
  KeyWriter writer(key, text, way);
  std::size_t start = 0;
  for (const std::size_t end : ends) {
    const Piece piece = fold_piece(text.substr(start, end - start), text.size() - end, writer);
    pieces.push_back({piece, writer.used()});
    start = end;
  }
  writer.close();
}

}  // namespace dedup::text
