// SPDX-License-Identifier: Apache-2.0
#include "shards/first_places.h"

#include <algorithm>
#include <array>
#include <cstddef>
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

/// The rows of a kind, of all parts, or of each part those that are first there, so that no more of
/// a key come together than there are parts.
enum class Take { all, first_of_part };
class Rows {
 public:
  Rows(const std::vector<KeyFile>& parts, KeyKind kind, const Slice& slice, Take take) {
    texts_.reserve(parts.size());
    std::size_t size = 0;
    for (const KeyFile& part : parts) size += texts_.emplace_back(part.rows(kind, slice)).size();
    entries_.reserve(size / kRowBytes);
    for (std::size_t part = 0; part < texts_.size(); ++part) {
      std::string_view last;
      for (std::string_view rest = texts_[part]; !rest.empty(); rest.remove_prefix(kRowBytes)) {
        const Entry entry{prefix_of(rest), part, rest.substr(0, kRowBytes)};
        const bool again = entry.key() == std::exchange(last, entry.key());
        if (take == Take::all || !again) entries_.push_back(entry);
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

/// The documents of a part that have a verdict, sorted.
std::vector<std::uint64_t> removed_by(const std::vector<KeyRow>& verdicts, std::uint64_t before) {
  std::vector<std::uint64_t> removed;
  for (const KeyRow& row : verdicts) {
    if (row.kind == KeyKind::document) removed.push_back(verdict_of(row).document - before);
  }
  std::sort(removed.begin(), removed.end());
  return removed;
}

/// The documents of a part that repeat one before them, sorted: as it is told, or in the part.
std::vector<std::uint64_t> removed_in(const KeyFile& part, const std::vector<KeyRow>& told,
                                      std::uint64_t before) {
  if (part.near()) return removed_by(told, before);
  std::vector<std::array<std::byte, 16>> elsewhere;
  for (const KeyRow& row : told) {
    if (row.kind == KeyKind::document) elsewhere.push_back(row.key);
  }
  std::sort(elsewhere.begin(), elsewhere.end());
  std::vector<std::uint64_t> removed;
  std::optional<KeyRow> last;
  const std::string rows = part.rows(KeyKind::document, {});
  for (std::string_view rest = rows; !rest.empty(); rest.remove_prefix(kRowBytes)) {
    const KeyRow row = row_of(rest.substr(0, kRowBytes));
    const bool again = last && last->key == row.key;
    if (again || std::ranges::binary_search(elsewhere, row.key)) {
      removed.push_back(row.at.document);
    }
    last = row;
  }
  std::sort(removed.begin(), removed.end());
  return removed;
}

/// Of each key the first place, to all parts behind it that have it. `removed`: documents whose
/// rows do not count, of each part, sorted; empty where all do.
void find(const std::vector<KeyFile>& parts, KeyKind kind,
          const std::vector<std::vector<std::uint64_t>>& removed, First& first) {
  const Rows rows(parts, kind, first.slice, removed.empty() ? Take::first_of_part : Take::all);
  rows.for_each_key([&](auto begin, auto end) {
    if (begin->part == (end - 1)->part) return;  // nobody is to be told
    std::optional<KeyRow> earliest;
    std::uint64_t told = 0;
    for (auto each = begin; each != end; ++each) {
      if (earliest && each->part == told) continue;
      const KeyRow row = row_of(each->bytes);
      if (!removed.empty() && std::ranges::binary_search(removed[each->part], row.at.document)) {
        continue;
      }
      if (earliest) first.told[each->part].rows.push_back(*earliest);
      told = each->part;
      if (!earliest) earliest = row_in(*each, first.places);
    }
  });
}

/// The names of all documents of parts before that rows point to, for each part by itself.
void name(const std::vector<KeyFile>& parts, First& first) {
  std::vector<std::vector<std::pair<std::uint64_t, Told*>>> asked(parts.size());
  for (std::size_t part = 0; part < parts.size(); ++part) {
    Told& told = first.told[part];
    std::vector<std::uint64_t> documents;
    for (const KeyRow& row : told.rows) {
      if (row.at.document < first.places[part].documents) documents.push_back(row.at.document);
    }
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

/// Lines count on where a part goes on in the file of the one before; blank lines at the end of a
/// file are told with the document behind them, whatever part that is in. `removed`: how many
/// documents of each part are.
std::vector<PartPlace> places_of(const std::vector<KeyFile>& files,
                                 const std::vector<std::uint64_t>& removed) {
  std::vector<PartPlace> places;
  std::vector<PartPlace> own;  // what it has itself of what may be behind others
  PartPlace next;
  Part before;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const KeyFile& file = files[i];
    const Part part = file.part();
    next.identity = file.identity();
    next.size = file.documents();
    if (part.start == 0 || part.file != before.file || part.start != before.end) next.lines = 0;
    places.push_back(next);
    own.push_back({.any_behind = file.documents() > 0 || part.blanks > 0,
                   .kept_behind = file.documents() > removed[i] || part.blanks > 0});
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

First begun(const std::vector<KeyFile>& parts, Stage stage, const Slice& slice) {
  std::vector<std::uint64_t> counts;  // of removed documents
  counts.reserve(parts.size());
  for (const KeyFile& part : parts) counts.push_back(part.removed());
  return {.stage = stage,
          .slice = slice,
          .places = places_of(parts, counts),
          .told = std::vector<Told>(parts.size())};
}

/// Once the documents are known, in one step with them.
void find_rest(const std::vector<KeyFile>& parts, First& first) {
  std::vector<std::vector<std::uint64_t>> removed;
  std::vector<std::uint64_t> counts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    removed.push_back(removed_in(parts[i], first.told[i].rows, first.places[i].documents));
    counts.push_back(parts[i].removed() + removed.back().size());
  }
  first.places = places_of(parts, counts);
  find(parts, KeyKind::block, removed, first);
  find(parts, KeyKind::run, removed, first);
}

/// Documents that share a group with another, each once.
void find_company(const std::vector<KeyFile>& parts, First& first) {
  struct Member {
    std::string_view bytes;
    std::size_t part;
  };
  std::vector<std::string> texts;
  texts.reserve(parts.size());
  std::vector<Member> members;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    for (std::string_view rest = texts.emplace_back(parts[part].members(first.slice));
         !rest.empty(); rest.remove_prefix(kMemberBytes)) {
      members.push_back({rest.substr(0, kMemberBytes), part});
    }
  }
  const auto group = [](const Member& member) { return member.bytes.substr(0, kGroupBytes); };
  std::ranges::sort(members, {}, group);
  std::vector<std::vector<std::uint64_t>> found(parts.size());
  for (auto begin = members.begin(); begin != members.end();) {
    const auto end = std::find_if(begin, members.end(),
                                  [&](const Member& each) { return group(each) != group(*begin); });
    for (auto each = begin; end - begin > 1 && each != end; ++each) {
      found[each->part].push_back(member_of(each->bytes));
    }
    begin = end;
  }
  for (std::size_t part = 0; part < parts.size(); ++part) {
    auto& documents = found[part];
    std::sort(documents.begin(), documents.end());
    documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
    for (const std::uint64_t document : documents) {
      first.told[part].rows.push_back(
          {.kind = KeyKind::document, .key = {}, .at = {.document = document}});
    }
  }
}

}  // namespace

First find_first(const std::vector<KeyFile>& parts, Stage stage, const Slice& slice) {
  First first = begun(parts, stage, slice);
  if (stage == Stage::company) {
    find_company(parts, first);
    return first;
  }
  if (stage != Stage::blocks) find(parts, KeyKind::document, {}, first);
  if (stage == Stage::all) find_rest(parts, first);
  if (stage == Stage::blocks) {
    find(parts, KeyKind::block, {}, first);
    find(parts, KeyKind::run, {}, first);
  }
  name(parts, first);
  return first;
}

First find_near(const std::vector<KeyFile>& parts, Stage stage,
                const std::vector<std::vector<std::uint64_t>>& company, NearDocuments near) {
  First first = begun(parts, stage, {});
  first.near = true;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::uint64_t before = first.places[i].documents;
    parts[i].for_each_document(company.empty() ? nullptr : &company[i], [&](DocumentRow row) {
      row.document += before;
      if (const auto verdict = near.find_or_add(row)) {
        first.told[i].rows.push_back(row_of(*verdict));
      }
    });
  }
  if (stage == Stage::all) find_rest(parts, first);
  name(parts, first);
  return first;
}

/// Documents first: those that repeat another are known before what they hold is looked at.
void for_each_first(const std::vector<KeyFile>& parts,
                    const std::function<void(std::span<const KeyRow> rows)>& take) {
  constexpr std::uint64_t kSliceRows = std::uint64_t{1} << 21;
  std::vector<PartPlace> places;
  PartPlace next;
  for (const KeyFile& part : parts) {
    places.push_back(next);
    next.documents += part.documents();
  }
  std::vector<std::vector<std::uint64_t>> removed(parts.size());
  for (const KeyKind kind : {KeyKind::document, KeyKind::block, KeyKind::run}) {
    std::uint64_t count = 0;
    for (const KeyFile& part : parts) count += part.count(kind);
    Slice slice{.number = 0, .of = count / kSliceRows + 1};
    for (; slice.number < slice.of; ++slice.number) {
      const Rows rows(parts, kind, slice, Take::all);
      std::vector<KeyRow> found;
      rows.for_each_key([&](auto begin, auto end) {
        if (kind == KeyKind::document) {
          found.push_back(row_in(*begin, places));
          for (auto each = begin + 1; each != end; ++each) {
            removed[each->part].push_back(row_of(each->bytes).at.document);
          }
          return;
        }
        const auto first = std::find_if(begin, end, [&](const Entry& each) {
          return !std::ranges::binary_search(removed[each.part], row_of(each.bytes).at.document);
        });
        if (first != end) found.push_back(row_in(*first, places));
      });
      take(found);
    }
    if (kind != KeyKind::document) continue;
    for (auto& documents : removed) std::sort(documents.begin(), documents.end());
  }
}

/// The rows are sorted, so that the first of a key that stays is the first place.
void settle(Target& target, const KeyFile& part, const std::vector<KeyRow>& told,
            std::uint64_t before) {
  const std::vector<std::uint64_t> removed = removed_in(part, told, before);
  std::vector<KeyRow> rows;
  for (const KeyKind kind : {KeyKind::block, KeyKind::run}) {
    const std::string all = part.rows(kind, {});
    std::string_view last;
    for (std::string_view rest = all; !rest.empty(); rest.remove_prefix(kRowBytes)) {
      const std::string_view key = rest.substr(0, kKeyBytes);
      if (key == last) continue;
      const KeyRow row = row_of(rest.substr(0, kRowBytes));
      if (std::ranges::binary_search(removed, row.at.document)) continue;
      rows.push_back(row);
      last = key;
    }
  }
  Part settled = part.part();
  settled.removed = part.removed() + removed.size();
  settled.known = 0;
  settled.names = part.names();
  write_key_file(target, part.making(), settled, std::move(rows));
}

}  // namespace dedup::tool
