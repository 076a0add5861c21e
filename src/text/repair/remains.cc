// SPDX-License-Identifier: Apache-2.0
#include "text/repair/remains.h"

#include "text/characters.h"
#include "text/repair/misread.h"
#include "walls/json.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

constexpr std::size_t kLeastIdeographs = 4;
constexpr std::size_t kMostOrphans = 2;  // behind a byte that took the lead with it

/// Bytes of a character by its lead; 0 for a byte that is none.
std::size_t size_of(char byte) {
  const auto lead = static_cast<unsigned char>(byte);
  if (lead < 0xC2 || lead > 0xF4) return 0;
  return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/// How many continuations stand at `at`, up to `most`.
std::size_t continuations(std::string_view bytes, std::size_t at, std::size_t most) {
  std::size_t count = 0;
  while (count < most && at + count < bytes.size() &&
         (static_cast<unsigned char>(bytes[at + count]) & 0xC0U) == 0x80U) {
    ++count;
  }
  return count;
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  Remains read() {
    while (at_ < bytes_.size()) {
      if (static_cast<unsigned char>(bytes_[at_]) < 0x80) {
        ++at_;
      } else if (bytes_[at_] == kLostByte) {
        skip_lost(at_);
      } else {
        read_character();
      }
    }
    return remains_;
  }

 private:
  /// One character lost, of which a mark stands at `mark`.
  void skip_lost(std::size_t mark) {
    ++remains_.lost;
    at_ = mark < bytes_.size() ? mark + 1 : mark;
    at_ += continuations(bytes_, at_, kMostOrphans);
  }

  void read_character() {
    const std::size_t size = size_of(bytes_[at_]);
    const std::size_t have = size == 0 ? 0 : 1 + continuations(bytes_, at_ + 1, size - 1);
    if (size != 0 && have == size && json::is_valid_utf8(bytes_.substr(at_, size))) {
      count(utf8::next(bytes_, at_));
    } else if (size > 2 && have < size && is_mark_of_loss(at_ + have)) {
      skip_lost(at_ + have);
    } else {
      ++remains_.faults;
      ++at_;
    }
  }

  void count(char32_t c) {
    if (is_han(c)) {
      ++remains_.ideographs;
    } else {
      ++(c < 0x2000 ? remains_.narrow : remains_.wide);
    }
  }

  [[nodiscard]] bool is_mark_of_loss(std::size_t at) const {
    return at == bytes_.size() || bytes_[at] == '?' || bytes_[at] == kLostByte;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  Remains remains_;
};

}  // namespace

bool Remains::is_chinese() const noexcept {
  return ideographs >= kLeastIdeographs && narrow <= ideographs / 4;
}

bool Remains::was_chinese() const noexcept {
  return is_chinese() && faults <= ideographs / kIdeographsOfFault && lost <= ideographs;
}

Remains remains_of(std::string_view bytes) { return Reader(bytes).read(); }

}  // namespace dedup::text
