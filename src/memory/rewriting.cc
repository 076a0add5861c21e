// SPDX-License-Identifier: Apache-2.0
// Numbers change on the way: documents of a second file count on behind those of the first, and
// sketches that are left out make the places of others move up. Both keep their order, so entries
// that were sorted stay so, and nothing is ever held but a batch of records and a place a sketch.
//
//   sketches   first, since the bands refer to their places
//   keys       of each set, those that are not there yet
//   bands      those whose sketches were taken
//   names      last: until then the new file knows no document
#include "memory/rewriting.h"

#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include "dedup/error.h"
#include "memory/file_home.h"
#include "stored/bytes.h"

namespace dedup::memory {
namespace {

using stored::get;
using stored::Key;
using stored::put;

constexpr std::size_t kDocument = 5;  // bytes, at the head of a payload
constexpr std::size_t kBatch = 4096;  // records
constexpr std::uint64_t kDropped = ~std::uint64_t{};
constexpr std::size_t kLargest = 64;  // bytes of an entry

/// Whether there is none; the first is kept for who asks for it.
class Peeked {
 public:
  explicit Peeked(stored::Source source) : source_(std::move(source)), first_(source_()) {}
  [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
  [[nodiscard]] stored::Source take() {
    return [source = std::move(source_), first = first_]() mutable {
      return first != nullptr ? std::exchange(first, nullptr) : source();
    };
  }

 private:
  stored::Source source_;
  const std::byte* first_;
};

}  // namespace

void Rewriting::take(stored::IndexFile& from, const Drop& drop) {
  take_sketches(from, drop);
  for (std::size_t set = 0; set < kKindCount; ++set) take_keys(from, set, drop);
  take_bands(from);
  take_names(from, drop);
  documents_ += from.manifest().documents;
}

/// Documents keep their numbers, so of one that is dropped there is a record of nothing.
void Rewriting::take_names(stored::IndexFile& from, const Drop& drop) {
  const std::uint64_t end = from.manifest().documents;
  std::vector<std::string> records;
  for (std::uint64_t document = 0; document < end; ++document) {
    from.records(kNameRecords).read(document, records.emplace_back());
    if (drop(document)) records.back().clear();
    if (records.size() < kBatch && document + 1 < end) continue;
    out_.records(kNameRecords).add(records);
    records.clear();
  }
}

void Rewriting::take_sketches(stored::IndexFile& from, const Drop& drop) {
  const std::uint64_t end = from.records(kSketchRecords).end();
  places_.assign(end, kDropped);
  std::vector<std::string> records;
  const auto flush = [&] {
    if (!records.empty()) out_.records(kSketchRecords).add(records);
    records.clear();
  };
  for (std::uint64_t place = 0; place < end; ++place) {
    std::string record;
    from.records(kSketchRecords).read(place, record);
    auto* const head = reinterpret_cast<std::byte*>(record.data());
    if (record.size() < 8) from.file().fail("damaged: a sketch without a document");
    const std::uint64_t document = get<8>(head);
    if (drop(document)) continue;
    put<8>(head, document + documents_);
    places_[place] = out_.records(kSketchRecords).end() + records.size();
    records.push_back(std::move(record));
    if (records.size() == kBatch) flush();
  }
  flush();
}

void Rewriting::take_keys(stored::IndexFile& from, std::size_t set, const Drop& drop) {
  stored::Set& to = out_.set(set);
  const std::size_t size = to.shape().entry;
  std::array<std::byte, kLargest> entry{};
  Peeked wanted([&, all = from.set(set).all()]() -> const std::byte* {
    while (const std::byte* const next = all()) {
      const std::uint64_t document = get<kDocument>(next + Key::kBytes);
      if (drop(document) || to.find(Key::of(next)) != nullptr) continue;
      std::memcpy(entry.data(), next, size);
      put<kDocument>(&entry[Key::kBytes], document + documents_);
      return entry.data();
    }
    return nullptr;
  });
  if (!wanted.empty()) to.add(from.set(set).size(), wanted.take());
}

/// The places ascend as they did, so the order of the entries stays.
void Rewriting::take_bands(stored::IndexFile& from) {
  std::array<std::byte, Key::kBytes> entry{};
  Peeked wanted([&, all = from.set(kBandSet).all()]() -> const std::byte* {
    while (const std::byte* const next = all()) {
      Key key = Key::of(next);
      if (key.low == 0 || key.low > places_.size() || places_[key.low - 1] == kDropped) continue;
      key.low = places_[key.low - 1] + 1;
      key.put(entry.data());
      return entry.data();
    }
    return nullptr;
  });
  if (!wanted.empty()) out_.set(kBandSet).add(from.set(kBandSet).size(), wanted.take());
}

std::unique_ptr<stored::IndexFile> new_index_file(const std::string& path,
                                                  const stored::Manifest& like) {
  stored::Manifest fresh = like;
  fresh.documents = 0;
  fresh.sets = {};
  fresh.records = {};
  auto file = std::make_unique<stored::IndexFile>(path, stored::IndexFile::How{}, fresh);
  if (!file->is_new()) file->file().fail("is there already");
  return file;
}

void replace_index_file(
    const std::string& path,
    const std::function<void(stored::IndexFile& from, Rewriting& rewriting)>& rewrite) {
  stored::IndexFile from(path, {.alone = true}, std::nullopt);
  const std::string beside = path + ".new";
  files::remove(beside);  // of a process that was killed: who holds `from` is the only one here
  const auto out = new_index_file(beside, from.manifest());
  Rewriting rewriting(*out);
  rewrite(from, rewriting);
  rewriting.commit();
  out->replace(path);
}

}  // namespace dedup::memory
