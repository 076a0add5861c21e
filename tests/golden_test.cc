// SPDX-License-Identifier: Apache-2.0
// Golden cases: each folder of testdata/golden/ goes through the built command, byte for byte.
//
//   args           options, one a line; lines that start with # tell what the case shows
//   input.txt      stdin of the command (or input.jsonl, or input.warc, which is read as such; each
//                  also compressed, as input.txt.gz)
//   expected.txt   its stdout (or expected.jsonl)
//   decoded.txt    optional: what the input decodes to, where it is in another charset than UTF-8,
//                  and of a page of HTML all of its text
//   removed.jsonl  optional: the edit list without its header line
//   status         optional: the exit status, where it is not 0
//
// From the edit list of every case `dedup restore` must give back the decoded input (promise P2),
// of a page its text.
// DEDUP_UPDATE_GOLDEN=1 writes what the command says into the folders instead of comparing.
#include <stdlib.h>
#include <sys/wait.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include "catch.h"
#include "dedup/compression.h"
#include "dedup/error.h"
#include "dedup/record.h"
#include "dedup/warc.h"
#include "support.h"

namespace dedup::test {
namespace {

namespace fs = std::filesystem;

struct Case {
  fs::path folder;
  std::vector<std::string> args;
  std::string extension;            // of the input: ".txt", ".jsonl" or ".warc"
  std::string packed;               // and that of a compressed input: ".gz"
  std::string output;               // of what is expected: ".txt" or ".jsonl"
  std::vector<std::string> fields;  // none: "text"
  int status = 0;

  [[nodiscard]] fs::path file(const std::string& name) const { return folder / name; }
  [[nodiscard]] fs::path input() const { return file("input" + extension + packed); }
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
  Case c{.folder = folder};
  for (const char* const extension : {".txt", ".jsonl", ".warc"}) {
    for (const char* const packed : {"", ".gz", ".zst", ".xz"}) {
      if (!fs::exists(c.file(std::string("input") + extension + packed))) continue;
      c.extension = extension;
      c.packed = packed;
    }
  }
  REQUIRE(fs::exists(c.input()));
  c.output = fs::exists(c.file("expected.jsonl")) ? ".jsonl" : ".txt";
  if (c.extension == ".warc") c.args.emplace_back("--format=warc");
  const std::vector<std::string> known = {
      "args",        c.input().filename(), "expected" + c.output,
      "decoded.txt", "removed.jsonl",      "status"};
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
      if (line.starts_with("--field=")) c.fields.push_back(line.substr(8));
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

/// What a compressed input holds, as far as it is sound.
std::string unpacked(std::string_view bytes) {
  const Compression compression = compression_of(bytes);
  if (compression == Compression::none) return std::string(bytes);
  Unpacker unpacker(compression);
  std::string text;
  for (std::string_view piece; !(piece = unpacker.unpack(bytes)).empty();) text += piece;
  return text;
}

/// The documents of an archive; for a text, behind one another.
std::vector<std::string> documents(const Case& c, const std::string& bytes) {
  class Texts : public WarcSink {
   public:
    void begin(const WarcDocument&) override { list.emplace_back(); }
    void feed(std::string_view piece) override { list.back() += piece; }
    void end() override { list.back() = decoded(list.back()); }
    std::vector<std::string> list;
  } texts;
  WarcReader reader(texts);
  reader.feed(bytes);
  reader.finish();
  if (c.output == ".jsonl") return texts.list;
  return {std::accumulate(texts.list.begin(), texts.list.end(), std::string())};
}

/// What `dedup restore` gives, or has to give: the decoded input. Of JSONL the text of each record
/// counts, since escapes may be written in more than one way; lines that are no record, byte for
/// byte.
std::vector<std::string> texts(const Case& c, const std::string& bytes) {
  if (c.output == ".txt") return {bytes};
  std::vector<std::string> result = lines(bytes);
  const Fields fields(c.fields.empty() ? std::vector<std::string>{"text"} : c.fields);
  for (std::string& line : result) {
    try {
      line = Record(line, fields).text();
    } catch (const FormatError&) {
    }
  }
  return result;
}

std::string decoded_input(const Case& c) {
  const fs::path decoded_file = c.file("decoded.txt");
  return fs::exists(decoded_file) ? read_file(decoded_file)
                                  : decoded(unpacked(read_file(c.input())));
}

void check(const Case& c) {
  const TempDir dir;
  const std::string list = dir.path() / "removed.jsonl";
  std::vector<std::string> args = c.args;
  args.push_back("--removed=" + list);
  const Run cleaned = run(args, c.input(), dir);
  INFO("stderr: " << cleaned.err);
  CHECK(cleaned.status == c.status);
  check_or_update(c.file("expected" + c.output), cleaned.out);

  const std::string edits = read_file(list);
  CHECK(edits.starts_with("{\"dedup\":"));
  if (fs::exists(c.file("removed.jsonl"))) {
    check_or_update(c.file("removed.jsonl"), edits.substr(edits.find('\n') + 1));
  }

  write_file(dir.path() / "clean", cleaned.out);
  const Run restored = run({"restore", "--removed=" + list}, dir.path() / "clean", dir);
  INFO("restore's stderr: " << restored.err);
  CHECK(restored.status == 0);
  const auto before = c.extension == ".warc" ? documents(c, unpacked(read_file(c.input())))
                                             : texts(c, decoded_input(c));
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
