// SPDX-License-Identifier: Apache-2.0
// Two questions about each document, and two homes:
//
//   near    bands → buckets, archive → candidates → sketches compared     kept_, on disk
//   same    fingerprint of the sequence → keys_                           with the other keys
//
// Invariants: as in near_index.cc: ids ascend with documents, what is on disk is earlier, so the
// first candidate that qualifies is the earliest. Under Documents::exact sketches are empty and
// only the second question is asked. A document whose title vetoes is a candidate as any other and
// fills a place of its buckets: of seventeen of one template the last is nobody's witness.
#include "memory/document_index.h"

#include <algorithm>
#include <utility>

#include "numbers/title.h"

namespace dedup::memory {
namespace {

constexpr std::size_t title_words(std::size_t units) noexcept {
  constexpr std::size_t kUnits = sizeof(std::uint64_t) / sizeof(char16_t);
  return (units + kUnits - 1) / kUnits;
}

}  // namespace

/// A chain: the fingerprint of all so far and the next. One block without a key breaks it for good,
/// since a document that holds something damaged is the same as no other.
void DocumentReader::feed(std::uint32_t weight,
                          const std::optional<numbers::Fingerprint>& fingerprint) {
  weight_ += weight;
  if (sequence_ && fingerprint) {
    sequence_ = fingerprinter_.of_run(*sequence_, *fingerprint, {});
  } else {
    sequence_.reset();
  }
}

void DocumentReader::open(std::u16string_view title) {
  if (!title_) {
    title_.emplace(title);
  }
}

/// Leaves the reader as it was made, ready for the next document.
DocumentFacts DocumentReader::finish() {
  DocumentFacts facts{.weight = weight_, .sequence = sequence_};
  facts.title = std::move(title_).value_or(std::u16string{});
  title_.reset();
  facts.near = near_;
  if (near_) {
    auto [bands, sketch] = sampler_.take_whole();
    facts.bands = bands;
    facts.sketch = std::move(sketch);
  }
  weight_ = 0;
  sequence_ = numbers::Fingerprint{};
  return facts;
}

DocumentIndex::DocumentIndex(double threshold, KeyHome& keys, Budget& budget, NearHome* file,
                             bool takes)
    : threshold_(threshold), budget_(budget), keys_(keys), file_(file), takes_(takes) {
  budget_.join(*this);
}

/// Near-duplicates first: a document that is one must not become the witness of its exact copies.
/// And an exact copy is nearly like its original, and like no document that the original is not
/// like.
std::optional<NearVerdict> DocumentIndex::find_or_add(const DocumentFacts& facts,
                                                      std::uint64_t document) {
  if (facts.weight < kLeastWeight) {
    return std::nullopt;
  }
  if (const auto near = find_near(facts)) {
    return near;
  }
  if (const auto same = find_same(facts, document)) {
    return same;
  }
  add_near(facts, document);
  return std::nullopt;
}

/// Asks and remembers in one step, so it comes last before the document is kept.
std::optional<NearVerdict> DocumentIndex::find_same(const DocumentFacts& facts,
                                                    std::uint64_t document) {
  if (!facts.sequence) {
    return std::nullopt;
  }
  answers_.clear();
  const Ask ask{*facts.sequence, {}};
  keys_.find_or_insert(Kind::document, document, std::span(&ask, 1), answers_);
  return answers_.empty()
             ? std::nullopt
             : std::optional(NearVerdict{.first = {.document = answers_.front().first.document},
                                         .similarity = 1});
}

/// A candidate shares several bands as a rule, and is compared once: hence sorted, which also makes
/// the first that qualifies the earliest. Those in the file and on disk come first: they are
/// earlier.
std::optional<NearVerdict> DocumentIndex::find_near(const DocumentFacts& facts) {
  if (facts.sketch.empty()) {
    return std::nullopt;
  }
  Buckets::Counts before{};
  if (file_ != nullptr) {
    if (const auto found = find_near(facts, *file_, before)) return found;
  }
  if (archive_) {
    if (const auto found = find_near(facts, *archive_, before)) return found;
  }
  candidates_.clear();
  buckets_.for_each(facts.bands, before, [&](std::uint32_t id) { candidates_.push_back(id); });
  std::sort(candidates_.begin(), candidates_.end());
  candidates_.erase(std::unique(candidates_.begin(), candidates_.end()), candidates_.end());
  for (const std::uint32_t id : candidates_) {
    if (const auto found = compare(facts, kept_[id])) {
      return found;
    }
  }
  return std::nullopt;
}

std::optional<NearVerdict> DocumentIndex::find_near(const DocumentFacts& facts, NearHome& home,
                                                    Buckets::Counts& met) const {
  for (const std::uint64_t at : home.find(facts.bands, met)) {
    if (const auto found = compare(facts, read(home.read(at)))) {
      return found;
    }
  }
  return std::nullopt;
}

/// The sketches first: few pairs get as far as their titles.
std::optional<NearVerdict> DocumentIndex::compare(const DocumentFacts& facts,
                                                  const Kept& earlier) const {
  const numbers::Resemblance found = numbers::resemblance(facts.sketch, earlier.sketch);
  return found.reaches(threshold_) && numbers::titles_agree(facts.title, earlier.title)
             ? std::optional(NearVerdict{.first = {.document = earlier.document},
                                         .similarity = found.value()})
             : std::nullopt;
}

/// Room is made before the id is settled: that may spill all, after which ids begin anew.
void DocumentIndex::add_near(const DocumentFacts& facts, std::uint64_t document) {
  if (facts.sketch.empty()) {
    return;
  }
  const std::size_t words = facts.sketch.size() + title_words(facts.title.size());
  make_room(words);
  if (!buckets_.add(facts.bands, static_cast<std::uint32_t>(kept_.size()))) {
    return;  // nobody would find it
  }
  std::uint64_t* const sketch = arena_.allocate(words);
  std::copy(facts.sketch.begin(), facts.sketch.end(), sketch);
  auto* const title = reinterpret_cast<char16_t*>(sketch + facts.sketch.size());
  std::copy(facts.title.begin(), facts.title.end(), title);
  kept_.push_back({.sketch = {sketch, facts.sketch.size()},
                   .title = {title, facts.title.size()},
                   .document = document});
  pending_ = std::max(pending_, document + 1);
}

/// Asks the budget for it, upon which all so far may go to disk.
void DocumentIndex::make_room(std::size_t words) {
  if (!budget_.limited()) {
    return;
  }
  const std::size_t more = kept_.size() == kept_.capacity() ? 2 * kept_.size() + 1 : 0;
  budget_.reserve(buckets_.growth() + more * sizeof(Kept) + arena_.growth(words));
}

/// A record as read() takes it apart:
///
///   document | units of the title | the title | sketch
void DocumentIndex::spill() {
  home().add(buckets_, static_cast<std::uint32_t>(kept_.size()),
             [this](std::uint32_t id, std::vector<std::uint64_t>& words) {
               const Kept& kept = kept_[id];
               words.insert(words.end(), {kept.document, kept.title.size()});
               const std::size_t start = words.size();
               words.resize(start + title_words(kept.title.size()));
               std::copy(kept.title.begin(), kept.title.end(),
                         reinterpret_cast<char16_t*>(words.data() + start));
               words.insert(words.end(), kept.sketch.begin(), kept.sketch.end());
             });
  buckets_ = Buckets();
  kept_ = std::vector<Kept>();
  arena_.release();
  pending_ = 0;
}

NearHome& DocumentIndex::home() {
  if (takes_) return *file_;
  if (!archive_) archive_.emplace(budget_);
  return *archive_;
}

DocumentIndex::Kept DocumentIndex::read(std::span<const std::uint64_t> words) noexcept {
  constexpr std::size_t kHead = 2;
  const std::size_t units = words[1];
  return {.sketch = words.subspan(kHead + title_words(units)),
          .title = {reinterpret_cast<const char16_t*>(words.data() + kHead), units},
          .document = words[0]};
}

std::size_t DocumentIndex::memory() const noexcept {
  return spillable() + (archive_ ? archive_->memory() : 0);
}

std::size_t DocumentIndex::spillable() const noexcept {
  return buckets_.memory() + kept_.capacity() * sizeof(Kept) + arena_.memory();
}

}  // namespace dedup::memory
