// SPDX-License-Identifier: Apache-2.0
// What is held is one tally for each print, and a print stands for one of three things:
//
//   block   相关阅读          frame   已有 <n> 人评论          mark   |
//
//   add()    a document → each of its prints once → count(): for all documents, and for its host
//   prune()  where there are too many, the rarest go, and level_ says how rare those were
//   model()  tally → is_learned(): often enough, on more than one site → is_furniture(): and where
//
// Invariants: a print is counted once in a document, however often it stands there; a tally that
// came late may have been dropped before, at most `late` documents of it; company is counted by
// majority vote (Boyer and Moore), so that a tally has a fixed size whatever stood beside it.
#include "boilerplate/block_counts.h"

#include <algorithm>
#include <cstddef>
#include <unordered_set>

namespace dedup::boilerplate {
namespace {

constexpr std::uint32_t kHeaviestHeadline = 24;
constexpr std::uint32_t kLightestHeadline = 6;

/// What a neighbour counts as; 0 for one that stays whatever happens, such as the heading over a
/// formula.
std::uint32_t company(const CountedBlock& neighbour) {
  return neighbour.may_be_learned ? short_print(neighbour.print) : 0;
}

}  // namespace

BlockCounts::BlockCounts(const LearnOptions& options, const hash::Hasher::Seed& secret)
    : options_(options), secret_(secret), fingerprinter_(secret), copies_(options.max_keys) {}

/// A neighbour that stands there in more than half of the documents is sure to be held in the end.
/// One that was voted out begins anew, so votes are never more than were cast.
void BlockCounts::Side::see(std::uint32_t neighbour) noexcept {
  if (neighbour == print) {
    ++votes;
  } else if (votes <= against) {
    *this = {neighbour, 1, 0};
  } else {
    ++against;
  }
}

/// Of a lead-in only what is below it counts: what it announces. Marks
/// have no neighbours of their own: they are between the blocks.
void BlockCounts::add(std::span<const CountedBlock> document, Host host,
                      std::span<const numbers::Fingerprint> marks) {
  if (is_copy(document)) return;
  ++documents_;
  if (host != 0) ++sites_.try_emplace(host, Site{0, level_}).first->second.documents;
  std::unordered_set<numbers::Fingerprint, PrintHash> counted;
  for (std::size_t i = 0; i < document.size(); ++i) {
    const CountedBlock& block = document[i];
    if (!block.may_be_learned || !counted.insert(block.print).second) continue;
    Place place;
    place.edge = i == 0 || i + 1 == document.size();
    if (i > 0 && !block.lead_in) place.before = company(document[i - 1]);
    if (i + 1 < document.size()) place.after = company(document[i + 1]);
    count({block.print, Is::block, &block, place}, host);
    if (block.frame && counted.insert(*block.frame).second)
      count({*block.frame, Is::frame, &block, place}, host);
  }
  for (const numbers::Fingerprint& mark : marks) {
    if (counted.insert(mark).second) count({mark, Is::mark, nullptr, {}}, host);
  }
  if (tallies_.size() + sites_.size() > options_.max_keys) prune();
}

/// The digest of all prints tells a document that is the same; those of its heavy blocks, each
/// once, tell one that is the same but for its frame.
bool BlockCounts::is_copy(std::span<const CountedBlock> document) {
  std::unordered_set<std::uint64_t> taken;
  std::vector<DocumentCopies::Block> text;
  numbers::Fingerprint all;
  for (const CountedBlock& block : document) {
    all = fingerprinter_.of_run(all, block.print, {});
    if (block.weight >= DocumentCopies::kHeavy && taken.insert(block.print.low).second) {
      text.push_back({block.print.low, block.weight});
    }
  }
  return copies_.is_copy(all.low, text);
}

/// Twice where there is a host: for all, which must tell whether it was seen elsewhere, and for the
/// host alone.
void BlockCounts::count(const Found& found, Host host) {
  const auto [all, fresh] = tallies_.try_emplace(found.print);
  if (fresh) all->second.late = level_;
  if (fresh) all->second.host = host;
  all->second.elsewhere |= all->second.host != host;
  count(all->second, found);
  if (host == 0) return;
  const auto [own, first] = tallies_.try_emplace(print_at(fingerprinter_, found.print, host));
  if (first) own->second.late = level_;
  own->second.host = host;
  own->second.scoped = true;
  count(own->second, found);
}

/// Of a frame it is the last block that says how heavy and how plain it is: they are alike.
void BlockCounts::count(Tally& tally, const Found& found) {
  ++tally.documents;
  tally.is = found.is;
  if (found.block == nullptr) return;
  const CountedBlock& block = *found.block;
  tally.light = block.weight < kLightLearned;
  tally.headline = block.plain && !tally.light && block.weight <= kHeaviestHeadline;
  tally.may_roam = block.may_roam;
  tally.word = block.weight < kLightestHeadline;
  if (found.place.edge) ++tally.edges;
  if (found.place.before != 0) tally.before.see(found.place.before);
  if (found.place.after != 0) tally.after.see(found.place.after);
}

/// The bound holds between documents.
void BlockCounts::prune() {
  while (tallies_.size() + sites_.size() > options_.max_keys - options_.max_keys / 4) {
    ++level_;
    drop_rare();
  }
}

/// What a host takes along is no more common than its documents, so the level is true of that, too.
void BlockCounts::drop_rare() {
  const auto is_rare = [&](const auto& count) { return count.documents + count.late <= level_; };
  std::erase_if(sites_, [&](const auto& entry) { return is_rare(entry.second); });
  std::erase_if(tallies_, [&](const auto& entry) {
    const Tally& tally = entry.second;
    return is_rare(tally) || (tally.scoped && !sites_.contains(tally.host));
  });
}

/// What its documents are a part of: those of its site, or all.
std::uint64_t BlockCounts::documents_for(const Tally& tally) const {
  return tally.scoped ? sites_.at(tally.host).documents : documents_;
}

/// What was seen on one site only is learned for that site, by its own tally, and not for all.
bool BlockCounts::is_learned(const Tally& tally, ModelEntry& entry) const {
  const bool one_site = !tally.scoped && tally.host != 0 && !tally.elsewhere;
  if (tally.documents < options_.min_documents || one_site) return false;
  entry.documents = tally.documents;
  return is_furniture(tally, entry);
}

/// What stands between texts or moves about has no usual neighbour, and what has one is found by
/// it. Only words too short for a headline may be both, since they stand in several places: 简介.
/// A frame is weaker evidence than a block.
bool BlockCounts::is_furniture(const Tally& tally, ModelEntry& entry) const {
  const std::uint64_t documents = tally.documents;
  const std::uint64_t site = documents_for(tally);
  const bool on_most = 5 * documents >= 3 * site;
  if (tally.is == Is::mark) return on_most;
  if (tally.is == Is::frame && !on_most) return false;
  if (!tally.headline && 50 * documents < site) return false;
  const auto usual = [&](const Side& side) {
    return 2ULL * side.votes >= documents ? side.print : 0;
  };
  entry.before = usual(tally.before);
  entry.after = usual(tally.after);
  const bool company = entry.before != 0 || entry.after != 0;
  if (tally.is == Is::frame) return company;
  entry.at_edge = !tally.light && 5ULL * tally.edges >= 4 * documents && 5 * documents >= site;
  entry.anywhere = on_most && tally.may_roam && (!company || tally.word);
  return company || entry.at_edge || entry.anywhere;
}

/// In no order of its own: write_model() sorts.
std::string BlockCounts::model() const {
  std::vector<ModelEntry> entries;
  for (const auto& [print, tally] : tallies_) {
    ModelEntry entry{.print = print};
    if (is_learned(tally, entry)) entries.push_back(entry);
  }
  return write_model({.secret = secret_,
                      .min_documents = options_.min_documents,
                      .missed = level_,
                      .documents = documents_},
                     std::move(entries));
}

}  // namespace dedup::boilerplate
