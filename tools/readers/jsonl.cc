// JSONL: a line is a document. A record without edits is written as it came; else its text field
// alone is spliced. A line that is no such record passes through with its broken bytes as U+FFFD,
// is named on stderr and takes a document number, so that numbers count lines good or bad. A record
// that goes as a duplicate takes its line along, and the blank lines in front of it.
#include <memory>
#include <optional>
#include <utility>

#include "bytes/fault.h"
#include "readers/documents.h"

namespace dedup::tool {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::uint64_t kMostComplaints = 10;  // for each file; the rest are counted

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

/// What is written for one source. Before its first byte stands the end of the line that another
/// source left without.
class Outlet {
 public:
  explicit Outlet(Target& target) : target_(target) {}

  void write(std::string_view text) {
    if (text.empty()) return;
    if (!begun_ && !target_.at_line_start()) target_.write("\n");
    begun_ = true;
    target_.write(text);
  }

 private:
  Target& target_;
  bool begun_ = false;
};

/// Collects the clean text of one record and writes its line.
class RecordSink : public JournalSink {
 public:
  /// `before`: blank lines and the record's mark, which go where the record goes.
  RecordSink(Journal& journal, Subject subject, Record record, std::string before,
             std::string_view end, std::shared_ptr<Outlet> outlet)
      : JournalSink(journal, std::move(subject)),
        record_(std::move(record)),
        before_(std::move(before)),
        end_(end),
        outlet_(std::move(outlet)) {}

  void edit(const Edit& edit) override {
    edited_ = true;
    JournalSink::edit(edit);
  }

  void end_document(const Stats& stats, const Damage& damage) override {
    JournalSink::end_document(stats, damage);
    if (is_duplicate()) return;
    outlet_->write(before_);
    outlet_->write(edited_ ? record_.with_text(text_) : record_.line());
    outlet_->write(end_);
  }

 private:
  void put(std::string_view clean) override { text_ += clean; }
  [[nodiscard]] std::optional<std::string> omitted() const override {
    return is_duplicate() ? std::optional(before_ + record_.line() + end_) : std::nullopt;
  }

  Record record_;  // its text is with the Cleaner
  std::string before_;
  std::string end_;
  std::shared_ptr<Outlet> outlet_;
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
  options.documents = dedup::Documents::off;
  options.paragraphs = Paragraphs::off;
  options.runs = false;
  options.sentences = Sentences::off;
  options.repair = false;
  return options;
}

class JsonlDocuments : public Documents {
 public:
  JsonlDocuments(Workshop workshop, std::string field)
      : workshop_(workshop), field_(std::move(field)) {}

  void clean(Source& source, Target& target) override {
    LineReader lines(source, kLongestRecord);
    complaints_ = 0;
    outlet_ = std::make_shared<Outlet>(target);
    try {
      for (std::string_view line; lines.next(line);) {
        if (lines.is_head()) {
          pass_long(line, lines, source);
        } else {
          clean_line(line, lines, source);
        }
      }
    } catch (const InputError& error) {
      workshop_.cleaner.flush();  // messages come in the order of the input
      workshop_.warnings.add(error.what());
    }
    if (!waiting_.empty()) write_at_once({});
    if (complaints_ > kMostComplaints) {
      workshop_.warnings.add(source.label() + ": and " +
                             std::to_string(complaints_ - kMostComplaints) + " more bad lines, " +
                             std::to_string(complaints_) + " in all");
    }
  }

 private:
  void clean_line(std::string_view line, const LineReader& at, const Source& source) {
    const Parts parts(line);
    if (parts.blank()) {
      waiting_ += line;
    } else if (std::string fault; auto record = read(parts.body, fault)) {
      waiting_ += parts.mark;
      clean_record(std::move(*record), parts, at, source);
    } else {
      complain(source, at, fault);
      waiting_ += parts.mark;
      write_at_once(pass(parts.body, source) += parts.end);
    }
  }

  /// Writes what waits, and `text`, behind all records so far.
  void write_at_once(std::string_view text) {
    workshop_.cleaner.flush();
    outlet_->write(std::exchange(waiting_, {}) += text);
  }

  std::optional<Record> read(std::string_view body, std::string& fault) const {
    try {
      return Record(body, field_);
    } catch (const FormatError& error) {
      fault = error.what();
      return std::nullopt;
    }
  }

  void clean_record(Record record, const Parts& parts, const LineReader& at, const Source& source) {
    const std::string name = record.name().empty() ? source.listed_name() : record.name();
    const std::string place = source.name() + ':' + std::to_string(at.number());
    const std::string url = workshop_.by_host ? url_of(record, parts.body) : std::string();
    std::string text = record.take_text();
    RecordSink& sink =
        sinks_.add(workshop_.journal, Subject{.name = name, .place = place}, std::move(record),
                   std::exchange(waiting_, {}), parts.end, outlet_);
    workshop_.cleaner.begin(sink, {name, url});
    workshop_.cleaner.feed(text);
    std::string().swap(text);  // it may be long, and so is what end() gives to the sink
    workshop_.cleaner.end_later();
  }

  /// The bytes of a bad line, decoded.
  std::string pass(std::string_view body, const Source& source) {
    begin_passing();
    decoder_->feed(body);
    end_passing();
    std::string line = plain_.take();
    close_passed(line.size(), source);
    return line;
  }

  /// A line longer than a record may be passes as it comes. The list has it without its mark and
  /// its end, like any that passes.
  void pass_long(std::string_view head, LineReader& lines, const Source& source) {
    const Parts parts(head);
    waiting_ += parts.mark;
    write_at_once({});
    begin_passing();
    std::uint64_t bytes = 0;
    std::uint64_t ends = 0;  // of these, at the end of the line
    const auto write = [&] {
      const std::string text = plain_.take();
      const std::size_t content = text.find_last_not_of("\r\n") + 1;
      bytes += text.size();
      ends = content == 0 ? ends + text.size() : text.size() - content;
      outlet_->write(text);
    };
    const auto close = [&] {
      end_passing();
      write();
      close_passed(bytes - ends, source);
    };
    workshop_.warnings.add_limit(place_of(lines, source) + ": line at offset " +
                                 std::to_string(lines.offset()) +
                                 " is longer than 64 MiB; passed through");
    head.remove_prefix(parts.mark.size());
    try {
      do {
        decoder_->feed(head);
        write();
      } while (lines.more(head));
    } catch (const InputError&) {
      close();  // what was read so far is a line all the same
      throw;
    }
    close();
  }

  void begin_passing() {
    if (!decoder_) decoder_.emplace(decode_only());
    decoder_->begin(plain_);
  }

  void end_passing() {
    const std::uint64_t broken = decoder_->stats().broken_sequences;
    decoder_->end();
    workshop_.totals.stats.broken_sequences += decoder_->stats().broken_sequences - broken;
  }

  /// Takes the number of a document for a line that passed, and tells the list.
  void close_passed(std::uint64_t bytes, const Source& source) {
    workshop_.totals.passed_lines += 1;
    workshop_.cleaner.clean({}, plain_, source.listed_name());
    workshop_.journal.closing({.document = plain_.document(),
                               .name = source.listed_name(),
                               .decoded = bytes,
                               .output = bytes,
                               .passed = true,
                               .omitted = std::nullopt});
  }

  void complain(const Source& source, const LineReader& at, const std::string& fault) {
    complaints_ += 1;
    if (complaints_ > kMostComplaints) return;
    workshop_.warnings.add(place_of(at, source) + ": bad line at offset " +
                           std::to_string(at.offset()) + ": " + fault + "; passed through");
  }

  static std::string place_of(const LineReader& at, const Source& source) {
    return source.label() + ':' + std::to_string(at.number());
  }

  Workshop workshop_;
  std::string field_;
  Sinks<RecordSink> sinks_;
  std::shared_ptr<Outlet> outlet_;
  PlainSink plain_;
  std::optional<Cleaner> decoder_;  // made for the first bad line
  std::uint64_t complaints_ = 0;
  std::string waiting_;  // blank lines and marks before the next record, to be written or left out
};

}  // namespace

std::unique_ptr<Documents> jsonl_documents(Workshop workshop, std::string field) {
  return std::make_unique<JsonlDocuments>(workshop, std::move(field));
}

}  // namespace dedup::tool
