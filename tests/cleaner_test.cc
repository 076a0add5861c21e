#include "dedup/cleaner.h"

#include <stdexcept>
#include <string>

#include "catch.h"
#include "dedup/dedup.h"
#include "support.h"

using dedup::Cleaner;
using dedup::Options;
using dedup::Reason;
using dedup::test::Recorder;

namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string result;
  while (times-- > 0) result += text;
  return result;
}

const std::string kLong = repeat("春夏秋冬山水花鳥", 8) + "。\n";  // weight 64

}  // namespace

TEST_CASE("options that make no sense are refused at construction") {
  Options options;
  options.min_block = 0;
  CHECK_THROWS_AS(Cleaner(options), dedup::InvalidOption);
  options.min_block = 50;
  options.min_block_across = 49;
  CHECK_THROWS_AS(Cleaner(options), dedup::InvalidOption);
}

TEST_CASE("a Cleaner remembers across documents and names the first copy") {
  Cleaner cleaner;
  Recorder recorder;
  cleaner.clean("標題\n" + kLong, recorder, "a.txt");
  cleaner.clean("別的\n\n" + kLong + "尾\n", recorder, "b.txt");
  REQUIRE(recorder.documents.size() == 2);
  CHECK(recorder.documents[0].edits.empty());
  const auto& second = recorder.documents[1];
  CHECK(second.name == "b.txt");
  CHECK(second.clean == "別的\n\n尾\n");
  REQUIRE(second.edits.size() == 1);
  CHECK(second.edits[0].reason == Reason::repeated_block);
  CHECK(second.edits[0].block == 2);
  CHECK(second.edits[0].first == dedup::Position{0, 1});
  CHECK(cleaner.stats().documents == 2);
  CHECK(cleaner.stats().blocks == 5);
  CHECK(cleaner.stats().blocks_kept == 4);
}

TEST_CASE("first positions are left out where they are not kept") {
  Options options;
  options.first_positions = false;
  Cleaner cleaner(options);
  Recorder recorder;
  cleaner.clean(kLong + kLong, recorder);
  REQUIRE(recorder.only().edits.size() == 1);
  CHECK_FALSE(recorder.only().edits[0].first);
}

TEST_CASE("a block that loses all its sentences goes whole, with its line end") {
  const std::string a = repeat("春", 25) + "。";
  const std::string b = repeat("夏", 25) + "。";
  const std::string c = repeat("秋", 25) + "。";
  Options options;
  options.paragraphs = dedup::Paragraphs::off;
  options.runs = false;
  Cleaner cleaner(options);
  Recorder recorder;
  cleaner.clean(a + b + c + "\n開頭。" + a + b + "\n" + c + "\n結尾。\n", recorder);
  CHECK(recorder.only().clean == a + b + c + "\n開頭。\n結尾。\n");
  REQUIRE(recorder.only().edits.size() == 2);
  CHECK(recorder.only().edits[1].reason == Reason::repeated_sentences);
  CHECK(recorder.only().edits[1].text == c + "\n");
}

TEST_CASE("a cut sentence takes the repairs on its border along") {
  const std::string a = repeat("春", 25) + "。";
  const std::string b = repeat("夏", 25) + "。";
  const std::string c = repeat("秋", 25) + "。";
  Cleaner cleaner;
  Recorder recorder;
  cleaner.clean(a + b + c + "\n開頭。\u200B" + a + b + c + "\u200B結\u200B尾。\n", recorder);
  CHECK(recorder.only().clean == a + b + c + "\n開頭。結尾。\n");
  REQUIRE(recorder.only().edits.size() == 2);
  CHECK(recorder.only().edits[0].text == "\u200B" + a + b + c + "\u200B");
  CHECK(recorder.only().edits[0].reason == Reason::repeated_sentences);
  CHECK(recorder.only().edits[1].reason == Reason::repair);
}

TEST_CASE("a damaged sentence has no key: its block never counts as a repeat") {
  const std::string damaged = repeat("春夏秋冬山水花鳥", 8) + "\uFFFD。\n";
  Cleaner cleaner;
  Recorder recorder;
  cleaner.clean(damaged + damaged, recorder);
  CHECK(recorder.only().edits.empty());
  CHECK(recorder.only().stats.damaged_sentences == 2);
}

TEST_CASE("an overlong line is judged in pieces and written unbroken") {
  std::string piece;
  for (int i = 0; piece.size() < (std::size_t{1} << 20) - 4000; ++i) {
    piece += "第" + std::to_string(i) + "句春夏秋冬山水花鳥";
  }
  piece += std::string((std::size_t{1} << 20) - 3 - piece.size(), 'x') + "。";
  REQUIRE(piece.size() == std::size_t{1} << 20);
  Options options;
  options.repair = false;
  const std::string once = piece + "尾\n下一行\n";
  CHECK(dedup::clean(once, options) == once);
  CHECK(dedup::clean(piece + piece + piece + "\n下一行\n", options) == piece + "\n下一行\n");
  CHECK(dedup::clean(piece + "\n" + piece + piece + "\n下一行\n", options) == piece + "\n下一行\n");
}

TEST_CASE("a repair that reaches over a cut of an overlong line is done once") {
  std::string entities;
  while (entities.size() < (std::size_t{3} << 20)) entities += "&amp;";
  std::string reversed = "\u202E";
  while (reversed.size() < (std::size_t{3} << 20)) reversed += "春夏";
  Options options;
  options.paragraphs = dedup::Paragraphs::off;
  options.runs = false;
  options.sentences = dedup::Sentences::off;
  Recorder recorder;
  Cleaner cleaner(options);
  cleaner.clean(entities, recorder);
  cleaner.clean(reversed, recorder);
  CHECK(recorder.documents[0].clean == std::string(entities.size() / 5, '&'));
  CHECK(recorder.documents[1].clean.size() == reversed.size() - 3);
  CHECK(recorder.documents[1].clean.starts_with("夏春"));
}

TEST_CASE("text over several windows is judged as one document") {
  std::string text;
  for (int i = 0; text.size() < (std::size_t{9} << 20); ++i) {
    text += "第" + std::to_string(i) + "段";
    for (int k = 0; k < 14; ++k) text += "字" + std::to_string(i * 31 + k) + "文本";
    text += "。\n";
  }
  Options options;
  options.sentences = dedup::Sentences::off;
  Cleaner cleaner(options);
  Recorder recorder;
  cleaner.clean(text + text, recorder);
  CHECK(recorder.only().clean == text);
  CHECK(cleaner.stats().decoded_bytes == 2 * text.size());
}

TEST_CASE("a sink's exception passes through") {
  struct Full : dedup::Sink {
    void kept(std::string_view) override { throw std::runtime_error("no space left"); }
    void edit(const dedup::Edit&) override {}
  };
  Full sink;
  CHECK_THROWS_WITH(Cleaner().clean("文\n", sink), "no space left");
}
