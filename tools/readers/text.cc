// Text: a file is a document, fed to the Cleaner as it is read, or with a separator line several.
//
// Where an earlier document left the output within a line, the next one begins with an inserted
// line end. It is an edit of the *next* document, made when that writes its first byte: so the list
// accounts for it, and nothing that follows can change the output of a document that is done.
//
// A separator follows the document that it ends, as its last line: the Cleaner does not see it, the
// list accounts for it. It stays, unless the document goes as a duplicate; so what is left of the
// output is parted as the input was.
#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "bytes/fault.h"
#include "readers/documents.h"
#include "readers/separator.h"

namespace dedup::tool {
namespace {

/// How many lines end in `text`, whether by \n, \r\n or \r.
std::uint64_t line_ends(std::string_view text) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' || (text[i] == '\r' && text.substr(i + 1, 1) != "\n")) ++count;
  }
  return count;
}

/// What all documents of a source share.
struct Origin {
  std::string label;
  Damage damage;
};

void complain(const Origin& origin, Warnings& warnings) {
  const auto& [offset, sequences] = origin.damage;
  if (sequences == 0) return;
  warnings.add(origin.label + ": " + std::to_string(sequences) + " broken byte sequence" +
               (sequences == 1 ? ", at offset " : "s, the first at offset ") +
               std::to_string(offset) + "; written as U+FFFD");
}

class TextSink : public JournalSink {
 public:
  /// `offset`: of the document in its source.
  TextSink(Workshop workshop, Subject subject, std::shared_ptr<Origin> origin, std::uint64_t offset,
           Target& target)
      : JournalSink(workshop.journal, std::move(subject)),
        warnings_(workshop.warnings),
        totals_(workshop.totals),
        origin_(std::move(origin)),
        offset_(offset),
        target_(target) {}

  /// No other document of the source follows.
  void close_source() noexcept { closes_ = true; }
  /// The separator behind the document.
  void set_trailer(std::string_view separator) { trailer_ = separator; }

  void begin_document(std::uint64_t document, std::string_view name) override {
    JournalSink::begin_document(document, name);
    journal().remember(subject());
    joins_ = !target_.at_line_start();
  }

  void kept(std::string_view text) override {
    if (joins_ && !text.empty()) end_line_before();
    JournalSink::kept(text);
  }

  void edit(const Edit& edit) override {
    if (joins_ && !edit.replacement.empty()) end_line_before();
    JournalSink::edit(edit);
    line_ = edit.block + line_ends(edit.text);
  }

  void end_document(const Stats& stats, const Damage& damage) override {
    if (!trailer_.empty()) end_with_separator();
    JournalSink::end_document(stats, damage);
    Damage& all = origin_->damage;
    if (all.sequences == 0) all.offset = offset_ + damage.offset;
    all.sequences += damage.sequences;
    if (closes_) complain(*origin_, warnings_);
  }

 private:
  void put(std::string_view clean) override { target_.write(clean); }

  void end_line_before() {
    joins_ = false;
    Edit insertion;
    insertion.block = line_;
    insertion.start = insertion.end = decoded();
    insertion.replacement = "\n";
    insertion.rule = "line-end";
    JournalSink::edit(insertion);
    totals_.stats.output_bytes += 1;
    totals_.stats.removed[static_cast<std::size_t>(Reason::repair)].items += 1;
  }

  void end_with_separator() {
    Stats& stats = totals_.stats;
    stats.input_bytes += trailer_.size();
    stats.decoded_bytes += trailer_.size();
    if (!is_duplicate()) {
      stats.output_bytes += trailer_.size();
      kept(trailer_);
      return;
    }
    Edit removal;
    removal.block = line_;
    removal.start = decoded();
    removal.end = removal.start + trailer_.size();
    removal.text = trailer_;
    removal.reason = Reason::duplicate_document;
    removal.rule = "separator";
    edit(removal);
    Count& removed = stats.removed[static_cast<std::size_t>(Reason::duplicate_document)];
    removed.items += 1;
    removed.bytes += trailer_.size();
  }

  Warnings& warnings_;
  Totals& totals_;
  std::shared_ptr<Origin> origin_;
  std::uint64_t offset_;
  Target& target_;
  std::string trailer_;
  bool closes_ = false;
  bool joins_ = false;      // nothing written yet, and the output stands within a line
  std::uint64_t line_ = 0;  // the line behind the last edit
};

class TextDocuments : public Documents {
 public:
  TextDocuments(Workshop workshop, std::string separator)
      : workshop_(workshop), separator_(std::move(separator)) {}

  void clean(Source& source, Target& target) override {
    origin_ = std::make_shared<Origin>(Origin{source.label(), {}});
    offset_ = line_ = 0;
    begin(source, target);  // an empty file is a document, too
    try {
      read(source, target);
    } catch (const InputError& error) {
      workshop_.cleaner.flush();             // messages come in the order of the input
      workshop_.warnings.add(error.what());  // what was read so far is a document all the same
    }
    if (open_) {
      sinks_.last().close_source();
      end({});
    } else {  // a separator was the last line
      workshop_.cleaner.flush();
      complain(*origin_, workshop_.warnings);
    }
  }

 private:
  void read(Source& source, Target& target) {
    std::optional<SeparatorFinder> finder;
    if (!separator_.empty()) finder.emplace(separator_);
    for (auto chunk = source.read(); !chunk.empty(); chunk = source.read()) {
      if (!finder) {
        workshop_.cleaner.feed(chunk);
        continue;
      }
      while (const auto part = finder->take(chunk)) add(*part, source, target);
    }
    if (!finder) return;
    if (const auto part = finder->rest()) add(*part, source, target);
  }

  void add(const SeparatorFinder::Part& part, const Source& source, Target& target) {
    if (!open_) begin(source, target);
    if (part.is_separator) {
      end(part.text);
    } else {
      workshop_.cleaner.feed(part.text);
    }
    offset_ += part.text.size();
    line_ += static_cast<std::uint64_t>(std::ranges::count(part.text, '\n'));
  }

  void begin(const Source& source, Target& target) {
    open_ = true;
    TextSink& sink = sinks_.add(
        workshop_, Subject{.name = source.listed_name(), .place = source.name(), .line = line_},
        origin_, offset_, target);
    workshop_.cleaner.begin(sink, source.listed_name());
  }

  void end(std::string_view separator) {
    open_ = false;
    sinks_.last().set_trailer(separator);
    workshop_.cleaner.end_later();
  }

  Workshop workshop_;
  std::string separator_;
  Sinks<TextSink> sinks_;
  std::shared_ptr<Origin> origin_;
  bool open_ = false;         // a document is begun
  std::uint64_t offset_ = 0;  // of what comes next, in bytes of the source
  std::uint64_t line_ = 0;
};

}  // namespace

std::unique_ptr<Documents> text_documents(Workshop workshop, std::string separator) {
  return std::make_unique<TextDocuments>(workshop, std::move(separator));
}

}  // namespace dedup::tool
