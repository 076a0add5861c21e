// SPDX-License-Identifier: Apache-2.0
// The only file that knows zlib. Its counts are of 32 bits, so a step hands it a part of a longer
// piece; the caller comes again with the rest.
#include "walls/zlib.h"

#define ZLIB_CONST  // input is not written to
#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

namespace dedup::zlib {
namespace {

using coding::Outcome;
using coding::Step;

constexpr int kWindow = 15;  // the largest: all data of the format can be unpacked
constexpr int kGzip = 16;    // added to it: gzip's header and trailer
constexpr int kMemory = 8;   // zlib's own default
constexpr int kLevel = 6;    // gzip's own default
constexpr char kMagic[] = "\x1F\x8B";

int window_bits(Form form) {
  return form == Form::raw ? -kWindow : form == Form::gzip ? kWindow + kGzip : kWindow;
}

uInt counted(std::size_t size) {
  return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

/// A z_stream over a piece of input and room for output.
void point(z_stream& stream, std::string_view in, std::span<char> out) {
  stream.next_in = reinterpret_cast<const Bytef*>(in.data());
  stream.avail_in = counted(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = counted(out.size());
}

Step result(const z_stream& stream, std::string_view in, std::span<char> out, int code) {
  Step step;
  step.taken = counted(in.size()) - stream.avail_in;
  step.given = counted(out.size()) - stream.avail_out;
  if (code == Z_MEM_ERROR) throw std::bad_alloc();
  if (code == Z_STREAM_END) {
    step.outcome = Outcome::ended;
  } else if (code != Z_OK && code != Z_BUF_ERROR) {  // the latter: nothing could be done
    step.outcome = Outcome::damaged;
  }
  return step;
}

class Inflater : public coding::Decoder {
 public:
  explicit Inflater(Form form) {
    if (::inflateInit2(&stream_, window_bits(form)) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() override { ::inflateEnd(&stream_); }

  Step step(std::string_view in, std::span<char> out) override {
    point(stream_, in, out);
    const int code = ::inflate(&stream_, Z_NO_FLUSH);
    return result(stream_, in, out, code);
  }

  void restart() override { ::inflateReset(&stream_); }

 private:
  z_stream stream_{};
};

class Deflater : public coding::Encoder {
 public:
  Deflater() {
    const int bits = window_bits(Form::gzip);
    if (::deflateInit2(&stream_, kLevel, Z_DEFLATED, bits, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~Deflater() override { ::deflateEnd(&stream_); }

  Step step(std::string_view in, std::span<char> out, Wish wish) override {
    point(stream_, in, out);
    const bool all = counted(in.size()) == in.size();
    const int how = !all || wish == Wish::take ? Z_NO_FLUSH
                    : wish == Wish::flush      ? Z_SYNC_FLUSH
                                               : Z_FINISH;
    const int code = ::deflate(&stream_, how);
    Step step = result(stream_, in, out, code);
    if (how == Z_SYNC_FLUSH && stream_.avail_out > 0) step.outcome = Outcome::ended;
    return step;
  }

 private:
  z_stream stream_{};
};

}  // namespace

std::unique_ptr<coding::Decoder> decoder(Form form) { return std::make_unique<Inflater>(form); }

std::unique_ptr<coding::Encoder> encoder() { return std::make_unique<Deflater>(); }

Inflated inflate(std::string_view bytes, Form form, std::size_t longest) {
  constexpr std::size_t kPiece = std::size_t{64} << 10;
  Inflater inflater(form);
  Inflated result;
  for (;;) {
    const std::size_t held = result.text.size();
    // One byte of room more than the limit shows whether the text is longer.
    const std::size_t room = std::min(std::max(held, kPiece), longest + 1 - held);
    result.text.resize(held + room);
    const Step step = inflater.step(bytes, {result.text.data() + held, room});
    result.text.resize(held + step.given);
    bytes.remove_prefix(step.taken);
    if (result.text.size() > longest) {
      result.text.resize(longest);
      result.longer = true;
      return result;
    }
    if (step.outcome == Outcome::ended) {
      result.whole = true;
      if (form != Form::gzip || !bytes.starts_with(kMagic)) return result;
      result.whole = false;  // a further member
      inflater.restart();
    } else if (step.outcome != Outcome::going_on || (step.taken == 0 && step.given == 0)) {
      return result;
    }
  }
}

}  // namespace dedup::zlib
