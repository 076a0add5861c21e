// SPDX-License-Identifier: Apache-2.0
// One loop for all codecs: ASCII in runs, the rest character by character into a buffer that goes
// out whole, since to append each by itself would cost more than to decode it.
#include "text/charset/decoders.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "text/charset/codecs.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

/// Collects what is decoded.
class Output {
 public:
  explicit Output(std::string& out) : out_(out) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() = default;

  void put(char32_t c) {
    make_room();
    char* const at = buffer_.data() + size_;
    if (c >= 0x800 && c < 0x10000) [[likely]] {
      at[0] = static_cast<char>(0xE0U | c >> 12);
      at[1] = static_cast<char>(0x80U | (c >> 6 & 0x3FU));
      at[2] = static_cast<char>(0x80U | (c & 0x3FU));
      size_ += 3;
    } else if (c < 0x80) {
      *at = static_cast<char>(c);
      ++size_;
    } else if (c >= kDouble) {
      for (const char16_t each : charset_tables::kBig5Doubles[c - kDouble]) put(each);
    } else {
      flush();
      utf8::append(out_, c);
    }
  }
  void put(std::string_view ascii) {
    if (ascii.size() > kLongRun) {
      flush();
      out_ += ascii;
      return;
    }
    make_room();
    std::memcpy(buffer_.data() + size_, ascii.data(), ascii.size());
    size_ += ascii.size();
  }
  /// Writes the pairs at the head that stand for characters of three bytes, which are nearly all of
  /// a text in Chinese, and returns how many bytes that took.
  template <typename Codec>
  std::size_t put_pairs(std::string_view bytes) {
    make_room();
    const std::size_t most = std::min(bytes.size() / 2, (buffer_.size() - size_) / 3);
    char* at = buffer_.data() + size_;
    std::size_t done = 0;
    for (; done < most; ++done, at += 3) {
      const std::uint32_t c = Codec::plain_pair(bytes.data() + 2 * done);
      if (c < 0x800) break;
      at[0] = static_cast<char>(0xE0U | c >> 12);
      at[1] = static_cast<char>(0x80U | (c >> 6 & 0x3FU));
      at[2] = static_cast<char>(0x80U | (c & 0x3FU));
    }
    size_ += done * 3;
    return done * 2;
  }
  void flush() {
    out_.append(buffer_.data(), size_);
    size_ = 0;
  }

 private:
  static constexpr std::size_t kLongRun = 64;

  void make_room() {
    if (size_ + kLongRun > buffer_.size()) flush();
  }

  std::string& out_;
  std::array<char, 4096> buffer_;  // NOLINT: filled before it is read
  std::size_t size_ = 0;
};

/// How many bytes at the head are ASCII.
std::size_t ascii_run(std::string_view bytes) noexcept {
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + 8 <= bytes.size(); at += 8) {
    std::memcpy(&eight, bytes.data() + at, 8);
    if ((eight & 0x8080808080808080U) != 0) break;
  }
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at;
}

template <typename Codec>
class CodecDecoder final : public Decoder {
 public:
  void feed(std::string_view bytes, std::string& out) override {
    Output output(out);
    // A character cut by the end of the last piece grows byte by byte until it is decided.
    while (!waiting_.empty() && !bytes.empty()) {
      waiting_ += bytes.front();
      bytes.remove_prefix(1);
      ++input_;
      waiting_.erase(0, convert(waiting_, input_ - waiting_.size(), output));
    }
    const std::size_t done = convert(bytes, input_, output);
    waiting_ += bytes.substr(done);
    input_ += bytes.size();
    output.flush();
  }

  void finish(std::string& out) override {
    Output output(out);
    while (!waiting_.empty()) {
      const std::size_t size = Codec::read(waiting_).size;
      broken(input_ - waiting_.size(), output);
      waiting_.erase(0, size);
      waiting_.erase(0, convert(waiting_, input_ - waiting_.size(), output));
    }
    output.flush();
  }

  void reset(const CharsetHints&) override {
    waiting_.clear();
    input_ = 0;
    damage_ = {};
    started_ = false;
  }

  [[nodiscard]] Encoding encoding() const noexcept override {
    return {name(Codec::kCharset), EncodingSource::given, 1};
  }

 private:
  /// Converts all but a character cut by the end, and returns how much that was. `offset`: of the
  /// first byte in the document.
  std::size_t convert(std::string_view bytes, std::uint64_t offset, Output& output) {
    std::size_t at = 0;
    while (at < bytes.size()) {
      if (Codec::kAscii && static_cast<unsigned char>(bytes[at]) < 0x80) {
        const std::size_t run = ascii_run(bytes.substr(at));
        output.put(bytes.substr(at, run));
        at += run;
        continue;
      }
      if constexpr (requires { Codec::plain_pair(bytes.data()); }) {
        const std::size_t pairs = output.put_pairs<Codec>(bytes.substr(at));
        if (pairs > 0) {
          at += pairs;
          started_ = true;
          continue;
        }
      }
      const Read next = Codec::read(bytes.substr(at));
      if (next.state == Read::State::cut) break;
      if (next.state == Read::State::broken) {
        broken(offset + at, output);
      } else if (Codec::kAscii || started_ || next.c != kMark) {
        output.put(next.c);
      }
      started_ = true;
      at += next.size;
    }
    return at;
  }

  void broken(std::uint64_t offset, Output& output) {
    if (damage_.sequences == 0) damage_.offset = offset;
    ++damage_.sequences;
    output.put(utf8::kReplacement);
  }

  static constexpr char32_t kMark = 0xFEFF;

  std::string waiting_;   // up to three bytes of a character
  bool started_ = false;  // a first character was read
};

}  // namespace

std::unique_ptr<Decoder> decoder_of(Charset charset) {
  if (charset == Charset::utf8) return std::make_unique<Utf8Decoder>();
  return with_codec(charset, []<typename Codec>(Codec) -> std::unique_ptr<Decoder> {
    return std::make_unique<CodecDecoder<Codec>>();
  });
}

}  // namespace dedup::text
