// SPDX-License-Identifier: Apache-2.0
// The only file that knows libzstd, and of that only what its shared library promises to keep.
#include "walls/zstd.h"

#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <new>
#include <string>

namespace dedup::zstd {
namespace {

using coding::Outcome;
using coding::Step;

constexpr std::uint64_t kBeside = std::uint64_t{1} << 20;  // what is taken beside a window
constexpr int kSmallestWindow = 20;                        // powers of two
constexpr int kLargestWindow = 31;
constexpr std::size_t kLongestHeader = 18;

constexpr std::uint64_t bytes_of(int window) { return (std::uint64_t{1} << window) + kBeside; }

[[noreturn]] void out_of_memory() { throw std::bad_alloc(); }

/// The library tells that a window is larger than it may be, but not how large it is: it is found
/// by trying, with the head of the frame given anew.
class Decompressor : public coding::Decoder {
 public:
  Decompressor() : context_(::ZSTD_createDCtx()) {
    if (context_ == nullptr) out_of_memory();
    allow(kAllowed);
  }
  ~Decompressor() override { ::ZSTD_freeDCtx(context_); }

  Step step(std::string_view in, std::span<char> out) override {
    Step step;
    // Asked again and again without input, the library would call that an error.
    if (in.empty() && !full_) return step;
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    const std::size_t code = ::ZSTD_decompressStream(context_, &to, &from);
    if (::ZSTD_getErrorCode(code) == ZSTD_error_frameParameter_windowTooLarge) {
      step.outcome = Outcome::too_large;
      return step;
    }
    if (::ZSTD_getErrorCode(code) == ZSTD_error_memory_allocation) out_of_memory();
    step.taken = from.pos;
    step.given = to.pos;
    step.outcome = ::ZSTD_isError(code) != 0 ? Outcome::damaged
                   : code == 0               ? Outcome::ended
                                             : Outcome::going_on;
    full_ = to.pos == to.size;
    const std::size_t room = kLongestHeader - head_.size();
    head_.append(in.substr(0, std::min(step.taken, room)));
    return step;
  }

  void restart() override {
    ::ZSTD_DCtx_reset(context_, ZSTD_reset_session_only);
    head_.clear();
    full_ = false;
  }

  /// What would be taken by the next larger window.
  [[nodiscard]] std::uint64_t needed() const noexcept override { return bytes_of(window_ + 1); }

  bool allow(std::uint64_t bytes) override {
    int window = kSmallestWindow;
    while (window < kLargestWindow && bytes_of(window + 1) <= bytes) ++window;
    if (window <= window_) return false;
    window_ = window;
    ::ZSTD_DCtx_reset(context_, ZSTD_reset_session_only);
    ::ZSTD_DCtx_setParameter(context_, ZSTD_d_windowLogMax, window);
    ZSTD_inBuffer from{head_.data(), head_.size(), 0};
    ZSTD_outBuffer nothing{nullptr, 0, 0};
    if (!head_.empty()) ::ZSTD_decompressStream(context_, &nothing, &from);
    return true;
  }

 private:
  ZSTD_DCtx* context_;
  std::string head_;   // of the frame
  int window_ = 0;     // the largest that is allowed
  bool full_ = false;  // there may be more to give
};

class Compressor : public coding::Encoder {
 public:
  Compressor() : context_(::ZSTD_createCCtx()) {
    if (context_ == nullptr) out_of_memory();
    ::ZSTD_CCtx_setParameter(context_, ZSTD_c_checksumFlag, 1);
  }
  ~Compressor() override { ::ZSTD_freeCCtx(context_); }

  Step step(std::string_view in, std::span<char> out, Wish wish) override {
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    const ZSTD_EndDirective how = wish == Wish::take    ? ZSTD_e_continue
                                  : wish == Wish::flush ? ZSTD_e_flush
                                                        : ZSTD_e_end;
    const std::size_t left = ::ZSTD_compressStream2(context_, &to, &from, how);
    if (::ZSTD_isError(left) != 0) out_of_memory();  // nothing else can go wrong
    const bool done = wish != Wish::take && left == 0;
    return {done ? Outcome::ended : Outcome::going_on, from.pos, to.pos};
  }

 private:
  ZSTD_CCtx* context_;
};

}  // namespace

std::unique_ptr<coding::Decoder> decoder() { return std::make_unique<Decompressor>(); }

std::unique_ptr<coding::Encoder> encoder() { return std::make_unique<Compressor>(); }

}  // namespace dedup::zstd
