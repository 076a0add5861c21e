// SPDX-License-Identifier: Apache-2.0
#include "walls/icu.h"

#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/utext.h>
#include <unicode/uversion.h>

#include <cstdint>
#include <memory>

#include "dedup/error.h"

namespace dedup::icu {
namespace {

void check(UErrorCode status, const char* what) {
  if (U_FAILURE(status)) {
    throw Error(std::string("ICU: ") + what + ": " + u_errorName(status));
  }
}

struct CloseText {
  void operator()(UText* text) const noexcept { utext_close(text); }
};

}  // namespace

std::string nfkc_casefold(std::string_view text) {
  // Fetched once: ICU makes it at the first call, and that for several threads safely, but by locks
  // of its own, which ThreadSanitizer cannot see.
  static const ::icu::Normalizer2* const normaliser = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* const instance = ::icu::Normalizer2::getNFKCCasefoldInstance(status);
    check(status, "NFKC_Casefold");
    return instance;
  }();
  UErrorCode status = U_ZERO_ERROR;
  std::string result;
  result.reserve(text.size());
  ::icu::StringByteSink<std::string> sink(&result);
  normaliser->normalizeUTF8(0,
                            ::icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())),
                            sink, nullptr, status);
  check(status, "normalizeUTF8");
  return result;
}

std::vector<Replacement> nfc_replacements(std::string_view text) {
  static const ::icu::Normalizer2* const normaliser = [] {  // as above
    UErrorCode status = U_ZERO_ERROR;
    const auto* const instance = ::icu::Normalizer2::getNFCInstance(status);
    check(status, "NFC");
    return instance;
  }();
  const ::icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
  std::vector<Replacement> replacements;
  UErrorCode status = U_ZERO_ERROR;
  if (normaliser->isNormalizedUTF8(piece, status)) {
    check(status, "isNormalizedUTF8");
    return replacements;
  }
  std::string normal;
  ::icu::StringByteSink<std::string> sink(&normal);
  ::icu::Edits edits;
  normaliser->normalizeUTF8(0, piece, sink, &edits, status);
  check(status, "normalizeUTF8");
  auto edit = edits.getCoarseChangesIterator();
  while (edit.next(status)) {
    const auto start = static_cast<std::size_t>(edit.sourceIndex());
    replacements.push_back({start, start + static_cast<std::size_t>(edit.oldLength()),
                            normal.substr(static_cast<std::size_t>(edit.destinationIndex()),
                                          static_cast<std::size_t>(edit.newLength()))});
  }
  check(status, "edits");
  return replacements;
}

std::vector<std::size_t> grapheme_boundaries(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UText, CloseText> source(
      utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status));
  check(status, "utext_openUTF8");
  const std::unique_ptr<::icu::BreakIterator> clusters(
      ::icu::BreakIterator::createCharacterInstance(::icu::Locale::getRoot(), status));
  check(status, "grapheme clusters");
  clusters->setText(source.get(), status);
  check(status, "setText");
  std::vector<std::size_t> result;
  for (auto at = clusters->first(); at != ::icu::BreakIterator::DONE; at = clusters->next()) {
    result.push_back(static_cast<std::size_t>(at));
  }
  return result;
}

std::string_view version() { return U_ICU_VERSION; }

}  // namespace dedup::icu
