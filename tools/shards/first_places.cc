// SPDX-License-Identifier: Apache-2.0
#include "shards/first_places.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace dedup::tool {
namespace {

/// A row of a part; equal keys come to stand side by side, the first place in front.
struct Entry {
  std::uint64_t prefix;
  std::uint64_t part;
  std::string_view bytes;

  [[nodiscard]] std::string_view key() const noexcept { return bytes.substr(0, kKeyBytes); }
  [[nodiscard]] bool operator<(const Entry& other) const noexcept {
    if (prefix != other.prefix) return prefix < other.prefix;
    if (const int order = key().compare(other.key()); order != 0) return order < 0;
    return part != other.part ? part < other.part : bytes < other.bytes;
  }
};

/// The rows of a kind, of all parts.
class Rows {
 public:
  Rows(const std::vector<KeyFile>& parts, KeyKind kind, const Slice& slice) {
    texts_.reserve(parts.size());
    std::size_t size = 0;
    for (const KeyFile& part : parts) size += texts_.emplace_back(part.rows(kind, slice)).size();
    entries_.reserve(size / kRowBytes);
    for (std::size_t part = 0; part < texts_.size(); ++part) {
      for (std::string_view rest = texts_[part]; !rest.empty(); rest.remove_prefix(kRowBytes)) {
        const std::string_view row = rest.substr(0, kRowBytes);
        entries_.push_back({prefix_of(row), part, row});
      }
    }
    std::sort(entries_.begin(), entries_.end());
  }

  /// Calls take(begin, end) for the rows of each key.
  template <typename Take>
  void for_each_key(const Take& take) const {
    for (auto begin = entries_.begin(); begin != entries_.end();) {
      const auto end = std::find_if(begin, entries_.end(), [&](const Entry& each) {
        return each.prefix != begin->prefix || each.key() != begin->key();
      });
      take(begin, end);
      begin = end;
    }
  }

 private:
  std::vector<std::string> texts_;
  std::vector<Entry> entries_;
};

/// A row with its document as all parts count it.
KeyRow row_in(const Entry& entry, const std::vector<PartPlace>& places) noexcept {
  KeyRow row = row_of(entry.bytes);
  row.at.document += places[entry.part].documents;
  return row;
}

void find_documents(const std::vector<KeyFile>& parts, First& first) {
  const Rows rows(parts, KeyKind::document, first.slice);
  rows.for_each_key([&](auto begin, auto end) {
    const KeyRow earliest = row_in(*begin, first.places);
    std::uint64_t told = begin->part;
    for (auto each = begin + 1; each != end; ++each) {
      first.removed.push_back(row_in(*each, first.places).at.document);
      if (std::exchange(told, each->part) != each->part) {
        first.told[each->part].rows.push_back(earliest);
      }
    }
  });
  std::sort(first.removed.begin(), first.removed.end());
}

void find_blocks(const std::vector<KeyFile>& parts, KeyKind kind,
                 const std::vector<std::uint64_t>& removed, First& first) {
  const Rows rows(parts, kind, first.slice);
  rows.for_each_key([&](auto begin, auto end) {
    if (begin->part == (end - 1)->part) return;  // nobody is to be told
    std::optional<KeyRow> earliest;
    std::uint64_t told = 0;
    for (auto each = begin; each != end; ++each) {
      if (earliest && each->part == told) continue;
      const KeyRow row = row_in(*each, first.places);
      if (std::binary_search(removed.begin(), removed.end(), row.at.document)) continue;
      if (earliest) first.told[each->part].rows.push_back(*earliest);
      told = each->part;
      if (!earliest) earliest = row;
    }
  });
}

/// The names of all documents that rows point to, for each part by itself.
void name(const std::vector<KeyFile>& parts, First& first) {
  std::vector<std::vector<std::pair<std::uint64_t, Told*>>> asked(parts.size());
  for (Told& told : first.told) {
    std::vector<std::uint64_t> documents;
    for (const KeyRow& row : told.rows) documents.push_back(row.at.document);
    std::sort(documents.begin(), documents.end());
    documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
    for (const std::uint64_t document : documents) {
      const auto behind =
          std::ranges::upper_bound(first.places, document, {}, &PartPlace::documents);
      const auto owner = static_cast<std::size_t>(behind - first.places.begin()) - 1;
      asked[owner].emplace_back(document - first.places[owner].documents, &told);
    }
  }
  for (std::size_t owner = 0; owner < parts.size(); ++owner) {
    auto& all = asked[owner];
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& left, const auto& right) { return left.first < right.first; });
    std::vector<std::uint64_t> documents;
    for (const auto& [document, told] : all) documents.push_back(document);
    const std::vector<std::string> names = parts[owner].names(documents);
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i].second->names.emplace_back(first.places[owner].documents + all[i].first, names[i]);
    }
  }
}

}  // namespace

/// Lines count on where a part goes on in the file of the one before; blank lines at the end of a
/// file are told with the document behind them, whatever part that is in.
std::vector<PartPlace> places_of(const std::vector<KeyFile>& files,
                                 const std::vector<std::uint64_t>& removed) {
  std::vector<PartPlace> places;
  std::vector<PartPlace> own;  // what it has itself of what may be behind others
  PartPlace next;
  Part before;
  for (const KeyFile& file : files) {
    const Part part = file.part();
    if (part.start == 0 || part.file != before.file || part.start != before.end) next.lines = 0;
    places.push_back(next);
    const auto from = std::ranges::lower_bound(removed, next.documents);
    const auto to = std::ranges::lower_bound(removed, next.documents + file.documents());
    own.push_back({.any_behind = file.documents() > 0 || part.blanks > 0,
                   .kept_behind = file.documents() > static_cast<std::uint64_t>(to - from) ||
                                  part.blanks > 0});
    next.documents += file.documents();
    next.lines += part.lines;
    next.blanks = part.blanks + (file.documents() == 0 ? next.blanks : 0);
    before = part;
  }
  for (std::size_t i = places.size() - 1; i-- > 0;) {
    places[i].any_behind = own[i + 1].any_behind || places[i + 1].any_behind;
    places[i].kept_behind = own[i + 1].kept_behind || places[i + 1].kept_behind;
  }
  return places;
}

First find_first(const std::vector<KeyFile>& parts, Stage stage, const Slice& slice,
                 std::vector<std::uint64_t> removed) {
  First first{.stage = stage,
              .slice = slice,
              .places = places_of(parts, removed),
              .told = std::vector<Told>(parts.size()),
              .removed = {}};
  if (stage != Stage::blocks) find_documents(parts, first);
  if (stage == Stage::all) {
    removed = first.removed;
    first.places = places_of(parts, removed);
  }
  if (stage != Stage::documents) {
    find_blocks(parts, KeyKind::block, removed, first);
    find_blocks(parts, KeyKind::run, removed, first);
  }
  name(parts, first);
  return first;
}

}  // namespace dedup::tool
