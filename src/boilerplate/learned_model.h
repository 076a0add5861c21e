// SPDX-License-Identifier: Apache-2.0
// The model of learned boilerplate: which blocks recur in the documents of a site, and beside which
// others they usually stand.
//
//   首页 | 新闻 | 体育           known, usual neighbour below: 热播榜
//   热播榜                       known, usual neighbour above
//   春天的早晨…                  not known
//   热播榜                       known, but in strange company: stays
//   更新快，无弹窗！             known to be on most pages, in any company
//   |                            the same, without a key: goes between two blocks that go
//   2031-04-03 19:09             its frame is known, and its usual neighbour above
//
// A known block goes where one of its usual neighbours stands beside it, or at the edge of the
// document if it was learned there; one lighter than 12 also between two blocks of boilerplate. So
// a headline that was learned in a list of teasers stays above its own article.
//
// Format: a line of text, the head, entries in the order of their fingerprints, a checksum; numbers
// little-endian. Fingerprints are under a secret of the model's own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "numbers/fingerprint.h"
#include "walls/hash.h"

namespace dedup::boilerplate {

/// A site as a number under the secret of a model; 0 is none.
using Host = std::uint64_t;

/// The host part of a URL in lower case, without port and "www."; empty where there is none.
[[nodiscard]] std::string host_name(std::string_view url);
[[nodiscard]] Host host_number(const numbers::Fingerprinter& fingerprinter, std::string_view url);

/// What a neighbour is known by; never 0.
[[nodiscard]] std::uint32_t short_print(const numbers::Fingerprint& print) noexcept;
/// What a block of one host is known by.
[[nodiscard]] numbers::Fingerprint print_at(const numbers::Fingerprinter& fingerprinter,
                                            const numbers::Fingerprint& print, Host host) noexcept;

/// Heavier blocks are neither learned nor looked up; the same bounds as for the rules.
inline constexpr std::uint32_t kHeaviestLearned = 250;
inline constexpr std::size_t kLongestLearned = 2000;  // units of the key
/// Lighter blocks need more evidence to be learned, and less company to go.
inline constexpr std::uint32_t kLightLearned = 12;

struct ModelEntry {
  numbers::Fingerprint print;
  std::uint32_t before = 0;  ///< short print of the usual neighbour above; 0: there is none
  std::uint32_t after = 0;
  std::uint32_t documents = 0;
  bool at_edge = false;   ///< usually the first or last block
  bool anywhere = false;  ///< on most pages, in no company
};

struct ModelHead {
  hash::Hasher::Seed secret{};
  std::uint32_t min_documents = 0;
  std::uint32_t missed = 0;  ///< memory ran short: blocks may occur in so many documents more
  std::uint64_t documents = 0;
};

/// The bytes of a model; the entries in any order, each fingerprint once.
[[nodiscard]] std::string write_model(const ModelHead& head, std::vector<ModelEntry> entries);

/// Immutable, shareable between threads. 40 to 52 bytes an entry.
class BoilerplateModel {
 public:
  /// Throws FormatError for bytes that are no model, are damaged, or come from another version of
  /// the format or the key recipe.
  explicit BoilerplateModel(std::string_view bytes);

  /// A block as the model sees it. Blocks without a key are passed over: they are no neighbours,
  /// and known as marks if at all.
  struct Sighting {
    const ModelEntry* known = nullptr;
    std::uint32_t print = 0;
    std::uint32_t weight = 0;
    bool ruled = false;    ///< boilerplate by another rule: company for what is known
    bool learned = false;  ///< set by settle(): boilerplate by this model
  };

  /// Looks a block up: its text, repaired and without line end, and its key, not empty. Allocates
  /// nothing.
  [[nodiscard]] Sighting look_up(std::string_view line, std::u16string_view key,
                                 std::uint32_t weight, Host host, bool ruled) const;

  /// Looks up a line without a key, by its mark_key() (frame.h).
  [[nodiscard]] Sighting look_up_mark(std::u16string_view mark, Host host) const;

  /// Decides about blocks that follow one another; the first and the last are taken for the edges
  /// of the document.
  static void settle(std::span<Sighting> blocks) noexcept;

  /// Decides about a mark that stands before block `next` of those that were settled.
  static void settle_mark(Sighting& mark, std::span<const Sighting> blocks,
                          std::size_t next) noexcept;

  /// "learned: 37 documents", for a sighting that is known; lives as long as the model.
  [[nodiscard]] std::string_view reason(const Sighting& sighting) const;

  [[nodiscard]] Host host(std::string_view url) const { return host_number(fingerprinter_, url); }
  [[nodiscard]] const ModelHead& head() const noexcept { return head_; }
  [[nodiscard]] std::span<const ModelEntry> entries() const noexcept { return entries_; }

 private:
  [[nodiscard]] const ModelEntry* find(const numbers::Fingerprint& print) const noexcept;
  [[nodiscard]] const ModelEntry* find(const numbers::Fingerprint& print, Host host) const noexcept;
  void index();

  ModelHead head_;
  numbers::Fingerprinter fingerprinter_;
  std::vector<ModelEntry> entries_;
  std::vector<std::uint32_t> slots_;  // 1 + the entry's place; 0 is empty
  std::map<std::uint32_t, std::string> reasons_;
};

}  // namespace dedup::boilerplate
