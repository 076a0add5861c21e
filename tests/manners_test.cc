// SPDX-License-Identifier: Apache-2.0
// The manners of the library: documents as values, sinks that stop or throw, documents that are
// abandoned, calls out of order.
#include <atomic>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "dedup/dedup.h"
#include "support.h"

namespace dedup {
namespace {

using test::Recorder;

std::string repeat(std::string_view text, std::size_t times) {
  std::string result;
  while (times-- > 0) result += text;
  return result;
}

const std::string kLong = repeat("春夏秋冬山水花鳥", 8) + "。\n";  // weight 64
const std::string kOther = repeat("東西南北上下左右", 8) + "。\n";

/// Calls `hook` with what is kept; what that throws comes out.
struct Hooked : Sink {
  explicit Hooked(std::function<void(std::string_view)> hook) : hook_(std::move(hook)) {}
  void kept(std::string_view text) override {
    heard += text;
    hook_(text);
  }
  void edit(const Edit& edit) override { edits += edit.text; }
  void end_document(const Stats&, const Damage&) override { ended = true; }
  [[nodiscard]] bool stopped() const override { return stop; }

  std::string heard;
  std::string edits;
  bool ended = false;
  bool stop = false;

 private:
  std::function<void(std::string_view)> hook_;
};

struct Fault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void throw_fault(std::string_view) { throw Fault("the disk is full"); }

}  // namespace

TEST_CASE("a page as a value: text, edits, statistics, and what it repeats") {
  Cleaner cleaner;
  const Cleaned first =
      cleaner.clean({.bytes = kLong + "免責聲明：本網轉載此文出於傳遞更多信息之目的。\n" + kOther,
                     .url = "https://a.cn/1",
                     .name = {}});
  CHECK(first.text == kLong + kOther);
  REQUIRE(first.edits.size() == 1);
  CHECK(first.edits[0].reason == Reason::boilerplate);
  CHECK(first.edits[0].rule.find("disclaimer") == 0);
  CHECK(first.edits[0].block == 1);
  CHECK(first.edits[0].score > 0.3);
  CHECK(first.stats.blocks == 3);
  CHECK(first.damage.sequences == 0);
  CHECK_FALSE(first.duplicate);

  const Cleaned again = cleaner.clean({.bytes = kLong + kOther, .url = {}, .name = "b"});
  CHECK(again.text.empty());
  REQUIRE(again.duplicate);
  CHECK(again.duplicate->name == "https://a.cn/1");
  CHECK(again.duplicate->document == first.document);
  CHECK(again.duplicate->similarity == 1);

  const Cleaned part =
      cleaner.clean({.bytes = "新聞\n" + kOther + "\xFF\n", .url = {}, .name = "c"});
  CHECK(part.text == "新聞\n\uFFFD\n");
  REQUIRE(part.edits.size() == 1);
  CHECK(part.edits[0].first_name == "https://a.cn/1");
  CHECK(part.edits[0].first == Position{first.document, 2});
  CHECK(part.damage.sequences == 1);
}

TEST_CASE("of a page that is abandoned nothing is remembered, and the Cleaner goes on") {
  for (const unsigned threads : {1U, 3U}) {
    Options options;
    options.threads = threads;
    Cleaner cleaner(options);
    Recorder abandoned;
    cleaner.begin(abandoned, "a");
    cleaner.feed(kLong);
    cleaner.abandon();
    CHECK(abandoned.documents.empty());
    Recorder recorder;
    cleaner.clean(kLong + kOther, recorder, "b");
    CHECK(recorder.only().clean == kLong + kOther);
    CHECK(cleaner.stats().documents == 1);
  }
}

TEST_CASE("a long document that is abandoned half-way: what was judged stays remembered") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "第" + std::to_string(i) + "行\n";
  Cleaner cleaner;
  Hooked sink([](std::string_view) {});
  cleaner.begin(sink);
  cleaner.feed(kLong + text);
  CHECK_FALSE(sink.heard.empty());
  const std::size_t heard = sink.heard.size();
  cleaner.abandon();
  CHECK_FALSE(sink.ended);
  CHECK(sink.heard.size() == heard);
  Recorder recorder;
  cleaner.clean(kLong + "尾\n", recorder);
  CHECK(recorder.documents.at(0).clean == "尾\n");
}

TEST_CASE("a sink that throws costs its own document only") {
  for (const unsigned threads : {1U, 3U}) {
    CAPTURE(threads);
    Options options;
    options.threads = threads;
    Cleaner cleaner(options);
    Hooked failing(throw_fault);
    CHECK_THROWS_AS(cleaner.clean("一\n二\n", failing), Fault);
    CHECK_FALSE(failing.ended);
    Recorder recorder;
    cleaner.clean(kLong, recorder);
    CHECK(recorder.documents.at(0).clean == kLong);
    CHECK(cleaner.stats().documents == 1);
  }
}

TEST_CASE("what is on its way with it is not lost") {
  Options options;
  options.threads = 2;
  Cleaner cleaner(options);
  std::vector<Hooked> sinks;
  for (int i = 0; i < 5; ++i) {
    if (i == 2) {
      sinks.emplace_back(throw_fault);
    } else {
      sinks.emplace_back([](std::string_view) {});
    }
  }
  for (int i = 0; i < 5; ++i) {
    cleaner.begin(sinks[static_cast<std::size_t>(i)]);
    cleaner.feed("第" + std::to_string(i) + "\n");
    cleaner.end_later();
  }
  CHECK_THROWS_AS(cleaner.flush(), Fault);
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(sinks[i].heard == "第" + std::to_string(i) + "\n");
    CHECK(sinks[i].ended == (i != 2));
  }
}

TEST_CASE("a sink that throws while its document is fed: the rest is passed over") {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += "第" + std::to_string(i) + "行\n";
  Cleaner cleaner;
  Hooked failing(throw_fault);
  cleaner.begin(failing);
  CHECK_THROWS_AS(cleaner.feed(text), Fault);
  CHECK_NOTHROW(cleaner.feed(text));
  CHECK_NOTHROW(cleaner.end());
  CHECK_FALSE(failing.ended);
  Recorder recorder;
  cleaner.clean(kLong, recorder);
  CHECK(recorder.documents.at(0).clean == kLong);
}

TEST_CASE("a sink that stopped hears no more; its document is judged and remembered") {
  Cleaner cleaner;
  Hooked sink([&](std::string_view) { sink.stop = true; });
  cleaner.clean("頭\n免責聲明：本網轉載此文出於傳遞更多信息之目的。\n" + kLong, sink);
  CHECK(sink.heard == "頭\n");
  CHECK(sink.edits.empty());
  CHECK_FALSE(sink.ended);
  CHECK(cleaner.clean({.bytes = kLong + "尾\n", .url = {}, .name = {}}).text == "尾\n");
}

TEST_CASE("calls out of order throw and change nothing") {
  Cleaner cleaner;
  Recorder recorder;
  CHECK_THROWS_AS(cleaner.end(), Misuse);
  CHECK_THROWS_AS(cleaner.end_later(), Misuse);
  CHECK_THROWS_AS(cleaner.feed("a"), Misuse);
  CHECK_THROWS_AS(cleaner.abandon(), Misuse);
  cleaner.begin(recorder, "a");
  CHECK_THROWS_AS(cleaner.begin(recorder, "b"), Misuse);
  CHECK_THROWS_AS(cleaner.next_pass(), Misuse);
  cleaner.feed("一\n");
  CHECK_THROWS_AS(cleaner.clean("二\n", recorder), Misuse);
  cleaner.end();
  CHECK(recorder.only().clean == "一\n");
  CHECK_THROWS_AS(cleaner.end(), Misuse);
  CHECK_NOTHROW(cleaner.flush());
}

namespace {

/// A disk that is full.
class FullScratch final : public Scratch {
 public:
  std::unique_ptr<ScratchFile> create() override { throw Fault("the disk is full"); }
};

}  // namespace

TEST_CASE("a Cleaner that scratch space failed says so from then on") {
  Options options;
  options.memory = 1000;
  options.scratch = std::make_shared<FullScratch>();
  options.min_block = options.min_block_across = 1;
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "第" + std::to_string(i) + "行的春天\n";
  Cleaner cleaner(options);
  Recorder recorder;
  CHECK_THROWS_AS(cleaner.clean(text, recorder), Fault);
  CHECK_THROWS_AS(cleaner.clean("一\n", recorder), Misuse);
  CHECK_THROWS_AS(cleaner.flush(), Misuse);
}

TEST_CASE("advance() gives out what is ready and never waits", "[threads]") {
  Options options;
  options.threads = 3;
  std::atomic<int> ready = 0;
  options.on_ready = [&] { ++ready; };
  Cleaner cleaner(options);
  Hooked sink([](std::string_view) {});
  CHECK_FALSE(cleaner.advance());
  for (int i = 0; i < 2000; ++i) {
    cleaner.begin(sink);
    cleaner.feed("第" + std::to_string(i) + "頁\n" + kOther);
    cleaner.end_later();
    if (i % 100 == 0) {
      while (cleaner.advance()) {
      }
      CHECK(cleaner.stats().documents == static_cast<std::uint64_t>(i) + 1);
    }
  }
}

}  // namespace dedup
