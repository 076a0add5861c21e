// SPDX-License-Identifier: Apache-2.0
// One run of the main job over its operands: what clean() and diff() do when the job is settled.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "bytes/source.h"
#include "bytes/spool.h"
#include "bytes/target.h"
#include "bytes/unpacking.h"
#include "bytes/wake_up.h"
#include "command/cleaning.h"
#include "command/job_log.h"
#include "command/outputs.h"
#include "command/plan.h"
#include "listeners/differences.h"
#include "listeners/edit_list.h"
#include "listeners/encodings.h"
#include "listeners/progress_line.h"
#include "listeners/report.h"
#include "listeners/verbose.h"
#include "readers/reader.h"
#include "report/run_report.h"

namespace dedup::tool {

/// What makes it doubtful that clean text may take the place of a file, counted through the run.
struct Doubts {
  std::uint64_t broken = 0;   // sequences that did not decode
  std::uint64_t guessed = 0;  // documents in a charset that was guessed
};

/// reader → cleaning (Cleaner) → writer → target; the writer tells the listeners
///
/// Members in the order in which they are made: each refers to those before it alone. One use:
/// go().
class Run : private Idle {
 public:
  /// `log` is null where none is kept.
  explicit Run(const CleanJob& job, JobLog* log = nullptr);
  /// Standard input, where it was opened before.
  void give(Source standard_input) {
    inputs_.give(std::move(standard_input));
    given_ = true;
  }
  int go();

 private:
  void begin_progress();
  void listen();
  void clean_all();
  void survey();
  void survey(const Errand& errand, Cleaning& cleaning, Target& target);
  void clean(const Errand& errand);
  void clean_and_log(const Errand& errand);
  bool clean(Source& source, const UnpackingSource& stage, const Errand& errand);
  bool clean_apart(Source& source, const UnpackingSource& stage, const Errand& errand);
  bool clean_to(Source& source, Target& target);
  [[nodiscard]] Target& nowhere();
  bool clean(Source& source, Target& target);
  void note_what_it_seems(Source& source) const;
  bool clean_in_place(Source& source, const UnpackingSource& stage);
  [[nodiscard]] Doubts doubts() const;
  [[nodiscard]] std::string obstacle(const UnpackingSource& stage, const Target& target,
                                     const Doubts& before) const;
  bool not_replaced(const std::string& operand, const std::string& reason);
  void settle();
  const UnpackingSource& unpack_for(Source& source);
  UnpackLimits limits();
  [[nodiscard]] std::uint64_t broken_sequences() const;
  void unread(const Errand& errand, const InputError& error);
  void finish();
  void show_end();
  void tell_statistics();
  void write_report();
  void flush();
  bool give_out() override;
  [[nodiscard]] int signal() const override { return wake_up_.descriptor(); }

  const CleanJob& job_;
  JobLog* log_;
  JobLine line_;  // of the file that is cleaned
  Plan plan_;
  ProgressLine progress_;
  WakeUp wake_up_;  // by the Cleaner's threads
  std::shared_ptr<Scratch> scratch_;
  Cleaner cleaner_;
  Outputs outputs_;
  std::uint64_t packing_;  // memory that outputs take
  std::optional<Target> nowhere_ = Target::nothing();
  Target* target_ = nullptr;  // of the source that is read
  Warnings warnings_;
  Totals totals_;
  Inputs inputs_;
  std::optional<EditList> edit_list_;
  std::optional<RunReport> report_;
  std::optional<Verbose> verbose_;
  std::optional<Target> shown_;
  std::optional<Differences> differences_;
  Encodings encodings_;
  Listeners listeners_;
  std::unique_ptr<Reader> reader_;
  std::unique_ptr<Writer> writer_;
  Cleaning cleaning_;
  std::set<std::string> unread_;  // operands that could not be read, of which all is told
  bool given_ = false;            // standard input, with its format by its head
  bool unfinished_ = false;       // an operand was not read to its end, or must not be replaced
  bool failed_ = false;           // and that was not for a limit
};

}  // namespace dedup::tool
