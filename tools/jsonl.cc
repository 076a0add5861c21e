// JSONL: a line is a document. A record without edits is written as it came; else its text field
// alone is spliced. A line that is no such record passes through with its broken bytes as U+FFFD,
// is named on stderr and takes a document number, so that numbers count lines good or bad. A record
// that goes as a duplicate takes its line along, and the blank lines in front of it.
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

  /// The lines that go where the next record goes.
  void set_raw(std::string raw) { raw_ = std::move(raw); }

  [[nodiscard]] bool edited() const noexcept { return edited_; }
  [[nodiscard]] bool left_out() const noexcept { return is_duplicate(); }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  void put(std::string_view clean) override { text_ += clean; }
  [[nodiscard]] std::optional<std::string> omitted() const override {
    return is_duplicate() ? std::optional(raw_) : std::nullopt;
  }

  std::string text_;
  std::string raw_;
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
  options.documents = dedup::Documents::off;
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
    joins_ = !target.at_line_start();
    try {
      for (std::string_view line; lines.next(line);) clean_line(line, lines, source, target);
    } catch (const InputError& error) {
      workshop_.warnings.add(error.what());
    }
    write(target, {});
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
    if (parts.blank()) {
      waiting_ += line;
    } else if (std::string fault; const auto record = read(parts.body, fault)) {
      clean_record(*record, line, at, source, target);
    } else {
      complain(source, at, fault);
      waiting_ += parts.mark;
      write(target, pass(parts.body, source) += parts.end);
    }
  }

  /// Writes what waits, and `text`; before the first byte, the end of the line that another source
  /// left without.
  void write(Target& target, std::string_view text) {
    if (joins_ && !(waiting_.empty() && text.empty())) {
      target.write("\n");
      joins_ = false;
    }
    target.write(waiting_);
    target.write(text);
    waiting_.clear();
  }

  std::optional<Record> read(std::string_view body, std::string& fault) const {
    try {
      return Record(body, field_);
    } catch (const FormatError& error) {
      fault = error.what();
      return std::nullopt;
    }
  }

  void clean_record(const Record& record, std::string_view line, const LineReader& at,
                    const Source& source, Target& target) {
    const Parts parts(line);
    const std::string name = record.name().empty() ? source.listed_name() : record.name();
    sink_.expect(name, source.name() + ':' + std::to_string(at.number()));
    sink_.set_raw(waiting_ + std::string(line));
    const std::string url = workshop_.by_host ? url_of(record, parts.body) : std::string();
    workshop_.cleaner.clean(record.text(), sink_, url.empty() ? name : url);
    if (sink_.left_out()) {
      waiting_.clear();
      return;
    }
    waiting_ += parts.mark;
    write(target, sink_.edited() ? record.with_text(sink_.text()) : parts.body);
    target.write(parts.end);
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
  std::string waiting_;  // blank lines and marks before the next record, to be written or left out
  bool joins_ = false;   // nothing written yet, and the output stands within a line
};

}  // namespace

std::unique_ptr<Documents> jsonl_documents(Workshop workshop, std::string field) {
  return std::make_unique<JsonlDocuments>(workshop, std::move(field));
}

}  // namespace dedup::tool
