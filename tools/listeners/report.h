// What a run tells people and other programs besides the clean text: messages on stderr, the edit
// list of --removed, the lines of -v, the counters of --stats.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bytes/target.h"
#include "dedup/dedup.h"

namespace dedup::tool {

/// Writes on stderr, in one piece. What cannot be written there is lost.
void write_error(std::string_view text);

/// Writes "dedup: TEXT" and a line feed on stderr.
void say(std::string_view text);

/// Messages about damaged or skipped input. They do not end the run, they decide its status.
class Warnings {
 public:
  explicit Warnings(bool quiet) : quiet_(quiet) {}
  void add(std::string_view text);
  /// The same where the reason was a limit of ours.
  void add_limit(std::string_view text);
  [[nodiscard]] bool any() const noexcept { return any_; }
  [[nodiscard]] bool any_limit() const noexcept { return any_limit_; }

 private:
  bool quiet_;
  bool any_ = false;
  bool any_limit_ = false;
};

/// Which document an edit belongs to.
struct Subject {
  std::uint64_t document = 0;
  std::string name;        ///< for the edit list: path, id or URL
  std::string place;       ///< for -v: path, and line of the stream where the document has one
  std::uint64_t line = 0;  ///< for -v: lines of the file in front of the document
};

/// Takes the edits of all documents, for --removed and -v. Without either it costs nothing.
class Journal {
 public:
  /// `removed` may be null. With `verbose`, a line on stderr for each removed span.
  Journal(Target* removed, bool verbose) : removed_(removed), verbose_(verbose) {}

  /// Lets -v call the document by its place instead of its number. Numbers come in order.
  void remember(const Subject& subject);

  void header(const EditListHeader& header);
  void edit(const Subject& subject, const Edit& edit);
  void closing(const EditListClosing& closing);

 private:
  struct Place {
    std::string name;
    std::uint64_t line = 0;
  };
  [[nodiscard]] std::string place_of(const Position& position) const;

  Target* removed_;
  bool verbose_;
  std::vector<Place> places_;
};

/// The counters of a whole run.
struct Totals {
  Stats stats;
  std::uint64_t passed_lines = 0;   ///< bad JSONL lines written as they came
  std::uint64_t skipped_files = 0;  ///< operands that could not be read
};

/// For people: aligned, without rows of zeros.
[[nodiscard]] std::string table(const Totals& totals);
/// One JSON object on one line; members are only ever added.
[[nodiscard]] std::string json(const Totals& totals);

}  // namespace dedup::tool
