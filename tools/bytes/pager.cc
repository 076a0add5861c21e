// SPDX-License-Identifier: Apache-2.0
// The pager gets the terminal as it was, and a pipe takes the place of standard output. It ends
// before this program does: a shell would ask for the next command while it still shows something.
#include "bytes/pager.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "bytes/descriptor.h"
#include "bytes/fault.h"
#include "bytes/paths.h"
#include "bytes/terminal.h"

namespace dedup::tool {
namespace {

/// What less is told where nobody else does: what fits the screen is not paged, colours pass, and
/// what was shown stays on the screen; the text is UTF-8 whatever the locale.
constexpr const char* kLess = "FRX";
constexpr const char* kCharset = "utf-8";

bool is_in_path(std::string_view program) {
  const char* const path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "/bin:/usr/bin" : path;
  while (true) {
    const std::size_t end = rest.find(':');
    const std::string directory(rest.substr(0, end));
    if (::access((directory + '/').append(program).c_str(), X_OK) == 0) return true;
    if (end == rest.npos) return false;
    rest.remove_prefix(end + 1);
  }
}

/// For the shell; empty where there is none.
std::string pager_command() {
  for (const char* name : {"DEDUP_PAGER", "PAGER"}) {
    const char* const value = std::getenv(name);
    if (value != nullptr) return value == std::string_view("cat") ? std::string() : value;
  }
  return is_in_path("less") ? "less" : std::string();
}

/// Ignored by this program alone, from before the pager is there.
constexpr int kPagersSignals[] = {SIGINT, SIGQUIT, SIGPIPE};

/// How the pager is started: where its input comes from, and with the signals as usual.
class Start {
 public:
  explicit Start(int input) {
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawnattr_init(&attributes);
    sigset_t usual;
    sigemptyset(&usual);
    for (const int signal : kPagersSignals) sigaddset(&usual, signal);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  }
  ~Start() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  Start(const Start&) = delete;
  Start& operator=(const Start&) = delete;

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
};

[[noreturn]] void fail(const std::string& command, const std::string& why) {
  throw OutputError("pager " + shown(command) + ": " + why);
}

/// Starts it with `input` as its standard input.
pid_t start(const std::string& command, const Descriptor& input) {
  ::setenv("LESS", kLess, 0);
  ::setenv("LESSCHARSET", kCharset, 0);
  std::string text = command;
  char shell[] = "sh";
  char option[] = "-c";
  char* const arguments[] = {shell, option, text.data(), nullptr};
  for (const int signal : kPagersSignals) std::signal(signal, SIG_IGN);
  const Start how(input.number());
  pid_t child = -1;
  const int error =
      ::posix_spawn(&child, "/bin/sh", &how.actions, &how.attributes, arguments, environ);
  if (error != 0) fail(command, cause(error));
  return child;
}

}  // namespace

Pager::Pager(bool wanted) {
  if (!wanted || !is_terminal(STDOUT_FILENO)) return;
  command_ = pager_command();
  if (command_.empty()) return;
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) fail(command_, cause());
  const Descriptor read_end(ends[0]);
  const Descriptor write_end(ends[1]);
  child_ = start(command_, read_end);
  if (::dup2(write_end.number(), STDOUT_FILENO) < 0) fail(command_, cause());
}

Pager::~Pager() { static_cast<void>(wait()); }

int Pager::wait() noexcept {
  if (child_ < 0) return 0;
  ::close(STDOUT_FILENO);
  int status = 0;
  while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
  }
  child_ = -1;
  return status;
}

/// A shell that cannot run it says why, and ends with one of these statuses.
void Pager::finish() {
  const int status = wait();
  if (!WIFEXITED(status)) return;
  if (WEXITSTATUS(status) == 126 || WEXITSTATUS(status) == 127) fail(command_, "does not run");
}

}  // namespace dedup::tool
