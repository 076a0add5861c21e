// SPDX-License-Identifier: Apache-2.0
// A row of keys as bytes that compare as rows do: kind, key, document, block, second, third, the
// numbers with their highest byte first. What is sorted by them has equal keys side by side, the
// first place of each in front.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "dedup/shard.h"

namespace dedup::tool {

/// Of a row: its kind and its key.
inline constexpr std::size_t kKeyBytes = 1 + 16;
inline constexpr std::size_t kRowBytes = kKeyBytes + 8 + 8 + 4 + 4;
using RowBytes = std::array<char, kRowBytes>;

[[nodiscard]] RowBytes bytes_of(const KeyRow& row) noexcept;
/// Requires: kRowBytes bytes.
[[nodiscard]] KeyRow row_of(std::string_view bytes) noexcept;

/// That a document has company in a group: the hash of the group, its band, the document in its
/// part. Sorted by them those of one group stand side by side.
inline constexpr std::size_t kGroupBytes = 4 + 1;
inline constexpr std::size_t kMemberBytes = kGroupBytes + 4;
[[nodiscard]] std::string member_bytes(std::uint64_t group, std::uint64_t document);
/// Requires: kMemberBytes bytes.
[[nodiscard]] std::uint64_t member_of(std::string_view bytes) noexcept;

/// Verdicts lie in files as rows of documents: instead of the key the document and the similarity,
/// and as its place the document that it repeats.
[[nodiscard]] KeyRow row_of(const DocumentVerdict& verdict) noexcept;
[[nodiscard]] DocumentVerdict verdict_of(const KeyRow& row) noexcept;

/// Numbers in files, the lowest byte first.
void append_number(std::string& to, std::uint64_t number);
[[nodiscard]] std::uint64_t number_at(std::string_view bytes, std::size_t at) noexcept;
inline constexpr std::size_t kNumberBytes = 8;

}  // namespace dedup::tool
