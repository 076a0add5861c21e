// SPDX-License-Identifier: Apache-2.0
// JSONL: a line is a document. A line that is no such record is a stray, and so is one that is too
// long for one.
//
//   up to 1 MiB     Record, in memory
//   up to 64 MiB    LongRecord, in scratch space
//   longer          a stray
//
// Of JSON that is not JSONL a value is what a line is here: see JsonValues.
//
// Blank lines and byte order marks belong to no record and lead what comes behind them. A line is
// told to the receiver in the order in which it is written again: mark, body, line end.
#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "bytes/fault.h"
#include "bytes/json_values.h"
#include "bytes/lines.h"
#include "dedup/error.h"
#include "dedup/long_record.h"
#include "dedup/recognise.h"
#include "dedup/record.h"
#include "readers/reader.h"
#include "readers/record_lines.h"

namespace dedup::tool {
namespace {

/// A longer line goes to scratch space: in memory there would be four copies of it.
constexpr std::size_t kLongestHeld = std::size_t{1} << 20;
/// Between values of JSON.
constexpr std::size_t kMostBlanks = std::size_t{64} << 10;

bool all_blank(std::string_view line) { return line.find_first_not_of(" \t\r\n") == line.npos; }

/// A line in its parts: a byte order mark (files start with one, so joined files have it anywhere),
/// the record, the line's end.
struct Parts {
  std::string_view mark, body, end;
};

Parts parts_of(std::string_view line) {
  Parts parts;
  if (line.starts_with(kByteOrderMark)) {
    parts.mark = kByteOrderMark;
    line.remove_prefix(parts.mark.size());
  }
  const std::size_t length = line.find_last_not_of("\r\n") + 1;
  parts.body = line.substr(0, length);
  parts.end = line.substr(length);
  return parts;
}

/// The URL of a record: its name, if that is one, else its field "url"; empty if there is none.
template <typename SomeRecord>
const std::string& url_of(const SomeRecord& record) {
  return record.name().find("://") != std::string::npos ? record.name() : record.url();
}

/// A long line on its way to scratch space: a record, and behind it the line's end, which is all
/// \r and \n that it ends with.
class LongLineReader {
 public:
  LongLineReader(Scratch& scratch, const Fields& fields) : record_(scratch.create(), fields) {}

  /// Ends are held back, as only the last of the line are its end; those within it go on to the
  /// record when more of it comes.
  void feed(std::string_view part) {
    size_ += part.size();
    blank_ = blank_ && all_blank(part);
    const std::size_t content = part.find_last_not_of("\r\n") + 1;
    if (content > 0) feed_ends();
    record_.feed(part.substr(0, content));
    ends_ += part.substr(content);
    if (ends_.size() > kMostEnds) feed_ends();  // blanks are blanks to a record, too
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool blank() const noexcept { return blank_; }
  LongRecord& record() noexcept { return record_; }
  [[nodiscard]] const std::string& ends() const noexcept { return ends_; }

 private:
  static constexpr std::size_t kMostEnds = std::size_t{64} << 10;

  void feed_ends() {
    record_.feed(ends_);
    ends_.clear();
  }

  LongRecord record_;
  std::string ends_;
  std::size_t size_ = 0;
  bool blank_ = true;  // so far
};

/// What is wrong with a record, or nothing.
std::string finished(LongRecord& record) {
  try {
    record.finish();
    return {};
  } catch (const FormatError& error) {
    return error.what();
  }
}

class JsonlReader : public Reader {
 public:
  JsonlReader(Fields fields, std::shared_ptr<Scratch> scratch, Markup markup)
      : fields_(std::move(fields)),
        records_(fields_),
        scratch_(std::move(scratch)),
        markup_(markup) {}

  [[nodiscard]] bool gave_pages() const override { return any_pages_; }

  void read(Source& source, Receiver& receiver) override {
    any_pages_ = false;
    LineReader lines(source, kLongestHeld);
    lines.start_at(source.start(), source.lines_before());
    for (std::string_view line; lines.next(line);) {
      const Parts parts = parts_of(line);
      if (lines.is_head()) {
        if (!parts.mark.empty()) receiver.lead(parts.mark);
        give_long(line.substr(parts.mark.size()), lines, source, receiver);
      } else if (all_blank(parts.body)) {
        receiver.lead(line);
      } else {
        if (!parts.mark.empty()) receiver.lead(parts.mark);
        give_line(parts, lines, source, receiver);
      }
    }
  }

 protected:
  /// A line in memory. What is no record passes in two parts, so that its end stays its own.
  void give_line(const Parts& parts, const Pieces& at, const Source& source, Receiver& receiver) {
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

 private:
  /// Nothing where the line is no record; `fault` then says why.
  std::optional<Record> parse(std::string_view body, std::string& fault) {
    try {
      return records_.read(body);
    } catch (const FormatError& error) {
      fault = error.what();
      return std::nullopt;
    }
  }

  /// The text leaves the record before it is fed, and memory before end(), where it may be judged:
  /// it is not held twice.
  void give_record(Record record, const Parts& parts, const Pieces& at, const Source& source,
                   Receiver& receiver) {
    Document document = document_of(record, is_page(record.text()), at, source);
    tell_broken(record, at, receiver);
    std::string text = record.take_text();
    document.record = std::make_shared<ShortLine>(std::move(record), std::string(parts.end));
    receiver.begin(std::move(document));
    receiver.feed(text);
    std::string().swap(text);  // it may be long, and so is what end() leads to
    receiver.end({});
  }

  template <typename SomeRecord>
  static void tell_broken(const SomeRecord& record, const Pieces& at, Receiver& receiver) {
    if (record.broken() == 0) return;
    receiver.broken_values({at.number() - 1, at.offset(), record.broken()});
  }

  [[nodiscard]] bool is_page(std::string_view text) const {
    return markup_ == Markup::html || (markup_ == Markup::automatic && looks_like_html(text));
  }

  /// As much of its text as tells whether it is a page; none where nobody asks.
  [[nodiscard]] std::string head_of(const LongRecord& record) const {
    std::string head;
    if (markup_ != Markup::automatic) return head;
    record.text([&](std::string_view piece) {
      head += piece.substr(0, kHtmlHead - std::min(kHtmlHead, head.size()));
    });
    return head;
  }

  /// How reports name it: by its own id, else by the file. Lines are numbered from 0 here.
  template <typename SomeRecord>
  Document document_of(const SomeRecord& record, bool page, const Pieces& at,
                       const Source& source) {
    any_pages_ = any_pages_ || page;
    Document document;
    document.name = record.name().empty() ? source.listed_name() : record.name();
    document.url = url_of(record);
    document.content_type = page ? "text/html" : "";
    document.file = source.name();
    document.in_record = true;
    document.line = at.number() - 1;
    document.offset = at.offset();
    return document;
  }

 protected:
  /// A line that is not held in memory. Where it is too long for a record, what was read of it goes
  /// in front of the rest.
  void give_long(std::string_view head, Pieces& lines, const Source& source, Receiver& receiver) {
    LongLineReader line(*scratch_, fields_);
    do {
      line.feed(head);
    } while (line.size() <= kLongestRecord && lines.more(head));
    if (line.size() > kLongestRecord) {
      give_long_stray(line, {}, lines, receiver);
    } else if (line.blank()) {
      line.record().line([&](std::string_view piece) { receiver.lead(piece); });
      receiver.lead(line.ends());
    } else if (const std::string fault = finished(line.record()); !fault.empty()) {
      give_long_stray(line, fault, lines, receiver);
    } else {
      give_long_record(line, lines, source, receiver);
    }
  }

 private:
  void give_long_record(LongLineReader& read, const Pieces& at, const Source& source,
                        Receiver& receiver) {
    Document document = document_of(read.record(), is_page(head_of(read.record())), at, source);
    tell_broken(read.record(), at, receiver);
    const auto line = std::make_shared<LongLine>(std::move(read.record()), read.ends());
    document.record = line;
    receiver.begin(std::move(document));
    line->record().text([&](std::string_view piece) { receiver.feed(piece); });
    receiver.end({});
  }

  /// What was kept of it, then what was not read yet, if it is longer than a record may be.
  static void give_long_stray(LongLineReader& line, const std::string& fault, Pieces& lines,
                              Receiver& receiver) {
    receiver.begin_stray({lines.number() - 1, lines.offset(), fault});
    line.record().line([&](std::string_view piece) { receiver.feed_stray(piece); });
    receiver.feed_stray(line.ends());
    for (std::string_view part; lines.more(part);) receiver.feed_stray(part);
    receiver.end_stray();
  }

  Fields fields_;
  RecordReader records_;
  std::shared_ptr<Scratch> scratch_;
  Markup markup_;

 protected:
  bool any_pages_ = false;  // in the source at hand
};

/// What parts two values of an array is held until it is known whether the comma in it stays; at a
/// bracket there is nothing to know.
class Gap {
 public:
  void add(std::string_view part) {
    size_ += part.size();
    framed_ = framed_ || part.find_first_of("[]") != part.npos;
  }
  /// At a value: whether more parted it from the one before than is held.
  bool close() {
    const bool too_long = !framed_ && size_ > kMostBlanks;
    size_ = 0;
    framed_ = false;
    return too_long;
  }

 private:
  std::size_t size_ = 0;
  bool framed_ = true;  // before the first value
};

/// JSON in which values stand otherwise than one in a line: each is what a line is in JSONL. What
/// stands between them leads the next, and what should stand there and does not is told in its
/// place as a stray of no bytes.
class JsonReader : public JsonlReader {
 public:
  using JsonlReader::JsonlReader;

  void read(Source& source, Receiver& receiver) override {
    any_pages_ = false;
    JsonValues values(source, kLongestHeld);
    std::string_view part;
    Gap gap;
    for (JsonPart next = values.next(part); next != JsonPart::end; next = values.next(part)) {
      if (next == JsonPart::lead) {
        gap.add(part);
      } else if (next != JsonPart::fault && gap.close()) {
        throw LimitError(source.label() + ": offset " + std::to_string(values.offset()) +
                         ": more than 64 KiB of blanks between two values: take them out first, "
                         "with jq -c .");
      }
      if (next == JsonPart::lead) {
        receiver.lead(part);
      } else if (next == JsonPart::fault) {
        receiver.begin_stray({values.number() - 1, values.offset(), values.fault()});
        receiver.end_stray();
      } else if (values.is_head()) {
        give_long(part, values, source, receiver);
      } else {
        give_line({.mark = {}, .body = part, .end = {}}, values, source, receiver);
      }
    }
  }
};

}  // namespace

std::unique_ptr<Reader> jsonl_reader(Fields fields, std::shared_ptr<Scratch> scratch,
                                     Markup markup) {
  return std::make_unique<JsonlReader>(std::move(fields), std::move(scratch), markup);
}

std::unique_ptr<Reader> json_reader(Fields fields, std::shared_ptr<Scratch> scratch,
                                    Markup markup) {
  return std::make_unique<JsonReader>(std::move(fields), std::move(scratch), markup);
}

}  // namespace dedup::tool
