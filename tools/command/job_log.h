// SPDX-License-Identifier: Apache-2.0
// The log of a job of many files: what was done of it, so that a run that was killed can be gone on
// with. Lines are added in groups, each durable before its files take their places.
//
// What is done is judged by the log and by the files as they are:
//
//   in place   the file is as it was read: not done, whatever the log says (the run was killed
//              before the rename); else its backup is as the file was: done, and read from there
//   apart      the file is as it was read, and the output as it was written: done
//
// Anything else is another job, and refused.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bytes/descriptor.h"
#include "command/args.h"
#include "command/job_line.h"
#include "command/plan.h"

namespace dedup::tool {

class JobLog {
 public:
  /// For a job with a log and its files. With CleanJob::resume one that is there is read. Throws
  /// UsageError where one is there and not to be resumed, or is of other options, files or another
  /// version; InputError where a file changed since it was told of.
  explicit JobLog(const CleanJob& job);

  /// Where the bytes of each file stand, in their order.
  [[nodiscard]] const std::vector<std::string>& sources() const noexcept { return sources_; }
  /// The arguments as the first run had them, whose list of edits names them.
  [[nodiscard]] const std::string& typed() const noexcept { return head_.typed; }
  /// Marks what is done. `errands` are those of the same files.
  void mark(std::vector<Errand>& errands) const;

  /// From here on the log is written. Throws OutputError.
  void begin();
  /// What became of a file of the group.
  void add(JobLine line) { group_.push_back(std::move(line)); }
  /// Of a file of the group it turned out that it stays as it is.
  void not_written(std::uint64_t number, const std::string& fault);
  /// Makes what the group has so far durable. Throws OutputError.
  void append();
  /// The same for what was learned since; the next group may follow.
  void end_group();

 private:
  void read(std::string_view text);
  void check_head(const JobHead& found) const;
  void check_files(const CleanJob& job);
  [[nodiscard]] std::string label() const;
  [[nodiscard]] std::string locked_text();
  void write(std::string_view text);

  std::string path_;
  JobHead head_;
  std::optional<std::string> suffix_;
  Descriptor file_;
  std::vector<std::string> sources_;
  std::map<std::uint64_t, JobLine> told_;  // by an earlier run
  std::uint64_t whole_ = 0;                // bytes of its lines that are whole
  std::vector<JobLine> group_;
  std::size_t appended_ = 0;  // of its lines
};

}  // namespace dedup::tool
