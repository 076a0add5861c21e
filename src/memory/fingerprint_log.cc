// SPDX-License-Identifier: Apache-2.0
#include "memory/fingerprint_log.h"

#include <algorithm>
#include <span>

namespace dedup::memory {

void FingerprintLog::push(const numbers::Fingerprint& fingerprint) {
  if (budget_.limited() && list_.size() == list_.capacity()) {
    budget_.reserve((list_.size() + 1) * sizeof fingerprint);  // whereupon it may be on disk
  }
  list_.push_back(fingerprint);
}

/// The next of those on disk from number `at` on; false at their end.
bool FingerprintLog::read(std::uint64_t at, std::vector<numbers::Fingerprint>& part) {
  constexpr std::uint64_t kPart = 4096;
  part.resize(static_cast<std::size_t>(std::min(kPart, spilled_ - at)));
  if (!part.empty()) {
    file_->read(at * sizeof part.front(), std::as_writable_bytes(std::span(part)));
  }
  return !part.empty();
}

void FingerprintLog::spill() {
  if (file_ == nullptr) {
    file_ = budget_.scratch().create();
  }
  file_->append(std::as_bytes(std::span(list_)));
  spilled_ += list_.size();
  std::vector<numbers::Fingerprint>().swap(list_);  // an assignment would keep the memory
}

void FingerprintLog::clear() noexcept {
  list_.clear();
  file_.reset();
  spilled_ = 0;
}

}  // namespace dedup::memory
