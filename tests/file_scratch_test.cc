// SPDX-License-Identifier: Apache-2.0
// Scratch space in a file: against strings that hold the same, through the borders of extents, on
// threads, where space is used again, and on disks that are full or not there.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "catch.h"
#include "dedup/error.h"
#include "dedup/scratch.h"
#include "support.h"

using dedup::Scratch;
using dedup::ScratchError;
using dedup::ScratchFile;
using dedup::test::TempDir;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMebibyte = std::size_t{1} << 20;

/// Bytes that tell their place and whose they are.
std::string pattern(std::size_t size, std::uint32_t owner) {
  std::mt19937 random(owner);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

void append(ScratchFile& file, std::string_view bytes) {
  file.append(std::as_bytes(std::span(bytes)));
}

std::string read(ScratchFile& file, std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  file.read(offset, std::as_writable_bytes(std::span(bytes)));
  return bytes;
}

/// The descriptors that lead into `directory`.
std::vector<int> descriptors_in(const fs::path& directory) {
  std::vector<int> found;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code none;
    const std::string target = fs::read_symlink(entry.path(), none).string();
    if (target.starts_with(directory.string())) {
      found.push_back(std::stoi(entry.path().filename().string()));
    }
  }
  return found;
}

/// A file and the string that it should equal.
struct Twin {
  std::unique_ptr<ScratchFile> file;
  std::string expected;
};

/// Appends to many files in turn, in pieces around the borders of extents, and reads anywhere.
void exercise(Scratch& scratch, std::uint32_t seed, int steps) {
  std::mt19937 random(seed);
  std::vector<Twin> twins(5);
  for (Twin& twin : twins) twin.file = scratch.create();
  for (int step = 0; step < steps; ++step) {
    Twin& twin = twins[random() % twins.size()];
    constexpr std::size_t kSizes[] = {1, 4095, 65'536, 65'537, 262'144, kMebibyte + 1};
    const std::size_t length = kSizes[random() % std::size(kSizes)];
    const std::string more = pattern(length, static_cast<std::uint32_t>(random()));
    append(*twin.file, more);
    twin.expected += more;
    Twin& other = twins[random() % twins.size()];
    if (other.expected.empty()) continue;
    const std::size_t offset = random() % other.expected.size();
    const std::size_t size = random() % (other.expected.size() - offset + 1);
    // Plain comparisons: Catch2's are for one thread.
    if (read(*other.file, offset, size) != other.expected.substr(offset, size)) {
      throw std::runtime_error("read something else");
    }
    if (step % 17 == 0) other = {scratch.create(), {}};  // the next takes its space
  }
  for (const Twin& twin : twins) {
    if (read(*twin.file, 0, twin.expected.size()) != twin.expected) {
      throw std::runtime_error("holds something else");
    }
  }
}

}  // namespace

TEST_CASE("scratch files give back what was appended, however appends and reads alternate") {
  const TempDir directory;
  const auto scratch = dedup::file_scratch(directory.path());
  CHECK_NOTHROW(exercise(*scratch, 1, 200));
  CHECK_NOTHROW(exercise(*scratch, 2, 50));
}

TEST_CASE("each thread may have scratch files of its own", "[threads]") {
  const TempDir directory;
  const auto scratch = dedup::file_scratch(directory.path());
  std::vector<std::thread> threads;
  std::vector<std::string> faults(4);
  for (std::uint32_t i = 0; i < faults.size(); ++i) {
    threads.emplace_back([&, i] {
      try {
        exercise(*scratch, 10 + i, 40);
      } catch (const std::exception& error) {
        faults[i] = error.what();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(faults == std::vector<std::string>(4));
}

TEST_CASE("any number of scratch files take one descriptor, and none before the first") {
  const TempDir directory;
  const auto scratch = dedup::file_scratch(directory.path());
  CHECK(descriptors_in(directory.path()).empty());
  std::vector<std::unique_ptr<ScratchFile>> files;
  for (int i = 0; i < 300; ++i) {
    files.push_back(scratch->create());
    append(*files.back(), std::to_string(i));
  }
  CHECK(descriptors_in(directory.path()).size() == 1);
  CHECK(read(*files[299], 0, 3) == "299");
  CHECK(fs::is_empty(directory.path()));  // it has no name
}

TEST_CASE("a scratch file may outlive the scratch space; the descriptor goes with the last") {
  const TempDir directory;
  auto scratch = dedup::file_scratch(directory.path());
  std::unique_ptr<ScratchFile> file = scratch->create();
  scratch.reset();
  append(*file, "still here");
  CHECK(read(*file, 6, 4) == "here");
  file.reset();
  CHECK(descriptors_in(directory.path()).empty());
}

TEST_CASE("the space of scratch files that went is used again") {
  const TempDir directory;
  const auto scratch = dedup::file_scratch(directory.path());
  const std::string bytes = pattern(5 * kMebibyte, 3);
  for (int i = 0; i < 20; ++i) {
    const auto left = scratch->create();
    const auto right = scratch->create();
    append(*left, bytes);
    append(*right, bytes);
    REQUIRE(read(*right, kMebibyte, 10) == bytes.substr(kMebibyte, 10));
  }
  struct stat facts = {};
  REQUIRE(::fstat(descriptors_in(directory.path()).at(0), &facts) == 0);
  CHECK(facts.st_size <= static_cast<off_t>(12 * kMebibyte));
}

TEST_CASE("a full disk is named, with its directory") {
  const TempDir directory;
  const auto scratch = dedup::file_scratch(directory.path());
  const auto file = scratch->create();
  rlimit before = {};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto on_signal = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 3 * kMebibyte;
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  std::string message;
  std::string cause;
  std::string named;
  try {
    append(*file, std::string(8 * kMebibyte, 'x'));
  } catch (const ScratchError& error) {
    message = error.what();
    cause = error.cause();
    named = error.directory();
  }
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, on_signal);
  CHECK(message == directory.path().string() + ": File too large");
  CHECK(cause == "File too large");
  CHECK(named == directory.path());
}

TEST_CASE("a directory that is not there, or is none, is named when the first file is made") {
  const TempDir directory;
  const fs::path gone = directory.path() / "gone";
  const auto nowhere = dedup::file_scratch(gone);
  CHECK_THROWS_WITH(nowhere->create(), gone.string() + ": No such file or directory");
  CHECK_THROWS_AS(nowhere->create(), dedup::Error);
  const fs::path plain = directory.path() / "file";
  dedup::test::write_file(plain, "text");
  CHECK_THROWS_WITH(dedup::file_scratch(plain)->create(), plain.string() + ": Not a directory");
}
