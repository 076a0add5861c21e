// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/document_copies.h"

#include <algorithm>
#include <optional>

namespace dedup::boilerplate {
namespace {

constexpr std::uint64_t kLeastShared = 60;
constexpr std::uint32_t kNotice = 3;  // a block of so many groups belongs to none

}  // namespace

bool DocumentCopies::is_copy(std::uint64_t document, std::span<const Block> text) {
  const auto same = documents_.find(document);
  if (same != documents_.end()) return true;
  const std::optional<std::uint64_t> earlier = likest(text);
  const std::uint64_t group = earlier ? *earlier : groups_++;
  documents_.emplace(document, group);
  for (const Block& block : text) {
    const auto [at, fresh] = seen_.try_emplace(block.print, Seen{group, group, 1});
    if (fresh || earlier || at->second.last == group) continue;
    at->second.last = group;
    at->second.groups += at->second.groups < kNotice ? 1 : 0;
  }
  if (seen_.size() + documents_.size() > max_) forget();
  return earlier.has_value();
}

/// The group that shares most with the document, if that makes it a copy; of equals the earliest.
std::optional<std::uint64_t> DocumentCopies::likest(std::span<const Block> text) {
  shared_.clear();
  std::uint64_t total = 0;
  for (const Block& block : text) {
    total += block.weight;
    const auto at = seen_.find(block.print);
    if (at != seen_.end() && at->second.groups < kNotice) {
      shared_[at->second.group] += block.weight;
    }
  }
  const auto most = std::ranges::max_element(shared_, [](const auto& left, const auto& right) {
    return left.second != right.second ? left.second < right.second : left.first > right.first;
  });
  if (most == shared_.end() || most->second < kLeastShared || 2 * most->second < total) {
    return std::nullopt;
  }
  return most->first;
}

/// Halves of documents, not of blocks: what is forgotten depends on the order of the input alone.
void DocumentCopies::forget() {
  std::uint64_t oldest = groups_;
  for (const auto& [print, group] : documents_) oldest = std::min(oldest, group);
  const std::uint64_t middle = oldest + (groups_ - oldest + 1) / 2;
  std::erase_if(seen_, [&](const auto& entry) { return entry.second.group < middle; });
  std::erase_if(documents_, [&](const auto& entry) { return entry.second < middle; });
}

}  // namespace dedup::boilerplate
