// Cleaner: scraped text in, clean text and the list of edits out.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "dedup/options.h"
#include "dedup/sink.h"
#include "dedup/stats.h"

namespace dedup {

/// Cleans documents one after the other and remembers what it has seen.
///
/// For one document the result depends on its bytes and the options only, not on how feed() cut
/// them; for several, on their order too. Memory: the window being worked on (a few times 4 MiB)
/// plus what is remembered of each block.
///
/// Thread rule: a Cleaner belongs to one thread at a time; different Cleaners are independent. With
/// Options::threads it analyses on others, too, but calls sinks on the caller's alone.
class Cleaner {
 public:
  /// Throws InvalidOption or, for a rule of the user's that does not parse, FormatError.
  explicit Cleaner(Options options = {});
  ~Cleaner();
  Cleaner(Cleaner&&) noexcept;
  Cleaner& operator=(Cleaner&&) noexcept;

  /// Cleans a whole document: begin, feed, end and flush in one call.
  void clean(std::string_view document, Sink& sink, std::string_view name = {});

  /// A document in pieces: begin, feed any number of times, end. Sinks hear of their documents in
  /// order, but with more than one thread perhaps not before a later one is fed: `sink` must live
  /// until it heard end_document(), and on one thread that is before end() returns.
  void begin(Sink& sink, std::string_view name = {});
  void feed(std::string_view bytes);
  void end();

  /// Tells the sinks all that is known of what was given so far: of documents that ended, all.
  void flush();

  /// How many times the whole input must be shown before it is shown to be cleaned: 0, or with
  /// Keep::none up to 2. Documents of these passes are only counted; nothing reaches their sinks.
  [[nodiscard]] int surveys() const noexcept;

  /// Ends a pass over the input: the next document is the first one again.
  void next_pass();

  /// Sums over all documents cleaned so far.
  [[nodiscard]] const Stats& stats() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The clean text of a single document.
[[nodiscard]] std::string clean(std::string_view document, const Options& options = {});

}  // namespace dedup
