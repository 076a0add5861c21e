// SPDX-License-Identifier: Apache-2.0
// One run of the main job over its operands: what clean() and diff() do when the job is settled.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "bytes/crew.h"
#include "bytes/source.h"
#include "bytes/spool.h"
#include "bytes/target.h"
#include "bytes/unpacking.h"
#include "bytes/wake_up.h"
#include "command/cleaning.h"
#include "command/job_log.h"
#include "command/outputs.h"
#include "command/parcels.h"
#include "command/plan.h"
#include "command/run_index.h"
#include "listeners/differences.h"
#include "listeners/edit_list.h"
#include "listeners/encodings.h"
#include "listeners/progress_line.h"
#include "listeners/report.h"
#include "listeners/verbose.h"
#include "readers/reader.h"
#include "report/run_report.h"

namespace dedup::tool {

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
  [[nodiscard]] std::unique_ptr<Writer> make_run_writer();
  void listen();
  void clean_all();
  void survey();
  void survey(const Errand& errand, Cleaning& cleaning, Target& target);
  void expect(const Errand& errand);
  void clean(const Errand& errand);
  [[nodiscard]] std::optional<Source> open(const Errand& errand, std::string& fault);
  void clean_apart(Source& source, Parcel& parcel);
  void clean_together(Source& source);
  void send_parcels();
  enum class Read { whole, to_a_limit, in_part };
  Read clean(Source& source, const std::shared_ptr<Origin>& origin, Target& target);
  void note_what_it_seems(Source& source) const;
  void flush_cleaning();
  const UnpackingSource& unpack_for(Source& source);
  UnpackLimits limits();
  void unread(const Errand& errand, const InputError& error);
  void finish();
  void end_part(const ShardRun& shard);
  void show_end();
  void tell_statistics();
  void write_report();
  void flush();
  bool give_out() override;
  [[nodiscard]] int signal() const override { return wake_up_.descriptor(); }

  const CleanJob& job_;
  JobLog* log_;
  Plan plan_;
  unsigned threads_;
  ProgressLine progress_;
  WakeUp wake_up_;  // by the Cleaner's threads
  std::shared_ptr<Scratch> scratch_;
  RunIndex index_;
  Cleaner cleaner_;
  Outputs outputs_;
  std::uint64_t packing_;  // memory that outputs take
  Target nowhere_ = Target::nothing();
  Target* target_ = &nowhere_;  // of the source that is read
  Warnings warnings_;
  Warnings untold_{true};  // of surveys: they are told when it is cleaned
  Totals totals_;
  Inputs inputs_;
  Crew crew_;  // that reads and writes small files
  std::optional<EditList> edit_list_;
  std::optional<RunReport> report_;
  std::optional<Verbose> verbose_;
  std::optional<Target> shown_;
  std::optional<Differences> differences_;
  Encodings encodings_;
  Listeners listeners_;
  std::unique_ptr<Reader> reader_;
  std::unique_ptr<Writer> writer_;
  std::optional<Parcels> parcels_;  // where each operand has a file of its own
  Cleaning cleaning_;
  std::size_t expected_ = 0;      // operands below that number are read ahead, or were
  std::set<std::string> unread_;  // operands that could not be read, of which all is told
  bool given_ = false;            // standard input, with its format by its head
  bool unfinished_ = false;       // an operand was not read to its end, or must not be replaced
  bool failed_ = false;           // and that was not for a limit
};

}  // namespace dedup::tool
