// SPDX-License-Identifier: Apache-2.0
// What is read is believed only as far as it can do harm: a checksum tells an accident, not a
// forger. So each length is compared with the bytes that are left before anything is made of it,
// and whatever a count says that a page holds, no more is read than a page has room for. Where
// extents of a forged manifest point is seen to when their pages are read: theirs are other
// checksums.
#include "stored/manifest.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>

#include "dedup/error.h"
#include "stored/bytes.h"

namespace dedup::stored {
namespace {

constexpr std::string_view kMagic = "dedupidx";
constexpr std::uint32_t kFormat = 1;
constexpr std::uint64_t kMostBytes = std::uint64_t{64} << 20;  // of a manifest

/// Writes numbers and strings one behind the other.
class Writer {
 public:
  void number(std::uint64_t value) {
    std::byte bytes[8];
    put<8>(bytes, value);
    text_.append(reinterpret_cast<const char*>(bytes), sizeof bytes);
  }
  void string(std::string_view value) {
    number(value.size());
    text_ += value;
  }
  void raw(std::span<const std::byte> bytes) {
    text_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

/// Reads them again; says at the end whether all were there.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t number() {
    std::byte bytes[8] = {};
    raw(bytes);
    return get<8>(bytes);
  }
  std::string string() {
    const std::uint64_t size = number();
    good_ = good_ && size <= bytes_.size();
    if (!good_) return {};
    std::string value(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return value;
  }
  void raw(std::span<std::byte> to) {
    good_ = good_ && to.size() <= bytes_.size();
    if (!good_) return;
    std::memcpy(to.data(), bytes_.data(), to.size());
    bytes_.remove_prefix(to.size());
  }
  /// How many of so many bytes each follow.
  std::uint64_t count(std::size_t size) {
    const std::uint64_t value = number();
    good_ = good_ && value <= bytes_.size() / size;
    return good_ ? value : 0;
  }
  [[nodiscard]] bool whole() const noexcept { return good_ && bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool good_ = true;
};

constexpr std::size_t kDescription = 48;  // bytes of a run or of a segment

void put_extent(Writer& writer, const Extent& extent) {
  writer.number(extent.first);
  writer.number(extent.pages);
  writer.number(extent.generation);
}

Extent get_extent(Reader& reader) {
  Extent extent;
  extent.first = reader.number();
  extent.pages = reader.number();
  extent.generation = reader.number();
  return extent;
}

bool has_magic(const Page& payload) noexcept {
  return std::memcmp(payload.data(), kMagic.data(), kMagic.size()) == 0;
}

/// None where the page is damaged, or was never written.
std::optional<Head> try_head(const files::SharedFile& file, std::uint64_t page) {
  Page payload;
  try {
    read_page(file, {0, kHeads, 0}, page, payload);
  } catch (const IndexError&) {
    return std::nullopt;
  }
  if (!has_magic(payload)) return std::nullopt;
  if (const auto format = get<4>(&payload[8]); format != kFormat) {
    file.fail("made by another version: format " + std::to_string(format) +
              ", where this one reads " + std::to_string(kFormat));
  }
  return Head{get<8>(&payload[16]), get<8>(&payload[24]), get<8>(&payload[32]),
              get<8>(&payload[40])};
}

/// Whether either page begins as a head does, whatever else is wrong with it.
bool seems_one(const files::SharedFile& file) {
  for (const std::uint64_t page : {0, 1}) {
    std::byte magic[kMagic.size()];
    try {
      file.read(page * kPage, magic);
    } catch (const IndexError&) {
      continue;
    }
    if (std::memcmp(magic, kMagic.data(), kMagic.size()) == 0) return true;
  }
  return false;
}

}  // namespace

std::vector<Extent> Manifest::extents() const {
  std::vector<Extent> all;
  for (const auto& runs : sets) {
    for (const Run& run : runs) all.push_back(run.extent);
  }
  for (const auto& segments : records) {
    for (const Segment& segment : segments) all.push_back(segment.extent);
  }
  return all;
}

std::string encode(const Manifest& manifest) {
  Writer writer;
  writer.raw(manifest.secret);
  writer.number(manifest.threshold);
  writer.number(manifest.documents);
  writer.string(manifest.recipe);
  writer.string(manifest.unicode);
  writer.string(manifest.options);
  for (const auto& runs : manifest.sets) {
    writer.number(runs.size());
    for (const Run& run : runs) {
      put_extent(writer, run.extent);
      writer.number(run.entries);
      writer.number(run.homes);
      writer.number(run.filter_lines);
    }
  }
  for (const auto& segments : manifest.records) {
    writer.number(segments.size());
    for (const Segment& segment : segments) {
      put_extent(writer, segment.extent);
      writer.number(segment.first);
      writer.number(segment.count);
      writer.number(segment.bytes);
    }
  }
  return writer.take();
}

bool decode(std::string_view bytes, Manifest& manifest) {
  Reader reader(bytes);
  reader.raw(manifest.secret);
  manifest.threshold = reader.number();
  manifest.documents = reader.number();
  manifest.recipe = reader.string();
  manifest.unicode = reader.string();
  manifest.options = reader.string();
  for (auto& runs : manifest.sets) {
    runs.resize(reader.count(kDescription));
    for (Run& run : runs) {
      run.extent = get_extent(reader);
      run.entries = reader.number();
      run.homes = reader.number();
      run.filter_lines = reader.number();
    }
  }
  for (auto& segments : manifest.records) {
    segments.resize(reader.count(kDescription));
    for (Segment& segment : segments) {
      segment.extent = get_extent(reader);
      segment.first = reader.number();
      segment.count = reader.number();
      segment.bytes = reader.number();
    }
  }
  return reader.whole();
}

/// Where one is damaged the other will do: it says the same, or is of the commit that was cut off.
Head read_head(const files::SharedFile& file) {
  const auto first = try_head(file, 0);
  const auto second = try_head(file, 1);
  if (!first && !second) {
    file.fail(seems_one(file) ? "damaged: neither of its heads is whole" : "not an index of dedup");
  }
  const Head& head =
      first && (!second || first->generation >= second->generation) ? *first : *second;
  if (file.size() / kPage < head.pages) {
    file.fail("damaged: cut short, " + std::to_string(file.size()) + " bytes of " +
              std::to_string(head.pages * kPage));
  }
  return head;
}

Page head_page(std::uint64_t number, const Head& head) noexcept {
  Page page{};
  std::memcpy(page.data(), kMagic.data(), kMagic.size());
  put<4>(&page[8], kFormat);
  put<8>(&page[16], head.generation);
  put<8>(&page[24], head.first);
  put<8>(&page[32], head.bytes);
  put<8>(&page[40], head.pages);
  seal(page, number, 0);
  return page;
}

Manifest read_manifest(const files::SharedFile& file, const Head& head) {
  if (head.bytes > kMostBytes) file.fail("damaged: its manifest is too long");
  std::string bytes(head.bytes, '\0');
  read_bytes(file, head.manifest(), 0, std::as_writable_bytes(std::span(bytes)));
  Manifest manifest;
  if (!decode(bytes, manifest)) file.fail("damaged: its manifest is not whole");
  return manifest;
}

}  // namespace dedup::stored
