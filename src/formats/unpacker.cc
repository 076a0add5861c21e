// SPDX-License-Identifier: Apache-2.0
// A stream of units, each told by its magic bytes:
//
//   gzip   member member … zeros*         zeros fill up a tape; behind them nothing may follow
//   zstd   frame skippable frame …
//   xz     stream (0000)* stream …        zeros come by fours
//
// What stands where a unit should begin, and is none, is no damage of what came before: it is told
// apart as trailing, and so is a magic that is cut short there.
#include <algorithm>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

#include "dedup/compression.h"
#include "walls/coding.h"
#include "walls/lzma.h"
#include "walls/zlib.h"
#include "walls/zstd.h"

namespace dedup {
namespace {

using coding::Outcome;

constexpr std::size_t kRoom = std::size_t{256} << 10;  // stays in a processor's cache

std::unique_ptr<coding::Decoder> make_decoder(Compression compression) {
  switch (compression) {
    case Compression::gzip:
      return zlib::decoder(zlib::Form::gzip);
    case Compression::zstd:
      return zstd::decoder();
    case Compression::xz:
      return lzma::decoder();
    case Compression::none:
      break;
  }
  throw std::invalid_argument("nothing to unpack");
}

}  // namespace

struct Unpacker::State {
  State(Compression wanted, UnpackLimits allowed)
      : compression(wanted), limits(std::move(allowed)), decoder(make_decoder(wanted)) {}

  std::string_view unpack(std::string_view& packed);
  void begin_unit(std::string_view& packed);
  void skip_padding(std::string_view& packed);
  std::string_view step(std::string_view& packed);
  void judge(Outcome outcome);
  void ask_for_memory();
  [[nodiscard]] bool too_dense() const noexcept;

  Compression compression;
  UnpackLimits limits;
  std::unique_ptr<coding::Decoder> decoder;
  std::unique_ptr<char[]> room = std::make_unique_for_overwrite<char[]>(kRoom);
  Unpacking state = Unpacking::going_on;
  std::uint64_t taken = 0;  // of the packed stream
  std::uint64_t given = 0;
  std::uint64_t padding = 0;    // zeros behind the unit before
  std::uint64_t needed = 0;     // memory, where it is too large
  bool inside = false;          // of a unit
  bool first = true;            // no unit has ended yet
  bool hungry = false;          // the decoder can do nothing without more input
  std::string magic;            // of the unit that begins, as far as it is known
  std::string_view magic_left;  // what of it the decoder has not taken
};

/// One unit after the other, until there is something to give, or nothing can be done.
std::string_view Unpacker::State::unpack(std::string_view& packed) {
  while (state == Unpacking::going_on) {
    if (!inside) {
      begin_unit(packed);
      if (!inside) break;
    }
    const std::string_view piece = step(packed);
    if (!piece.empty()) return piece;
    if (hungry) break;
  }
  return {};
}

/// Gathers the magic of a unit, which the pieces may cut.
void Unpacker::State::begin_unit(std::string_view& packed) {
  if (magic.empty()) skip_padding(packed);
  while (!packed.empty()) {
    magic += packed.front();
    const Compression found = compression_of(magic);
    const bool wrong =
        found == Compression::none ? !may_become_compressed(magic) : found != compression;
    if (wrong || (padding > 0 && compression == Compression::gzip) || padding % 4 != 0) {
      taken -= magic.size() - 1;  // it begins at its first byte
      state = first ? Unpacking::damaged : Unpacking::trailing;
      return;
    }
    packed.remove_prefix(1);
    taken += 1;
    if (found == Compression::none) continue;
    magic_left = magic;
    inside = true;
    return;
  }
}

/// Zeros in front of the first unit are no padding: a stream begins with its magic.
void Unpacker::State::skip_padding(std::string_view& packed) {
  if (first || compression == Compression::zstd) return;
  const std::size_t zeros = std::min(packed.find_first_not_of('\0'), packed.size());
  packed.remove_prefix(zeros);
  padding += zeros;
  taken += zeros;
}

/// One step of the decoder, with the magic first.
std::string_view Unpacker::State::step(std::string_view& packed) {
  const bool from_magic = !magic_left.empty();
  std::string_view& from = from_magic ? magic_left : packed;
  const coding::Step step = decoder->step(from, {room.get(), kRoom});
  from.remove_prefix(step.taken);
  if (!from_magic) taken += step.taken;
  given += step.given;
  hungry = step.outcome == Outcome::going_on && step.taken == 0 && step.given == 0;
  judge(step.outcome);
  return {room.get(), step.given};
}

/// What was given by the step stands whatever comes of it.
void Unpacker::State::judge(Outcome outcome) {
  if (outcome == Outcome::ended) {
    decoder->restart();
    inside = first = false;
    magic.clear();
    padding = 0;
  } else if (outcome == Outcome::damaged) {
    state = Unpacking::damaged;
  } else if (outcome == Outcome::too_large) {
    ask_for_memory();
  } else if (too_dense()) {
    state = Unpacking::too_dense;
  }
}

/// Nothing was taken of the unit that asks, or all that was is remembered by the decoder: with more
/// memory it goes on where it is.
void Unpacker::State::ask_for_memory() {
  needed = decoder->needed();
  if (needed > limits.memory) {
    state = Unpacking::too_large;
    return;
  }
  if (limits.on_memory) limits.on_memory(needed);
  if (!decoder->allow(needed)) state = Unpacking::too_large;
}

/// By what was taken so far, not by the whole of a file, which a pipe does not tell.
bool Unpacker::State::too_dense() const noexcept {
  return given > limits.free && given / limits.ratio > taken;
}

Unpacker::Unpacker(Compression compression, UnpackLimits limits)
    : state_(std::make_unique<State>(compression, std::move(limits))) {}
Unpacker::Unpacker(Unpacker&&) noexcept = default;
Unpacker& Unpacker::operator=(Unpacker&&) noexcept = default;
Unpacker::~Unpacker() = default;

std::string_view Unpacker::unpack(std::string_view& packed) { return state_->unpack(packed); }

void Unpacker::finish() noexcept {
  State& state = *state_;
  if (state.state != Unpacking::going_on) return;
  if (state.inside || state.first) {
    state.state = Unpacking::truncated;
  } else if (!state.magic.empty() ||
             (state.compression == Compression::xz && state.padding % 4 != 0)) {
    state.state = Unpacking::trailing;
  } else {
    state.state = Unpacking::whole;
  }
}

Unpacking Unpacker::state() const noexcept { return state_->state; }

std::uint64_t Unpacker::offset() const noexcept { return state_->taken; }

std::uint64_t Unpacker::needed() const noexcept { return state_->needed; }

}  // namespace dedup
