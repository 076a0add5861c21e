// SPDX-License-Identifier: Apache-2.0
// Fuzz target: an Unpacker gives the same of a stream however it is cut, and never more than its
// limits let it; what is no stream comes back as it was from what a Packer made of it. The first
// byte is the size of the pieces, and chooses how to pack; the rest are the bytes.
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "dedup/compression.h"

namespace {

using dedup::Compression;

void require(bool holds, const char* promise) {
  if (!holds) throw std::logic_error(promise);
}

struct Result {
  dedup::Unpacking state;
  std::string text;
  std::uint64_t offset;
  bool operator==(const Result&) const = default;
};

constexpr std::uint64_t kFree = std::uint64_t{1} << 16;
constexpr std::uint64_t kRatio = 10;

Result unpack(std::string_view bytes, std::size_t piece) {
  dedup::UnpackLimits limits{.ratio = kRatio, .free = kFree};
  limits.memory = std::uint64_t{16} << 20;
  dedup::Unpacker unpacker(dedup::compression_of(bytes), limits);
  std::string text;
  while (!bytes.empty()) {
    std::string_view packed = bytes.substr(0, piece);
    bytes.remove_prefix(packed.size());
    for (std::string_view got; !(got = unpacker.unpack(packed)).empty();) text += got;
  }
  unpacker.finish();
  return {unpacker.state(), text, unpacker.offset()};
}

std::string pack(std::string_view text, Compression compression, std::size_t piece) {
  dedup::Packer packer(compression);
  std::string packed;
  const dedup::Packer::Take take = [&](std::string_view bytes) { packed += bytes; };
  for (; text.size() > piece; text.remove_prefix(piece)) {
    packer.pack(text.substr(0, piece), take);
    if (piece % 2 == 0) packer.flush(take);
  }
  packer.pack(text, take);
  packer.finish(take);
  return packed;
}

void check_stream(std::string_view bytes, std::size_t piece) {
  const Result whole = unpack(bytes, bytes.size());
  require(whole.offset <= bytes.size(), "no more is taken than there is");
  require(whole.text.size() <= kFree + (std::uint64_t{1} << 18) + kRatio * (bytes.size() + 1),
          "limits hold");
  require(whole.state != dedup::Unpacking::going_on, "a stream that ended is judged");
  const Result cut = unpack(bytes, piece);
  // Where a fault shows within a piece, what could be unpacked of that is another thing.
  require(whole.text.starts_with(cut.text) || cut.text.starts_with(whole.text), "P5: the text");
  require((whole.state == dedup::Unpacking::whole) == (cut.state == dedup::Unpacking::whole),
          "P5: whether it is whole");
  if (whole.state == dedup::Unpacking::whole) require(whole == cut, "P5: reads of any size");
}

void check_text(std::string_view text, std::size_t piece) {
  constexpr Compression kKinds[] = {Compression::gzip, Compression::zstd, Compression::xz};
  const Compression compression = kKinds[piece % 3];
  const std::string packed = pack(text, compression, piece);
  dedup::Unpacker unpacker(compression);
  std::string_view rest = packed;
  std::string back;
  for (std::string_view got; !(got = unpacker.unpack(rest)).empty();) back += got;
  unpacker.finish();
  require(unpacker.state() == dedup::Unpacking::whole && back == text, "what is packed is kept");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t piece = 1U + data[0];
  if (dedup::compression_of(bytes) != Compression::none) {
    check_stream(bytes, piece);
  } else {
    check_text(bytes, piece);
  }
  return 0;
}
