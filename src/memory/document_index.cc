#include "memory/document_index.h"

#include <algorithm>
#include <utility>

namespace dedup::memory {

void DocumentReader::feed(std::u16string_view key, std::uint32_t weight,
                          const std::optional<numbers::Fingerprint>& fingerprint) {
  weight_ += weight;
  if (sequence_ && fingerprint) {
    sequence_ = fingerprinter_.of_run(*sequence_, *fingerprint, {});
  } else {
    sequence_.reset();
  }
  if (near_) {
    shingler_.feed(key, [this](std::uint64_t shingle) { take(shingle); });
  }
}

DocumentFacts DocumentReader::finish() {
  DocumentFacts facts{.weight = weight_, .sequence = sequence_};
  if (near_) {
    shingler_.finish([this](std::uint64_t shingle) { take(shingle); });
    facts.sketch = sketcher_.finish();
    facts.bands = signature_.bands();
  }
  weight_ = 0;
  sequence_ = numbers::Fingerprint{};
  shingler_ = {};
  signature_ = {};
  return facts;
}

/// Near-duplicates first: a document that is one must not become the witness of its exact copies.
/// And an exact copy is nearly like its original, and like no document that the original is not
/// like.
std::optional<NearVerdict> DocumentIndex::find_or_add(DocumentFacts facts, std::uint64_t document) {
  if (facts.weight < kLeastWeight) {
    return std::nullopt;
  }
  if (const auto near = find_near(facts)) {
    return near;
  }
  if (facts.sequence) {
    if (const auto earlier = sequences_.find_or_insert(*facts.sequence, document)) {
      return NearVerdict{.first = {.document = *earlier}, .similarity = 1};
    }
  }
  add_near(std::move(facts), document);
  return std::nullopt;
}

std::optional<NearVerdict> DocumentIndex::find_near(const DocumentFacts& facts) {
  if (facts.sketch.empty()) {
    return std::nullopt;
  }
  candidates_.clear();
  buckets_.for_each(facts.bands, [&](std::uint32_t id) { candidates_.push_back(id); });
  std::sort(candidates_.begin(), candidates_.end());
  candidates_.erase(std::unique(candidates_.begin(), candidates_.end()), candidates_.end());
  for (const std::uint32_t id : candidates_) {
    const numbers::Resemblance found = numbers::resemblance(facts.sketch, kept_[id].sketch);
    if (found.reaches(threshold_)) {
      return NearVerdict{.first = {.document = kept_[id].document}, .similarity = found.value()};
    }
  }
  return std::nullopt;
}

void DocumentIndex::add_near(DocumentFacts facts, std::uint64_t document) {
  if (facts.sketch.empty() ||
      !buckets_.add(facts.bands, static_cast<std::uint32_t>(kept_.size()))) {
    return;
  }
  sketch_bytes_ += facts.sketch.capacity() * sizeof(std::uint64_t);
  kept_.push_back({.sketch = std::move(facts.sketch), .document = document});
}

std::size_t DocumentIndex::memory() const noexcept {
  return buckets_.memory() + kept_.capacity() * sizeof(Kept) + sketch_bytes_;
}

}  // namespace dedup::memory
