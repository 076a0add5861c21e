// SPDX-License-Identifier: Apache-2.0
// Compressed streams: gzip, zstd and xz, told by their first bytes, unpacked and packed piece by
// piece.
//
//   dedup::Unpacker unpacker(dedup::compression_of(head));
//   for (std::string_view packed; !(packed = read()).empty();) {
//     for (std::string_view text; !(text = unpacker.unpack(packed)).empty();) use(text);
//   }
//   unpacker.finish();
//   if (unpacker.state() != dedup::Unpacking::whole) …
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "dedup/export.h"

namespace dedup {

/// How a stream is packed.
enum class Compression {
  none,  ///< not at all, or in a way that is not known
  gzip,  ///< of RFC 1952, whatever its number of members
  zstd,  ///< of RFC 8878
  xz     ///< of xz, not of its forerunner lzma
};

/// The compression of a stream that starts with `head`. Its first kLongestMagic bytes are enough;
/// none of them can begin a text in UTF-8.
[[nodiscard]] DEDUP_EXPORT Compression compression_of(std::string_view head) noexcept;

/// How many bytes of a stream tell its compression.
inline constexpr std::size_t kLongestMagic = 6;

/// Whether more bytes behind a shorter `head` could make it that of a compressed stream.
[[nodiscard]] DEDUP_EXPORT bool may_become_compressed(std::string_view head) noexcept;

/// The compression that a file's name tells by its end: .gz, .zst, .xz.
[[nodiscard]] DEDUP_EXPORT Compression compression_of_name(std::string_view name) noexcept;

/// The name without that end: of `a.jsonl.gz`, `a.jsonl`.
[[nodiscard]] DEDUP_EXPORT std::string_view name_of_content(std::string_view name) noexcept;

/// "gzip", "zstd", "xz".
[[nodiscard]] DEDUP_EXPORT std::string_view name_of(Compression compression) noexcept;

/// What became of a stream so far.
enum class Unpacking {
  going_on,      ///< nothing is wrong yet
  whole,         ///< it ended where it should, and all checksums are right
  damaged,       ///< it breaks the rules of its format, or a checksum is wrong
  truncated,     ///< it ended too early
  trailing,      ///< behind its end stands something else
  too_dense,     ///< it grew by more than UnpackLimits::ratio
  too_large,     ///< it needs more memory than UnpackLimits::memory
  packed_twice,  ///< it holds another such stream. Not found by an Unpacker, see Cleaned::unpacking
};

/// What an Unpacker may do with a stream that nobody vouches for.
struct UnpackLimits {
  /// A stream of more than `free` bytes may be so many times as long as what it was packed in.
  /// Records of a page that differ in address and a number come to 100 by gzip and to 270 by xz,
  /// text to 3 or 4; what deflate can do at most is 1032, and a single page over and over comes to
  /// thousands by the others, as bombs do.
  std::uint64_t ratio = 1000;
  /// Bytes of what comes out that `ratio` leaves alone.
  std::uint64_t free = std::uint64_t{64} << 20;

  /// Most memory for the window of a stream. The default is enough for `xz -9` and for
  /// `zstd --long`, whose windows have 64 and 128 MiB.
  std::uint64_t memory = std::uint64_t{132} << 20;

  /// Called before a stream takes more memory than any before, and more than a few MiB.
  std::function<void(std::uint64_t bytes)> on_memory;
};

/// Unpacks a stream: all members of gzip, up to zeros that pad it; all frames of zstd; all streams
/// of xz with the padding between them. What was packed twice is unpacked once.
class DEDUP_EXPORT Unpacker {
 public:
  /// Not for Compression::none. Throws std::bad_alloc, as unpack() does.
  explicit Unpacker(Compression compression, UnpackLimits limits = {});
  Unpacker(Unpacker&&) noexcept;  ///< the other may then be assigned to or destroyed only
  Unpacker& operator=(Unpacker&&) noexcept;  ///< likewise
  ~Unpacker();

  /// Takes bytes from the head of `packed`, which it shortens, and gives what they hold, valid
  /// until the next call. Empty where all was taken and more is wanted, or state() tells of a
  /// fault: nothing is taken any more then.
  [[nodiscard]] std::string_view unpack(std::string_view& packed);

  /// Tells that the stream has ended.
  void finish() noexcept;

  /// What became of the stream so far.
  [[nodiscard]] Unpacking state() const noexcept;

  /// How many bytes were taken; behind a fault, where in the packed stream that was found.
  [[nodiscard]] std::uint64_t offset() const noexcept;

  /// The memory that the stream needs, where that is too large.
  [[nodiscard]] std::uint64_t needed() const noexcept;

 private:
  struct DEDUP_LOCAL State;
  std::unique_ptr<State> state_;
};

/// Packs a stream, without a name or a time in it: equal pieces of text give equal bytes.
class DEDUP_EXPORT Packer {
 public:
  /// Takes the next bytes of the packed stream; valid during the call only.
  using Take = std::function<void(std::string_view packed)>;

  /// Not for Compression::none. Throws std::bad_alloc, as all here do.
  explicit Packer(Compression compression);
  Packer(Packer&&) noexcept;             ///< the other may then be assigned to or destroyed only
  Packer& operator=(Packer&&) noexcept;  ///< likewise
  ~Packer();

  /// The next bytes of the text, cut anywhere. What comes out may lag behind.
  void pack(std::string_view text, const Take& take);
  /// Gives all of the text so far, so that whoever reads along can unpack it.
  void flush(const Take& take);
  /// Ends the stream. Nothing may follow.
  void finish(const Take& take);

  /// About how much memory one takes.
  [[nodiscard]] static std::uint64_t memory(Compression compression) noexcept;

 private:
  struct DEDUP_LOCAL State;
  std::unique_ptr<State> state_;
};

}  // namespace dedup
