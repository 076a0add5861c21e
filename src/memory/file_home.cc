// SPDX-License-Identifier: Apache-2.0
// A key is asked for in what is pending first, since that costs one miss of the cache, and then in
// the file, whose filters say of most new keys that they are not there. What is found in neither is
// pending from then on: so no key is ever in both, and it does not matter which is asked first.
//
//   find_or_insert   pending → file → pending                 a document's keys at a time
//   stage            pending → a run of the set in the file   in order as it is, without a sort
//
// Invariant: what a commit refers to is of documents that have ended. Keys of those that have not
// are put back when others are staged; if memory runs short they are staged with them, and then
// staged() says that no commit may come before those documents end.
#include "memory/file_home.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "stored/bytes.h"
#include "walls/shared_file.h"

namespace dedup::memory {
namespace {

using stored::get;
using stored::put;

constexpr std::size_t kDocument = 5;  // bytes
constexpr std::size_t kLine = 5;
constexpr std::size_t kAhead = 8;  // asks that are fetched ahead

stored::Key key_of(const Identity& identity) noexcept { return {identity.high, identity.low}; }

/// Those of documents below `end`, as they lie in the file.
stored::Source entries_before(const OrderedTable& table, std::uint64_t end) {
  return [&table, end, slot = std::size_t{},
          bytes = std::vector<std::byte>()]() mutable -> const std::byte* {
    for (;;) {
      const std::span<const std::byte> entry = table.next(slot);
      if (entry.empty()) return nullptr;
      if (get<kDocument>(&entry[Identity::kBytes]) >= end) continue;
      bytes.assign(entry.begin(), entry.end());
      key_of(Identity(entry.data())).put(bytes.data());
      return bytes.data();
    }
  };
}

/// As stored/manifest.h has it: as much of a place as the kind needs.
void put_place(std::byte* to, Kind kind, const Place& place) noexcept {
  put<kDocument>(to, place.document);
  if (kind == Kind::document) return;
  put<kLine>(to + kDocument, place.lines.first);
  if (kind == Kind::block || kind == Kind::sentence) return;
  put<4>(to + kDocument + kLine, place.lines.second);
  put<4>(to + kDocument + kLine + 4, place.lines.third);
}

Place get_place(const std::byte* from, Kind kind) noexcept {
  Place place{.document = get<kDocument>(from), .lines = {}};
  if (kind == Kind::document) return place;
  place.lines.first = get<kLine>(from + kDocument);
  if (kind == Kind::block || kind == Kind::sentence) return place;
  place.lines.second = static_cast<std::uint32_t>(get<4>(from + kDocument + kLine));
  place.lines.third = static_cast<std::uint32_t>(get<4>(from + kDocument + kLine + 4));
  return place;
}

}  // namespace

// -- keys -----------------------------------------------------------------------------------------

FileKeys::FileKeys(stored::IndexFile& file, Budget& budget) : file_(file), budget_(budget) {
  for (std::size_t i = 0; i < kKindCount; ++i) pending_.emplace_back(stored::kPayloads[i]);
  budget_.join(*this);
}

void FileKeys::find_or_insert(Kind kind, std::uint64_t document, std::span<const Ask> asks,
                              std::vector<Answer>& answers) {
  const auto number = static_cast<std::size_t>(kind);
  OrderedTable& table = pending_[number];
  stored::Set& set = file_.set(number);
  const auto prefetch = [&](const Ask& ask) {
    const Identity identity(ask.key);
    table.prefetch(identity);
    set.prefetch(identity.high);
  };
  for (std::size_t i = 0; i < std::min(kAhead, asks.size()); ++i) prefetch(asks[i]);
  for (std::size_t i = 0; i < asks.size(); ++i) {
    if (i + kAhead < asks.size()) prefetch(asks[i + kAhead]);
    const Identity identity(asks[i].key);
    const std::byte* found = nullptr;
    if (const auto at = table.find(identity); at.found) {
      found = table.payload(at);
    } else if (const std::byte* const entry = set.find(key_of(identity))) {
      found = entry + stored::Key::kBytes;
    }
    if (found != nullptr) {
      answers.push_back({static_cast<std::uint32_t>(i), get_place(found, kind)});
    } else {
      insert(table, kind, identity, {document, asks[i].here});
    }
  }
}

void FileKeys::insert(OrderedTable& table, Kind kind, const Identity& identity,
                      const Place& place) {
  if (table.full()) {
    budget_.reserve(table.growth());  // it may be staged
    if (table.full()) table.grow();
  }
  put_place(table.insert(identity, table.find(identity)), kind, place);
}

void FileKeys::stage(std::uint64_t end) {
  for (std::size_t kind = 0; kind < kKindCount; ++kind) stage(kind, end);
}

/// In order as the table is, and without a copy of it. What belongs to later documents is put back:
/// a handful, as a rule none.
void FileKeys::stage(std::size_t kind, std::uint64_t end) {
  OrderedTable& table = pending_[kind];
  std::vector<std::byte> later;
  std::uint64_t count = 0;
  table.for_each([&](std::span<const std::byte> entry) {
    const std::uint64_t document = get<kDocument>(&entry[Identity::kBytes]);
    if (document >= end) {
      later.insert(later.end(), entry.begin(), entry.end());
    } else {
      staged_ = std::max(staged_, document + 1);
      ++count;
    }
  });
  if (count == 0) return;
  file_.set(kind).add(count, entries_before(table, end));
  table.release();
  const std::size_t size = table.entry_bytes();
  for (std::size_t at = 0; at < later.size(); at += size) {
    if (table.full()) table.grow();
    const Identity identity(&later[at]);
    std::byte* const payload = table.insert(identity, table.find(identity));
    std::memcpy(payload, &later[at + Identity::kBytes], size - Identity::kBytes);
  }
}

std::size_t FileKeys::memory() const noexcept {
  std::size_t bytes = 0;
  for (const OrderedTable& table : pending_) bytes += table.memory();
  return bytes;
}

std::optional<Place> find_in(stored::IndexFile& file, Kind kind, const numbers::Fingerprint& key) {
  stored::Set& set = file.set(static_cast<std::size_t>(kind));
  const std::byte* const entry = set.find(key_of(Identity(key)));
  if (entry == nullptr) return std::nullopt;
  return get_place(entry + stored::Key::kBytes, kind);
}

/// The file first, and of the rest the sets; the answers of both in the order of the asks.
void ReadKeys::find_or_insert(Kind kind, std::uint64_t document, std::span<const Ask> asks,
                              std::vector<Answer>& answers) {
  new_asks_.clear();
  numbers_.clear();
  new_answers_.clear();
  const auto first = static_cast<std::ptrdiff_t>(answers.size());
  for (std::size_t i = 0; i < asks.size(); ++i) {
    if (const std::optional<Place> place = find_in(file_, kind, asks[i].key)) {
      answers.push_back({static_cast<std::uint32_t>(i), *place});
    } else {
      new_asks_.push_back(asks[i]);
      numbers_.push_back(static_cast<std::uint32_t>(i));
    }
  }
  own_.find_or_insert(kind, document, new_asks_, new_answers_);
  const auto middle = static_cast<std::ptrdiff_t>(answers.size());
  for (const Answer& answer : new_answers_) {
    answers.push_back({numbers_[answer.ask], answer.first});
  }
  std::inplace_merge(answers.begin() + first, answers.begin() + middle, answers.end(),
                     [](const Answer& a, const Answer& b) { return a.ask < b.ask; });
}

// -- near-duplicate documents ---------------------------------------------------------------------

/// Places are numbers of records. What the file's buckets have no room for nobody would find.
void FileNear::add(const Buckets& buckets, std::uint32_t ids, const Describe& describe) {
  const std::vector<stored::Key> entries = with_room(buckets);
  std::vector<bool> wanted(ids);
  for (const stored::Key& entry : entries) wanted[entry.low] = true;
  if (entries.empty()) return;
  const std::vector<std::uint64_t> places = add_records(wanted, describe);
  std::array<std::byte, stored::Key::kBytes> entry;
  file_.set(kBandSet).add(entries.size(), [&, at = std::size_t{}]() mutable -> const std::byte* {
    if (at == entries.size()) return nullptr;
    stored::Key key = entries[at++];
    key.low = places[key.low] + 1;  // so that none is all-zero
    key.put(entry.data());
    return entry.data();
  });
}

/// Of what buckets hold, that for which those of the file have room; `low` is the id.
std::vector<stored::Key> FileNear::with_room(const Buckets& buckets) {
  stored::Set& bands = file_.set(kBandSet);
  std::vector<stored::Key> entries;
  std::optional<std::uint64_t> bucket;
  std::size_t count = 0;
  buckets.for_each_in_order([&](std::size_t band, std::uint32_t hash, std::uint32_t id) {
    const std::uint64_t high = bucket_key(band, hash);
    if (bucket != high) count = bands.find_all(high).size() / stored::Key::kBytes;
    bucket = high;
    if (count++ < Buckets::kMostIds) entries.push_back({high, id});
  });
  return entries;
}

/// Of the ids that are wanted; says where each is.
std::vector<std::uint64_t> FileNear::add_records(const std::vector<bool>& wanted,
                                                 const Describe& describe) {
  stored::Records& records = file_.records(kSketchRecords);
  std::vector<std::uint64_t> places(wanted.size());
  std::vector<std::string> added;
  std::vector<std::uint64_t> words;
  for (std::uint32_t id = 0; id < wanted.size(); ++id) {
    if (!wanted[id]) continue;
    places[id] = records.end() + added.size();
    words.clear();
    describe(id, words);
    staged_ = std::max(staged_, words.front() + 1);
    std::string& record = added.emplace_back(8 * words.size(), '\0');
    for (std::size_t i = 0; i < words.size(); ++i) {
      put<8>(reinterpret_cast<std::byte*>(&record[8 * i]), words[i]);
    }
  }
  records.add(added);
  return places;
}

std::span<const std::uint64_t> FileNear::find(const numbers::Bands& bands, Buckets::Counts& met) {
  places_.clear();
  stored::Set& set = file_.set(kBandSet);
  const std::uint64_t end = file_.records(kSketchRecords).end();
  for (std::size_t band = 0; band < numbers::kBands; ++band) {
    const auto found = set.find_all(bucket_key(band, bands[band]));
    const std::size_t count =
        std::min(found.size() / stored::Key::kBytes, Buckets::kMostIds - std::size_t{met[band]});
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t low = stored::Key::of(&found[i * stored::Key::kBytes]).low;
      if (low != 0 && low <= end) places_.push_back(low - 1);
    }
    met[band] = static_cast<std::uint8_t>(met[band] + count);
  }
  std::ranges::sort(places_);
  places_.erase(std::unique(places_.begin(), places_.end()), places_.end());
  return places_;
}

std::span<const std::uint64_t> FileNear::read(std::uint64_t place) {
  file_.records(kSketchRecords).read(place, record_);
  words_.resize(record_.size() / 8);
  for (std::size_t i = 0; i < words_.size(); ++i) {
    words_[i] = get<8>(reinterpret_cast<const std::byte*>(&record_[8 * i]));
  }
  return words_;
}

std::size_t FileNear::memory() const noexcept {
  return record_.capacity() + 8 * (words_.capacity() + places_.capacity());
}

// -- names ----------------------------------------------------------------------------------------

void FileNames::add(std::string_view name) {
  std::string& record = pending_.emplace_back(kTimeBytes, '\0');
  put<kTimeBytes>(reinterpret_cast<std::byte*>(record.data()),
                  static_cast<std::uint64_t>(files::now()));
  record += name;
}

std::string FileNames::at(std::uint64_t document) const {
  const stored::Records& records = file_.records(kNameRecords);
  std::string record;
  if (document < records.end()) {
    records.read(document, record);
  } else if (document - records.end() < pending_.size()) {
    record = pending_[document - records.end()];
  }
  return record.size() > kTimeBytes ? record.substr(kTimeBytes) : std::string();
}

void FileNames::stage(std::uint64_t end) {
  stored::Records& records = file_.records(kNameRecords);
  if (end <= records.end()) return;
  const auto last = pending_.begin() + static_cast<std::ptrdiff_t>(end - records.end());
  records.add(std::vector<std::string>(std::make_move_iterator(pending_.begin()),
                                       std::make_move_iterator(last)));
  pending_.erase(pending_.begin(), last);
}

}  // namespace dedup::memory
