// SPDX-License-Identifier: Apache-2.0
// dedup: cleans scraped Chinese text. main() turns what was typed into a job, runs it, and turns
// what went wrong into one line on stderr and an exit status. Signals keep their default meaning: a
// reader that goes away ends the program by SIGPIPE, and files to be replaced keep their bytes.
#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <variant>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/target.h"
#include "command/args.h"
#include "command/clean.h"
#include "command/diff.h"
#include "command/index.h"
#include "command/learn.h"
#include "command/restore.h"
#include "command/shard.h"
#include "dedup/dedup.h"
#include "listeners/progress_line.h"
#include "listeners/report.h"

namespace dedup::tool {
namespace {

/// Where a standard stream is closed, the next file opened would take its place and receive what
/// was meant for the stream. Holds each such place by a file that fails on use, stderr by a sink.
void hold_standard_streams() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(number, F_GETFD) != -1) continue;
    const int flags = number == STDOUT_FILENO ? O_RDONLY : O_WRONLY;
    if (::open("/dev/null", flags) != number) ::_exit(kFailed);
  }
}

/// Large blocks of memory come from the system one by one and go back to it, so that tables grow by
/// moving pages and nothing is left in pieces; what is smaller is kept for the next who asks.
void keep_memory() {
#ifdef __GLIBC__
  ::mallopt(M_MMAP_THRESHOLD, 1 << 20);
  ::mallopt(M_TRIM_THRESHOLD, 1 << 28);
#endif
}

int run(const CleanJob& job) { return job.view ? diff_files(job) : clean(job); }

int run(const DiffJob& job) { return diff_list(job); }

int run(const RestoreJob& job) { return restore(job); }

int run(const LearnJob& job) { return learn(job); }

int run(const IndexJob& job) { return look_after(job); }

int run(const ShardFirstJob& job) { return shard_first(job); }

int run(const ShardIndexJob& job) { return shard_index(job); }

int run(const Answer& answer) {
  Target output = Target::standard_output();
  output.write(answer.text);
  output.commit();
  return kDone;
}

int run(int argc, const char* const* argv) {
  if (argc <= 1 && ::isatty(STDIN_FILENO) == 1) {
    tell(short_help());
    return kUsage;
  }
  return std::visit([](const auto& job) { return run(job); }, parse(argc, argv));
}

/// A library below may be out of memory where it promised not to throw.
[[noreturn]] void end_at_once() noexcept {
  try {
    if (const auto error = std::current_exception()) std::rethrow_exception(error);
  } catch (const std::bad_alloc&) {
  } catch (...) {
    std::abort();
  }
  say("out of memory");
  ::_exit(kFailed);
}

int explain(const std::exception& error, int status) {
  say(error.what());
  return status;
}

}  // namespace
}  // namespace dedup::tool

int main(int argc, char** argv) {
  using namespace dedup::tool;
  hold_standard_streams();
  hold_progress_signal();
  keep_memory();
  std::set_terminate(end_at_once);
  try {
    return run(argc, argv);
  } catch (const UsageError& error) {
    return explain(error, kUsage);
  } catch (const dedup::InvalidOption& error) {
    return explain(error, kUsage);
  } catch (const dedup::FormatError& error) {  // rules or a model of the user's
    return explain(error, kUsage);
  } catch (const dedup::ScratchError& error) {
    say(shown(error.directory()) + ": " + std::string(error.cause()));
    return kFailed;
  } catch (const dedup::IndexError& error) {
    say(shown(error.path()) + ": " + std::string(error.cause()));
    return kFailed;
  } catch (const LimitError& error) {
    return explain(error, kLimit);
  } catch (const HalfwayError& error) {
    return explain(error, kHalfway);
  } catch (const std::bad_alloc&) {
    say("out of memory");
    return kFailed;
  } catch (const std::exception& error) {
    return explain(error, kFailed);
  }
}
