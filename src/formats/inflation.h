// SPDX-License-Identifier: Apache-2.0
// The body of a response that a server compressed for the way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "formats/chunks.h"
#include "walls/coding.h"

namespace dedup::formats {

enum class ContentCoding { none, gzip, deflate, unknown };

/// Undoes a Content-Encoding. A body that does not begin as its coding does is compressed no more,
/// as crawlers that unpack it forget to say: it is given as it stands. Servers call bare deflate by
/// the same name as that with zlib's header.
///
/// Call grammar: feed* finish. Memory: 110 KiB.
class Inflation {
 public:
  /// `coding` is gzip or deflate; what is unpacked is cut off behind `longest` bytes.
  Inflation(ContentCoding coding, std::size_t longest) : coding_(coding), left_(longest) {}

  void feed(std::string_view bytes, const TakeBytes& take);
  void finish(const TakeBytes& take);

  /// What is wrong; empty where nothing is.
  [[nodiscard]] std::string_view fault() const noexcept { return fault_; }
  /// Whether the limit cut it off.
  [[nodiscard]] bool too_long() const noexcept { return too_long_; }

 private:
  enum class At { head, within, behind, plain, done };
  void begin(const TakeBytes& take);
  void unpack(std::string_view bytes, const TakeBytes& take);
  void hold_bare(std::string_view bytes);
  void end_member(std::string_view rest);
  void give_held(const TakeBytes& take);
  void be_damaged(const TakeBytes& take);
  void give(std::string_view bytes, const TakeBytes& take);

  ContentCoding coding_;
  std::size_t left_;  // bytes that may still be given
  At at_ = At::head;
  bool bare_ = false;  // deflate without a header, which may be none: nothing is unpacked so far
  std::string held_;   // bytes of the head; of what is bare, all
  std::unique_ptr<coding::Decoder> decoder_;
  std::vector<char> room_;
  std::string_view fault_;
  bool too_long_ = false;
};

}  // namespace dedup::formats
