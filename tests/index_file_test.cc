// SPDX-License-Identifier: Apache-2.0
// The index in a file: what several runs see through it is what one run sees; what was committed is
// there, whatever became of the process, and nothing of what was not; what does not fit is refused
// by name, and no damaged byte becomes an answer.
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "catch.h"
#include "corpora.h"
#include "dedup/dedup.h"
#include "generator.h"
#include "index_place.h"
#include "support.h"

namespace dedup {
namespace {

using test::article;
using test::check_same;
using test::corpus_of;
using test::feed;
using test::Generator;
using Place = test::IndexPlace;
using test::RecordedDocument;
using test::Recorder;
using test::refusal;

std::string read_all(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_all(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// What one process does: opens, cleans, commits, and goes.
void run(const std::string& path, const Options& options, std::span<const std::string> documents,
         std::size_t first, Sink& sink, std::uint64_t memory = 0) {
  Index index = Index::open(path, {.memory = memory, .commit_documents = 0, .commit_seconds = 0});
  Cleaner cleaner(options, index);
  feed(cleaner, documents, sink, first);
  CHECK(index.commit() == index.documents());
}

/// What a file may be asked with.
Options options_of(unsigned seed) {
  Options options = test::options_of(seed);
  if (options.scope == Scope::wide) options.paragraphs = Paragraphs::exact;
  if (seed % 4 == 1) options.documents = Documents::near;
  return options;
}

std::vector<RecordedDocument> in_one_run(const Options& options,
                                         const std::vector<std::string>& documents) {
  Recorder recorder;
  Index index;
  Cleaner cleaner(options, index);
  feed(cleaner, documents, recorder);
  return recorder.documents;
}

}  // namespace

TEST_CASE("several runs through a file give the bytes of one") {
  std::size_t edits = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    const std::vector<std::string> documents = corpus_of(seed);
    const Options options = options_of(seed);
    const Place place;
    Recorder actual;
    Generator generate(seed + 1);
    const std::size_t runs = std::array<std::size_t, 3>{1, 2, 5}[seed % 3];
    const std::uint64_t memory = seed % 2 == 0 ? 0 : 1;  // all that is pending is staged at once
    std::size_t first = 0;
    for (std::size_t i = 1; i <= runs; ++i) {
      const std::size_t left = documents.size() - first;
      const std::size_t count = i == runs ? left : generate.below(left + 1);
      run(place.path, options, std::span(documents).subspan(first, count), first, actual, memory);
      first += count;
    }
    check_same(in_one_run(options, documents), actual.documents);
    for (const RecordedDocument& document : actual.documents) edits += document.edits.size();
  }
  CHECK(edits > 2000);
}

TEST_CASE("a removal names the document of an earlier run") {
  const Place place;
  Recorder first;
  run(place.path, {}, std::vector{article(1)}, 0, first);
  Index index = Index::open(place.path);
  Cleaner cleaner({}, index);
  const Cleaned again = cleaner.clean({.bytes = article(1), .url = "https://b.example/2"});
  REQUIRE(again.duplicate);
  CHECK(again.duplicate->name == "d0");
  CHECK(again.duplicate->document == 0);
  CHECK(again.document == 1);
}

TEST_CASE("what was not committed is forgotten, what was is not") {
  const Place place;
  {
    Index index = Index::open(place.path, {.commit_documents = 0, .commit_seconds = 0});
    Cleaner cleaner({}, index);
    Recorder sink;
    cleaner.clean(article(1), sink);
    CHECK(index.commit() == 1);
    cleaner.clean(article(2), sink);
  }
  Index index = Index::open(place.path);
  CHECK(index.documents() == 1);
  Cleaner cleaner({}, index);
  CHECK(cleaner.clean({.bytes = article(1)}).duplicate);
  CHECK_FALSE(cleaner.clean({.bytes = article(2)}).duplicate);
}

TEST_CASE("commits come by themselves, by documents") {
  const Place place;
  {
    Index index = Index::open(place.path, {.commit_documents = 3, .commit_seconds = 0});
    Cleaner cleaner({}, index);
    for (unsigned i = 0; i < 8; ++i) static_cast<void>(cleaner.clean({.bytes = article(i)}));
  }
  CHECK(Index::open(place.path).documents() == 6);
}

TEST_CASE("nothing of a document that is open is committed") {
  const Place place;
  std::string first;  // of several windows, so that much of it is judged before its end
  for (unsigned i = 0; first.size() < 9'000'000; ++i) first += article(100 + i) + "\n\n";
  {
    const std::uint64_t memory = GENERATE(0, 1);
    CAPTURE(memory);
    std::filesystem::remove(place.path);
    Index index =
        Index::open(place.path, {.memory = memory, .commit_documents = 0, .commit_seconds = 0});
    Cleaner slow({}, index);
    Cleaner quick({}, index);
    Recorder sink;
    slow.begin(sink, "slow");
    slow.feed(first);
    slow.flush();
    static_cast<void>(quick.clean({.bytes = article(1)}));
    CHECK(index.commit() == 0);  // the slow one came first
    slow.end();
    CHECK(index.commit() == 2);
  }
  Index index = Index::open(place.path, {.read_only = true});
  Cleaner cleaner({}, index);
  CHECK(cleaner.clean({.bytes = article(1)}).duplicate);
}

TEST_CASE("what is staged behind a commit that was prepared does not spoil it") {
  const Place place;
  const std::string then = place.path + ".then";
  std::string long_text;
  for (unsigned i = 0; long_text.size() < 60'000'000; ++i) long_text += article(2000 + i) + "\n\n";
  const Options options{.documents = Documents::off};  // so that none is held back to its end
  Index index =
      Index::open(place.path, {.memory = 3'000'000, .commit_documents = 0, .commit_seconds = 0});
  Cleaner quick(options, index);
  for (unsigned i = 0; i < 400; ++i) static_cast<void>(quick.clean({.bytes = article(i)}));
  Cleaner slow(options, index);
  Recorder sink;
  slow.begin(sink, "slow");
  slow.feed(std::string_view(long_text).substr(0, 5'000'000));
  slow.flush();
  index.prepare();  // of the quick one's; what comes now has no room in memory
  slow.feed(std::string_view(long_text).substr(5'000'000));
  slow.flush();
  CHECK(index.commit() <= 400);
  std::filesystem::copy_file(place.path, then);
  check_index(then);
  slow.end();
  CHECK(index.commit() == 401);
  check_index(place.path);
}

TEST_CASE("a Cleaner that goes leaves no document open") {
  const Place place;
  Index index = Index::open(place.path, {.commit_documents = 0, .commit_seconds = 0});
  {
    Cleaner cleaner({}, index);
    Recorder sink;
    cleaner.begin(sink, "gone");
    cleaner.feed(std::string(5'000'000, 'a'));
    cleaner.flush();
  }
  Cleaner cleaner({}, index);
  static_cast<void>(cleaner.clean({.bytes = article(1)}));
  CHECK(index.commit() == index.documents());
}

TEST_CASE("Cleaners on several threads share a file, and it commits meanwhile", "[threads]") {
  const Place place;
  constexpr unsigned kPages = 40;
  {
    Index index =
        Index::open(place.path, {.memory = 300'000, .commit_documents = 4, .commit_seconds = 0});
    std::atomic<unsigned> next = 0;
    std::atomic<unsigned> repeated = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        Cleaner cleaner({.documents = Documents::near}, index);
        for (unsigned page; (page = next++) < 2 * kPages;) {
          const Cleaned cleaned = cleaner.clean({.bytes = article(page / 2), .url = "u"});
          repeated += cleaned.duplicate ? 1 : 0;
          if (page % 16 == 0) index.commit();
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(repeated == kPages);
    CHECK(index.commit() == 2 * kPages);
  }
  check_index(place.path);
  Index index = Index::open(place.path);
  Cleaner cleaner({.documents = Documents::near}, index);
  for (unsigned i = 0; i < kPages; ++i) CHECK(cleaner.clean({.bytes = article(i)}).duplicate);
}

TEST_CASE("what is staged and merged and staged again between two commits is found all along") {
  // Runs that are merged leave pages that the next ones take, in the same generation.
  const Place place;
  Index index =
      Index::open(place.path, {.memory = 300'000, .commit_documents = 0, .commit_seconds = 0});
  Cleaner cleaner({.documents = Documents::near}, index);
  for (unsigned i = 0; i < 150; ++i) {
    CAPTURE(i);
    CHECK_FALSE(cleaner.clean({.bytes = article(i)}).duplicate);
    for (const unsigned earlier : {i, i / 2, i / 3}) {
      CHECK(cleaner.clean({.bytes = article(earlier)}).duplicate);
    }
    if (i % 50 == 49) index.commit();
  }
  index.commit();
  CHECK_NOTHROW(check_index(place.path));
}

// -- who may, and who may not ---------------------------------------------------------------------

TEST_CASE("one writes, any number read, and each sees the file as it was when it opened it") {
  const Place place;
  Recorder sink;
  run(place.path, {}, std::vector{article(0)}, 0, sink);
  Index writer = Index::open(place.path, {.commit_documents = 1, .commit_seconds = 0});
  Cleaner cleaner({}, writer);
  CHECK_THAT(refusal([&] { const Index index = Index::open(place.path); }),
             Catch::Contains("is being written by process " + std::to_string(::getpid())) ||
                 Catch::Contains("is being written, or replaced, by another"));

  std::vector<Index> readers;
  for (unsigned i = 1; i <= 40; ++i) {  // so many merges, while those who came early read on
    readers.push_back(Index::open(place.path, {.read_only = true}));
    static_cast<void>(cleaner.clean({.bytes = article(i)}));
  }
  for (unsigned i = 1; i <= 40; ++i) {
    CAPTURE(i);
    Cleaner reader({}, readers[i - 1]);
    CHECK(reader.clean({.bytes = article(i - 1)}).duplicate);
    CHECK_FALSE(reader.clean({.bytes = article(i)}).duplicate);
    CHECK(reader.clean({.bytes = article(i)}).duplicate);  // its own
    CHECK(readers[i - 1].commit() == i);                   // it may not
  }
}

TEST_CASE("space that no reader needs is used again") {
  const Place place;
  Index index = Index::open(place.path, {.commit_documents = 1, .commit_seconds = 0});
  Cleaner cleaner({}, index);
  std::uintmax_t most = 0;
  for (unsigned i = 0; i < 300; ++i) {
    static_cast<void>(cleaner.clean({.bytes = article(i)}));
    most = std::max(most, std::filesystem::file_size(place.path));
  }
  std::uint64_t used = std::filesystem::file_size(place.path);
  CHECK(most < 4 * used);
  CHECK(used < 2'000'000);
}

TEST_CASE("what does not fit is refused by name") {
  const Place place;
  Recorder sink;
  run(place.path, {}, std::vector{article(0)}, 0, sink);
  const auto with = [&](Options options) {
    return refusal([&] {
      Index index = Index::open(place.path);
      const Cleaner cleaner(std::move(options), index);
    });
  };
  CHECK(with({}).empty());
  CHECK_THAT(with({.boilerplate = Boilerplate::off}),
             Catch::Contains("was made with boilerplate=auto, and is asked with boilerplate=off"));
  CHECK_THAT(with({.repair = false}), Catch::Contains("repair=on, and is asked with repair=off"));
  CHECK_THAT(with({.boilerplate_rules = "class shop\nstrong 晨星商城\n"}),
             Catch::Contains("was made with rules=built-in, and is asked with rules="));
  CHECK_THAT(with({.paragraphs = Paragraphs::near, .scope = Scope::wide}),
             Catch::Contains("does not keep near-duplicate paragraphs"));
  CHECK_THAT(refusal([&] { const Index index = Index::open(place.path, {.near_threshold = .9}); }),
             Catch::Contains("near_threshold"));
  CHECK_THAT(refusal([&] { const Index index = Index::open(place.path, {.secret = Secret{}}); }),
             Catch::Contains("has another secret"));
  CHECK_THAT(
      refusal([&] { const Index index = Index::open(place.path + ".none", {.read_only = true}); }),
      Catch::Contains("No such file"));
  CHECK_THAT(refusal([&] {
               const Index index = Index::open(std::filesystem::path(place.path).parent_path());
             }),
             Catch::Contains("directory"));
}

TEST_CASE("a file that is no index stays as it is") {
  const Place place;
  const std::string text = GENERATE(std::string("不是索引\n"), std::string(20'000, 'x'));
  write_all(place.path, text);
  CHECK_THAT(refusal([&] { const Index index = Index::open(place.path); }),
             Catch::Contains("not an index of dedup"));
  CHECK(read_all(place.path) == text);
}

TEST_CASE("the file is its owner's alone, and its secret another for each") {
  const Place a;
  const Place b;
  Index::open(a.path).commit();
  Index::open(b.path).commit();
  using std::filesystem::perms;
  CHECK((std::filesystem::status(a.path).permissions() & (perms::group_all | perms::others_all)) ==
        perms::none);
  CHECK(read_all(a.path) != read_all(b.path));
}

TEST_CASE("a Cleaner that is refused decides nothing") {
  const Place place;
  Index index = Index::open(place.path);
  Options wrong;
  wrong.boilerplate_rules = "class mine\nloud x\n";
  CHECK_THROWS_AS(Cleaner(wrong, index), FormatError);
  Cleaner cleaner({}, index);
  static_cast<void>(cleaner.clean({.bytes = article(1)}));
  CHECK(index.commit() == 1);
}

TEST_CASE("what could not be written is not tried again, and the file is as it was") {
  const Place place;
  Recorder sink;
  run(place.path, {}, std::vector{article(0)}, 0, sink);
  {
    Index index = Index::open(place.path, {.commit_documents = 0, .commit_seconds = 0});
    Cleaner cleaner({}, index);
    for (unsigned i = 1; i < 40; ++i) static_cast<void>(cleaner.clean({.bytes = article(i)}));
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit low{std::filesystem::file_size(place.path), limit.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &low);
    const std::string first = refusal([&] { index.commit(); });
    ::setrlimit(RLIMIT_FSIZE, &limit);
    ::signal(SIGXFSZ, SIG_DFL);
    CHECK_THAT(first, Catch::Contains("File too large"));
    CHECK_THAT(refusal([&] { index.commit(); }), Catch::Contains("is to be opened anew"));
  }
  check_index(place.path);
  Index index = Index::open(place.path);
  CHECK(index.documents() == 1);
  CHECK(Cleaner({}, index).clean({.bytes = article(0)}).duplicate);
}

// -- kills ----------------------------------------------------------------------------------------

namespace {

/// Cleans and commits until it is killed, and says after each commit how many documents are safe.
[[noreturn]] void work(const std::string& path, int told) {
  Index index = Index::open(path, {.memory = 100'000, .commit_documents = 2, .commit_seconds = 0});
  Cleaner cleaner({}, index);
  for (auto i = static_cast<unsigned>(index.documents());; ++i) {
    static_cast<void>(cleaner.clean({.bytes = article(i), .url = std::to_string(i)}));
    if (i % 3 != 0) continue;
    const std::uint64_t safe = index.commit();
    if (::write(told, &safe, sizeof safe) != sizeof safe) ::_exit(1);
  }
}

/// The last that was told.
std::uint64_t last_of(int descriptor) {
  std::uint64_t last = 0;
  for (std::uint64_t next = 0; ::read(descriptor, &next, sizeof next) == sizeof next;) last = next;
  return last;
}

void kill_often(int times) {
  const Place place;
  std::mt19937 random(3);
  std::uint64_t before = 0;
  for (int i = 0; i < times; ++i) {
    CAPTURE(i);
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) work(place.path, ends[1]);
    ::close(ends[1]);
    ::usleep(std::uniform_int_distribution<unsigned>(0, 100'000)(random));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    const std::uint64_t told = last_of(ends[0]);
    ::close(ends[0]);
    if (!std::filesystem::exists(place.path)) continue;  // killed before it was made
    if (std::filesystem::file_size(place.path) == 0) continue;

    check_index(place.path);
    Index index = Index::open(place.path, {.read_only = true});
    const std::uint64_t known = index.documents();
    REQUIRE(known >= std::max(told, before));
    Cleaner cleaner({}, index);
    for (std::uint64_t one = known < 20 ? 0 : known - 20; one < known + 3; ++one) {
      CAPTURE(one, known);
      const Cleaned page = cleaner.clean({.bytes = article(static_cast<unsigned>(one))});
      REQUIRE(page.duplicate.has_value() == (one < known));
      if (page.duplicate) CHECK(page.duplicate->name == std::to_string(page.duplicate->document));
    }
    before = known;
  }
  CHECK(before > 10);  // however slow the disk
}

}  // namespace

TEST_CASE("whenever it is killed, the file holds all that was committed and nothing more") {
  kill_often(40);
}

TEST_CASE("and so it does after 300 kills", "[slow]") { kill_often(300); }

// -- damage ---------------------------------------------------------------------------------------

TEST_CASE("no flipped bit and no cut becomes an answer") {
  const Place place;
  std::vector<std::string> documents;
  for (unsigned i = 0; i < 60; ++i) documents.push_back(article(i));
  documents.push_back(documents[3] + "\n\n" + documents[40]);
  const Options options{.documents = Documents::near};
  {
    Recorder sink;
    run(place.path, options, std::span(documents).first(40), 0, sink);
    run(place.path, options, std::span(documents).subspan(40, 20), 40, sink);
  }
  const std::string whole = read_all(place.path);
  const auto asked = [&](Recorder& sink) {
    Index index = Index::open(place.path, {.read_only = true});
    Cleaner cleaner(options, index);
    feed(cleaner, documents, sink);
  };
  Recorder expected;
  asked(expected);
  REQUIRE(expected.documents.size() == documents.size());

  std::mt19937 random(7);
  const auto below = [&](std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
  };
#if defined(__SANITIZE_ADDRESS__)
  constexpr int kTimes = 100;
#else
  constexpr int kTimes = 1000;
#endif
  int told = 0;
  for (int i = 0; i < kTimes; ++i) {
    std::string bytes = whole;
    if (i % 10 == 0) {
      bytes.resize(below(bytes.size()));
    } else {
      const std::size_t at = below(bytes.size());
      bytes[at] = static_cast<char>(bytes[at] ^ 1 << below(8));
    }
    write_all(place.path, bytes);
    CAPTURE(i);
    Recorder actual;
    const std::string message = refusal([&] { asked(actual); });
    if (message.empty()) {
      check_same(expected.documents, actual.documents);
    } else {
      ++told;
      CHECK_THAT(message, Catch::Contains(place.path));
    }
  }
  CHECK(told > 3 * kTimes / 10);  // the others hit what is free, or one of the two heads
}

}  // namespace dedup
