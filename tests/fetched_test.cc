// SPDX-License-Identifier: Apache-2.0
// Documents as servers give them: compressed, without a content type or with one that is wrong.
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "dedup/dedup.h"

using dedup::Cleaned;
using dedup::Cleaner;
using dedup::Compression;
using dedup::Page;
using dedup::Unpacking;
using namespace std::string_literals;

namespace {

constexpr Compression kAll[] = {Compression::gzip, Compression::zstd, Compression::xz};

/// A page in GBK that says so: two paragraphs about opening hours.
constexpr std::string_view kPage =
    "<!DOCTYPE html>\n"
    "<html><head><meta charset=\"gbk\"><title>\xBA\xA3\xD1\xF3\xB9\xDD</title></head><bod"
    "y><p>\xC6\xDF\xD4\xC2\xC6\xF0\xA3\xAC\xBA\xA3\xD1\xF3\xB9\xDD\xC3\xBF\xD6\xDC\xCE"
    "\xE5\xA1\xA2\xC1\xF9\xBF\xAA\xB7\xC5\xD2\xB9\xD3\xCE\xA3\xAC\xC3\xBF\xCD\xED\xCF\xDE"
    "\xB6\xFE\xB0\xD9\xC8\xCB\xA1\xA3</p>\n"
    "<p>\xB0\xCB\xD4\xC2\xB3\xA1\xB4\xCE\xD2\xD1\xD3\xDA\xD7\xF2\xC8\xD5\xCA\xDB\xCD\xEA"
    "\xA1\xA3</p></body></html>\n";

constexpr std::string_view kText =
    "七月起，海洋馆每周五、六开放夜游，每晚限二百人。\n八月场次已于昨日售完。\n";

std::string pack(std::string_view text, Compression compression) {
  dedup::Packer packer(compression);
  std::string packed;
  const dedup::Packer::Take take = [&](std::string_view piece) { packed += piece; };
  packer.pack(text, take);
  packer.finish(take);
  return packed;
}

Cleaned clean(std::string_view bytes, std::string_view content_type = {}) {
  return Cleaner().clean({.bytes = bytes, .content_type = content_type});
}

/// ASCII as UTF-16, low byte first.
std::string wide(std::string_view text) {
  std::string made;
  for (const char c : text) made += {c, '\0'};
  return made;
}

}  // namespace

TEST_CASE("a page of HTML is told by how it begins") {
  for (const std::string& head :
       {"<!DOCTYPE html>"s, "<html>"s, "<HTML lang=zh"s, "\xEF\xBB\xBF\r\n<!doctype HTML"s,
        "<?xml version=\"1.0\"?>\n<!-- > -->\n<html"s, wide("<html>"),
        "\xFF\xFE"s + wide("\n<html>"), "\xFE\xFF\0<\0h\0t\0m\0l"s}) {
    CHECK(dedup::looks_like_html(head));
    CHECK_FALSE(dedup::may_become_html(head));
    for (std::size_t size = 0; size < head.size(); ++size) {
      const std::string_view part = std::string_view(head).substr(0, size);
      CHECK((dedup::looks_like_html(part) || dedup::may_become_html(part)));
    }
  }
  for (const std::string& other :
       {"<p>"s, "<table>"s, "html"s, "< html>"s, "<!DOCTYPE svg>"s, "<?xml version=\"1.0\"?><rss>"s,
        "a <html>"s, "\xE7\x94\xB2"s, wide("<p>")}) {
    CHECK_FALSE(dedup::looks_like_html(other));
    CHECK_FALSE(dedup::may_become_html(other));
  }
  const std::string blank(dedup::kHtmlHead, ' ');
  CHECK_FALSE(dedup::may_become_html(blank));
  CHECK_FALSE(dedup::looks_like_html(blank + "<html>"));
}

TEST_CASE("a page is cleaned as it came, whoever packed it and whatever was said of it") {
  const Cleaned labelled = clean(kPage, "text/html; charset=gbk");
  CHECK(labelled.text == kText);
  CHECK(labelled.facts.title == "海洋馆");
  std::vector<std::string> forms = {std::string(kPage)};
  for (const Compression compression : kAll) forms.push_back(pack(kPage, compression));
  for (const std::string& bytes : forms) {
    for (const char* type : {"", "text/html", "application/xhtml+xml", "application/octet-stream",
                             "Application/X-GZip", "; charset=gbk", "binary/octet-stream; x=y"}) {
      INFO(type);
      const Cleaned page = clean(bytes, type);
      CHECK(page.text == labelled.text);
      CHECK(page.facts.title == labelled.facts.title);
      CHECK(page.encoding.name == "GB18030");
      CHECK(page.unpacking == Unpacking::whole);
    }
  }
}

TEST_CASE("a content type that says what the bytes are wins over their looks") {
  const std::string page = "<html><p>甲</p>\n";
  for (const char* type : {"text/plain", "TEXT/PLAIN; charset=utf-8", "application/json"}) {
    CHECK(clean(page, type).text == page);
    CHECK(clean(pack(page, Compression::gzip), type).text == page);
  }
  CHECK(clean("<p>甲</p>\n", "text/html").text == "甲\n");
  CHECK(clean("<p>甲</p>\n").text == "<p>甲</p>\n");
}

TEST_CASE("the charset of a content type that says nothing else is heeded") {
  const std::string page = "<html><p>\xD6\xD0</p>";
  CHECK(clean(page, "application/octet-stream; charset='gbk'").text == "中\n");
  CHECK(clean(page, "application/octet-stream; charset=big5").encoding.name == "Big5");
}

TEST_CASE("damage of what is packed is told, and what came out before it is cleaned") {
  std::string text;
  for (int line = 0; line < 60000; ++line) text += "第" + std::to_string(line) + "段文字\n";
  for (const Compression compression : kAll) {
    const std::string whole = pack(text, compression);
    const Cleaned cut = clean(whole.substr(0, whole.size() - 3));
    CHECK(cut.unpacking == Unpacking::truncated);
    CHECK((!cut.text.empty() && text.starts_with(cut.text)));
    const Cleaned trailing = clean(whole + "\n");
    CHECK(trailing.unpacking == Unpacking::trailing);
    CHECK(trailing.text == text);
    std::string broken = whole;
    for (std::size_t at = broken.size() / 2; at < broken.size(); ++at) broken[at] = '\x55';
    const Cleaned damaged = clean(broken);  // a length that is wrong may reach behind the end
    CHECK((damaged.unpacking == Unpacking::damaged || damaged.unpacking == Unpacking::truncated));
    CHECK(damaged.text.starts_with("第0段文字\n第1段文字\n"));
    CHECK(clean(whole.substr(0, dedup::kLongestMagic)).unpacking == Unpacking::truncated);
    CHECK(clean(whole.substr(0, dedup::kLongestMagic)).text.empty());
  }
  CHECK(clean("\x1F\x8B\x08 is how gzip begins\n").unpacking == Unpacking::damaged);
}

TEST_CASE("a Cleaner goes on after what cannot be unpacked") {
  Cleaner cleaner;
  CHECK(cleaner.clean({.bytes = "\x28\xB5\x2F\xFDxxxx"}).unpacking == Unpacking::damaged);
  CHECK(cleaner.clean({.bytes = "甲\n"}).text == "甲\n");
}

TEST_CASE("bombs are defused") {
  const std::string blanks(std::size_t{96} << 20, ' ');
  const Cleaned bomb = clean(pack("<html><p>甲</p>" + blanks, Compression::zstd));
  CHECK(bomb.unpacking == Unpacking::too_dense);
  CHECK(bomb.text == "甲\n");
  CHECK(clean("\x28\xB5\x2F\xFD\0\x98\x19\0\0abc"s).unpacking == Unpacking::too_large);  // 512 MiB
}

TEST_CASE("what was packed twice is not read") {
  for (const Compression inner : kAll) {
    for (const Compression outer : kAll) {
      const Cleaned twice = clean(pack(pack(kPage, inner), outer));
      CHECK(twice.unpacking == Unpacking::packed_twice);
      CHECK(twice.text.empty());
      CHECK(twice.damage.sequences == 0);
    }
  }
}

TEST_CASE("text that begins almost as what is compressed is text") {
  for (const std::string& text : {""s, "("s, "P*M"s, "P*Mx\n"s, "(\n"s, "PK\n"s, "甲\n"s}) {
    const Cleaned cleaned = clean(text);
    CHECK(cleaned.text == text);
    CHECK(cleaned.unpacking == Unpacking::whole);
  }
  for (const Compression compression : kAll) {
    const Cleaned none = clean(pack("", compression));
    CHECK(none.text.empty());
    CHECK(none.unpacking == Unpacking::whole);
  }
}

TEST_CASE("a stream is taken for what is said of it") {
  const std::string page = "<html><p>甲</p>\n";
  CHECK(dedup::clean(page) == page);
}

TEST_CASE("what is learned from is unpacked and recognised, too") {
  dedup::BoilerplateLearner learner;
  const std::string page = "<html><p>版權所有海濱日報社</p><p>讀者熱線全天開通</p>";
  for (int i = 0; i < 5; ++i) {
    const std::string fresh = page + "<p>第" + std::to_string(i) + "篇</p>";
    const std::string bytes = i == 0 ? fresh : pack(fresh, kAll[i % 3]);
    CHECK(learner.learn(bytes, "https://example.org/") == Unpacking::whole);
  }
  CHECK(learner.learn(pack(page, Compression::gzip).substr(0, 20)) == Unpacking::truncated);
  dedup::Options options;
  options.boilerplate_model = learner.model();
  const std::string rest =
      Cleaner(options)
          .clean({.bytes = page + "<p>新的一段</p>", .url = "https://example.org/x"})
          .text;
  CHECK(rest == "新的一段\n");
}

TEST_CASE("several pages at once are cleaned as one after the other, by any number of threads") {
  const std::string packed = pack(kText, Compression::zstd);
  const std::string cut = packed.substr(0, packed.size() / 2);
  std::vector<std::string> texts;
  for (int i = 0; i < 300; ++i) {
    texts.push_back("第" + std::to_string(i % 200) + "頁。\n" + std::string(kText));
  }
  std::vector<Page> pages;
  for (const std::string& text : texts) pages.push_back({.bytes = text});
  pages.push_back({.bytes = kPage, .url = "https://example.org/1"});
  pages.push_back({.bytes = packed, .name = "packed"});
  pages.push_back({.bytes = cut});
  pages.push_back({});

  Cleaner one;
  std::vector<Cleaned> expected;
  for (const Page& page : pages) expected.push_back(one.clean(page));
  for (const unsigned threads : {1U, 2U, 5U}) {
    dedup::Options options;
    options.threads = threads;
    Cleaner cleaner(options);
    const std::vector<Cleaned> all = cleaner.clean_all(pages);
    REQUIRE(all.size() == pages.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      CHECK(all[i].document == expected[i].document);
      CHECK(all[i].text == expected[i].text);
      CHECK(all[i].edits.size() == expected[i].edits.size());
      CHECK(all[i].duplicate.has_value() == expected[i].duplicate.has_value());
      CHECK(all[i].stats == expected[i].stats);
      CHECK(all[i].facts.title == expected[i].facts.title);
      CHECK(all[i].unpacking == expected[i].unpacking);
    }
    CHECK(cleaner.stats() == one.stats());
    CHECK(cleaner.clean_all({}).empty());
    CHECK(cleaner.clean({.bytes = kText}).document == pages.size());
  }
}
