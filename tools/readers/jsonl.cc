// SPDX-License-Identifier: Apache-2.0
// JSONL: a line is a document. A line that is no such record is a stray, and so is one that is too
// long to be held.
#include <memory>
#include <optional>
#include <utility>

#include "bytes/lines.h"
#include "dedup/error.h"
#include "readers/reader.h"

namespace dedup::tool {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// A line in its parts: a byte order mark (files start with one, so joined files have it anywhere),
/// the record, the line's end.
struct Parts {
  explicit Parts(std::string_view line) {
    if (line.starts_with(kByteOrderMark)) {
      mark = kByteOrderMark;
      line.remove_prefix(mark.size());
    }
    const std::size_t length = line.find_last_not_of("\r\n") + 1;
    body = line.substr(0, length);
    end = line.substr(length);
  }
  [[nodiscard]] bool blank() const { return body.find_first_not_of(" \t\r") == body.npos; }

  std::string_view mark, body, end;
};

/// The URL of a record: its name, if that is one, else its field "url"; empty if there is none.
std::string url_of(const Record& record, std::string_view line) {
  if (record.name().find("://") != std::string::npos) return record.name();
  try {
    return Record(line, "url").text();
  } catch (const FormatError&) {  // no such field, or not one string
    return {};
  }
}

class JsonlReader : public Reader {
 public:
  JsonlReader(std::string field, bool with_url) : field_(std::move(field)), with_url_(with_url) {}

  void read(Source& source, Receiver& receiver) override {
    LineReader lines(source, kLongestRecord);
    for (std::string_view line; lines.next(line);) {
      const Parts parts(line);
      if (lines.is_head()) {
        if (!parts.mark.empty()) receiver.lead(parts.mark);
        give_long(line.substr(parts.mark.size()), lines, receiver);
      } else if (parts.blank()) {
        receiver.lead(line);
      } else {
        if (!parts.mark.empty()) receiver.lead(parts.mark);
        give_line(parts, lines, source, receiver);
      }
    }
  }

 private:
  void give_line(const Parts& parts, const LineReader& at, const Source& source,
                 Receiver& receiver) const {
    std::string fault;
    if (auto record = parse(parts.body, fault)) {
      give_record(std::move(*record), parts, at, source, receiver);
      return;
    }
    receiver.begin_stray({at.number() - 1, at.offset(), fault});
    receiver.feed_stray(parts.body);
    receiver.feed_stray(parts.end);
    receiver.end_stray();
  }

  std::optional<Record> parse(std::string_view body, std::string& fault) const {
    try {
      return Record(body, field_);
    } catch (const FormatError& error) {
      fault = error.what();
      return std::nullopt;
    }
  }

  void give_record(Record record, const Parts& parts, const LineReader& at, const Source& source,
                   Receiver& receiver) const {
    Document document;
    document.name = record.name().empty() ? source.listed_name() : record.name();
    document.file = source.name();
    document.line = at.number() - 1;
    document.offset = at.offset();
    if (with_url_) document.url = url_of(record, parts.body);
    std::string text = record.take_text();
    document.record =
        std::make_unique<RecordLine>(RecordLine{std::move(record), std::string(parts.end)});
    receiver.begin(std::move(document));
    receiver.feed(text);
    std::string().swap(text);  // it may be long, and so is what end() leads to
    receiver.end({});
  }

  static void give_long(std::string_view head, LineReader& lines, Receiver& receiver) {
    receiver.begin_stray({lines.number() - 1, lines.offset(), {}});
    do {
      receiver.feed_stray(head);
    } while (lines.more(head));
    receiver.end_stray();
  }

  std::string field_;
  bool with_url_;
};

}  // namespace

std::unique_ptr<Reader> jsonl_reader(std::string field, bool with_url) {
  return std::make_unique<JsonlReader>(std::move(field), with_url);
}

}  // namespace dedup::tool
