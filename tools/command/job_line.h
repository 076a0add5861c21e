// SPDX-License-Identifier: Apache-2.0
// The lines of a log of a job, each a line of JSON:
//
//   {"job":1,"dedup":"0.2.0","recipe":"…","typed":"…","files":2,"operands":"…","options":["…"]}
//   {"number":0,"file":"a.txt","input":{"bytes":512,"mtime":"1767225600.000000001"},
//    "output":{"bytes":498,"mtime":"…"},"status":0,"seconds":0.002,"fault":""}
//
// (Of a file it is one line.) Input is null where it could not be read, output where it was not
// written. What stands in the log is what was about to happen: it is durable before the file takes
// its place. So whoever resumes looks at the files, too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bytes/file_state.h"

namespace dedup::tool {

/// What all of a job depends on.
struct JobHead {
  std::string version;
  std::string recipe;
  std::string typed;     ///< as the list of edits has it
  std::uint64_t files;   ///< how many
  std::string operands;  ///< the digest of their names
  std::vector<std::string> options;

  bool operator==(const JobHead&) const = default;
};

/// What became of one file.
struct JobLine {
  std::uint64_t number = 0;         ///< of the file, from 0
  std::string file;                 ///< its name, fit for a terminal
  std::optional<FileState> input;   ///< as it was read
  std::optional<FileState> output;  ///< as it was written
  int status = 0;                   ///< what the run would end with if it were the only file
  double seconds = 0;
  std::string fault;  ///< what was wrong first; empty: nothing
};

/// With its line feed.
[[nodiscard]] std::string to_line(const JobHead& head);
[[nodiscard]] std::string to_line(const JobLine& line);

/// A line without its line feed read back; of a file's state size and time alone. Nothing where it
/// is none that to_line() could have written.
[[nodiscard]] std::optional<JobHead> parse_job_head(std::string_view line);
[[nodiscard]] std::optional<JobLine> parse_job_line(std::string_view line);

}  // namespace dedup::tool
