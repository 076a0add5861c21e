// SPDX-License-Identifier: Apache-2.0
// Which records of an archive are documents, and what is known of them. A record goes one way:
//
//   header ─▶ passed over
//          ─▶ text       a resource or a conversion
//          ─▶ head ─▶ passed over
//                  ─▶ response
#include <array>
#include <optional>
#include <utility>

#include "dedup/warc.h"
#include "formats/http.h"
#include "formats/warc.h"
#include "text/ascii.h"
#include "walls/digits.h"

namespace dedup {
namespace {

/// Longer ones are passed over, and what unpacks to more is cut off there.
constexpr std::size_t kLongestBody = std::size_t{64} << 20;
constexpr const char* kTooLong = "a body of more than 64 MiB; ";

/// A URL, or whatever stands in its place, in ASCII without blanks and controls.
std::string escaped(std::string_view url) {
  if (url.starts_with('<') && url.ends_with('>')) url = url.substr(1, url.size() - 2);
  std::string out;
  for (const char c : url) {
    if (c > ' ' && c < '\x7F') {
      out += c;
      continue;
    }
    const auto code = static_cast<unsigned char>(c);
    (out += '%') += kHexDigits[code >> 4];
    out += kHexDigits[code & 15U];
  }
  return out;
}

/// What becomes a document.
bool is_readable(std::string_view content_type) {
  const std::string type = formats::media_type(content_type);
  return type == "text/html" || type == "application/xhtml+xml" || type == "text/plain";
}

/// What is not even looked into, by its kind.
std::optional<WarcSkip> skip_of(std::string_view type) {
  using Row = std::pair<std::string_view, WarcSkip>;
  static constexpr std::array<Row, 5> kRows = {{{"warcinfo", WarcSkip::warcinfo},
                                                {"request", WarcSkip::request},
                                                {"metadata", WarcSkip::metadata},
                                                {"revisit", WarcSkip::revisit},
                                                {"continuation", WarcSkip::continuation}}};
  for (const auto& [name, skip] : kRows) {
    if (formats::same_word(type, name)) return skip;
  }
  for (const std::string_view known : {"response", "resource", "conversion"}) {
    if (formats::same_word(type, known)) return std::nullopt;
  }
  return WarcSkip::other;
}

}  // namespace

std::string_view name(WarcSkip skip) noexcept {
  static constexpr std::array<std::string_view, kWarcSkipCount> kNames = {
      "warcinfo", "request",    "metadata", "revisit",  "continuation", "other",
      "status",   "media_type", "encoding", "too_long", "damaged"};
  return kNames[static_cast<std::size_t>(skip)];
}

struct WarcReader::State : formats::WarcEvents {
  enum class Way { passed_over, text, head, response };

  explicit State(WarcSink& its_sink) : sink(its_sink) {}

  void header(const formats::WarcHeader& header) override;
  void body(std::string_view bytes) override;
  void end() override;
  void fault(const formats::Fault& fault) override {
    sink.fault({fault.offset, fault.text, fault.limit});
  }

  void look_into(const formats::WarcHeader& header);
  void read_head(std::string_view bytes);
  void begin_response(std::string_view header);
  void end_response();
  void begin(std::string_view content_type, Way its_way);
  void skip(WarcSkip why, std::string detail = {});

  WarcSink& sink;
  formats::WarcFrames frames{*this};
  Way way = Way::passed_over;
  std::uint64_t records = 0;    // so far
  WarcDocument document;        // the record at hand
  bool truncated = false;       // the crawler says so itself
  std::string identified_type;  // what the crawler found the body to be
  std::string head;             // of a response, so far
  std::optional<formats::HttpBody> response;
};

void WarcReader::State::header(const formats::WarcHeader& header) {
  const formats::HeaderFields& fields = header.fields;
  document = {.url = escaped(fields.value("WARC-Target-URI")),
              .date = escaped(fields.value("WARC-Date")),
              .content_type = {},
              .offset = header.offset,
              .record = records++};
  truncated = fields.find("WARC-Truncated").has_value();
  identified_type = fields.value("WARC-Identified-Payload-Type");
  const std::string_view type = fields.value("WARC-Type");
  if (const auto kind = skip_of(type)) {
    skip(*kind, *kind == WarcSkip::other ? std::string(type) : std::string());
  } else if (header.length > kLongestBody) {
    sink.fault({header.offset, kTooLong + std::string("the record is passed over"), true});
    skip(WarcSkip::too_long);
  } else {
    look_into(header);
  }
}

/// A response is one of HTTP, unless it says otherwise. A conversion that does not say its charset
/// has the one of all WET files.
void WarcReader::State::look_into(const formats::WarcHeader& header) {
  const std::string_view type = header.fields.value("WARC-Type");
  std::string content_type(header.fields.value("Content-Type"));
  const bool http = formats::media_type(content_type) == "application/http" || content_type.empty();
  if (http && formats::same_word(type, "response")) {
    way = Way::head;
    head.clear();
    return;
  }
  if (formats::same_word(type, "conversion")) {
    if (content_type.empty()) content_type = "text/plain";
    if (content_type.find(';') == content_type.npos) content_type += "; charset=utf-8";
  }
  begin(content_type, Way::text);
}

void WarcReader::State::begin(std::string_view content_type, Way its_way) {
  if (!is_readable(content_type))
    return skip(WarcSkip::media_type, formats::media_type(content_type));
  way = its_way;
  document.content_type = content_type;
  sink.begin(document);
}

void WarcReader::State::skip(WarcSkip why, std::string detail) {
  way = Way::passed_over;
  sink.skipped({why, std::move(detail), document.url, document.offset, document.record});
}

void WarcReader::State::body(std::string_view bytes) {
  switch (way) {
    case Way::passed_over:
      break;
    case Way::text:
      sink.feed(bytes);
      break;
    case Way::head:
      read_head(bytes);
      break;
    case Way::response:
      response->feed(bytes, [this](std::string_view data) { sink.feed(data); });
      break;
  }
}

/// A header that does not end within its limit is none.
void WarcReader::State::read_head(std::string_view bytes) {
  const std::size_t seen = head.size() - std::min<std::size_t>(head.size(), 2);
  const std::size_t old = head.size();
  head += bytes.substr(0, formats::kLongestHeader - old);
  if (const auto size = formats::header_end(head, seen)) {
    begin_response(std::string_view(head).substr(0, *size));
    if (way == Way::response) body(bytes.substr(*size - old));
  } else if (head.size() == formats::kLongestHeader) {
    begin_response({});
  }
}

void WarcReader::State::begin_response(std::string_view header) {
  const auto read = formats::http_head(header);
  if (!read) {
    sink.fault({document.offset, "the record holds no response of HTTP"});
    return skip(WarcSkip::damaged);
  }
  if (read->status / 100 != 2) return skip(WarcSkip::status, std::to_string(read->status));
  const std::string_view encoding = read->fields.value("Content-Encoding");
  const std::string_view type = read->fields.value("Content-Type");
  const bool unknown = formats::content_coding(encoding) == formats::ContentCoding::unknown;
  const std::string_view content_type = type.empty() ? identified_type : type;
  if (unknown && is_readable(content_type)) {
    return skip(WarcSkip::encoding, std::string(encoding));
  }
  begin(content_type, Way::response);
  if (way == Way::response) response.emplace(*read, kLongestBody);
}

void WarcReader::State::end() {
  if (way == Way::head) begin_response(head);
  if (way == Way::response) end_response();
  if (way == Way::text || way == Way::response) sink.end();
  way = Way::passed_over;
}

/// What the crawler cut off is no damage of its file.
void WarcReader::State::end_response() {
  response->finish([this](std::string_view data) { sink.feed(data); });
  if (!response->fault().empty() && !truncated) {
    sink.fault({document.offset, std::string(response->fault())});
  }
  if (response->too_long()) {
    sink.fault({document.offset, kTooLong + std::string("what follows is cut off"), true});
  }
}

WarcReader::WarcReader(WarcSink& sink) : state_(std::make_unique<State>(sink)) {}
WarcReader::~WarcReader() = default;
WarcReader::WarcReader(WarcReader&&) noexcept = default;
WarcReader& WarcReader::operator=(WarcReader&&) noexcept = default;

void WarcReader::feed(std::string_view bytes) { state_->frames.feed(bytes); }

void WarcReader::finish() { state_->frames.finish(); }

}  // namespace dedup
