// SPDX-License-Identifier: Apache-2.0
#include "formats/http.h"

#include <algorithm>

#include "text/ascii.h"

namespace dedup::formats {
namespace {

/// Takes a value from the front of a list: "gzip" of "gzip, br".
std::string_view take_value(std::string_view& list) {
  const std::string_view value = list.substr(0, list.find(','));
  list.remove_prefix(std::min(value.size() + 1, list.size()));
  return trimmed(value);
}

ContentCoding coding_of(std::string_view name) {
  if (name.empty() || same_word(name, "identity")) return ContentCoding::none;
  if (same_word(name, "gzip") || same_word(name, "x-gzip")) return ContentCoding::gzip;
  if (same_word(name, "deflate")) return ContentCoding::deflate;
  return ContentCoding::unknown;
}

}  // namespace

/// "HTTP/1.1 200 OK", "HTTP/2 200": a version, and three digits behind it.
std::optional<HttpHead> http_head(std::string_view header) {
  HttpHead head{0, HeaderFields(header)};
  std::string_view line = head.fields.first_line();
  if (!same_word(line.substr(0, 5), "HTTP/")) return std::nullopt;
  const std::size_t space = line.find(' ');
  if (space == line.npos) return std::nullopt;
  line = trimmed(line.substr(space));
  constexpr std::size_t kDigits = 3;
  if (line.size() < kDigits || (line.size() > kDigits && line[kDigits] != ' ')) return std::nullopt;
  for (const char digit : line.substr(0, kDigits)) {
    if (!text::is_digit(digit)) return std::nullopt;
    head.status = head.status * 10 + (digit - '0');
  }
  return head;
}

std::string media_type(std::string_view content_type) {
  return lowered(trimmed(content_type.substr(0, content_type.find(';'))));
}

bool is_chunked(std::string_view transfer_encoding) {
  while (!transfer_encoding.empty()) {
    if (same_word(take_value(transfer_encoding), "chunked")) return true;
  }
  return false;
}

ContentCoding content_coding(std::string_view content_encoding) {
  ContentCoding found = ContentCoding::none;
  while (!content_encoding.empty()) {
    const ContentCoding coding = coding_of(take_value(content_encoding));
    if (coding == ContentCoding::none) continue;
    if (found != ContentCoding::none) return ContentCoding::unknown;
    found = coding;
  }
  return found;
}

HttpBody::HttpBody(const HttpHead& head, std::size_t longest) {
  if (is_chunked(head.fields.value("Transfer-Encoding"))) chunks_.emplace();
  const ContentCoding coding = content_coding(head.fields.value("Content-Encoding"));
  if (coding != ContentCoding::none) inflation_.emplace(coding, longest);
}

void HttpBody::feed(std::string_view bytes, const TakeBytes& take) {
  if (!chunks_) return unpack(bytes, take);
  chunks_->feed(bytes, [&](std::string_view data) { unpack(data, take); });
}

void HttpBody::finish(const TakeBytes& take) {
  if (chunks_) {
    chunks_->finish([&](std::string_view data) { unpack(data, take); });
  }
  if (inflation_) inflation_->finish(take);
}

void HttpBody::unpack(std::string_view bytes, const TakeBytes& take) {
  inflation_ ? inflation_->feed(bytes, take) : take(bytes);
}

/// What is wrong with the chunks comes first: it is the cause of what is wrong behind them.
std::string_view HttpBody::fault() const noexcept {
  if (chunks_ && !chunks_->fault().empty()) return chunks_->fault();
  return inflation_ ? inflation_->fault() : std::string_view();
}

}  // namespace dedup::formats
