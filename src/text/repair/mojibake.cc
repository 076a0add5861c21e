// SPDX-License-Identifier: Apache-2.0
#include "text/repair/mojibake.h"

#include <algorithm>
#include <utility>

#include "text/characters.h"
#include "text/charset/decoders.h"
#include "text/charset/likelihood.h"
#include "text/repair/filler.h"
#include "text/repair/lost_stop.h"
#include "text/repair/mentions.h"
#include "text/repair/misread.h"
#include "text/repair/private_use.h"
#include "text/repair/remains.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

constexpr double kLeastMeanGain = 1.5;    // of a double-byte set, where the bytes prove less
constexpr double kMargin = 20;            // e^20: how much likelier than the line as it stands
constexpr double kMeanMargin = 3;         // for each character; it is some 11 in truth
constexpr std::size_t kLeastDoubted = 6;  // ideographs that are UTF-8 throughout by no chance
constexpr double kMostDamage = 0.1;

/// What a text speaks of that shows mojibake; a paragraph or two around that, some 330 characters.
constexpr std::string_view kSubjects[] = {"乱码", "亂碼",   "编码",     "編碼",     "解码",
                                          "解碼", "字符集", "文字化け", "mojibake", "Mojibake"};
constexpr std::size_t kNear = 1000;

std::string decoded(Charset charset, std::string_view bytes) {
  std::string text;
  const auto decoder = decoder_of(charset);
  decoder->feed(bytes, text);
  decoder->finish(text);
  return text;
}

/// Whether `reading` of some bytes is so much better than what they were read as.
bool is_far_likelier(const Reading& reading, Charset misread, std::string_view bytes) {
  const double margin = std::max(kMargin, kMeanMargin * static_cast<double>(reading.characters));
  return reading.convinces() &&
         reading.likelihood >= read_as(misread, bytes, true).likelihood + margin;
}

bool is_sure(const Reading& reading) {
  return reading.convinces() &&
         reading.gain >= kLeastMeanGain * static_cast<double>(reading.characters);
}

/// Whether a text has a few different ideographs. A rule of dashes is one character over and over,
/// which may stand for an everyday one.
bool is_varied(std::string_view text) {
  constexpr std::size_t kLeast = 4;
  std::u32string seen;
  for (std::size_t at = 0; at < text.size() && seen.size() < kLeast;) {
    const char32_t c = utf8::next(text, at);
    if (is_han(c) && seen.find(c) == std::u32string::npos) seen += c;
  }
  return seen.size() >= kLeast;
}

/// As a double-byte set, if `believes` in the reading and it is whole Chinese.
template <typename Believes>
std::optional<std::string> as_pairs(Charset charset, std::string_view bytes,
                                    const Believes& believes) {
  const Reading reading = read_as(charset, bytes, true);
  if (reading.broken != 0 || !believes(reading)) return std::nullopt;
  std::string text = decoded(charset, bytes);
  const bool chinese = remains_of(text).is_chinese() && is_varied(text);
  return chinese ? std::optional(std::move(text)) : std::nullopt;
}

bool is_whole_utf8(const Remains& remains) {
  return remains.lost == 0 && remains.faults == 0 && remains.is_chinese();
}

/// Of a line in Latin letters, signs and controls.
std::optional<std::string> from_latin(std::string_view line, Misread as) {
  auto behind = bytes_behind(line, as);
  if (!behind || !behind->whole()) return std::nullopt;
  if (is_whole_utf8(remains_of(behind->bytes))) return std::move(behind->bytes);
  return as == Misread::windows ? as_pairs(Charset::gb18030, behind->bytes, is_sure) : std::nullopt;
}

/// Whether the bytes behind `line` may be UTF-8, lost ones aside: no is sure. Told by its head, in
/// which ordinary text has a fault for each character, and so more than was_chinese() lets pass in
/// the whole of it, had all that follows none.
bool may_be_utf8_in_gbk(std::string_view line) {
  constexpr std::size_t kCharacter = 3;  // bytes, on either side
  const std::size_t most = line.size() / kCharacter / Remains::kIdeographsOfFault;
  std::size_t end = 0;
  for (std::size_t left = most + 4; left > 0 && end < line.size();) {
    left -= utf8::next(line, end) >= 0x80 ? 1 : 0;
  }
  const auto head = bytes_behind(line.substr(0, end), Misread::gbk);
  return head && remains_of(head->bytes).faults <= most;
}

/// Whether a line may be in one double-byte set and was read as another: signs stand among its
/// ideographs that ordinary text has none of. The most used characters and all marks of one set are
/// signs, or nothing, in the other; in lists of rare ideographs, of which neighbours are neighbours
/// in the sets, too, there are none. Kana and bopomofo are texts of their own: among them half must
/// be ideographs, unless private use tells.
bool may_be_other_pairs(std::string_view line) {
  const auto in = [](char32_t c, char32_t low, char32_t high) { return c >= low && c <= high; };
  std::size_t ideographs = 0;
  std::size_t others = 0;
  bool private_use = false;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::next(line, at);
    const bool ordinary =
        c < 0x80 || in(c, 0x3000, 0x301F) || in(c, 0xFF01, 0xFF5E) || in(c, 0x2010, 0x2026);
    if (ordinary) continue;
    ++(is_main_ideograph(c) || is_han(c) ? ideographs : others);
    private_use = private_use || is_private_use(c);
  }
  return others > 0 && (private_use ? ideographs >= others / 3 : ideographs >= others);
}

/// What a line was that one double-byte set was read as the other in.
std::optional<std::string> as_other_pairs(Charset charset, std::string_view bytes,
                                          Charset misread) {
  return as_pairs(charset, bytes,
                  [&](const Reading& reading) { return is_far_likelier(reading, misread, bytes); });
}

/// UTF-8 that was read as GBK.
std::optional<std::string> utf8_from_gbk(Bytes behind) {
  restore_stop(behind);
  if (!behind.whole() || !is_whole_utf8(remains_of(behind.bytes))) return std::nullopt;
  const Reading reading = read_as(Charset::utf8, behind.bytes, true);
  if (!is_far_likelier(reading, Charset::gb18030, behind.bytes)) return std::nullopt;
  return std::move(behind.bytes);
}

/// Of a line in ideographs. `big5`: see may_be_other_pairs().
std::optional<std::string> from_gbk(std::string_view line, bool big5) {
  const bool utf8 = may_be_utf8_in_gbk(line);
  if (!utf8 && !big5) return std::nullopt;
  auto behind = bytes_behind(line, Misread::gbk);
  if (!behind || behind->alien > 0) return std::nullopt;
  if (utf8) {
    if (auto text = utf8_from_gbk(*behind)) return text;
  }
  if (!big5 || !behind->whole()) return std::nullopt;
  return as_other_pairs(Charset::big5, behind->bytes, Charset::gb18030);
}

std::optional<std::string> from_big5(std::string_view line) {
  const auto behind = bytes_behind(line, Misread::big5);
  if (!behind || !behind->whole()) return std::nullopt;
  return as_other_pairs(Charset::gb18030, behind->bytes, Charset::big5);
}

std::optional<std::string> unmangled_once(std::string_view line, bool latin) {
  if (latin) {
    if (auto text = from_latin(line, Misread::windows)) return text;
    if (auto text = from_latin(line, Misread::mac)) return text;
  }
  const bool pairs = may_be_other_pairs(line);
  if (auto text = from_gbk(line, pairs)) return text;
  return pairs ? from_big5(line) : std::nullopt;
}

/// Whether the bytes behind a line were UTF-8 before some were lost, or are without being likely.
bool has_remains(std::string_view line, Misread as) {
  const auto behind = bytes_behind(line, as);
  if (!behind) return false;
  const Remains remains = remains_of(behind->bytes);
  const bool hurt = remains.lost + remains.faults + behind->alien > 0;
  return remains.was_chinese() && behind->alien <= remains.ideographs / 6 &&
         (hurt || remains.ideographs >= kLeastDoubted);
}

/// The same of GBK read as Latin-1.
bool has_remains_of_gbk(std::string_view line) {
  const auto behind = bytes_behind(line, Misread::windows);
  if (!behind || behind->alien > 0) return false;
  const Reading reading = read_as(Charset::gb18030, behind->bytes, true);
  return reading.damage() <= kMostDamage && is_sure(reading) &&
         remains_of(decoded(Charset::gb18030, behind->bytes)).is_chinese();
}

}  // namespace

/// Until there is nothing more to put right, so that a second repair finds nothing either. Each
/// turn makes the line shorter or far likelier, so it ends.
std::optional<std::string> unmangled(std::string_view line, bool latin) {
  auto text = unmangled_once(line, latin);
  while (text) {
    auto next = unmangled_once(*text, true);
    if (!next) break;
    text = std::move(next);
  }
  return text;
}

bool looks_mangled(std::string_view line, bool latin) {
  const bool of_latin = latin && (has_remains(line, Misread::windows) ||
                                  has_remains(line, Misread::mac) || has_remains_of_gbk(line));
  return of_latin || is_filler(line) ||
         (may_be_utf8_in_gbk(line) && has_remains(line, Misread::gbk));
}

bool settle_mojibake(std::string_view text, Patients& lines) {
  bool any = false;
  std::optional<Mentions> mentions;  // made for the first line that is found
  for (Patient& line : lines) {
    if (!line.needs(kMojibake | kMangled) || line.fenced || line.sound) continue;
    const bool latin = line.needs(kMojibake);
    auto was = unmangled(line.text(), latin);
    line.sound = !was && !looks_mangled(line.text(), latin);
    if (line.sound) continue;
    if (!mentions) mentions.emplace(text, kSubjects, kNear);
    if (mentions->near(line.start(), line.end())) continue;
    line.mangled = !was;
    if (!was) continue;
    line.change({{0, line.text().size(), std::move(*was), RepairKind::mojibake}});
    any = true;
  }
  return any;
}

}  // namespace dedup::text
