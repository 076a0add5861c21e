// Text: a file is a document, fed to the Cleaner as it is read. Where an earlier document left the
// output within a line, the next one begins with an inserted line end. It is an edit of the *next*
// document, made when that writes its first byte: so the list accounts for it, and nothing that
// follows can change the output of a document that is done.
#include "documents.h"
#include "fault.h"

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

class TextSink : public JournalSink {
 public:
  TextSink(Journal& journal, Totals& totals) : JournalSink(journal), totals_(totals) {}

  void write_to(Target& target) noexcept { target_ = &target; }

  void begin_document(std::uint64_t document, std::string_view name) override {
    JournalSink::begin_document(document, name);
    journal().remember(document, subject().place);
    joins_ = !target_->at_line_start();
    line_ = 0;
  }

  void kept(std::string_view text) override {
    if (joins_ && !text.empty()) end_line_before();
    JournalSink::kept(text);
  }

  void edit(const Edit& edit) override {
    if (joins_ && !edit.replacement.empty()) end_line_before();
    JournalSink::edit(edit);
    if (joins_) line_ = edit.block + line_ends(edit.text);
  }

 private:
  void put(std::string_view clean) override { target_->write(clean); }

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

  Totals& totals_;
  Target* target_ = nullptr;
  bool joins_ = false;      // nothing written yet, and the output stands within a line
  std::uint64_t line_ = 0;  // while joins_: the line that the next byte belongs to
};

std::string complaint(const Source& source, const Damage& damage) {
  const bool one = damage.sequences == 1;
  return source.label() + ": " + std::to_string(damage.sequences) + " broken byte sequence" +
         (one ? ", at offset " : "s, the first at offset ") + std::to_string(damage.offset) +
         "; written as U+FFFD";
}

class TextDocuments : public Documents {
 public:
  explicit TextDocuments(Workshop workshop)
      : workshop_(workshop), sink_(workshop.journal, workshop.totals) {}

  void clean(Source& source, Target& target) override {
    Cleaner& cleaner = workshop_.cleaner;
    sink_.expect(source.listed_name(), source.name());
    sink_.write_to(target);
    cleaner.begin(sink_, source.listed_name());
    try {
      for (auto chunk = source.read(); !chunk.empty(); chunk = source.read()) cleaner.feed(chunk);
    } catch (const InputError& error) {
      workshop_.warnings.add(error.what());  // what was read so far is a document all the same
    }
    cleaner.end();
    if (sink_.damage().sequences > 0) workshop_.warnings.add(complaint(source, sink_.damage()));
  }

 private:
  Workshop workshop_;
  TextSink sink_;
};

}  // namespace

std::unique_ptr<Documents> text_documents(Workshop workshop) {
  return std::make_unique<TextDocuments>(workshop);
}

}  // namespace dedup::tool
