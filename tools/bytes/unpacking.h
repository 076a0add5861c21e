// SPDX-License-Identifier: Apache-2.0
// The stage that unpacks what is compressed, and passes on what is not. It goes by the first bytes
// alone, whatever the name and the format of what is inside.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "bytes/source.h"
#include "dedup/compression.h"

namespace dedup::tool {

/// Whatever keeps it from the end of a stream is thrown as ReadError, behind the last byte that
/// could be unpacked: also that something else stands behind the end, since nobody can tell whether
/// that is worthless. What was packed twice is refused.
class UnpackingSource : public ByteSource {
 public:
  /// `name` as typed, `label` for messages.
  UnpackingSource(std::unique_ptr<ByteSource> below, const std::string& name, std::string label,
                  UnpackLimits limits);

  std::string_view read() override;

  /// How it is compressed; known behind the first read().
  [[nodiscard]] Compression compression() const noexcept { return compression_; }

 private:
  void recognise();
  /// The next piece from below, those that were looked at first.
  std::string_view next();
  std::string_view unpacked();
  void refuse_twice(std::string_view text) const;
  [[noreturn]] void truncated(std::uint64_t offset) const;
  [[noreturn]] void fail() const;
  [[nodiscard]] std::string place(std::uint64_t offset) const;

  std::unique_ptr<ByteSource> below_;
  std::string label_;
  UnpackLimits limits_;
  Compression by_name_;
  Compression compression_ = Compression::none;
  std::unique_ptr<Unpacker> unpacker_;
  std::string head_;         // pieces that were too short to tell by
  std::string_view second_;  // the one behind them
  std::string_view packed_;  // what is left to unpack of the last one
  enum class At { start, head, second, middle, end } at_ = At::start;
  bool any_ = false;  // something was unpacked
};

/// The program that unpacks what is compressed so to its standard output.
[[nodiscard]] std::string unpacking_program(Compression compression);

/// Puts that stage into a source. The result lives in it.
const UnpackingSource& unpack(Source& source, UnpackLimits limits = {});

/// All that a small file holds. Throws InputError.
[[nodiscard]] std::string read_all(const std::string& operand);

}  // namespace dedup::tool
