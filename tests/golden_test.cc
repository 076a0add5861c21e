// SPDX-License-Identifier: Apache-2.0
// Golden cases: each folder of testdata/golden/ goes through the built command, byte for byte.
//
//   args           options, one a line; lines that start with # tell what the case shows
//   input.txt      stdin of the command (or input.jsonl)
//   expected.txt   its stdout (or expected.jsonl)
//   removed.jsonl  optional: the edit list without its header line
//   status         optional: the exit status, where it is not 0
//   text.txt       of a page of HTML: its text, all of it
//
// From the edit list of every case `dedup restore` must give back the decoded input (promise P2),
// of a page its text.
// DEDUP_UPDATE_GOLDEN=1 writes what the command says into the folders instead of comparing.
#include <stdlib.h>
#include <sys/wait.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "catch.h"
#include "dedup/error.h"
#include "dedup/record.h"
#include "support.h"

namespace dedup::test {
namespace {

namespace fs = std::filesystem;

struct Case {
  fs::path folder;
  std::vector<std::string> args;
  std::string extension;  // of input and expected: ".txt" or ".jsonl"
  std::string field = "text";
  int status = 0;

  [[nodiscard]] fs::path file(const std::string& name) const { return folder / name; }
};

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) result.push_back(line);
  return result;
}

/// Reads a case and checks its folder: whatever is missing or not known fails, since a typing error
/// in a file's name would otherwise switch a test off.
Case load(const fs::path& folder) {
  Case c{.folder = folder, .extension = fs::exists(folder / "input.jsonl") ? ".jsonl" : ".txt"};
  REQUIRE(fs::exists(c.file("input" + c.extension)));
  const std::vector<std::string> known = {
      "args",    "input" + c.extension, "expected" + c.extension, "removed.jsonl", "status",
      "text.txt"};
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    INFO("unknown file in a golden case: " << entry.path());
    CHECK(std::find(known.begin(), known.end(), entry.path().filename()) != known.end());
  }
  if (fs::exists(c.file("args"))) {
    for (const std::string& line : lines(read_file(c.file("args")))) {
      if (line.empty() || line.starts_with('#')) continue;
      INFO("an option of args is not for golden cases: " << line);
      CHECK((line.starts_with("-") && !line.starts_with("--removed") && line != "-n"));
      c.args.push_back(line);
      if (line.starts_with("--field=")) c.field = line.substr(8);
    }
  }
  if (fs::exists(c.file("status"))) c.status = std::stoi(read_file(c.file("status")));
  return c;
}

std::string quoted(const std::string& word) {
  std::string out = "'";
  for (const char byte : word) out += byte == '\'' ? std::string("'\\''") : std::string(1, byte);
  return out + "'";
}

struct Run {
  int status;
  std::string out;
  std::string err;
};

/// Runs the command, with the file at `in` as its stdin.
Run run(const std::vector<std::string>& args, const fs::path& in, const TempDir& dir) {
  const fs::path out = dir.path() / "out";
  const fs::path err = dir.path() / "err";
  std::string line = quoted(DEDUP_BINARY);
  for (const std::string& arg : args) line += ' ' + quoted(arg);
  line += " <" + quoted(in) + " >" + quoted(out) + " 2>" + quoted(err);
  const int status = std::system(line.c_str());
  REQUIRE(WIFEXITED(status));
  return {WEXITSTATUS(status), read_file(out), read_file(err)};
}

bool updating() { return ::getenv("DEDUP_UPDATE_GOLDEN") != nullptr; }

/// The texts go to stderr by themselves: Catch2 would wrap their lines between any two bytes.
void check_same(const std::string& what, const std::string& expected, const std::string& actual) {
  const std::string parting = difference(expected, actual);
  if (!parting.empty()) std::cerr << what << ": " << parting;
  INFO(what);
  CHECK(parting.empty());
}

void check_or_update(const fs::path& expected, const std::string& actual) {
  if (updating()) {
    write_file(expected, actual);
  } else {
    check_same(expected.string(), read_file(expected), actual);
  }
}

/// What `dedup restore` has to give: the decoded input. Of JSONL the text of each record counts,
/// since escapes may be written in more than one way; lines that are no record, byte for byte.
std::vector<std::string> texts(const Case& c, const std::string& bytes) {
  if (c.extension == ".txt") return {bytes};
  std::vector<std::string> result = lines(bytes);
  for (std::string& line : result) {
    try {
      line = Record(line, c.field).text();
    } catch (const FormatError&) {
    }
  }
  return result;
}

void check(const Case& c) {
  const TempDir dir;
  const std::string list = dir.path() / "removed.jsonl";
  std::vector<std::string> args = c.args;
  args.push_back("--removed=" + list);
  const Run cleaned = run(args, c.file("input" + c.extension), dir);
  INFO("stderr: " << cleaned.err);
  CHECK(cleaned.status == c.status);
  check_or_update(c.file("expected" + c.extension), cleaned.out);

  const std::string edits = read_file(list);
  CHECK(edits.starts_with("{\"dedup\":"));
  if (fs::exists(c.file("removed.jsonl"))) {
    check_or_update(c.file("removed.jsonl"), edits.substr(edits.find('\n') + 1));
  }

  write_file(dir.path() / "clean", cleaned.out);
  const Run restored = run({"restore", "--removed=" + list}, dir.path() / "clean", dir);
  INFO("restore's stderr: " << restored.err);
  CHECK(restored.status == 0);
  const bool page = fs::exists(c.file("text.txt"));
  const auto before =
      texts(c, decoded(read_file(c.file(page ? "text.txt" : "input" + c.extension))));
  const auto after = texts(c, restored.out);
  REQUIRE(before.size() == after.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    check_same(c.folder.string() + ", restored text " + std::to_string(i), before[i], after[i]);
  }
}

TEST_CASE("golden cases") {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(testdata("golden"))) folders.push_back(entry);
  REQUIRE_FALSE(folders.empty());
  std::sort(folders.begin(), folders.end());
  for (const fs::path& folder : folders) {
    DYNAMIC_SECTION(folder.filename().string()) { check(load(folder)); }
  }
}

}  // namespace
}  // namespace dedup::test
