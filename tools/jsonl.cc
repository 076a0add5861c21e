// JSONL: a line is a document. A record without edits is written as it came; else its text field
// alone is spliced. A line that is no such record passes through with its broken bytes as U+FFFD,
// is named on stderr and takes a document number, so that numbers count lines good or bad.
#include <optional>
#include <utility>

#include "documents.h"
#include "fault.h"

namespace dedup::tool {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::uint64_t kMostComplaints = 10;  // for each file; the rest are counted

/// Collects the clean text of one record.
class RecordSink : public JournalSink {
 public:
  using JournalSink::JournalSink;

  void begin_document(std::uint64_t document, std::string_view name) override {
    JournalSink::begin_document(document, name);
    text_.clear();
    edited_ = false;
  }
  void edit(const Edit& edit) override {
    edited_ = true;
    JournalSink::edit(edit);
  }

  [[nodiscard]] bool edited() const noexcept { return edited_; }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  void put(std::string_view clean) override { text_ += clean; }

  std::string text_;
  bool edited_ = false;
};

/// Collects a decoded text, and hears the number of the document.
class PlainSink : public Sink {
 public:
  void begin_document(std::uint64_t document, std::string_view) override { document_ = document; }
  void kept(std::string_view text) override { text_ += text; }
  void edit(const Edit& edit) override { text_ += edit.replacement; }

  [[nodiscard]] std::uint64_t document() const noexcept { return document_; }
  [[nodiscard]] std::string take() { return std::exchange(text_, {}); }

 private:
  std::uint64_t document_ = 0;
  std::string text_;
};

/// Options under which a Cleaner only decodes.
Options decode_only() {
  Options options;
  options.boilerplate = Boilerplate::off;
  options.paragraphs = Paragraphs::off;
  options.runs = false;
  options.sentences = Sentences::off;
  options.repair = false;
  return options;
}

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

class JsonlDocuments : public Documents {
 public:
  JsonlDocuments(Workshop workshop, std::string field)
      : workshop_(workshop), field_(std::move(field)), sink_(workshop.journal) {}

  void clean(Source& source, Target& target) override {
    LineReader lines(source);
    complaints_ = 0;
    try {
      for (std::string_view line; lines.next(line);) {
        if (lines.number() == 1 && !target.at_line_start()) target.write("\n");
        clean_line(line, lines, source, target);
      }
    } catch (const InputError& error) {
      workshop_.warnings.add(error.what());
    }
    if (complaints_ > kMostComplaints) {
      workshop_.warnings.add(source.label() + ": and " +
                             std::to_string(complaints_ - kMostComplaints) + " more bad lines, " +
                             std::to_string(complaints_) + " in all");
    }
  }

 private:
  void clean_line(std::string_view line, const LineReader& at, const Source& source,
                  Target& target) {
    const Parts parts(line);
    target.write(parts.mark);
    if (parts.blank()) {
      target.write(parts.body);
    } else if (std::string fault; const auto record = read(parts.body, fault)) {
      clean_record(*record, parts.body, at, source, target);
    } else {
      complain(source, at, fault);
      target.write(pass(parts.body, source));
    }
    target.write(parts.end);
  }

  std::optional<Record> read(std::string_view body, std::string& fault) const {
    try {
      return Record(body, field_);
    } catch (const FormatError& error) {
      fault = error.what();
      return std::nullopt;
    }
  }

  void clean_record(const Record& record, std::string_view body, const LineReader& at,
                    const Source& source, Target& target) {
    const std::string name = record.name().empty() ? source.listed_name() : record.name();
    sink_.expect(name, source.name() + ':' + std::to_string(at.number()));
    workshop_.cleaner.clean(record.text(), sink_, name);
    target.write(sink_.edited() ? record.with_text(sink_.text()) : body);
  }

  /// The bytes of a bad line, decoded.
  std::string pass(std::string_view body, const Source& source) {
    if (!decoder_) decoder_.emplace(decode_only());
    const std::uint64_t broken = decoder_->stats().broken_sequences;
    decoder_->clean(body, plain_);
    workshop_.totals.stats.broken_sequences += decoder_->stats().broken_sequences - broken;
    workshop_.totals.passed_lines += 1;
    std::string line = plain_.take();
    workshop_.cleaner.clean({}, plain_, source.listed_name());  // takes the number
    workshop_.journal.closing({.document = plain_.document(),
                               .name = source.listed_name(),
                               .decoded = line.size(),
                               .output = line.size(),
                               .passed = true,
                               .omitted = std::nullopt});
    return line;
  }

  void complain(const Source& source, const LineReader& at, const std::string& fault) {
    complaints_ += 1;
    if (complaints_ > kMostComplaints) return;
    workshop_.warnings.add(source.label() + ':' + std::to_string(at.number()) +
                           ": bad line at offset " + std::to_string(at.offset()) + ": " + fault +
                           "; passed through");
  }

  Workshop workshop_;
  std::string field_;
  RecordSink sink_;
  PlainSink plain_;
  std::optional<Cleaner> decoder_;  // made for the first bad line
  std::uint64_t complaints_ = 0;
};

}  // namespace

std::unique_ptr<Documents> jsonl_documents(Workshop workshop, std::string field) {
  return std::make_unique<JsonlDocuments>(workshop, std::move(field));
}

}  // namespace dedup::tool
