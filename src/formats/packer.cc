// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <stdexcept>
#include <utility>

#include "dedup/compression.h"
#include "walls/coding.h"
#include "walls/lzma.h"
#include "walls/zlib.h"
#include "walls/zstd.h"

namespace dedup {
namespace {

using coding::Encoder;
using coding::Outcome;

constexpr std::size_t kRoom = std::size_t{64} << 10;

std::unique_ptr<Encoder> make_encoder(Compression compression) {
  switch (compression) {
    case Compression::gzip:
      return zlib::encoder();
    case Compression::zstd:
      return zstd::encoder();
    case Compression::xz:
      return lzma::encoder();
    case Compression::none:
      break;
  }
  throw std::invalid_argument("nothing to pack");
}

}  // namespace

struct Packer::State {
  explicit State(Compression compression) : encoder(make_encoder(compression)) {}

  void go(std::string_view text, Encoder::Wish wish, const Take& take) {
    for (;;) {
      const coding::Step step = encoder->step(text, room, wish);
      text.remove_prefix(step.taken);
      if (step.given > 0) take({room.data(), step.given});
      // What is full may have left something behind, which the next step gives.
      const bool idle = text.empty() && step.given < room.size();
      if (wish == Encoder::Wish::take ? idle : step.outcome == Outcome::ended) return;
    }
  }

  std::unique_ptr<Encoder> encoder;
  std::array<char, kRoom> room;
};

Packer::Packer(Compression compression) : state_(std::make_unique<State>(compression)) {}
Packer::Packer(Packer&&) noexcept = default;
Packer& Packer::operator=(Packer&&) noexcept = default;
Packer::~Packer() = default;

void Packer::pack(std::string_view text, const Take& take) {
  if (!text.empty()) state_->go(text, Encoder::Wish::take, take);
}

void Packer::flush(const Take& take) { state_->go({}, Encoder::Wish::flush, take); }

void Packer::finish(const Take& take) { state_->go({}, Encoder::Wish::end, take); }

std::uint64_t Packer::memory(Compression compression) noexcept {
  constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;
  switch (compression) {
    case Compression::gzip:
    case Compression::none:
      return 0;  // a quarter of a MiB
    case Compression::zstd:
      return 6 * kMiB;
    case Compression::xz:
      return 18 * kMiB;
  }
  return 0;
}

}  // namespace dedup
