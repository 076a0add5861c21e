// SPDX-License-Identifier: Apache-2.0
// Documents out of WARC and WET files: pages as a server sent them, and texts that were taken out
// of such. Whatever else is in there (requests, images, errors) is counted and passed over.
//
//   struct Pages : dedup::WarcSink {
//     void begin(const dedup::WarcDocument& page) override { cleaner.begin(sink, page.url); }
//     void feed(std::string_view bytes) override { cleaner.feed(bytes); }
//     void end() override { cleaner.end(); }
//   } pages;
//   dedup::WarcReader reader(pages);
//   while (/* there is more of the file, unpacked */) reader.feed(bytes);
//   reader.finish();
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "dedup/export.h"

namespace dedup {

/// A document of an archive.
struct WarcDocument {
  std::string url;           ///< that it was fetched from; ASCII, other bytes as `%HH`
  std::string date;          ///< when, as written: 2026-01-31T12:00:00Z
  std::string content_type;  ///< as the server named it, or the archive: text/html; charset=gbk
  std::uint64_t offset = 0;  ///< of its record in the file
  std::uint64_t record = 0;  ///< number of its record in the file, from 0
};

/// Why a record is no document. The first are kinds of record, the others say what is wrong with a
/// response.
enum class WarcSkip {
  warcinfo,      ///< of the file itself
  request,       ///< what was sent to the server
  metadata,      ///< of another record
  revisit,       ///< the same as at an earlier visit: there is no body
  continuation,  ///< of a record that was cut in parts
  other,         ///< a kind that is not known
  status,        ///< an error, a redirection
  media_type,    ///< an image, a script
  encoding,      ///< compressed in a way that is not known, as by brotli
  too_long,      ///< longer than 64 MiB
  damaged,       ///< no response where one should be
};
/// How many there are: they are numbered from 0.
inline constexpr std::size_t kWarcSkipCount = 11;

/// "warcinfo", "media_type": as `--stats` has it.
[[nodiscard]] DEDUP_EXPORT std::string_view name(WarcSkip skip) noexcept;

/// A record that is passed over.
struct WarcSkipped {
  WarcSkip why = WarcSkip::other;  ///< what it is, or what is wrong with it
  std::string detail;              ///< "404", "image/png"; may be empty
  std::string url;                 ///< as for a document; may be empty
  std::uint64_t offset = 0;        ///< in the file
  std::uint64_t record = 0;        ///< its number in the file, from 0
};

/// What is wrong with a file.
struct WarcFault {
  std::uint64_t offset = 0;  ///< in the file: of what is wrong, or of the record that it is in
  std::string text;          ///< fit for a user
  bool limit = false;        ///< nothing is wrong, but something is longer than it may be
};

/// Hears of an archive: (begin feed* end | skipped | fault)*, where faults may come anywhere. Views
/// are valid during the call only. What it throws comes out of the reader, which is done then.
class DEDUP_EXPORT WarcSink {
 public:
  virtual ~WarcSink() = default;
  /// A document begins.
  virtual void begin(const WarcDocument& document) = 0;
  /// The next bytes of the document, freed from chunks and compression, in the server's charset.
  virtual void feed(std::string_view bytes) = 0;
  /// The document ends.
  virtual void end() = 0;
  /// A record is passed over.
  virtual void skipped(const WarcSkipped& /*record*/) {}
  /// Something is wrong, or too long; the rest is read all the same.
  virtual void fault(const WarcFault& /*fault*/) {}
};

/// Reads an archive, versions 1.0 and 1.1, that comes in pieces of any size. A document is
///
///   a response     of status 2xx with HTML, XHTML or plain text
///   a resource     of these types
///   a conversion   of these types, or of none: then it is plain text
///
/// A record is as long as it says, unless that proves wrong: then the next one is the next line
/// that begins with "WARC/1.". Damage costs the records that it is in.
///
/// Call grammar: feed* finish. One thread at a time. Memory: the piece that is fed and 100 KiB; up
/// to 16 MiB where a body quotes an archive.
class DEDUP_EXPORT WarcReader {
 public:
  /// `sink` must live as long.
  explicit WarcReader(WarcSink& sink);
  ~WarcReader();
  WarcReader(WarcReader&&) noexcept;  ///< the other may then be assigned to or destroyed only
  WarcReader& operator=(WarcReader&&) noexcept;  ///< likewise

  /// The next bytes of the file, unpacked, cut anywhere.
  void feed(std::string_view bytes);
  /// The file ends here.
  void finish();

 private:
  struct DEDUP_LOCAL State;
  std::unique_ptr<State> state_;
};

}  // namespace dedup
