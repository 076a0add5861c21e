// SPDX-License-Identifier: Apache-2.0
// A key that is written anew for each line. Unlike a string it does not fill what it makes room
// for, which cost as much as hashing does.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>

namespace dedup::text {

/// UTF-16 units. Short keys need no memory of their own; what longer ones took stays.
class KeyBuffer {
 public:
  KeyBuffer() = default;
  KeyBuffer(const KeyBuffer&) = delete;
  KeyBuffer& operator=(const KeyBuffer&) = delete;

  [[nodiscard]] char16_t* data() noexcept { return long_ ? long_.get() : short_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::u16string_view view() const noexcept {
    return {long_ ? long_.get() : short_, size_};
  }
  void clear() noexcept { size_ = 0; }

  /// Room for so many units in all; those beyond the size are not set. May move the others.
  void reserve(std::size_t units) {
    if (units <= capacity_) {
      return;
    }
    const std::size_t capacity = std::max(units, 2 * capacity_);
    auto grown = std::make_unique_for_overwrite<char16_t[]>(capacity);
    std::copy_n(data(), size_, grown.get());
    long_ = std::move(grown);
    capacity_ = capacity;
  }
  /// Requires: no more than there is room for, all of them set.
  void set_size(std::size_t units) noexcept { size_ = units; }

 private:
  static constexpr std::size_t kShort = 64;

  std::size_t size_ = 0;
  std::size_t capacity_ = kShort;
  std::unique_ptr<char16_t[]> long_;
  char16_t short_[kShort];  // not set, as what `long_` points to
};

}  // namespace dedup::text
