// SPDX-License-Identifier: Apache-2.0
// An index as text, a line for each thing in it, in this order:
//
//   {"dedup_index":1,"secret":"64 digits","near_threshold":800000,"recipe":…,"unicode":…,
//    "options":…,"documents":3}                                        threshold in millionths
//   {"name":"a.txt","time":1764000000}                                 document 0, then 1, …
//   {"sketch":"digits"}                                                place 0, then 1, …
//   {"set":1,"key":"28 digits","document":0,"places":[12]}             in ascending order
//   {"set":2,"key":"28 digits","document":0,"places":[12,1,2]}
//   {"set":5,"key":"28 digits"}
//
// Digits are hexadecimal, of bytes as they lie in the file (stored/manifest.h). A name that is not
// UTF-8 is given as "name_bytes", in digits; a document that was forgotten has neither.
#include <array>
#include <charconv>
#include <cstring>
#include <vector>

#include "dedup/error.h"
#include "dedup/index_file.h"
#include "formats/json_line.h"
#include "memory/file_home.h"
#include "memory/rewriting.h"
#include "stored/bytes.h"
#include "text/tables.h"
#include "walls/json.h"

namespace dedup {
namespace {

using formats::JsonLine;
using formats::JsonMembers;
using stored::get;
using stored::IndexFile;
using stored::Key;
using stored::put;

constexpr std::size_t kDocument = 5;  // bytes at the head of a payload
constexpr std::size_t kBatch = 4096;  // records

std::string digits_of(std::span<const std::byte> bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::byte byte : bytes) {
    text += kDigits[static_cast<unsigned>(byte) >> 4];
    text += kDigits[static_cast<unsigned>(byte) & 15];
  }
  return text;
}

std::string bytes_of(std::string_view digits) {
  std::string bytes;
  for (std::size_t at = 0; at < digits.size(); at += 2) {
    unsigned value = 0;
    const std::string_view two = digits.substr(at, 2);
    const auto [end, fault] = std::from_chars(two.data(), two.data() + two.size(), value, 16);
    if (fault != std::errc() || two.size() != 2 || end != two.data() + 2) {
      throw FormatError("digits are missing, or are none");
    }
    bytes += static_cast<char>(value);
  }
  return bytes;
}

std::string bytes_of(std::string_view digits, std::size_t size) {
  std::string bytes = bytes_of(digits);
  if (bytes.size() != size) throw FormatError("there are not as many digits as there should be");
  return bytes;
}

/// How the payload of a set is cut: its first 5 bytes are the document.
std::vector<std::size_t> places_of(std::size_t set) {
  switch (stored::kPayloads[set]) {
    case 10:
      return {5};
    case 18:
      return {5, 4, 4};
    default:
      return {};
  }
}

std::uint64_t number_at(const std::byte* from, std::size_t size) {
  return size == 5 ? get<5>(from) : get<4>(from);
}

std::string entry_line(std::size_t set, const std::byte* entry) {
  JsonLine line;
  line.add("set", std::uint64_t{set});
  line.add("key", digits_of({entry, Key::kBytes}));
  if (stored::kPayloads[set] > 0) line.add("document", get<kDocument>(entry + Key::kBytes));
  std::vector<std::uint64_t> places;
  const std::byte* at = entry + Key::kBytes + kDocument;
  for (const std::size_t size : places_of(set)) {
    places.push_back(number_at(at, size));
    at += size;
  }
  if (!places.empty()) line.add("places", places);
  return std::move(line).finish();
}

std::string head_line(const stored::Manifest& manifest) {
  JsonLine line;
  line.add("dedup_index", std::uint64_t{1});
  line.add("secret", digits_of(manifest.secret));
  line.add("near_threshold", manifest.threshold);
  line.add("recipe", manifest.recipe);
  line.add("unicode", manifest.unicode);
  line.add("options", manifest.options);
  line.add("documents", manifest.documents);
  return std::move(line).finish();
}

std::string name_line(const std::string& record) {
  JsonLine line;
  if (record.size() >= memory::kTimeBytes) {
    const std::string_view name = std::string_view(record).substr(memory::kTimeBytes);
    const bool valid = json::is_valid_utf8(name);
    line.add(valid ? "name" : "name_bytes",
             valid ? std::string(name) : digits_of(std::as_bytes(std::span(name))));
    line.add("time", get<8>(reinterpret_cast<const std::byte*>(record.data())));
  } else {
    line.add_true("forgotten");
  }
  return std::move(line).finish();
}

stored::Manifest manifest_of(const JsonMembers& members) {
  if (members.number("dedup_index") != 1) throw FormatError("a format of another version");
  stored::Manifest manifest;
  const std::string secret = bytes_of(members.text("secret"), manifest.secret.size());
  std::memcpy(manifest.secret.data(), secret.data(), secret.size());
  manifest.threshold = members.number("near_threshold");
  manifest.recipe = members.text("recipe");
  manifest.unicode = members.text("unicode");
  manifest.options = members.text("options");
  manifest.documents = members.number("documents");
  return manifest;
}

std::string name_record(const JsonMembers& members) {
  if (members.is_true("forgotten")) return {};
  std::string record(memory::kTimeBytes, '\0');
  put<8>(reinterpret_cast<std::byte*>(record.data()), members.number("time"));
  return record +
         (members.has("name_bytes") ? bytes_of(members.text("name_bytes")) : members.text("name"));
}

std::string entry_of(const JsonMembers& members, std::size_t set) {
  std::string entry = bytes_of(members.text("key"), Key::kBytes);
  entry.resize(Key::kBytes + stored::kPayloads[set]);
  if (stored::kPayloads[set] == 0) return entry;
  auto* at = reinterpret_cast<std::byte*>(entry.data()) + Key::kBytes;
  put<kDocument>(at, members.number("document"));
  at += kDocument;
  const std::vector<std::uint64_t> places = members.numbers("places");
  const std::vector<std::size_t> sizes = places_of(set);
  if (places.size() != sizes.size())
    throw FormatError("there are not as many places as there should be");
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    sizes[i] == 5 ? put<5>(at, places[i]) : put<4>(at, places[i]);
    at += sizes[i];
  }
  return entry;
}

/// Takes the lines behind the head, in the order in which they come.
class Import {
 public:
  explicit Import(IndexFile& out) : out_(out) {}

  void take(const JsonMembers& members) {
    any_ = true;
    if (members.has("set")) {
      take_entry(members);
    } else if (members.has("sketch")) {
      add(memory::kSketchRecords, bytes_of(members.text("sketch")));
    } else {
      add(memory::kNameRecords, name_record(members));
    }
  }

  /// Of the head alone no document is known.
  std::uint64_t finish(std::uint64_t documents) {
    flush_records();
    flush_entries();
    const std::uint64_t names = out_.records(memory::kNameRecords).end();
    if (any_ && names != documents) {
      throw FormatError("there are " + std::to_string(names) + " documents of " +
                        std::to_string(documents));
    }
    return names;
  }

 private:
  void add(std::size_t kind, std::string record) {
    if (kind != kind_) flush_records();
    kind_ = kind;
    records_.push_back(std::move(record));
    if (records_.size() == kBatch) flush_records();
  }
  void flush_records() {
    if (!records_.empty()) out_.records(kind_).add(records_);
    records_.clear();
  }
  /// Runs of some MiB; the set merges them.
  void take_entry(const JsonMembers& members) {
    constexpr std::size_t kMost = std::size_t{16} << 20;
    const std::uint64_t set = members.number("set");
    if (set >= stored::kSets) throw FormatError("there is no such set");
    if (set != set_ || entries_.size() >= kMost) flush_entries();
    set_ = set;
    const std::string entry = entry_of(members, set);
    if (!entries_.empty()) {
      const auto* const last = entries_.data() + entries_.size() - entry.size();
      const Key key = key_of(entry.data());
      if (!(key_of(last) < key)) throw FormatError("keys are not in ascending order");
    } else if (stored::kPayloads[set] > 0 && out_.set(set).find(key_of(entry.data())) != nullptr) {
      throw FormatError("keys are not in ascending order");
    }
    entries_ += entry;
  }
  void flush_entries() {
    if (entries_.empty()) return;
    const std::size_t size = out_.set(set_).shape().entry;
    out_.set(set_).add(entries_.size() / size,
                       [&, at = std::size_t{}]() mutable -> const std::byte* {
                         if (at == entries_.size()) return nullptr;
                         at += size;
                         return reinterpret_cast<const std::byte*>(entries_.data()) + at - size;
                       });
    entries_.clear();
  }
  static Key key_of(const char* entry) {
    return Key::of(reinterpret_cast<const std::byte*>(entry));
  }

  IndexFile& out_;
  bool any_ = false;  // line behind the head
  std::size_t kind_ = 0;
  std::vector<std::string> records_;
  std::size_t set_ = 0;
  std::string entries_;
};

}  // namespace

void export_index(const std::string& path, const std::function<void(std::string_view line)>& take) {
  IndexFile file(path, {.mode = IndexFile::Mode::read}, std::nullopt);
  take(head_line(file.manifest()));
  std::string record;
  for (std::uint64_t i = 0; i < file.manifest().documents; ++i) {
    file.records(memory::kNameRecords).read(i, record);
    take(name_line(record));
  }
  for (std::uint64_t i = 0; i < file.records(memory::kSketchRecords).end(); ++i) {
    file.records(memory::kSketchRecords).read(i, record);
    JsonLine line;
    line.add("sketch", digits_of(std::as_bytes(std::span(record))));
    take(std::move(line).finish());
  }
  for (std::size_t set = 0; set < stored::kSets; ++set) {
    const stored::Source all = file.set(set).all();
    while (const std::byte* const entry = all()) take(entry_line(set, entry));
  }
}

void import_index(const std::function<bool(std::string& line)>& give, const std::string& path) {
  std::string line;
  std::uint64_t number = 1;
  try {
    if (!give(line)) throw FormatError("there is no head");
    const stored::Manifest head = manifest_of(JsonMembers(line));
    if (head.recipe != text::tables::digest) {
      throw IndexError(path, "is to be made of keys by another recipe: " + head.recipe);
    }
    const auto out = memory::new_index_file(path, head);
    Import import(*out);
    for (; give(line); ++number) import.take(JsonMembers(line));
    out->prepare(import.finish(head.documents));
    out->commit();
  } catch (const FormatError& error) {
    throw FormatError("line " + std::to_string(number) + ": " + error.what());
  }
}

}  // namespace dedup
