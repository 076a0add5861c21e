// SPDX-License-Identifier: Apache-2.0
// The ways in which a run of the command goes wrong, each with an exit status of its own. what() is
// one line for the user, with file names already quoted.
#pragma once

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace dedup::tool {

/// Exit statuses; part of the interface.
enum Exit : int {
  kDone = 0,     ///< all input read and judged, all output written
  kDamaged = 1,  ///< finished, but some input was damaged or skipped
  kFailed = 2,   ///< failed; named outputs are untouched
  kLimit = 3,    ///< a limit was reached
  kHalfway = 4,  ///< outputs are new, but not all of them or perhaps not for good; see the message
  kUsage = 64,   ///< the command line makes no sense
};

/// The command line makes no sense. Nothing was read or written.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// An input cannot be opened or read.
struct InputError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// An input could be opened, and its reading failed on the way: not all of it is known.
struct ReadError : InputError {
  using InputError::InputError;
};

/// The same for a limit of ours.
struct LimitError : ReadError {
  using ReadError::ReadError;
};

/// An output cannot be written: the end of the run.
struct OutputError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Nobody reads an output any more, and SIGPIPE is ignored.
struct ReaderGone : OutputError {
  using OutputError::OutputError;
};

/// An output cannot be made good after another was, or is new but might not last.
struct HalfwayError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The words for an error number.
[[nodiscard]] inline std::string cause(int error = errno) {
  return std::generic_category().message(error);
}

}  // namespace dedup::tool
