// SPDX-License-Identifier: Apache-2.0
#include "bytes/held_text.h"

#include <cstdint>
#include <span>

namespace dedup::tool {

void HeldText::add(std::string_view bytes) {
  if (!block_.empty() && block_.size() + bytes.size() > kBlock) {
    if (!file_) file_ = scratch_.create();
    file_->append(std::as_bytes(std::span(block_)));
    sizes_.push_back(block_.size());
    block_.clear();
  }
  block_ += bytes;
}

void HeldText::each(const Take& take) const {
  std::uint64_t at = 0;
  for (const std::size_t size : sizes_) {
    std::string block(size, '\0');
    file_->read(at, std::as_writable_bytes(std::span(block)));
    take(block);
    at += size;
  }
  take(block_);
}

}  // namespace dedup::tool
