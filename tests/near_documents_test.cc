// SPDX-License-Identifier: Apache-2.0
// What near-duplicate documents are compared by: prose and titles.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "cleaner/prose.h"
#include "dedup/cleaner.h"

namespace dedup {
namespace {

/// A letter for each document: of the one that it is a copy of, or its own.
std::string copies(const std::vector<std::string>& documents) {
  Options options;
  options.documents = Documents::near;
  Cleaner cleaner(options);
  std::string result;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    Page page;
    page.bytes = documents[i];
    const Cleaned cleaned = cleaner.clean(page);
    result += static_cast<char>('a' + (cleaned.duplicate ? cleaned.duplicate->document : i));
  }
  return result;
}

constexpr std::string_view kBody =
    "山里的小水电站一到冬天水量就少，两台机组只能开一台，值班的人隔一会儿到前池去敲冰，免得冰块堵住"
    "拦污栅。\n"
    "水轮机的轴承要用热水袋捂着，油才不会凝住。遇到连续的阴天，库里的水只够发半天的电，电站就和山下"
    "的村子商量好。\n"
    "白天停，傍晚送，让孩子们能在灯下写完作业。过了正月，山上的雪开始化，停着的那台机组也要检修好。"
    "\n";

/// The body with an edit, so that it is no exact copy.
std::string with_title(std::string_view title, std::string_view last = "") {
  return std::string(title) + (title.empty() ? "" : "\n") + std::string(kBody) + std::string(last);
}
constexpr std::string_view kMore = "等着开春一起转起来。\n";

TEST_CASE("documents of one body are two where their titles disagree") {
  const auto pair = [](std::string_view a, std::string_view b) {
    return copies({with_title(a), with_title(b, kMore)});
  };
  CHECK(pair("山里的小水电站怎样过冬", "山里的小水电站怎样过冬") == "aa");
  CHECK(pair("山里的小水电站怎样过冬", "山里小水电站怎样过冬天") == "aa");
  CHECK(pair("", "") == "aa");
  CHECK(pair("山里的小水电站怎样过冬", "") == "aa");
  CHECK(pair("山里的小水电站怎样过冬", "简介") == "aa");
  CHECK(pair("水电站管理办法（2013年修正）", "水电站管理办法（2018年修正）") == "aa");
  CHECK(pair("山里的小水电站怎样过冬", "海边的风车怎样保养") == "ab");
  CHECK(pair("# 甲系统 listOrders 接口越权", "# 甲系统 listUsers 接口越权") == "ab");
  CHECK(pair("网关 A100 说明", "网关 B200 说明") == "ab");
}

TEST_CASE("addresses, link lists, images and code bring no documents together") {
  std::string shared;
  for (int i = 10; i < 40; ++i) {
    const std::string n = std::to_string(i);
    shared += "- 往期第" + n + "篇：<https://example.org/s?biz=account&mid=22474" + n +
              "&sn=8a7d11c09be1f41163f2" + n + "&scene=21>\n";
  }
  const std::string other =
      "河边的老磨坊还在转，水从石槽里流下来，推着木头的叶片，石磨上的谷子一圈一圈地碎成粉。\n"
      "管磨坊的人会听声音，声音发闷就是谷子潮了，声音发尖就是该添料了，他一辈子没有看过钟。\n"
      "磨一担谷子收一升米，收来的米一半交给祠堂，一半留着过年，遇到荒年就都不收了。\n";
  CHECK(copies({std::string(kBody) + shared, other + shared}) == "ab");
  CHECK(copies({std::string(kBody) + shared, with_title("", kMore)}) == "aa");
  std::string code = "```\n";
  for (int i = 10; i < 40; ++i) code += "value" + std::to_string(i) + " = read(register);\n";
  code += "```\n";
  CHECK(copies({std::string(kBody) + code, other + code}) == "ab");
}

TEST_CASE("text between tags counts, tags do not") {
  const std::string tags = "<p style=\"margin: 0px; line-height: 28px; color: rgb(51, 51, 51);\">";
  std::string marked;
  std::size_t start = 0;
  for (std::size_t end = kBody.find('\n'); end != std::string_view::npos;
       start = end + 1, end = kBody.find('\n', start)) {
    marked += tags + std::string(kBody.substr(start, end - start)) + "</p>\n";
  }
  CHECK(copies({std::string(kBody), marked + std::string(kMore)}) == "aa");
}

TEST_CASE("the prose of a line") {
  using structure::Kind;
  struct Case {
    std::string_view line;
    Kind kind;
    std::optional<std::string> prose;
  };
  for (const Case& c : {
           Case{"他推开门，屋里没有人。", Kind::prose, std::nullopt},
           Case{"试用地址在这里，欢迎大家多多反馈：http://e.cn/a，谢谢。", Kind::prose,
                "试用地址在这里，欢迎大家多多反馈：，谢谢。"},
           Case{"[甲](https://example.org/s?id=7&sn=8a7d11c09be1)", Kind::prose, ""},
           Case{"x = \"http://e.cn\"", Kind::code, std::nullopt},
           Case{"<p class=\"a\">水轮机的<b>轴承</b></p>", Kind::markup, "水轮机的轴承"},
           Case{"<a href=\"https://example.org/s?id=7&sn=8a7d11c09be1\">往期</a>", Kind::markup,
                ""},
           Case{"://", Kind::prose, ""},
       }) {
    text::TagState tags;
    CAPTURE(std::string(c.line));
    CHECK(cleaner::prose_of(c.line, c.kind, tags) == c.prose);
  }
}

}  // namespace
}  // namespace dedup
