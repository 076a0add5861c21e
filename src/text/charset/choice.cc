// SPDX-License-Identifier: Apache-2.0
#include "text/charset/choice.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "text/charset/likelihood.h"
#include "text/decode.h"
#include "walls/json.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

constexpr double kDamagedUtf8 = 0.01;  // broken sequences among those that are not ASCII
constexpr double kMostDamage = 0.1;    // beyond which a mark or a label is contradicted
constexpr double kWideGain = 2.5;      // least mean gain of UTF-16 where the bytes are ASCII, too
constexpr double kMargin = 10;         // e^10: by how much more another charset explains the bytes
constexpr std::size_t kCertain = 24;   // valid sequences at the head of UTF-8; see weight_of()

struct Mark {
  std::string_view bytes;
  Charset charset;
};
constexpr Mark kMarks[] = {
    {utf8::kByteOrderMark, Charset::utf8},
    {std::string_view("\xFF\xFE\0\0", 4), Charset::utf32le},
    {std::string_view("\0\0\xFE\xFF", 4), Charset::utf32be},
    {"\xFF\xFE", Charset::utf16le},
    {"\xFE\xFF", Charset::utf16be},
    {"\x84\x31\x95\x33", Charset::gb18030},
};

/// The readings of the same bytes, each made when it is first asked for.
class Readings {
 public:
  explicit Readings(const Evidence& evidence) : evidence_(evidence) {}

  const Reading& of(Charset charset) {
    auto& reading = readings_[static_cast<std::size_t>(charset)];
    if (!reading) reading = read_as(charset, evidence_.bytes, evidence_.whole);
    return *reading;
  }

  /// The one of `among` that explains the bytes best; the earlier where two do so equally.
  Charset best(Charsets among) {
    std::optional<Charset> best;
    for (std::size_t i = 0; i < kCharsetCount; ++i) {
      const auto charset = static_cast<Charset>(i);
      const bool better =
          among.has(charset) && (!best || of(charset).likelihood > of(*best).likelihood);
      if (better) best = charset;
    }
    return *best;
  }

  /// How sure it is that it is `charset` and none other of `among`. Characters of a text depend on
  /// one another, so their odds count for less than they would alone.
  double confidence(Charset charset, Charsets among) {
    double margin = 100;
    for (std::size_t i = 0; i < kCharsetCount; ++i) {
      const auto other = static_cast<Charset>(i);
      if (other == charset || !among.has(other)) continue;
      margin = std::min(margin, of(charset).likelihood - of(other).likelihood);
    }
    return 1 / (1 + std::exp(-margin / 10));
  }

 private:
  const Evidence& evidence_;
  std::array<std::optional<Reading>, kCharsetCount> readings_;
};

/// Whether the bytes speak against a charset that something says they are in.
bool is_contradicted(Charset said, Charsets among, Readings& readings) {
  const Reading& reading = readings.of(said);
  const Reading& best = readings.of(readings.best(among));
  return reading.damage() > kMostDamage ||
         (best.convinces() && best.likelihood > reading.likelihood + kMargin);
}

std::optional<Charset> marked(const Evidence& evidence, Charsets among, Readings& readings) {
  if (!evidence.at_start) return std::nullopt;
  for (const auto& [bytes, charset] : kMarks) {
    if (evidence.bytes.starts_with(bytes) && among.has(charset) &&
        !is_contradicted(charset, among, readings)) {
      return charset;
    }
  }
  return std::nullopt;
}

/// Controls, which text in UTF-16 and UTF-32 is full of in the eyes of all other charsets.
bool has_controls(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && (byte < '\t' || byte > '\r');
  });
}

/// A label stands for one charset, or for both orders of bytes.
std::optional<Choice> labelled(const std::optional<Charsets>& label, EncodingSource source,
                               Charsets among, Readings& readings) {
  if (!label || *label == Charsets::all()) return std::nullopt;
  const Charset said = readings.best(*label);
  if (!among.has(said)) return std::nullopt;
  if (is_contradicted(said, among, readings)) return std::nullopt;
  return Choice{said, source, 1 - readings.of(said).damage()};
}

/// Where nothing is known beforehand.
Choice guessed(Charsets among, Readings& readings) {
  const Charset best = readings.best(among);
  if (best != Charset::utf8 && readings.of(best).convinces()) {
    return {best, EncodingSource::guess, readings.confidence(best, among)};
  }
  const Charset fallback = among.has(Charset::utf8) ? Charset::utf8 : best;
  return {fallback, EncodingSource::fallback, 1 - readings.of(fallback).damage()};
}

/// UTF-16 and UTF-32 go first where they can be meant, since their ASCII is UTF-8, too.
std::optional<Choice> wide(const Evidence& evidence, Charsets among, Readings& readings) {
  if (!evidence.at_start || !has_controls(evidence.bytes)) return std::nullopt;
  const Charset best = readings.best(among);
  const bool is_wide = best >= Charset::utf16le && best <= Charset::utf32be;
  if (!is_wide || !readings.of(best).convinces()) return std::nullopt;
  // ASCII between NULs is text with NULs unless most of it is in step.
  const Reading& reading = readings.of(best);
  const bool loose = reading.gain < kWideGain * static_cast<double>(reading.characters);
  if (loose && readings.of(Charset::utf8).damage() == 0) return std::nullopt;
  return Choice{best, EncodingSource::guess, readings.confidence(best, among)};
}

}  // namespace

Choice choose(const Evidence& evidence, Charsets among) {
  Readings readings(evidence);
  if (const auto charset = marked(evidence, among, readings)) {
    return {*charset, EncodingSource::mark, 1};
  }
  if (const auto choice = wide(evidence, among, readings)) return *choice;
  if (among.has(Charset::utf8) && readings.of(Charset::utf8).damage() < kDamagedUtf8) {
    return {Charset::utf8, EncodingSource::valid, 1};
  }
  if (const auto choice = labelled(evidence.label, EncodingSource::label, among, readings)) {
    return *choice;
  }
  if (const auto choice = labelled(evidence.markup, EncodingSource::markup, among, readings)) {
    return *choice;
  }
  return guessed(among, readings);
}

namespace {

/// How much a valid sequence says: three bytes of GBK that look like one of UTF-8 are rare
/// characters, two are not.
std::size_t weight_of(std::size_t size) { return size == 2 ? 1 : 6; }

}  // namespace

Utf8Head look_at_head(std::string_view bytes, std::size_t& seen, std::size_t& characters) noexcept {
  while (seen < bytes.size()) {
    const auto lead = static_cast<unsigned char>(bytes[seen]);
    if (lead < 0x80) {
      // Controls are a sign of UTF-16, which only the whole sample can tell.
      if (lead < 0x20 && (lead < '\t' || lead > '\r')) return Utf8Head::none;
      ++seen;
      continue;
    }
    const std::size_t size = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (size == 1) return Utf8Head::none;
    if (seen + size > bytes.size()) return Utf8Head::open;
    if (!json::is_valid_utf8(bytes.substr(seen, size))) return Utf8Head::none;
    seen += size;
    characters += weight_of(size);
    if (characters >= kCertain) return Utf8Head::certain;
  }
  return Utf8Head::open;
}

}  // namespace dedup::text
