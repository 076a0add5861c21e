// SPDX-License-Identifier: Apache-2.0
// HTTP responses as crawls keep them. What their headers say:
//
//   HTTP/1.1 200 OK                             http_head: status and fields
//   Content-Type: text/html; charset=gbk        media_type: text/html
//   Content-Encoding: gzip                      content_coding, undone by Inflation
//   Transfer-Encoding: chunked                  undone by Chunks
//
//   bytes ─▶ HttpHeadReader ─▶ HttpBody: Chunks ─▶ Inflation ─▶ body
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formats/chunks.h"
#include "formats/header_fields.h"
#include "formats/inflation.h"

namespace dedup::formats {

/// A response without its body.
struct HttpHead {
  int status = 0;
  HeaderFields fields;
};

/// `header` begins with a status line, or there is no head.
[[nodiscard]] std::optional<HttpHead> http_head(std::string_view header);

/// "text/html" of "Text/HTML; charset=gbk".
[[nodiscard]] std::string media_type(std::string_view content_type);

/// Whether a body comes in chunks, by the value of Transfer-Encoding.
[[nodiscard]] bool is_chunked(std::string_view transfer_encoding);

/// What a Content-Encoding names; of several codings at most one may be other than "identity".
[[nodiscard]] ContentCoding content_coding(std::string_view content_encoding);

/// The body of a response, freed from both. Call grammar: feed* finish.
class HttpBody {
 public:
  /// The coding of the head is none that is unknown. `longest`: see Inflation.
  HttpBody(const HttpHead& head, std::size_t longest);

  void feed(std::string_view bytes, const TakeBytes& take);
  void finish(const TakeBytes& take);

  /// What is wrong with it, empty where nothing is; once it is finished.
  [[nodiscard]] std::string_view fault() const noexcept;
  /// Whether it was cut off at the limit.
  [[nodiscard]] bool too_long() const noexcept { return inflation_ && inflation_->too_long(); }

 private:
  void unpack(std::string_view bytes, const TakeBytes& take);

  std::optional<Chunks> chunks_;
  std::optional<Inflation> inflation_;
};

}  // namespace dedup::formats
