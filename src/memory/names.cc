// SPDX-License-Identifier: Apache-2.0
#include "memory/names.h"

#include <span>

namespace dedup::memory {

void Names::add(std::string_view name) {
  if (budget_.limited()) {
    const bool grows = bytes_.size() + name.size() > bytes_.capacity();
    const bool more = ends_.size() == ends_.capacity();
    budget_.reserve((grows ? bytes_.capacity() + name.size() : 0) +
                    (more ? (ends_.size() + 1) * sizeof(std::uint64_t) : 0));
  }
  bytes_ += name;
  ends_.push_back(spilled_bytes_ + bytes_.size());
}

std::string Names::at(std::uint64_t document) {
  if (document >= spilled_names_ + ends_.size()) {
    return {};
  }
  const std::uint64_t start = document == 0 ? 0 : end_of(document - 1);
  const std::uint64_t end = end_of(document);
  if (start >= spilled_bytes_) {
    return bytes_.substr(start - spilled_bytes_, end - start);
  }
  std::string name(end - start, '\0');  // one that is spilled is spilled whole
  bytes_file_->read(start, std::as_writable_bytes(std::span(name)));
  return name;
}

std::uint64_t Names::end_of(std::uint64_t document) {
  if (document >= spilled_names_) {
    return ends_[document - spilled_names_];
  }
  std::uint64_t end = 0;
  ends_file_->read(document * sizeof end, std::as_writable_bytes(std::span(&end, 1)));
  return end;
}

void Names::spill() {
  if (bytes_file_ == nullptr) {
    bytes_file_ = budget_.scratch().create();
    ends_file_ = budget_.scratch().create();
  }
  bytes_file_->append(std::as_bytes(std::span(bytes_)));
  ends_file_->append(std::as_bytes(std::span(ends_)));
  spilled_bytes_ += bytes_.size();
  spilled_names_ += ends_.size();
  std::string().swap(bytes_);  // an assignment would keep the memory
  std::vector<std::uint64_t>().swap(ends_);
}

}  // namespace dedup::memory
