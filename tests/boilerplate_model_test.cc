// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string>
#include <vector>

#include "boilerplate/block_counts.h"
#include "boilerplate/document_copies.h"
#include "boilerplate/frame.h"
#include "boilerplate/learned_model.h"
#include "boilerplate/line_shape.h"
#include "boilerplate/outline.h"
#include "catch.h"
#include "dedup/error.h"
#include "dedup/learn.h"
#include "structure/label.h"
#include "text/fold.h"

using namespace dedup::boilerplate;
using dedup::LearnOptions;
using dedup::hash::Hasher;

namespace {

constexpr Hasher::Seed kSecret{std::byte{7}};
using Lines = std::vector<std::string>;

std::u16string key_of(std::string_view line) {
  std::u16string key;
  dedup::text::fold(line, key);
  return key;
}

/// The blocks of a document as the learner makes them.
std::vector<CountedBlock> counted(const BlockCounts& counts, const Lines& lines) {
  std::vector<CountedBlock> blocks;
  for (const std::string& line : lines) {
    std::u16string key;
    const auto weight = dedup::text::fold(line, key).weight;
    if (key.empty()) continue;
    const std::u16string frame = frame_key(line, key);
    blocks.push_back(
        {.print = counts.fingerprinter().of(key),
         .weight = weight,
         .may_be_learned = !is_outline(line, key),
         .lead_in = dedup::structure::is_lead_in(line),
         .plain = !has_clause_mark(line),
         .may_roam = !dedup::structure::is_lead_in(line),
         .frame = frame.empty() ? std::nullopt : std::optional(counts.fingerprinter().of(frame))});
  }
  return blocks;
}

std::vector<dedup::numbers::Fingerprint> marks(const BlockCounts& counts, const Lines& lines) {
  std::vector<dedup::numbers::Fingerprint> marks;
  for (const std::string& line : lines) {
    if (key_of(line).empty()) marks.push_back(counts.fingerprinter().of(mark_key(line)));
  }
  return marks;
}

class Course {
 public:
  explicit Course(LearnOptions options = {}) : counts_(options, kSecret) {}

  void show(const Lines& lines, std::string_view url = {}) {
    counts_.add(counted(counts_, lines), host_number(counts_.fingerprinter(), url),
                marks(counts_, lines));
  }
  [[nodiscard]] std::string bytes() const { return counts_.model(); }
  [[nodiscard]] BoilerplateModel model() const { return BoilerplateModel(bytes()); }

 private:
  BlockCounts counts_;
};

/// What the model leaves of a document.
Lines left(const BoilerplateModel& model, const Lines& lines, std::string_view url = {}) {
  std::vector<BoilerplateModel::Sighting> sightings;
  for (const std::string& line : lines) {
    std::u16string key;
    const auto weight = dedup::text::fold(line, key).weight;
    if (!key.empty()) sightings.push_back(model.look_up(line, key, weight, model.host(url), false));
  }
  BoilerplateModel::settle(sightings);
  Lines kept;
  std::size_t next = 0;
  for (const std::string& line : lines) {
    if (!key_of(line).empty()) {
      if (!sightings[next++].learned) kept.push_back(line);
      continue;
    }
    auto mark = model.look_up_mark(mark_key(line), model.host(url));
    BoilerplateModel::settle_mark(mark, sightings, next);
    if (!mark.learned) kept.push_back(line);
  }
  return kept;
}

/// Text of its own for each number.
std::string body(int i) {
  constexpr std::array kWords = {"山坡", "海邊", "河岸", "村口", "橋上", "樹下", "窗前"};
  std::string text;
  for (int part = 0; part < 6; ++part) {
    text += std::string(kWords[static_cast<std::size_t>(i * 5 + part) % kWords.size()]) +
            std::to_string(i * 10 + part) + "的人說起從前，";
  }
  return text + "說完了。";
}

Lines page(int i) {
  return {"海濱在線首頁", "本地要聞",         "第" + std::to_string(i) + "頁的標題在這裡",
          body(i),        "讀者熱線全天開通", "海濱日報社主辦"};
}

/// Documents that have nothing in common with any other.
void show_others(Course& course, int documents) {
  for (int i = 0; i < documents; ++i) course.show({body(200 + i), body(300 + i)});
}

Course taught(int pages = 6) {
  Course course;
  for (int i = 0; i < pages; ++i) course.show(page(i));
  return course;
}

}  // namespace

TEST_CASE("a model knows what recurs beside the same blocks, and nothing else") {
  const BoilerplateModel model = taught().model();
  CHECK(model.entries().size() == 4);
  const Lines next = page(9);
  CHECK(left(model, next) == Lines{next[2], next[3]});
}

TEST_CASE("four documents are too few for the default of five") {
  CHECK(taught(4).model().entries().empty());
  CHECK(taught(5).model().entries().size() == 4);
}

TEST_CASE("a known block in strange company stays") {
  Course course = taught();
  show_others(course, 6);
  const BoilerplateModel model = course.model();
  const Lines strange = {"引子", "本地要聞", body(7), "海濱日報社主辦", body(8)};
  CHECK(left(model, strange) == strange);
}

TEST_CASE("a light block goes between two blocks of boilerplate, a headline does not") {
  Course course;
  for (int i = 0; i < 6; ++i) {
    course.show(
        {"海濱在線首頁", "登錄", "註冊", body(i), "全天開通的海濱讀者熱線電話", "海濱日報社主辦"});
  }
  show_others(course, 6);
  const BoilerplateModel model = course.model();
  CHECK(left(model, {"海濱日報社主辦", "登錄", "海濱在線首頁"}) ==
        Lines{"海濱日報社主辦", "海濱在線首頁"});
  const Lines headline = {"註冊", "全天開通的海濱讀者熱線電話", "登錄"};
  CHECK(left(model, headline) == headline);
}

TEST_CASE("a heading that recurs beside ever other text is not learned") {
  Course course;
  for (int i = 0; i < 20; ++i)
    course.show({body(i), "參考資料", body(i + 50), "編者按", body(i + 90)});
  show_others(course, 15);
  CHECK(course.model().entries().empty());
}

TEST_CASE("what is on most pages of a host goes wherever it stands") {
  const std::string advert = "一分鐘記住海濱小說網，更新快，無彈窗！";
  Course course;
  for (int i = 0; i < 10; ++i) {
    Lines lines = {body(i), "簡介", body(i + 20), body(i + 40), body(i + 60)};
    if (i < 7) lines.insert(lines.begin() + i % 4 + 1, advert);
    course.show(lines, "https://a.example/" + std::to_string(i));
  }
  show_others(course, 40);
  const BoilerplateModel model = course.model();
  const Lines next = {body(90), advert, "簡介", body(91), "簡介", body(92)};
  CHECK(left(model, next, "https://a.example/x") == Lines{next[0], next[3], next[5]});
  CHECK(left(model, next, "https://b.example/x") == next);
}

TEST_CASE("a short word on most pages goes in any company, a headline does not") {
  const Lines teasers = {"海濱海洋館週末開放夜遊活動", "視頻簡介", "老城書店街今晨重新開門迎客"};
  Course course;
  for (int i = 0; i < 10; ++i) course.show({body(i), teasers[0], teasers[1], teasers[2], body(i)});
  const Lines own = {"海濱海洋館週末開放夜遊活動", body(90), "視頻簡介", body(91)};
  CHECK(left(course.model(), own) == Lines{own[0], own[1], own[3]});
}

TEST_CASE("labels are not learned from their share of pages") {
  Course course;
  for (int i = 0; i < 10; ++i) course.show({body(i), "答案：", body(i + 20)});
  CHECK(course.model().entries().empty());
}

TEST_CASE("a mark on most pages goes between blocks that go") {
  Course course;
  for (int i = 0; i < 10; ++i) {
    Lines lines = {body(i), "海濱在線首頁", "|", "海濱日報社主辦"};
    if (i < 5) lines.insert(lines.begin(), {"* * *", body(i + 20)});
    course.show(lines);
  }
  const BoilerplateModel model = course.model();
  const Lines next = {body(90), "|", body(91), "海濱在線首頁", "|", "海濱日報社主辦"};
  CHECK(left(model, next) == Lines{next[0], next[1], next[2]});
  const Lines other = {body(90), "海濱在線首頁", "* * *", "海濱日報社主辦"};
  CHECK(left(model, other) == Lines{other[0], other[2]});
}

TEST_CASE("a date is learned by its frame, beside its usual neighbour only") {
  const auto date = [](int i) {
    return "2031-04-" + std::to_string(10 + i) + " 19:0" + std::to_string(i);
  };
  Course course;
  for (int i = 0; i < 10; ++i) course.show({body(i), "海濱日報記者站供稿", date(i), body(i + 20)});
  const Lines next = {body(90), "海濱日報記者站供稿", date(18), body(91), date(19), body(92)};
  CHECK(left(course.model(), next) == Lines{next[0], next[3], next[4], next[5]});
}

TEST_CASE("what has a frame") {
  const auto frame = [](std::string_view line) { return frame_key(line, key_of(line)); };
  CHECK(frame("2031-04-03 19:09") == frame("2032-11-30 08:15"));
  CHECK(frame("2031年4月3日 星期二") == frame("2032年11月30日 星期五"));
  CHECK(frame("已有 12 人評論") == frame("已有 1,280 人評論"));
  for (const std::string line : {"2031-04-03 19:09", "13:22", "已有 12 人評論", "閱讀（305）"}) {
    CAPTURE(line);
    CHECK_FALSE(frame(line).empty());
  }
  for (const std::string line :
       {"首页", "12", "3.5", "第12回", "价格：199 元", "上证指数收报3021点", "2031年春天",
        "第3次阅读", "他在2031年4月3日19:09离开。", "阅读了 12 页，他睡了。"}) {
    CAPTURE(line);
    CHECK(frame(line).empty());
  }
}

TEST_CASE("of a lead-in only what is below counts") {
  Course course;
  for (int i = 0; i < 6; ++i) course.show({"主要內容", "海濱日報消息：", body(i)});
  const Lines next = {"主要內容", "海濱日報消息：", body(9)};
  CHECK(left(course.model(), next) == Lines{next[1], next[2]});
}

TEST_CASE("structure is never learned") {
  Course course;
  for (int i = 0; i < 8; ++i) {
    course.show({"第一章 總則", "第 1 條", "一、總體要求", "## 語法", "| 名稱 | 類型 |",
                 "[1]: https://a.b", "本法自公布日施行。", body(i)});
  }
  CHECK(course.model().entries().empty());
}

TEST_CASE("what is outline") {
  for (const std::string line :
       {"第三条", "第 12 條\u3000本辦法用詞", "（三）其他", "1. 产品参数", "2) 尺寸", "十二、附則",
        "# 標題", "| a | b |", "│ a │ b", "[#]: reviewer: (x)", "① 安裝",
        "本办法自发布之日起施行。", "自公布日施行"}) {
    CAPTURE(line);
    CHECK(is_outline(line, key_of(line)));
  }
  for (const std::string line : {"第一时间获取资讯", "2024年5月1日", "3.5折起", "首页", "本站声明",
                                 "[广告]", "一起走进新时代", "- 返回首页", "[首页](/index)",
                                 "甲\t乙", "|注册|帮助 返回首页>>", "|", ""}) {
    CAPTURE(line);
    CHECK_FALSE(is_outline(line, key_of(line)));
  }
}

TEST_CASE("a headline needs five documents, running text and short lines one in fifty") {
  const Lines headline = {"海濱海洋館週末開放夜遊活動", "老城書店街今晨重新開門迎客"};
  const Lines text = {"海濱海洋館週末開放，歡迎夜遊", "老城書店街今晨開門，讀者盈門"};
  const Lines light = {"熱門文章", "更多內容"};
  Course course;
  for (int i = 0; i < 400; ++i) {
    Lines lines = {body(i)};
    for (const Lines* pair : {&headline, &text, &light}) {
      if (i < 6) lines.insert(lines.end(), pair->begin(), pair->end());
    }
    course.show(lines);
  }
  CHECK(course.model().entries().size() == 2);
  CHECK(left(course.model(), headline).empty());
}

TEST_CASE("the last line of every page is learned at the edge") {
  const std::string notice = "更多消息請看海濱在線的每日簡報和週末特刊";
  Course course;
  for (int i = 0; i < 6; ++i) course.show({body(i), notice});
  show_others(course, 6);
  const BoilerplateModel model = course.model();
  CHECK(left(model, {body(9), notice}) == Lines{body(9)});
  CHECK(left(model, {body(9), notice, body(8)}).size() == 3);
}

TEST_CASE("copies of an article count once") {
  Course course;
  for (int i = 0; i < 9; ++i) course.show({"轉載第" + std::to_string(i) + "處", body(1), body(2)});
  CHECK(course.model().entries().empty());
  Course poems;  // too light for prose: the same blocks in the same order
  for (int i = 0; i < 9; ++i) poems.show({"白日依山盡", "黃河入海流", "欲窮千里目", "更上一層樓"});
  CHECK(poems.model().entries().empty());
}

TEST_CASE("a notice on every page does not make the pages copies") {
  const std::string notice =
      "本報所有文字圖片和影音未經書面許可不得以任何方式複製轉載或者摘編，"
      "歡迎讀者來電來函提供新聞線索，一經採用即付稿酬，謝謝各位的支持。";
  Course course;
  for (int i = 0; i < 9; ++i) course.show({body(i), body(i + 20), notice, "海濱日報社主辦"});
  CHECK(left(course.model(), {body(90), notice, "海濱日報社主辦"}) == Lines{body(90)});
}

TEST_CASE("what one host has in common is no business of another") {
  Course course;
  for (int i = 0; i < 6; ++i)
    course.show(page(i), "https://www.A.example:8080/" + std::to_string(i));
  for (int i = 6; i < 9; ++i) course.show({body(i)}, "https://b.example/");
  const BoilerplateModel model = course.model();
  CHECK(left(model, page(9), "http://a.example/x").size() == 2);
  CHECK(left(model, page(9), "http://b.example/x") == page(9));
  CHECK(left(model, page(9)) == page(9));
}

TEST_CASE("what two hosts have in common is known everywhere") {
  Course course;
  for (int i = 0; i < 6; ++i)
    course.show(page(i), i % 2 == 0 ? "http://a.example" : "http://b.example");
  CHECK(left(course.model(), page(9), "http://c.example/x").size() == 2);
  CHECK(left(course.model(), page(9)).size() == 2);
}

TEST_CASE("names of hosts") {
  CHECK(host_name("https://www.Example.org:80/a?b") == "example.org");
  CHECK(host_name("ftp://user:word@news.example.org#x") == "news.example.org");
  CHECK(host_name("http://[::1]:80/") == "[::1]");
  for (const char* const none : {"", "123", "example.org/a", "://x", "a/b?c=http://x"}) {
    CAPTURE(none);
    CHECK(host_name(none).empty());
  }
}

TEST_CASE("the same documents give the same bytes") {
  CHECK(taught().bytes() == taught().bytes());
  CHECK(taught(6).bytes() != taught(7).bytes());
}

TEST_CASE("with too many keys the rare ones make room, and the model says so") {
  LearnOptions options;
  options.max_keys = 1000;
  Course course(options);
  for (int i = 0; i < 400; ++i) {
    Lines lines = page(i);
    for (int line = 0; line < 20; ++line)
      lines.push_back("只此一行" + std::to_string(i * 20 + line));
    course.show(lines);
  }
  const BoilerplateModel model = course.model();
  CHECK(model.head().missed > 0);
  CHECK(model.head().documents == 400);
  CHECK(left(model, page(900)).size() == 2);
}

TEST_CASE("anything but a whole model is refused") {
  const std::string bytes = taught().bytes();
  CHECK_THROWS_AS(BoilerplateModel(""), dedup::FormatError);
  CHECK_THROWS_WITH(BoilerplateModel("text"), "boilerplate model: not a model");
  CHECK_THROWS_WITH(BoilerplateModel("dedup boilerplate model 1\n"),
                    "boilerplate model: of another version of dedup; learn it again");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK_THROWS_AS(BoilerplateModel(bytes.substr(0, size)), dedup::FormatError);
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 4);
    CHECK_THROWS_AS(BoilerplateModel(damaged), dedup::FormatError);
  }
}

TEST_CASE("an empty model knows nothing") {
  const BoilerplateModel model = Course().model();
  CHECK(left(model, page(1)) == page(1));
}

TEST_CASE("the reason names the number of documents") {
  const BoilerplateModel model = taught(7).model();
  const auto seen = model.look_up("本地要聞", key_of("本地要聞"), 4, 0, false);
  CHECK(model.reason(seen) == "learned: 7 documents");
}

TEST_CASE("copies far apart are forgotten, those nearby are not") {
  DocumentCopies copies(100);
  const std::vector<DocumentCopies::Block> text = {{1, 70}, {2, 70}};
  CHECK_FALSE(copies.is_copy(1, text));
  CHECK(copies.is_copy(2, text));
  CHECK(copies.is_copy(1, {}));
  for (std::uint64_t i = 0; i < 300; ++i) {
    const std::vector<DocumentCopies::Block> other = {{1000 + i, 70}};
    CHECK_FALSE(copies.is_copy(1000 + i, other));
    CHECK(copies.is_copy(2000 + i, other));
  }
  CHECK_FALSE(copies.is_copy(3, text));
}

TEST_CASE("a million hosts, of which nothing is learned, take no more room than the limit") {
  // Headings alone: nothing of them is counted but the documents of their hosts.
  BlockCounts counts({.max_keys = 1000}, {});
  for (std::uint64_t i = 1; i <= 1'000'000; ++i) {
    CountedBlock heading;
    heading.print.low = i;
    counts.add({&heading, 1}, i);
  }
  CHECK(counts.missed() >= 1'000'000 / 1000 / 2);  // so few hosts were there between two rounds
  CHECK(BoilerplateModel(counts.model()).head().documents == 1'000'000);
}
