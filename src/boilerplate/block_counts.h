// SPDX-License-Identifier: Apache-2.0
// Block counts: in how many documents each block occurs, and what stands beside it there. From them
// a model is made. A block is learned if it occurs in enough documents and
//
//   in company   in half of them the same block stands above it, or the same below it, structure
//                (outline.h) aside; of one that ends in a colon only what is below counts
//   or at edges  in four of five of them it is the first or the last block, and so in one document
//                in five of the site; weight ≥ 12
//   or on most   it is in three of five documents of the site, in no company that it keeps to: it
//                moves about, as an advert does, or stands between texts, as 简介 does. Structure,
//                labels and code aside
//
// All but headlines (weight 12 to 24 without a comma or the like) must be in one document in fifty
// of the site, too: short lines meet by chance, and running text is quoted. Copies of a document
// count once (document_copies.h); structure is never learned. Headings, formulae of law and
// quotations recur beside ever other text, furniture stands in its place. What has company must
// have it to go (learned_model.h), though it be on all pages: a headline from a list of teasers
// stays above its own article.
//
// Two things are counted beside blocks, and learned from three documents in five:
//
//   marks        lines without a key, such as |
//   frames       blocks that differ in figures only, such as a date (frame.h); in company
//
// Where documents have a URL, each block is counted for its host and for all; the latter makes it
// known everywhere if there was more than one host. Documents without URL count for all.
//
// Memory is bounded by lossy counting (Manku and Motwani, 2002): when there are too many keys and
// hosts, a level rises and those that stay below it go. A count is then at most that level too low.
// A host that goes takes along what was counted for it alone, so that of a host that is there its
// documents are known to the last since it came, and no block has a larger share of them than is
// true.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "boilerplate/document_copies.h"
#include "boilerplate/learned_model.h"
#include "dedup/learn.h"
#include "numbers/fingerprint.h"

namespace dedup::boilerplate {

/// A block with a key, as it is counted.
struct CountedBlock {
  numbers::Fingerprint print;
  std::uint32_t weight = 0;
  bool may_be_learned = false;  ///< neither structure nor too heavy
  bool lead_in = false;         ///< announces what follows
  bool plain = false;           ///< without a comma or the like: a headline, by its weight
  bool may_roam = false;        ///< may be learned without company: neither a label nor code
  /// Of what it is but for its figures, if it has such a frame.
  std::optional<numbers::Fingerprint> frame;
};

/// One thread at a time. Memory: about 100 bytes a key, two keys for a block of a page with a URL,
/// one for its host, and 50 bytes for a block of weight 20 (document_copies.h).
class BlockCounts {
 public:
  BlockCounts(const LearnOptions& options, const hash::Hasher::Seed& secret);

  [[nodiscard]] const numbers::Fingerprinter& fingerprinter() const noexcept {
    return fingerprinter_;
  }

  /// Counts the blocks of a document, in their order, and the marks that stand between them; each
  /// key once.
  void add(std::span<const CountedBlock> document, Host host,
           std::span<const numbers::Fingerprint> marks = {});

  /// How much too low a count may be, as there were too many keys and hosts; 0: all are exact.
  [[nodiscard]] std::uint32_t missed() const noexcept { return level_; }

  /// What was learned so far. The same documents in the same order give the same bytes.
  [[nodiscard]] std::string model() const;

 private:
  /// The neighbour on one side that most documents have, found by majority vote: one that is
  /// outvoted gives way to the next.
  struct Side {
    std::uint32_t print = 0;
    std::uint32_t votes = 0;
    std::uint32_t against = 0;
    void see(std::uint32_t neighbour) noexcept;
  };

  enum class Is : std::uint8_t { block, mark, frame };

  struct Tally {
    std::uint32_t documents = 0;
    std::uint32_t late = 0;  // the level when it came
    std::uint32_t edges = 0;
    bool light = false;
    bool headline = false;
    bool may_roam = false;
    bool word = false;  // too light for a headline
    Is is = Is::block;
    Side before, after;
    Host host = 0;           // the first
    bool scoped = false;     // counts for that host alone
    bool elsewhere = false;  // seen on another host, too
  };

  struct Site {
    std::uint64_t documents = 0;  // copies counted once
    std::uint32_t late = 0;       // as above
  };

  struct Place {
    std::uint32_t before = 0;
    std::uint32_t after = 0;
    bool edge = false;
  };

  struct PrintHash {
    std::size_t operator()(const numbers::Fingerprint& print) const noexcept {
      return static_cast<std::size_t>(print.low);
    }
  };

  /// What is counted, wherever it was found.
  struct Found {
    numbers::Fingerprint print;
    Is is = Is::block;
    const CountedBlock* block = nullptr;  ///< that it is, or is the frame of
    Place place;
  };

  bool is_copy(std::span<const CountedBlock> document);
  void count(const Found& found, Host host);
  static void count(Tally& tally, const Found& found);
  void prune();
  void drop_rare();
  [[nodiscard]] std::uint64_t documents_for(const Tally& tally) const;
  [[nodiscard]] bool is_learned(const Tally& tally, ModelEntry& entry) const;
  [[nodiscard]] bool is_furniture(const Tally& tally, ModelEntry& entry) const;

  LearnOptions options_;
  hash::Hasher::Seed secret_;
  numbers::Fingerprinter fingerprinter_;
  DocumentCopies copies_;
  std::unordered_map<numbers::Fingerprint, Tally, PrintHash> tallies_;
  std::unordered_map<Host, Site> sites_;
  std::uint64_t documents_ = 0;  // of all hosts and of none
  std::uint32_t level_ = 0;
};

}  // namespace dedup::boilerplate
