// SPDX-License-Identifier: Apache-2.0
// Cleaner: scraped text in, clean text and the list of edits out.
//
//   dedup::Cleaner cleaner;
//   dedup::Cleaned page = cleaner.clean({.bytes = html_text, .url = url});   // as a value
//   cleaner.clean(text, sink, "a.txt");                                      // or to a sink
//
//   cleaner.begin(sink, {"a.txt"});       a document of any length in pieces
//   cleaner.feed(piece); …
//   cleaner.end();                        or abandon()
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/cleaned.h"
#include "dedup/export.h"
#include "dedup/index.h"
#include "dedup/options.h"
#include "dedup/sink.h"
#include "dedup/stats.h"

/// All that the library gives to C++.
namespace dedup {

/// What a document is called, and where it is from.
struct DocumentId {
  DocumentId() = default;
  /// A name alone will do, in whatever form.
  DocumentId(const char* its_name) : name(its_name) {}
  /// Likewise.
  DocumentId(const std::string& its_name) : name(its_name) {}
  /// Or with what else is known.
  DocumentId(std::string_view its_name, std::string_view its_url = {},
             std::string_view its_content_type = {})
      : name(its_name), url(its_url), content_type(its_content_type) {}

  std::string_view name;  ///< told to the sink, and remembered where the index remembers names
  std::string_view url;   ///< its host is what a learned model knows a site by; may be empty
  /// Of the bytes, as HTTP headers have it: "text/html; charset=gbk". Its charset is believed where
  /// the bytes do not contradict it. HTML is read for its text, and may say itself what it is in.
  /// Empty: text, of which nothing is known.
  std::string_view content_type;
};

/// Cleans documents one after the other and remembers what it has seen.
///
/// For one document the result depends on its bytes and the options only, not on how feed() cut
/// them; for several, on their order too. Memory: the window being worked on (a few times 4 MiB)
/// plus what is remembered of each block.
///
/// Call grammar, of one pass over the input:
///
///   (clean | clean_all | begin feed* (end | end_later | abandon))*
///
/// with flush(), advance(), set_aside() and stats() anywhere. Another order throws Misuse and
/// changes nothing.
/// What a sink throws comes out of the call that was under way, which is done all the same; it
/// costs the sink's own document only, and where that is the open one, what is still fed of it is
/// passed over. What scratch space throws, or std::bad_alloc, ends the Cleaner: from then on all
/// calls throw Misuse.
///
/// Thread rule: a Cleaner belongs to one thread at a time; different Cleaners are independent but
/// for an Index that they share. With Options::threads it analyses on others, too, but calls sinks
/// on the caller's alone.
class DEDUP_EXPORT Cleaner {
 public:
  /// With an index of its own, which takes its limit of memory, its secret and its threshold from
  /// the options. Throws InvalidOption or, for a rule of the user's that does not parse,
  /// FormatError.
  explicit Cleaner(Options options = {});

  /// With an index that others may use, too; it must outlive the Cleaner. Options::memory then
  /// limits the rest. Throws likewise, and InvalidOption where the options ask for another secret
  /// or threshold than the index has, or for Keep::none, which must know all input beforehand.
  Cleaner(Options options, Index& index);

  /// Drops what no sink was told yet: see end_later().
  ~Cleaner();
  Cleaner(Cleaner&&) noexcept;             ///< the other may then be assigned to or destroyed only
  Cleaner& operator=(Cleaner&&) noexcept;  ///< likewise

  /// Cleans a whole document and returns all that there is to say of it. It may be as a server gave
  /// it: see Page. Compressed bytes are unpacked within the default UnpackLimits; who wants others
  /// has Unpacker.
  [[nodiscard]] Cleaned clean(const Page& page);

  /// The same for several, one after the other as they lie there; with several threads all have
  /// work. Where clean() would throw for one of them, no page's result is returned, though what was
  /// seen before stays seen.
  [[nodiscard]] std::vector<Cleaned> clean_all(std::span<const Page> pages);

  /// A document told to a sink: begin, feed and end in one call. As with these, the bytes are taken
  /// for what `id` says and nothing is unpacked or recognised, since that would hold back the head
  /// of a stream: Unpacker, looks_like_html() and may_become_html() are there for who reads one.
  void clean(std::string_view document, Sink& sink, const DocumentId& id = {});

  /// A document in pieces: begin, feed any number of times, end. `sink` must live until it heard
  /// end_document(), or the document is over.
  void begin(Sink& sink, const DocumentId& id = {});
  /// The next bytes of it, cut anywhere.
  void feed(std::string_view bytes);
  /// The document is complete. The sink, and those of earlier documents, have heard all when it
  /// returns.
  void end();
  /// The same without waiting: with several threads the sink may hear the rest only while later
  /// documents are fed, or from flush(). This is what keeps all threads busy with small documents.
  void end_later();

  /// Drops the document that is open; its sink hears no more of it. Of a document that is shorter
  /// than 4 MiB and 32,768 lines nothing is remembered; of a longer one what was judged already.
  void abandon();

  /// Tells the sinks all that is known of what was given so far: of documents that ended, all.
  void flush();

  /// The same as far as it goes without waiting for another thread. True where others are at work:
  /// Options::on_ready will be called when there is more to tell.
  bool advance();

  /// Sets so much of Options::memory apart for the caller's own use, which may be more or less than
  /// the last time; what was remembered makes room at once. Throws what scratch space throws.
  void set_aside(std::uint64_t bytes);

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
[[nodiscard]] DEDUP_EXPORT std::string clean(std::string_view document,
                                             const Options& options = {});

}  // namespace dedup
