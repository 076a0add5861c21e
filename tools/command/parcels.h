// SPDX-License-Identifier: Apache-2.0
// Operands that have a file of their own each, between being read and being written. Small ones go
// in groups: the Cleaner judges one behind the other, and may be late; then a crew writes them.
//
//   add … clean …  │ judged, judged, judged, … │  not judged yet …
//                  └─ send(): reserve each in order, write all at once, keep each in order
//
// The text of a small file is held until then, so that no descriptor is open for it. A large one is
// written as it is judged, with nothing waiting.
#pragma once

#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "bytes/crew.h"
#include "bytes/target.h"
#include "command/args.h"
#include "command/job_log.h"
#include "command/outputs.h"
#include "command/plan.h"
#include "dedup/compression.h"
#include "writers/origin.h"

namespace dedup::tool {

/// What was found out about an operand that its clean text may take the place of.
struct Observed {
  Compression packed = Compression::none;
  bool pages = false;  ///< HTML was read
  Doubts doubts;
};

/// Why it must not; empty: it may. What does not decode, or was decoded by a guess, is nowhere but
/// in the file itself. What was converted for certain may go. And what was compressed stays so,
/// which the name of its output decides. `out`: as which the text is written.
[[nodiscard]] std::string obstacle(const CleanJob& job, const Observed& found, Compression out);

struct Parcel {
  const Errand* errand = nullptr;
  JobLine line;                    ///< for the log
  std::shared_ptr<Origin> origin;  ///< null where nothing was read
  std::optional<Target> text;      ///< which the clean text goes to
  std::optional<OwnFile> place;    ///< of its file
  Observed found;
  bool whole = false;        ///< it was read to its end
  bool failed = false;       ///< it was not, or is not replaced, and that was no limit of ours
  std::uint64_t held = 0;    ///< bytes of its text, about
  std::exception_ptr fault;  ///< which came while it was written
  bool again = false;        ///< it is to be written once more, when no other is
};

class Parcels {
 public:
  /// `outputs` with a file for each operand; `log` may be null. Both must live as long, and `plan`.
  Parcels(const CleanJob& job, const Plan& plan, Outputs& outputs, JobLog* log, Crew& crew);

  /// The next operand. Its parcel stays in its place until it is sent.
  Parcel& add(const Errand& errand);

  /// Gives the parcel a text, as large as its operand, that is held; for one that is whole in
  /// memory.
  void hold(Parcel& parcel);
  /// Gives it one that is written at once, or none if its file will not be written. Requires:
  /// nothing else waits. Throws OutputError.
  void open(Parcel& parcel);

  /// Writes what the Cleaner is done with, once it is a group, or if `all` is wanted. Throws
  /// OutputError.
  void send(bool all);

  /// So many wait for the Cleaner that some may be done.
  [[nodiscard]] bool are_many() const noexcept;
  /// So much waits for the Cleaner that it is to be flushed.
  [[nodiscard]] bool is_heavy() const noexcept;
  /// Bytes of text that wait at most, give or take a file.
  static constexpr std::uint64_t kMemory = std::uint64_t{2} << 20;

  /// See Outputs.
  void settle();

  /// A file was not read to its end, or is not replaced.
  [[nodiscard]] bool failed() const noexcept { return failed_; }

 private:
  [[nodiscard]] std::size_t ready() const;
  void reserve(Parcel& parcel);
  void decide(Parcel& parcel);
  void write(Parcel& parcel) const noexcept;
  void close(Parcel& parcel);
  void log(Parcel& parcel);
  static void not_replaced(Parcel& parcel, const std::string& reason);
  static void drop(Parcel& parcel);

  const CleanJob& job_;
  const Plan& plan_;
  Outputs& outputs_;
  JobLog* log_;
  Crew& crew_;
  std::deque<Parcel> parcels_;
  std::size_t last_done_ = 0;  // the number of the last operand that an earlier run was done with
  std::uint64_t held_ = 0;     // bytes of text, about
  bool failed_ = false;
};

}  // namespace dedup::tool
