// From a source to a target: what one kind of input does with the Cleaner. Text: a file is a
// document. JSONL: a line is a document, of which the text field alone changes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "args.h"
#include "dedup/dedup.h"
#include "report.h"
#include "source.h"
#include "target.h"

namespace dedup::tool {

/// What the documents of a run share.
struct Workshop {
  Cleaner& cleaner;
  bool by_host = false;  ///< the Cleaner wants the URL of a document for its name
  Journal& journal;
  Warnings& warnings;
  Totals& totals;
};

/// Cleans sources one after the other; documents are numbered through all of them.
class Documents {
 public:
  virtual ~Documents() = default;
  /// Cleans one source to its end. What of it cannot be read or decoded becomes a warning. Where
  /// `target` stands within a line that another source left without its end, the end is added.
  virtual void clean(Source& source, Target& target) = 0;
};

/// With a separator, a line equal to it (its end aside) parts documents of one source. It belongs
/// to the document that it ends, and goes where that goes.
[[nodiscard]] std::unique_ptr<Documents> text_documents(Workshop workshop, std::string separator);
[[nodiscard]] std::unique_ptr<Documents> jsonl_documents(Workshop workshop, std::string field);

/// The URL of a record: its name, if that is one, else its field "url"; empty if there is none.
[[nodiscard]] std::string url_of(const Record& record, std::string_view line);

/// A sink that keeps the journal and counts; where the clean text goes is said by what derives from
/// it.
class JournalSink : public Sink {
 public:
  explicit JournalSink(Journal& journal) : journal_(journal) {}

  /// Where the next document comes from; its number follows with begin_document(). `line` counts
  /// the lines of the file in front of it.
  void expect(std::string name, std::string place, std::uint64_t line = 0);

  void begin_document(std::uint64_t document, std::string_view name) override;
  void kept(std::string_view text) override;
  void edit(const Edit& edit) override;
  void end_document(const Stats& stats, const Damage& damage) override;

  [[nodiscard]] std::uint64_t decoded() const noexcept { return decoded_; }
  [[nodiscard]] const Damage& damage() const noexcept { return damage_; }

 protected:
  virtual void put(std::string_view clean) = 0;
  /// The raw record, where the document is left out of the output.
  [[nodiscard]] virtual std::optional<std::string> omitted() const { return std::nullopt; }
  /// Whether rule 2 removed the document: an edit said so.
  [[nodiscard]] bool is_duplicate() const noexcept { return duplicate_; }
  [[nodiscard]] Journal& journal() noexcept { return journal_; }
  [[nodiscard]] const Subject& subject() const noexcept { return subject_; }

 private:
  Journal& journal_;
  Subject subject_;
  std::uint64_t decoded_ = 0;
  std::uint64_t output_ = 0;
  bool duplicate_ = false;
  Damage damage_;
};

}  // namespace dedup::tool
