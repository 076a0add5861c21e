// SPDX-License-Identifier: Apache-2.0
#include "formats/inflation.h"

#include <algorithm>
#include <utility>

#include "walls/zlib.h"

namespace dedup::formats {
namespace {

constexpr std::size_t kRoom = std::size_t{64} << 10;
constexpr std::size_t kHead = 2;  // bytes that tell what begins
constexpr std::string_view kGzipMagic = "\x1F\x8B";

/// RFC 1950: deflate as the method, and a checksum of 5 bits over both bytes.
bool is_zlib(std::string_view head) {
  const auto method = static_cast<unsigned char>(head[0]);
  const auto flags = static_cast<unsigned char>(head[1]);
  return (method & 0x0FU) == 8 && (method * 256U + flags) % 31 == 0;
}

}  // namespace

void Inflation::feed(std::string_view bytes, const TakeBytes& take) {
  switch (at_) {
    case At::head:
    case At::behind:
      held_ += bytes;
      if (held_.size() >= kHead) begin(take);
      break;
    case At::within:
      unpack(bytes, take);
      break;
    case At::plain:
      give(bytes, take);
      break;
    case At::done:
      break;
  }
}

/// At the head of the body, or of what may be a further member of gzip. Most text is no deflate
/// from its first block on; but a line feed would begin one that holds anything.
void Inflation::begin(const TakeBytes& take) {
  const std::string bytes = std::exchange(held_, {});
  const bool gzip = bytes.starts_with(kGzipMagic);
  if (at_ == At::behind) {
    at_ = gzip ? At::within : At::done;
    if (gzip) decoder_->restart();
  } else if (!gzip && (coding_ == ContentCoding::gzip || bytes.front() == '\n')) {
    at_ = At::plain;
  } else {
    bare_ = !gzip && !is_zlib(bytes);
    decoder_ = zlib::decoder(gzip ? zlib::Form::gzip : bare_ ? zlib::Form::raw : zlib::Form::zlib);
    if (gzip) coding_ = ContentCoding::gzip;
    room_.resize(kRoom);
    at_ = At::within;
  }
  feed(bytes, take);
}

/// As long as what is bare may turn out to be no deflate at all, which shows soon.
void Inflation::hold_bare(std::string_view bytes) {
  if (!bare_) return;
  held_ += bytes;
  bare_ = held_.size() <= kRoom;
}

void Inflation::unpack(std::string_view bytes, const TakeBytes& take) {
  hold_bare(bytes);
  while (at_ == At::within) {
    const coding::Step step = decoder_->step(bytes, room_);
    bytes.remove_prefix(step.taken);
    if (step.given > 0) {
      bare_ = false;
      give({room_.data(), step.given}, take);
    }
    if (at_ != At::within) return;  // the limit
    if (step.outcome == coding::Outcome::ended) {
      end_member(bytes);
    } else if (step.outcome != coding::Outcome::going_on) {
      return be_damaged(take);
    } else if (step.taken == 0 && step.given == 0) {
      return;
    }
  }
}

/// Gzip may go on with another member; of anything else behind the end nothing is wanted.
void Inflation::end_member(std::string_view rest) {
  bare_ = false;
  const bool open = coding_ == ContentCoding::gzip && rest.size() < kHead;
  if (coding_ == ContentCoding::gzip && rest.starts_with(kGzipMagic)) {
    decoder_->restart();
  } else {
    at_ = open ? At::behind : At::done;
    held_ = rest.substr(0, open ? rest.size() : 0);
  }
}

void Inflation::be_damaged(const TakeBytes& take) {
  if (bare_) return give_held(take);
  at_ = At::done;
  fault_ = "a compressed body is damaged";
}

void Inflation::give(std::string_view bytes, const TakeBytes& take) {
  take(bytes.substr(0, left_));
  too_long_ = bytes.size() > left_;
  if (too_long_) at_ = At::done;
  left_ -= std::min(bytes.size(), left_);
}

/// What never was compressed: all that came so far.
void Inflation::give_held(const TakeBytes& take) {
  at_ = At::plain;
  if (!held_.empty()) give(std::exchange(held_, {}), take);
}

void Inflation::finish(const TakeBytes& take) {
  if (at_ == At::head || (at_ == At::within && bare_)) return give_held(take);
  if (at_ == At::within) fault_ = "a compressed body ends early";
}

}  // namespace dedup::formats
