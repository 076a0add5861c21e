// SPDX-License-Identifier: Apache-2.0
#include "shards/rows.h"

#include <cstring>

namespace dedup::tool {
namespace {

constexpr unsigned kByte = 8;  // bits

/// The highest byte first. Returns what is behind it.
template <typename Number>
char* put(char* to, Number number) noexcept {
  for (std::size_t i = sizeof number; i-- > 0; number = static_cast<Number>(number >> kByte)) {
    to[i] = static_cast<char>(number & 0xFF);
  }
  return to + sizeof number;
}

template <typename Number>
const char* get(const char* from, Number& number) noexcept {
  number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) {
    number = static_cast<Number>(number << kByte | static_cast<unsigned char>(from[i]));
  }
  return from + sizeof number;
}

}  // namespace

RowBytes bytes_of(const KeyRow& row) noexcept {
  RowBytes bytes;
  bytes[0] = static_cast<char>(row.kind);
  std::memcpy(&bytes[1], row.key.data(), row.key.size());
  put(put(put(put(&bytes[kKeyBytes], row.at.document), row.at.block), row.second), row.third);
  return bytes;
}

KeyRow row_of(std::string_view bytes) noexcept {
  KeyRow row;
  row.kind = static_cast<KeyKind>(bytes[0]);
  std::memcpy(row.key.data(), &bytes[1], row.key.size());
  get(get(get(get(&bytes[kKeyBytes], row.at.document), row.at.block), row.second), row.third);
  return row;
}

/// The band stands above the hash in a group: see DocumentRow.
std::string member_bytes(std::uint64_t group, std::uint64_t document) {
  std::string bytes(kMemberBytes, '\0');
  char* const end = put(bytes.data(), static_cast<std::uint32_t>(group));
  *end = static_cast<char>(group >> 32);
  put(end + 1, static_cast<std::uint32_t>(document));
  return bytes;
}

std::uint64_t member_of(std::string_view bytes) noexcept {
  std::uint32_t document = 0;
  get(&bytes[kGroupBytes], document);
  return document;
}

KeyRow row_of(const DocumentVerdict& verdict) noexcept {
  KeyRow row{.kind = KeyKind::document, .key = {}, .at = {.document = verdict.first}};
  std::memcpy(row.key.data(), &verdict.document, sizeof verdict.document);
  std::memcpy(&row.key[sizeof verdict.document], &verdict.similarity, sizeof verdict.similarity);
  return row;
}

DocumentVerdict verdict_of(const KeyRow& row) noexcept {
  DocumentVerdict verdict{.document = 0, .first = row.at.document, .similarity = 0};
  std::memcpy(&verdict.document, row.key.data(), sizeof verdict.document);
  std::memcpy(&verdict.similarity, &row.key[sizeof verdict.document], sizeof verdict.similarity);
  return verdict;
}

void append_number(std::string& to, std::uint64_t number) {
  for (std::size_t i = 0; i < kNumberBytes; ++i, number >>= kByte) {
    to.push_back(static_cast<char>(number & 0xFF));
  }
}

std::uint64_t number_at(std::string_view bytes, std::size_t at) noexcept {
  std::uint64_t number = 0;
  for (std::size_t i = kNumberBytes; i-- > 0;) {
    number = number << kByte | static_cast<unsigned char>(bytes[at + i]);
  }
  return number;
}

}  // namespace dedup::tool
