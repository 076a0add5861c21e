// SPDX-License-Identifier: Apache-2.0
#include "dedup/compression.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace dedup {
namespace {

using namespace std::string_view_literals;

struct Kind {
  Compression compression;
  std::string_view name;
  std::string_view ending;
  std::string_view magic;
};

constexpr Kind kKinds[] = {
    {Compression::gzip, "gzip", ".gz", "\x1F\x8B\x08"sv},  // deflate: there is no other method
    {Compression::zstd, "zstd", ".zst", "\x28\xB5\x2F\xFD"sv},
    {Compression::xz, "xz", ".xz", "\xFD\x37\x7A\x58\x5A\0"sv},
};

/// What may stand before the first frame of zstd, and between any two; it starts with one of 16
/// bytes.
constexpr std::string_view kSkippable = "\x50\x2A\x4D\x18"sv;

/// Whether `head` agrees with `magic` as far as both go.
bool agrees(std::string_view head, std::string_view magic) {
  const std::size_t size = std::min(head.size(), magic.size());
  return head.substr(0, size) == magic.substr(0, size);
}

bool agrees_with_skippable(std::string_view head) {
  return head.empty() || ((static_cast<unsigned char>(head[0]) & 0xF0U) == 0x50U &&
                          agrees(head.substr(1), kSkippable.substr(1)));
}

const Kind* kind_of_name(std::string_view name) {
  const auto found = std::find_if(std::begin(kKinds), std::end(kKinds), [&](const Kind& kind) {
    return name.size() > kind.ending.size() && name.ends_with(kind.ending);
  });
  return found == std::end(kKinds) ? nullptr : found;
}

}  // namespace

Compression compression_of(std::string_view head) noexcept {
  for (const Kind& kind : kKinds) {
    if (head.starts_with(kind.magic)) return kind.compression;
  }
  const bool skippable = head.size() >= kSkippable.size() && agrees_with_skippable(head);
  return skippable ? Compression::zstd : Compression::none;
}

bool may_become_compressed(std::string_view head) noexcept {
  if (head.size() < kSkippable.size() && agrees_with_skippable(head)) return true;
  return std::any_of(std::begin(kKinds), std::end(kKinds), [&](const Kind& kind) {
    return head.size() < kind.magic.size() && agrees(head, kind.magic);
  });
}

Compression compression_of_name(std::string_view name) noexcept {
  const Kind* const kind = kind_of_name(name);
  return kind == nullptr ? Compression::none : kind->compression;
}

std::string_view name_of_content(std::string_view name) noexcept {
  const Kind* const kind = kind_of_name(name);
  if (kind != nullptr) name.remove_suffix(kind->ending.size());
  return name;
}

std::string_view name_of(Compression compression) noexcept {
  for (const Kind& kind : kKinds) {
    if (kind.compression == compression) return kind.name;
  }
  return "none";
}

}  // namespace dedup
