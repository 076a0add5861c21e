// SPDX-License-Identifier: Apache-2.0
#include "text/charset/choosing_decoder.h"

#include <algorithm>

#include "dedup/error.h"
#include "text/charset/decoders.h"
#include "text/charset/markup.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

/// How much at the head is text in ASCII: no control, which would be a sign of UTF-16.
std::size_t plain_run(std::string_view bytes) noexcept {
  const auto other = std::find_if(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte < 0x20 && (byte < '\t' || byte > '\r'));
  });
  return static_cast<std::size_t>(other - bytes.begin());
}

}  // namespace

void ChoosingDecoder::feed(std::string_view bytes, std::string& out) {
  input_ += bytes.size();
  while (!bytes.empty() && chosen_ == nullptr) {
    gathering_ ? gather(bytes, out) : pass_head(bytes, out);
  }
  if (!bytes.empty()) {
    chosen_->feed(bytes, out);
    take_over_damage();
  }
}

/// The first bytes are held even if they are ASCII, as characters in UTF-16 may look like it.
void ChoosingDecoder::pass_head(std::string_view& bytes, std::string& out) {
  const bool may_pass = among_ == Charsets::all();
  const std::string_view plain = bytes.substr(0, may_pass ? plain_run(bytes) : 0);
  if (passed_ == 0 && held_.size() + plain.size() < kHead) {
    held_ += plain;
  } else {
    pass(held_, out);
    held_.clear();
    pass(plain, out);
  }
  bytes.remove_prefix(plain.size());
  gathering_ = !bytes.empty();
}

void ChoosingDecoder::pass(std::string_view ascii, std::string& out) {
  out += ascii;
  passed_ += ascii.size();
  if (html_ && markup_head_.size() < kMarkupHead) {
    markup_head_ += ascii.substr(0, kMarkupHead - markup_head_.size());
  }
}

/// Cuts at the sample's size exactly, so that the choice knows nothing of how the bytes came.
void ChoosingDecoder::gather(std::string_view& bytes, std::string& out) {
  const std::string_view piece = bytes.substr(0, kSample - held_.size());
  held_ += piece;
  bytes.remove_prefix(piece.size());
  if (utf8_ == Utf8Head::open && among_.has(Charset::utf8)) {
    utf8_ = look_at_head(held_, seen_, characters_);
  }
  if (utf8_ == Utf8Head::certain) {
    const bool marked = passed_ == 0 && held_.starts_with(utf8::kByteOrderMark);
    settle({Charset::utf8, marked ? EncodingSource::mark : EncodingSource::valid, 1}, out);
  } else if (held_.size() == kSample) {
    decide(false, out);
  }
}

/// Mark-up is looked for in what was passed, too: a declaration is ASCII.
void ChoosingDecoder::decide(bool whole, std::string& out) {
  Evidence evidence{held_, whole, passed_ == 0, label_, std::nullopt};
  if (html_) {
    markup_head_ += std::string_view(held_).substr(0, kMarkupHead - markup_head_.size());
    evidence.markup = charset_in_markup(markup_head_);
  }
  settle(choose(evidence, among_), out);
}

/// The mark of GB18030 is dropped here: behind the head of a document it would be no mark.
void ChoosingDecoder::settle(const Choice& choice, std::string& out) {
  constexpr std::size_t kGbMark = 4;
  choice_ = choice;
  auto& decoder = decoders_[static_cast<std::size_t>(choice.charset)];
  if (!decoder) decoder = decoder_of(choice.charset);
  chosen_ = decoder.get();
  chosen_->reset();
  std::string_view bytes = held_;
  if (choice.source == EncodingSource::mark && choice.charset == Charset::gb18030) {
    bytes.remove_prefix(kGbMark);
    passed_ += kGbMark;
  }
  chosen_->feed(bytes, out);
  held_.clear();
  take_over_damage();
}

/// A document that never left the head is ASCII.
void ChoosingDecoder::finish(std::string& out) {
  if (chosen_ == nullptr && gathering_) decide(true, out);
  if (chosen_ != nullptr) {
    chosen_->finish(out);
    take_over_damage();
  } else {
    pass(held_, out);
    held_.clear();
  }
}

/// Its offsets begin where it was put to work.
void ChoosingDecoder::take_over_damage() {
  damage_ = chosen_->damage();
  if (damage_.sequences != 0) damage_.offset += passed_;
}

void ChoosingDecoder::reset(const CharsetHints& hints) {
  label_ = hints.label.empty() ? std::nullopt : charsets_called(hints.label);
  html_ = hints.html;
  gathering_ = false;
  markup_head_.clear();
  held_.clear();
  passed_ = seen_ = characters_ = 0;
  utf8_ = Utf8Head::open;
  choice_.reset();
  chosen_ = nullptr;
  input_ = 0;
  damage_ = {};
}

/// What is all ASCII is UTF-8; what there is none of, too.
Encoding ChoosingDecoder::encoding() const noexcept {
  const Choice choice = choice_.value_or(Choice{});
  const bool given = among_ != Charsets::all() && choice.source != EncodingSource::mark;
  return {name(choice.charset), given ? EncodingSource::given : choice.source, choice.confidence};
}

std::unique_ptr<Decoder> decoder_among(Charsets among) {
  if (!among.is_one()) return std::make_unique<ChoosingDecoder>(among);
  std::size_t i = 0;
  while (!among.has(static_cast<Charset>(i))) ++i;
  return decoder_of(static_cast<Charset>(i));
}

std::unique_ptr<Decoder> decoder_called(const std::string& name) {
  const auto charsets = charsets_called(name);
  if (!charsets) {
    throw InvalidOption("unknown encoding " + name + "; known are " + charset_names());
  }
  return decoder_among(*charsets);
}

}  // namespace dedup::text
