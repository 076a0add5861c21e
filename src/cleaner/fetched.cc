// SPDX-License-Identifier: Apache-2.0
#include "cleaner/fetched.h"

#include <utility>

#include "dedup/recognise.h"
#include "text/charset/content_type.h"

namespace dedup::cleaner {

Fetched::Fetched(std::string_view bytes, std::string_view content_type)
    : head_(bytes), content_type_(content_type) {
  if (const Compression compression = compression_of(bytes); compression != Compression::none) {
    unpacker_.emplace(compression);
    look(bytes);
  }
  const text::ContentType said = text::parse_content_type(content_type);
  if (said.says_nothing() && looks_like_html(head_)) {
    html_ = "text/html";
    if (!said.charset.empty()) html_ += "; charset=\"" + std::string(said.charset) + '"';
    content_type_ = html_;
  }
}

/// Takes as much as it needs to tell what is inside. What was packed twice would be read as broken
/// text, and a bomb packed twice grows past any limit on one layer: it is not read at all.
void Fetched::look(std::string_view bytes) {
  packed_ = bytes;
  while (gathered_.size() < kLongestMagic || may_become_html(gathered_)) {
    const std::string_view piece = unpacked();
    if (piece.empty()) break;
    gathered_ += piece;
  }
  if (compression_of(gathered_) != Compression::none) {
    unpacking_ = Unpacking::packed_twice;
    unpacker_.reset();
    gathered_.clear();
  }
  head_ = gathered_;
}

std::string_view Fetched::next() {
  if (!head_.empty()) return std::exchange(head_, {});
  return unpacked();
}

std::string_view Fetched::unpacked() {
  if (!unpacker_) return {};
  if (const std::string_view text = unpacker_->unpack(packed_); !text.empty()) return text;
  unpacker_->finish();  // all was taken, or a fault was met
  unpacking_ = unpacker_->state();
  unpacker_.reset();
  return {};
}

}  // namespace dedup::cleaner
