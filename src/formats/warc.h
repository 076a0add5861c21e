// SPDX-License-Identifier: Apache-2.0
// WARC files (ISO 28500, versions 1.0 and 1.1) cut into records. Bytes come in pieces of any size;
// what a record means is not asked here.
//
//   WARC/1.0\r\n  WARC-Type: response\r\n … Content-Length: 17\r\n  \r\n   header
//   seventeen bytes…                                                       body
//   \r\n\r\n                                                               parts it from the next
//
// A body is as long as its header says, unless that proves wrong: then the next record is the next
// "WARC/1." at the start of a line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "formats/header_fields.h"

namespace dedup::formats {

/// The header of a record.
struct WarcHeader {
  HeaderFields fields;
  std::uint64_t offset = 0;  ///< of the record in the file
  std::uint64_t length = 0;  ///< of its body, as it says
};

/// What is wrong with a file, or with a body.
struct Fault {
  std::uint64_t offset = 0;  ///< in the file, where what is wrong begins
  std::string text;
  bool limit = false;  ///< it is longer than a limit of ours
};

/// Hears of the records: (header body* end | fault)*, a fault also before an end. Views are valid
/// during the call only.
class WarcEvents {
 public:
  virtual ~WarcEvents() = default;
  virtual void header(const WarcHeader& header) = 0;
  virtual void body(std::string_view bytes) = 0;
  virtual void end() = 0;
  virtual void fault(const Fault& fault) = 0;
};

/// Call grammar: feed* finish. Memory: a piece that is fed; up to 16 MiB where a body holds what
/// looks like a record, until its end shows whether it is one. Time is linear in the bytes.
class WarcFrames {
 public:
  /// `events` must live as long.
  explicit WarcFrames(WarcEvents& events) : events_(events) {}

  void feed(std::string_view bytes);
  /// The file ends here.
  void finish();

 private:
  enum class At { gap, header, body, held, lost };
  enum class Length { right, wrong, unknown };

  [[nodiscard]] std::string_view rest() const noexcept;
  [[nodiscard]] std::uint64_t offset() const noexcept { return base_ + start_; }
  void run();
  void drop(std::size_t bytes) noexcept { start_ += bytes; }
  void compact();
  // Each does what it can with the bytes that are there; false: it wants more.
  bool skip_gap();
  bool read_header();
  bool read_body();
  bool read_held();
  bool find_record();

  bool refuse_header(std::size_t size, const char* cause, bool limit = false);
  bool begin_record(std::size_t size);
  void hold(std::size_t body, std::size_t record);
  void give(std::size_t bytes);
  [[nodiscard]] Length judge_length() const;
  bool give_cut_body();
  void end_record();

  WarcEvents& events_;
  std::string bytes_;          // that were fed and are not done with
  std::size_t start_ = 0;      // of the next one in it
  std::uint64_t base_ = 0;     // offset in the file of its first byte
  bool finished_ = false;      // no more will come
  At at_ = At::gap;            // where the next byte stands
  bool parted_ = true;         // by a line end from the record in front
  std::size_t seen_ = 0;       // bytes of a header without an end in them
  std::uint64_t endless_ = 0;  // offset up to which no header ends
  std::uint64_t record_ = 0;   // offset of the record
  std::uint64_t length_ = 0;   // of its body
  std::uint64_t left_ = 0;     // of that, still to come
  bool proved_ = false;        // that length is right
  std::size_t inner_ = 0;      // where, in what is held, a record seems to begin
};

}  // namespace dedup::formats
