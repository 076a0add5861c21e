// SPDX-License-Identifier: Apache-2.0
// The only file that knows liblzma.
#include "walls/lzma.h"

#include <lzma.h>

#include <new>

namespace dedup::lzma {
namespace {

using coding::Outcome;
using coding::Step;

constexpr std::uint32_t kPreset = 2;

void point(lzma_stream& stream, std::string_view in, std::span<char> out) {
  stream.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
  stream.avail_in = in.size();
  stream.next_out = reinterpret_cast<std::uint8_t*>(out.data());
  stream.avail_out = out.size();
}

Outcome outcome(lzma_ret code) {
  switch (code) {
    case LZMA_OK:
    case LZMA_BUF_ERROR:  // nothing could be done
      return Outcome::going_on;
    case LZMA_STREAM_END:
      return Outcome::ended;
    case LZMA_MEMLIMIT_ERROR:
      return Outcome::too_large;
    case LZMA_MEM_ERROR:
      throw std::bad_alloc();
    default:
      return Outcome::damaged;
  }
}

Step result(const lzma_stream& stream, std::string_view in, std::span<char> out, lzma_ret code) {
  return {outcome(code), in.size() - stream.avail_in, out.size() - stream.avail_out};
}

class Decompressor : public coding::Decoder {
 public:
  Decompressor() { restart(); }
  ~Decompressor() override { ::lzma_end(&stream_); }

  Step step(std::string_view in, std::span<char> out) override {
    point(stream_, in, out);
    const lzma_ret code = ::lzma_code(&stream_, LZMA_RUN);
    return result(stream_, in, out, code);
  }

  void restart() override {
    const lzma_ret code = ::lzma_stream_decoder(&stream_, allowed_, LZMA_TELL_UNSUPPORTED_CHECK);
    if (code != LZMA_OK) throw std::bad_alloc();
  }

  [[nodiscard]] std::uint64_t needed() const noexcept override { return ::lzma_memusage(&stream_); }

  bool allow(std::uint64_t bytes) override {
    allowed_ = bytes;
    return ::lzma_memlimit_set(&stream_, bytes) == LZMA_OK;
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  std::uint64_t allowed_ = kAllowed;
};

class Compressor : public coding::Encoder {
 public:
  Compressor() {
    if (::lzma_easy_encoder(&stream_, kPreset, LZMA_CHECK_CRC64) != LZMA_OK) throw std::bad_alloc();
  }
  ~Compressor() override { ::lzma_end(&stream_); }

  Step step(std::string_view in, std::span<char> out, Wish wish) override {
    point(stream_, in, out);
    const lzma_action how = wish == Wish::take    ? LZMA_RUN
                            : wish == Wish::flush ? LZMA_SYNC_FLUSH
                                                  : LZMA_FINISH;
    const lzma_ret code = ::lzma_code(&stream_, how);
    return result(stream_, in, out, code);
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
};

}  // namespace

std::unique_ptr<coding::Decoder> decoder() { return std::make_unique<Decompressor>(); }

std::unique_ptr<coding::Encoder> encoder() { return std::make_unique<Compressor>(); }

}  // namespace dedup::lzma
