// SPDX-License-Identifier: Apache-2.0
// Loaded in front of the C library (LD_PRELOAD), makes one call of a program fail:
//
//   TORTURE=CALL:N:HOW:ERRNO   CALL: the name of a function below; N: from 1, counted from main()
//     once    the N-th call fails with ERRNO
//     ever    so does each one behind it
//     short   from the N-th on, a transfer moves a byte or half of what was asked for
//     often   from the N-th on, every second call fails with ERRNO
//     none    from the N-th on, a transfer moves nothing and names no error
//     kill    the program is killed as the N-th call begins
//   TORTURE=count              nothing fails; the numbers of calls are written when the program
//                              ends
//
// Descriptor 200 gets the numbers, or an exclamation mark when the fault takes place.
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
}

namespace {

constexpr int kReport = 200;

enum Call {
  kRead,
  kPread,
  kWrite,
  kPwrite,
  kOpen,
  kFsync,
  kFdatasync,
  kRename,
  kTruncate,
  kMmap,
  kMalloc,
  kLink,
  kClose,
  kPoll,
  kMkdir,
  kCalls
};
constexpr const char* kNames[kCalls] = {"read",   "pread",     "write",  "pwrite",    "open",
                                        "fsync",  "fdatasync", "rename", "ftruncate", "mmap",
                                        "malloc", "linkat",    "close",  "poll",      "mkdir"};
enum How { kOnce, kEver, kShort, kOften, kKill, kNone };
constexpr const char* kHows[] = {"once", "ever", "short", "often", "kill", "none"};

struct Plan {
  bool running = false;  // main() has begun
  bool count = false;
  int call = kCalls;
  long number = 0;
  int how = kOnce;
  int error = 0;
};
Plan plan;
std::atomic<long> calls[kCalls];
std::atomic<bool> fired;

void report(const char* text, std::size_t size) { ::syscall(SYS_write, kReport, text, size); }

/// Counts a call; whether the fault is to take place in it.
bool struck(Call call) {
  if (!plan.running) return false;
  const long number = ++calls[call];
  if (call != plan.call || number < plan.number) return false;
  if (plan.how == kOnce && number > plan.number) return false;
  if (plan.how == kOften && (number - plan.number) % 2 != 0) return false;
  if (!fired.exchange(true)) report("!", 1);
  if (plan.how == kKill) ::raise(SIGKILL);
  return true;
}

bool fails(Call call) {
  if (!struck(call) || plan.how == kShort) return false;
  errno = plan.error;
  return true;
}

/// How much of a transfer takes place; -1 for a failure.
long share(Call call, std::size_t size) {
  if (!struck(call)) return static_cast<long>(size);
  if (plan.how == kNone) return 0;
  if (plan.how == kShort) return static_cast<long>(size < 2 ? size : std::max(size / 2, size % 7));
  errno = plan.error;
  return -1;
}

/// Reads TORTURE. A program that spins or waits for ever dies of a signal.
void prepare() {
  const rlimit seconds{10, 10};
  ::setrlimit(RLIMIT_CPU, &seconds);
  ::alarm(30);
  const char* const wanted = std::getenv("TORTURE");
  if (wanted == nullptr) return;
  char call[16] = "";
  char how[16] = "";
  plan.count = std::strcmp(wanted, "count") == 0;
  if (std::sscanf(wanted, "%15[a-z]:%ld:%15[a-z]:%d", call, &plan.number, how, &plan.error) == 4) {
    for (int i = 0; i < kCalls; ++i) plan.call = std::strcmp(kNames[i], call) == 0 ? i : plan.call;
    for (int i = 0; i < 6; ++i) plan.how = std::strcmp(kHows[i], how) == 0 ? i : plan.how;
  }
}

using Main = int (*)(int, char**, char**);
Main real_main;

int main_under_torture(int argc, char** argv, char** environment) {
  prepare();
  plan.running = true;
  const int status = real_main(argc, argv, environment);
  plan.running = false;
  if (plan.count) {
    for (int i = 0; i < kCalls; ++i) {
      char line[64];
      const int size = std::snprintf(line, sizeof line, "%s %ld\n", kNames[i], calls[i].load());
      report(line, static_cast<std::size_t>(size));
    }
  }
  return status;
}

}  // namespace

#define SHIM extern "C" __attribute__((visibility("default")))

SHIM int __libc_start_main(Main main, int argc, char** argv, void (*init)(), void (*fini)(),
                           void (*loader_fini)(), void* stack_end) {
  using Start = int (*)(Main, int, char**, void (*)(), void (*)(), void (*)(), void*);
  real_main = main;
  const auto start = reinterpret_cast<Start>(::dlsym(RTLD_NEXT, "__libc_start_main"));
  return start(main_under_torture, argc, argv, init, fini, loader_fini, stack_end);
}

SHIM ssize_t read(int file, void* bytes, std::size_t size) {
  const long part = share(kRead, size);
  return part < 0 ? -1 : ::syscall(SYS_read, file, bytes, part);
}

SHIM ssize_t pread(int file, void* bytes, std::size_t size, off_t offset) {
  const long part = share(kPread, size);
  return part < 0 ? -1 : ::syscall(SYS_pread64, file, bytes, part, offset);
}

SHIM ssize_t pread64(int file, void* bytes, std::size_t size, off64_t offset) {
  return pread(file, bytes, size, offset);
}

SHIM ssize_t pwrite(int file, const void* bytes, std::size_t size, off_t offset) {
  const long part = share(kPwrite, size);
  return part < 0 ? -1 : ::syscall(SYS_pwrite64, file, bytes, part, offset);
}

SHIM ssize_t pwrite64(int file, const void* bytes, std::size_t size, off64_t offset) {
  return pwrite(file, bytes, size, offset);
}

SHIM ssize_t write(int file, const void* bytes, std::size_t size) {
  const long part = share(kWrite, size);
  return part < 0 ? -1 : ::syscall(SYS_write, file, bytes, part);
}

namespace {

int open_at(int directory, const char* path, int flags, std::va_list more) {
  if (fails(kOpen)) return -1;
  const bool made = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
  const mode_t mode = made ? va_arg(more, mode_t) : 0;
  return static_cast<int>(::syscall(SYS_openat, directory, path, flags, mode));
}

}  // namespace

#define OPENS(directory)                                    \
  std::va_list more;                                        \
  va_start(more, flags);                                    \
  const int file = open_at((directory), path, flags, more); \
  va_end(more);                                             \
  return file

SHIM int open(const char* path, int flags, ...) { OPENS(AT_FDCWD); }
SHIM int open64(const char* path, int flags, ...) { OPENS(AT_FDCWD); }
SHIM int openat(int directory, const char* path, int flags, ...) { OPENS(directory); }
SHIM int openat64(int directory, const char* path, int flags, ...) { OPENS(directory); }

SHIM int fsync(int file) {
  return fails(kFsync) ? -1 : static_cast<int>(::syscall(SYS_fsync, file));
}

SHIM int fdatasync(int file) {
  return fails(kFdatasync) ? -1 : static_cast<int>(::syscall(SYS_fdatasync, file));
}

SHIM int renameat(int from, const char* old, int to, const char* now) {
  if (fails(kRename)) return -1;
  return static_cast<int>(::syscall(SYS_renameat2, from, old, to, now, 0));
}

SHIM int rename(const char* old, const char* now) { return renameat(AT_FDCWD, old, AT_FDCWD, now); }

SHIM int linkat(int from, const char* old, int to, const char* now, int flags) {
  if (fails(kLink)) return -1;
  return static_cast<int>(::syscall(SYS_linkat, from, old, to, now, flags));
}

SHIM int mkdirat(int directory, const char* path, mode_t mode) {
  if (fails(kMkdir)) return -1;
  return static_cast<int>(::syscall(SYS_mkdirat, directory, path, mode));
}

SHIM int ftruncate(int file, off_t size) {
  return fails(kTruncate) ? -1 : static_cast<int>(::syscall(SYS_ftruncate, file, size));
}

SHIM int close(int file) {
  const bool fault = fails(kClose);  // the descriptor is gone all the same, as with Linux
  const int error = errno;
  const int closed = static_cast<int>(::syscall(SYS_close, file));
  if (!fault) return closed;
  errno = error;
  return -1;
}

SHIM int poll(pollfd* files, nfds_t count, int timeout) {
  return fails(kPoll) ? -1 : static_cast<int>(::syscall(SYS_poll, files, count, timeout));
}

SHIM void* mmap(void* at, std::size_t size, int protection, int flags, int file, off_t offset) {
  if (fails(kMmap)) return MAP_FAILED;
  return reinterpret_cast<void*>(::syscall(SYS_mmap, at, size, protection, flags, file, offset));
}

SHIM void* malloc(std::size_t size) { return fails(kMalloc) ? nullptr : __libc_malloc(size); }

SHIM void* calloc(std::size_t count, std::size_t size) {
  return fails(kMalloc) ? nullptr : __libc_calloc(count, size);
}

SHIM void* realloc(void* block, std::size_t size) {
  return fails(kMalloc) ? nullptr : __libc_realloc(block, size);
}
