// From a source to a target: what one kind of input does with the Cleaner. Text: a file is a
// document. JSONL: a line is a document, of which the text field alone changes.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "bytes/source.h"
#include "bytes/target.h"
#include "dedup/dedup.h"
#include "listeners/report.h"

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
  /// Gives one source to the Cleaner, to its end. What of it cannot be read or decoded becomes a
  /// warning. Where `target` stands within a line that another source left without its end, the end
  /// is added. All of it is written once the Cleaner is flushed; until then `target` must live.
  virtual void clean(Source& source, Target& target) = 0;
};

/// With a separator, a line equal to it (its end aside) parts documents of one source. It belongs
/// to the document that it ends, and goes where that goes.
[[nodiscard]] std::unique_ptr<Documents> text_documents(Workshop workshop, std::string separator);
[[nodiscard]] std::unique_ptr<Documents> jsonl_documents(Workshop workshop, std::string field);

/// Sinks in the order of their documents; those that are done leave.
template <typename Each>
class Sinks {
 public:
  template <typename... Arguments>
  Each& add(Arguments&&... arguments) {
    while (!sinks_.empty() && sinks_.front().done()) sinks_.pop_front();
    return sinks_.emplace_back(std::forward<Arguments>(arguments)...);
  }
  [[nodiscard]] Each& last() noexcept { return sinks_.back(); }

 private:
  std::deque<Each> sinks_;
};

/// The URL of a record: its name, if that is one, else its field "url"; empty if there is none.
[[nodiscard]] std::string url_of(const Record& record, std::string_view line);

/// A sink for one document that keeps the journal and counts; where the clean text goes is said by
/// what derives from it. It hears of its document when the Cleaner comes to it, which with several
/// threads may be after later ones were read.
class JournalSink : public Sink {
 public:
  /// `subject`: where the document comes from; its number follows with begin_document().
  JournalSink(Journal& journal, Subject subject)
      : journal_(journal), subject_(std::move(subject)) {}

  void begin_document(std::uint64_t document, std::string_view name) override;
  void kept(std::string_view text) override;
  void edit(const Edit& edit) override;
  void end_document(const Stats& stats, const Damage& damage) override;

  [[nodiscard]] std::uint64_t decoded() const noexcept { return decoded_; }
  /// The document ended: nothing more comes.
  [[nodiscard]] bool done() const noexcept { return done_; }

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
  bool done_ = false;
};

}  // namespace dedup::tool
