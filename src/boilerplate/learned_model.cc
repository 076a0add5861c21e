// SPDX-License-Identifier: Apache-2.0
// The bytes of a model, and what is made of them. Numbers are little-endian on every machine.
//
//   title       26   "dedup boilerplate model 2\n"
//   recipe      16   key_recipe(): another one gives other keys, which have other prints
//   secret      32   of the fingerprints, and of the numbers of hosts
//   head        24   min_documents 4, missed 4, documents 8, how many entries 8
//   entries     32   each: print 16, before 4, after 4, documents 4, flags 4
//   checksum    16   of all that is before it
//
//   bytes -> checked() -> head_, entries_ -> index() -> slots_
//   block -> look_up() -> Sighting; all blocks of a document -> settle()
//   line without a key -> look_up_mark() -> Sighting; behind the blocks -> settle_mark()
//
// A look-up costs a fingerprint or two and a probe each; settle() is linear and looks no further
// than one block up and down.
#include "boilerplate/learned_model.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "boilerplate/frame.h"
#include "boilerplate/outline.h"
#include "dedup/error.h"
#include "dedup/version.h"
#include "text/ascii.h"

namespace dedup::boilerplate {
namespace {

constexpr std::string_view kTitle = "dedup boilerplate model 2\n";
constexpr std::string_view kAnyTitle = "dedup boilerplate model ";
constexpr std::size_t kRecipe = 16;
constexpr std::size_t kEntry = 32;
constexpr std::size_t kChecksum = 16;
constexpr std::size_t kHead = kTitle.size() + kRecipe + sizeof(hash::Hasher::Seed) + 4 + 4 + 8 + 8;
constexpr std::uint32_t kAtEdge = 1;
constexpr std::uint32_t kAnywhere = 2;

template <typename Number>
void put(std::string& out, Number number) {
  for (std::size_t i = 0; i < sizeof number; ++i) {
    out += static_cast<char>(number >> (8 * i) & 0xFFU);
  }
}

template <typename Number>
Number take(std::string_view& bytes) {
  Number number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) {
    number |=
        static_cast<Number>(static_cast<Number>(static_cast<unsigned char>(bytes[i])) << (8 * i));
  }
  bytes.remove_prefix(sizeof number);
  return number;
}

/// Against damage, not against malice: the seed is public.
hash::Hash128 checksum(std::string_view bytes) {
  return hash::Hasher(hash::Hasher::Seed{})(std::as_bytes(std::span(bytes)));
}

[[noreturn]] void refuse(const std::string& fault) {
  throw FormatError("boilerplate model: " + fault);
}

/// The head and the entries as bytes, once title, recipe and checksum have been seen to be right.
/// In the order of what a user can do about it: another version is told before its bytes are
/// doubted, and another recipe only of a model that is whole.
std::string_view checked(std::string_view bytes) {
  if (!bytes.starts_with(kAnyTitle)) refuse("not a model");
  if (!bytes.starts_with(kTitle)) refuse("of another version of dedup; learn it again");
  if (bytes.size() < kHead + kChecksum) refuse("damaged: cut off");
  std::string_view sum = bytes.substr(bytes.size() - kChecksum);
  const hash::Hash128 actual = checksum(bytes.substr(0, bytes.size() - kChecksum));
  // In braces the first is taken first; in parentheses it need not be.
  const hash::Hash128 stored{take<std::uint64_t>(sum), take<std::uint64_t>(sum)};
  if (!(actual == stored)) refuse("damaged: the checksum does not fit");
  bytes.remove_prefix(kTitle.size());
  bytes.remove_suffix(kChecksum);
  if (!bytes.starts_with(key_recipe())) refuse("made with another key recipe; learn it again");
  return bytes.substr(kRecipe);
}

/// Requires what checked() has seen to: so many bytes are there. The same goes for read_entry().
ModelHead read_head(std::string_view& bytes) {
  ModelHead head;
  std::memcpy(head.secret.data(), bytes.data(), head.secret.size());
  bytes.remove_prefix(head.secret.size());
  head.min_documents = take<std::uint32_t>(bytes);
  head.missed = take<std::uint32_t>(bytes);
  head.documents = take<std::uint64_t>(bytes);
  return head;
}

ModelEntry read_entry(std::string_view& bytes) {
  ModelEntry entry;
  entry.print.low = take<std::uint64_t>(bytes);
  entry.print.high = take<std::uint64_t>(bytes);
  entry.before = take<std::uint32_t>(bytes);
  entry.after = take<std::uint32_t>(bytes);
  entry.documents = take<std::uint32_t>(bytes);
  const auto flags = take<std::uint32_t>(bytes);
  entry.at_edge = (flags & kAtEdge) != 0;
  entry.anywhere = (flags & kAnywhere) != 0;
  return entry;
}

}  // namespace

/// A URL that stands somewhere in another (`a/b?c=http://x`) is no host: nothing but a name may be
/// before the ://. HTTPS://www.Example.org:80/a -> example.org; http://[::1]:80/ -> [::1].
std::string host_name(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == url.npos || scheme == 0 || url.find_first_of("/?# \t") < scheme) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (const std::size_t user = url.rfind('@'); user != url.npos) url.remove_prefix(user + 1);
  url = url.substr(0, url.find(':', url.starts_with('[') ? url.find(']') : 0));  // [::1]:80
  std::string name(url);
  std::ranges::transform(name, name.begin(), text::lower);
  return name.starts_with("www.") ? name.substr(4) : name;
}

/// Never 0 where there is a host, since 0 says that there is none.
Host host_number(const numbers::Fingerprinter& fingerprinter, std::string_view url) {
  const std::string name = host_name(url);
  if (name.empty()) return 0;
  return std::max<Host>(fingerprinter.of(std::u16string(name.begin(), name.end())).low, 1);
}

std::uint32_t short_print(const numbers::Fingerprint& print) noexcept {
  return std::max(static_cast<std::uint32_t>(print.low), 1U);
}

/// So what one site has in common and what all have stand in the same table, and a block asks for
/// both: 讀者熱線 at a.example, then 讀者熱線 anywhere.
numbers::Fingerprint print_at(const numbers::Fingerprinter& fingerprinter,
                              const numbers::Fingerprint& print, Host host) noexcept {
  return fingerprinter.of_run(print, {host, 0}, {});
}

/// Sorted, so that the same documents and secret give the same bytes.
std::string write_model(const ModelHead& head, std::vector<ModelEntry> entries) {
  std::ranges::sort(entries, [](const ModelEntry& left, const ModelEntry& right) {
    return left.print.high != right.print.high ? left.print.high < right.print.high
                                               : left.print.low < right.print.low;
  });
  std::string bytes(kTitle);
  bytes += key_recipe();
  for (const std::byte byte : head.secret) bytes += static_cast<char>(byte);
  put(bytes, head.min_documents);
  put(bytes, head.missed);
  put(bytes, head.documents);
  put(bytes, std::uint64_t{entries.size()});
  for (const ModelEntry& entry : entries) {
    put(bytes, entry.print.low);
    put(bytes, entry.print.high);
    put(bytes, entry.before);
    put(bytes, entry.after);
    put(bytes, entry.documents);
    put(bytes, (entry.at_edge ? kAtEdge : 0U) | (entry.anywhere ? kAnywhere : 0U));
  }
  const hash::Hash128 sum = checksum(bytes);
  put(bytes, sum.low);
  put(bytes, sum.high);
  return bytes;
}

/// The number of entries must agree with the bytes that are there before any room is made for it,
/// and leave slots_ room for 1 + a place in 32 bits.
BoilerplateModel::BoilerplateModel(std::string_view bytes) : fingerprinter_(hash::Hasher::Seed{}) {
  bytes = checked(bytes);
  head_ = read_head(bytes);
  fingerprinter_ = numbers::Fingerprinter(head_.secret);
  const auto count = take<std::uint64_t>(bytes);
  if (count != bytes.size() / kEntry || bytes.size() % kEntry != 0 ||
      count >= std::numeric_limits<std::uint32_t>::max() / 2) {
    refuse("damaged: another length than its head gives");
  }
  entries_.reserve(count);
  while (!bytes.empty()) entries_.push_back(read_entry(bytes));
  index();
}

/// Open addressing, at most half full. Fingerprints are hashes, so their low bits do for the place.
void BoilerplateModel::index() {
  slots_.resize(std::bit_ceil(2 * entries_.size() + 1));
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    std::size_t at = entries_[i].print.low & (slots_.size() - 1);
    while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = static_cast<std::uint32_t>(i + 1);
    const std::uint32_t documents = entries_[i].documents;
    reasons_.try_emplace(documents, "learned: " + std::to_string(documents) + " documents");
  }
}

/// Ends at the first empty slot: there always is one, even in the single slot of an empty model.
const ModelEntry* BoilerplateModel::find(const numbers::Fingerprint& print) const noexcept {
  for (std::size_t at = print.low & (slots_.size() - 1); slots_[at] != 0;
       at = (at + 1) & (slots_.size() - 1)) {
    const ModelEntry& entry = entries_[slots_[at] - 1];
    if (entry.print == print) return &entry;
  }
  return nullptr;
}

/// A block too heavy to be known still has a print: it is a neighbour. Structure is asked of the
/// line though none is learned, since the key has lost the marks that make it one: 一、總體要求 has
/// the key of 一总体要求.
BoilerplateModel::Sighting BoilerplateModel::look_up(std::string_view line, std::u16string_view key,
                                                     std::uint32_t weight, Host host,
                                                     bool ruled) const {
  const numbers::Fingerprint print = fingerprinter_.of(key);
  Sighting sighting{.print = short_print(print), .weight = weight, .ruled = ruled};
  if (weight > kHeaviestLearned || key.size() > kLongestLearned) return sighting;
  const ModelEntry* known = find(print, host);
  if (known == nullptr) {
    const std::u16string frame = frame_key(line, key);
    if (!frame.empty()) known = find(fingerprinter_.of(frame), host);
  }
  if (known != nullptr && !is_outline(line, key)) sighting.known = known;
  return sighting;
}

BoilerplateModel::Sighting BoilerplateModel::look_up_mark(std::u16string_view mark,
                                                          Host host) const {
  const numbers::Fingerprint print = fingerprinter_.of(mark);
  return {.known = find(print, host), .print = short_print(print)};
}

/// What was learned on the site itself is the better evidence.
const ModelEntry* BoilerplateModel::find(const numbers::Fingerprint& print,
                                         Host host) const noexcept {
  const ModelEntry* known = host == 0 ? nullptr : find(print_at(fingerprinter_, print, host));
  return known != nullptr ? known : find(print);
}

/// The company of a block is what is known, not what goes: so no verdict hangs on another, and the
/// order in which they are made does not matter.
///
///   海濱日報社主辦    known, but its usual neighbour is not here: stays
///   登錄              known, weight 2, between two that are known: goes
///   海濱在線首頁      as the first
///
/// A neighbour that an entry has not is 0, which is the print of no block.
void BoilerplateModel::settle(std::span<Sighting> blocks) noexcept {
  const auto furniture = [&](std::size_t i) {
    return blocks[i].ruled || blocks[i].known != nullptr;
  };
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    Sighting& block = blocks[i];
    if (block.known == nullptr) continue;
    const bool first = i == 0;
    const bool last = i + 1 == blocks.size();
    const bool usual = (!first && blocks[i - 1].print == block.known->before) ||
                       (!last && blocks[i + 1].print == block.known->after);
    const bool between =
        block.weight < kLightLearned && !first && !last && furniture(i - 1) && furniture(i + 1);
    block.learned =
        usual || between || block.known->anywhere || ((first || last) && block.known->at_edge);
  }
}

/// A mark by itself says nothing: a row of dots parts the scenes of a story as well. So both sides
/// must go; at the edge of the document one side is enough.
void BoilerplateModel::settle_mark(Sighting& mark, std::span<const Sighting> blocks,
                                   std::size_t next) noexcept {
  const auto goes = [&](std::size_t i) { return blocks[i].ruled || blocks[i].learned; };
  const bool above = next == 0 || goes(next - 1);
  const bool below = next == blocks.size() || goes(next);
  mark.learned = mark.known != nullptr && !blocks.empty() && above && below;
}

/// Written once for each number of documents, by index(), so that telling it allocates nothing.
std::string_view BoilerplateModel::reason(const Sighting& sighting) const {
  return sighting.known == nullptr ? std::string_view()
                                   : std::string_view(reasons_.at(sighting.known->documents));
}

}  // namespace dedup::boilerplate
