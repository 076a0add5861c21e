// SPDX-License-Identifier: Apache-2.0
// What lines are, and which of them belong together: a table of examples for each kind. `|` before
// a kind means that the line belongs to one block with the line before.
#include "dedup/structure.h"

#include <string>
#include <string_view>
#include <vector>

#include "catch.h"

namespace dedup::structure {
namespace {

struct Row {
  std::string kind;
  std::string line;
};

/// By the public face, so that offsets are seen to as well.
std::vector<std::string> layout_of(const std::vector<Row>& rows) {
  std::string text;
  for (const Row& row : rows) {
    text += row.line + "\n";
  }
  const std::vector<StructureLine> lines = structure_of(text);
  REQUIRE(lines.size() == rows.size());
  std::vector<std::string> kinds;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    CHECK(text.substr(lines[i].start, lines[i].end - lines[i].start) == rows[i].line);
    kinds.push_back((lines[i].joins ? "|" : "") + std::string(name(lines[i].kind)));
  }
  return kinds;
}

void check(const std::vector<Row>& rows) {
  std::vector<std::string> expected;
  std::string text;
  for (const Row& row : rows) {
    expected.push_back(row.kind);
    text += row.line + "\n";
  }
  INFO(text);
  CHECK(layout_of(rows) == expected);
}

}  // namespace

TEST_CASE("prose and what announces it", "[structure]") {
  check({{"heading", "旧仓库改成了图书室"},
         {"prose", "厂区东头的旧仓库空了八年，上个月换上了书架和长桌。"},
         {"prose", "第一批书是退休的人捐的。"}});
  check({{"heading", "## 语法"}, {"prose", "先写名字，再写类型。"}});
  check({{"heading", "第一章 總則"}, {"prose", "第一條 本辦法用詞，定義如下。"}});
  check({{"heading", "（副歌）"}, {"prose", "我要沿着这条长长的河一直走到海边去，看日出。"}});
  check({{"heading", "二、晒场怎样安排"}, {"prose", "晒场分成四个区，靠路的留给路远的人家。"}});
  check({{"prose", "床前明月光"}, {"prose", "疑是地上霜"}});
  check({{"prose", "2024 年的春天来得很早，河里的冰三月初就化了。"}});
  check({{"prose", "3.5 亿元的投资已经到位，工程下月开工。"}});
  check({{"prose", "他叹了口气说：走吧，天要黑了。"}, {"prose", "她问：去哪里？"}});
}

TEST_CASE("fields make a record, one alone is a line like others", "[structure]") {
  check({{"field", "书名：山间小路"}, {"|field", "作者：林某"}, {"|field", "定价：45.00元"}});
  check({{"field", "書名：山間小路"}, {"|field", "出版社：某某出版社"}});
  check({{"field", "**品名：**甲"}, {"|field", "**规格**：乙"}, {"|field", "【产地】丙"}});
  check({{"field", "来源：某某日报"}, {"prose", "厂区东头的旧仓库空了八年，上个月改成了图书室。"}});
  check({{"field", "问：老人发烧怎么办？"}, {"|field", "答：先物理降温，多喝水。"}});
  check({{"prose", "10:30 开会，请准时到场。"}, {"prose", "14:00 散会，各自回家。"}});
}

TEST_CASE("a label and what it labels are one block", "[structure]") {
  check({{"heading", "一、甲系统"},
         {"label", "**漏洞描述：**"},
         {"|prose", "接口没有校验参数，未登录的人可以读到内容。"},
         {"|label", "**影响范围：**"},
         {"|prose", "共得到一百条记录。"},
         {"heading", "二、乙系统"},
         {"label", "**漏洞描述：**"},
         {"|prose", "另一个接口没有校验参数，也可以读到内容。"}});
  check({{"label", "信息部门的职责包括："},
         {"|item", "（一）建立备份制度。"},
         {"|item", "（二）清点介质。"},
         {"prose", "以上自公布之日起执行，由主管部门解释。"}});
  check({{"label", "用法如下："},
         {"|blank", ""},
         {"|code", "```"},
         {"|code", "run"},
         {"|code", "```"}});
}

TEST_CASE("clauses that are counted in order are one record", "[structure]") {
  check({{"heading", "第 一 章 通則"},
         {"prose", "第 1 條\u3000本細則依組織通則訂定之。"},
         {"|label", "第 2 條\u3000本隊職掌如下："},
         {"|item", "一、消防檢查事項。"},
         {"|item", "二、防火宣導事項。"},
         {"|heading", "第 二 章 附則"},
         {"|prose", "第 3 條\u3000本細則自發布日施行。"},
         {"prose", "以上條文由本隊解釋，疑義由上級機關決定。"}});
  check({{"prose", "第三条 本市民营企业依照本条例享受权利。"},
         {"prose", "第九条 市政府应当设立专项资金。"}});
}

TEST_CASE("a paragraph that speaks of another is no clause", "[structure]") {
  check({{"prose", "第 7 條\u3000會議置主席一人。"},
         {"|prose", "第 8 條\u3000主席之選舉，以得票較多者為當選。"},
         {"|prose", "第一項選舉，人數不足時，應訂下一次時間。"},
         {"|prose", "第二款情形，準用之。"},
         {"|prose", "第 9 條\u3000本規則自發布日施行。"}});
  check({{"prose", "第一款\u3000总价"},
         {"|prose", "第二款\u3000工期"},
         {"|prose", "第三款\u3000验收"}});
}

TEST_CASE("a history is one record, however its entries are torn", "[structure]") {
  const Row name{"heading", "山城游泳池管理規則"};
  check({name,
         {"item", "1.中華民國九十一年四月八日山城市政府山教體字第 0910012345 號令訂定"},
         {"|prose", "發布全文 12 條；並自發布日施行"},
         {"|item", "2.中華民國一百零三年七月一日山城市政府山教體字第 1030054321 號令修"},
         {"|prose", "正發布第 3、8 條條文"},
         {"|prose", "中華民國一百零五年六月二日山城市政府山秘字第 1050000077 號公告第 2"},
         {"|prose", "條所列屬「教育局」之事項，改由「運動局」管轄"},
         {"|item", "3.中華民國一百零九年五月四日山城市政府山運字第 1090011111 號令廢止"},
         {"prose", "第 1 條\u3000本規則依游泳場所管理辦法訂定。"},
         {"|prose", "第 2 條\u3000本規則所稱游泳池，指供公眾使用者。"},
         {"|prose", "第 3 條\u3000入池前應淋浴。"}});
  // Neither a chronicle of paragraphs nor one date is a history.
  const std::string story =
      "，厂里把东边的旧仓库腾了出来，搬走了堆了八年的木箱，刷了墙，铺了地，装了灯，又"
      "从各车间借来二十张桌子，图书室就算开张了。";
  check({{"prose", "1. 2019年5月" + story}, {"prose", "3. 2020年6月" + story}});
  check({{"prose", "2019年5月31日，图书室开张了，来的人很多，屋里坐不下，站着的有三十几个。"},
         {"prose", "第二天来的人少了一半，屋里就空了，管书的老秦说，早该这样，看书的地方要静。"}});
}

TEST_CASE("items of one numbering make a list", "[structure]") {
  check({{"item", "- 嫩豆腐做汤"},
         {"|item", "- 老豆腐煎"},
         {"prose", "两种都要新鲜的，隔夜的不行。"}});
  check({{"item", "1. 开机。"}, {"|item", "2. 扫码。"}, {"|item", "3. 输入密码。"}});
  check({{"item", "（一）甲。"}, {"|item", "（二）乙。"}});
  check({{"item", "1. 开机。"}, {"|prose", "   按住三秒，灯亮为止。"}, {"|item", "2. 扫码。"}});
  check({{"item", "1. 开机。"}, {"|blank", ""}, {"|item", "2. 扫码。"}});
  check({{"item", "[1] 林某．去重方法．某某学报，2020．"}, {"|item", "[2] 王某．另文．2021．"}});
}

TEST_CASE("steps are one list with what is shown between them", "[structure]") {
  check({{"heading", "## 更换滤芯"},
         {"item", "1. 关上进水阀。"},
         {"|media", "![阀门](a.png)"},
         {"|prose", "手柄与水管成直角。"},
         {"|item", "2. 按住放水钮，直到不再出水，再把外壳逆时针转开，取出旧的滤芯，擦干里面的水。"},
         {"|code", "```sh"},
         {"|code", "flush --all"},
         {"|code", "```"},
         {"|prose", "窗口里会列出剩下的天数。"},
         {"|item", "3. 装上新的。"},
         {"|prose", "> 不要拧得太紧。"},
         {"heading", "## 另请参阅"}});
  // Markdown counts 1. 1. 1.
  check({{"heading", "## 更换滤芯"},
         {"item", "1. 关上进水阀。"},
         {"|media", "![阀门](a.png)"},
         {"|item", "1. 转开外壳。"},
         {"|code", "```"},
         {"|code", "open"},
         {"|code", "```"},
         {"|prose", "灯会亮。"},
         {"|item", "1. 装上新的。"}});
  // One step, with its picture.
  check({{"heading", "## 查看记录"},
         {"item",
          "1. 在窗口的左边选中要看的那一天，右边就会列出当天的全部记录，双击可以打开其中一条。"},
         {"|media", "![记录](b.png)"},
         {"heading", "## 导出"}});
}

TEST_CASE("a question above its answer heads it", "[structure]") {
  const std::string answer =
      "自签收之日起七日内可以申请，请在订单页面选择退货退款并填写原因，客服会在二十四小时内审核。";
  check({{"heading", "如何退货？"}, {"prose", answer}});
  check({{"heading", "**如何退货？**"}, {"blank", ""}, {"prose", answer}});
  // Among lines of prose, apart from what follows, or said by somebody it is one of them.
  check({{"prose", "他停下来想了想。"}, {"prose", "如何退货？"}, {"prose", answer}});
  check({{"prose", "如何退货？"}, {"blank", ""}, {"prose", answer}});
  check({{"prose", "“如何退货？”"}, {"prose", answer}});
}

TEST_CASE("a line with a time heads what is said below it, in a text that has several",
          "[structure]") {
  const std::string said = "明天早上八点在渡口见面，记得带上雨衣和干粮，路上要走三个小时。";
  check({{"heading", "张伟 10:05"},
         {"prose", said},
         {"heading", "李娜(1) 2031-05-06 10:06:30"},
         {"prose", "收到"},
         {"heading", "00:10"},
         {"prose", said}});
  check({{"heading", "00:00:20,000 --> 00:00:26,000"},
         {"prose", said},
         {"heading", "00:00:27,000 --> 00:00:30,000"},
         {"prose", said},
         {"heading", "00:00:31,000 --> 00:00:32,000"},
         {"prose", said}});
  // One may be the date of an article, and a row of them is a timetable.
  check({{"prose", "2031-05-06 10:30"}, {"prose", "收到"}});
  check({{"prose", "10:00"}, {"prose", "10:20"}, {"prose", "10:40"}});
}

TEST_CASE("what a step leaves belongs to it, up to the next heading", "[structure]") {
  check({{"heading", "## 查看记录"},
         {"item", "1. 在左边选中要看的那一天。"},
         {"|media", "![记录](b.png)"},
         {"|prose", "右边会列出当天的记录。"},
         {"|prose", "也可以双击其中一条。"},
         {"|media", "![其中一条](c.png)"},
         {"|row", "|栏|内容|"},
         {"|row", "|---|---|"},
         {"heading", "## 导出"}});
  // At the end of a document one line may: the next ones are often of the site.
  check({{"heading", "## 查看记录"},
         {"item", "1. 在左边选中要看的那一天。"},
         {"|media", "![记录](b.png)"},
         {"prose", "右边会列出当天的记录。"},
         {"prose", "本站每周三更新。"}});
}

TEST_CASE("steps end where something else begins", "[structure]") {
  // The next heading, and more prose than an outcome has.
  check({{"item", "1. 关上进水阀。"},
         {"|code", "```"},
         {"|code", "stop"},
         {"|code", "```"},
         {"|item", "2. 转开外壳。"},
         {"prose", "换下来的滤芯可以送回店里，店里会称重，按斤折成钱。"},
         {"prose", "也可以晒干了，垫在花盆底下。"},
         {"prose", "去年有人拿它做了一个鸟窝。"}});
  check({{"item", "1. 关上进水阀。"},
         {"|code", "```"},
         {"|code", "stop"},
         {"|code", "```"},
         {"|item", "2. 转开外壳。"},
         {"heading", "## 另一种"},
         {"heading", "1. 先问店里"},
         {"prose", "店里的人会上门来看，看过再说要不要换。"}});
}

TEST_CASE("paragraphs that begin with numbers are no steps", "[structure]") {
  const std::string story =
      "那年冬天雪下得早，路上走不了车，村里的人就用雪橇往外运粮食，一趟要走大半天，回来时天已经黑了"
      "。";
  check({{"prose", "1. " + story}, {"prose", "1. " + story}, {"prose", "1. " + story}});
  check({{"prose", "1. " + story}, {"prose", story}, {"prose", "1. " + story}, {"prose", story}});
  check({{"prose", "1. " + story}, {"media", "![雪](c.png)"}, {"prose", story}});
}

TEST_CASE("zones are brackets", "[structure]") {
  check({{"prose", "先看清楚是哪一年的型号，两种做法不一样。"},
         {"markup", "::: moniker range=\"a\""},
         {"|heading", "## 更换"},
         {"|item", "1. 关上进水阀。"},
         {"|item", "1. 转开外壳。"},
         {"|markup", "::: moniker-end"},
         {"prose", "换好以后把日期写在外壳上，免得忘了。"}});
  // What is said for others stands right behind it.
  check({{"markup", "::: zone pivot=\"a\""},
         {"|prose", "按左边的钮。"},
         {"|markup", "::: zone-end"},
         {"|blank", ""},
         {"|markup", "::: zone pivot=\"b\""},
         {"|prose", "按右边的钮。"},
         {"|markup", "::: zone-end"},
         {"prose", "灯会亮。"}});
  check({{"item", "1. 关上进水阀。"},
         {"|markup", "::: moniker range=\"a\""},
         {"|item", "1. 转开外壳。"},
         {"|markup", "::: moniker-end"},
         {"|item", "1. 装上新的。"}});
  check({{"item", "1. 关上进水阀。"},
         {"|item", "2. 转开外壳。"},
         {"|markup", "::: moniker range=\"a\""},
         {"|item", "3. 取出滤芯。"},
         {"|markup", "::: moniker-end"},
         {"|markup", "::: moniker range=\"b\""},
         {"|item", "3. 取出滤网。"},
         {"|markup", "::: moniker-end"},
         {"|item", "4. 装上新的。"}});
  check({{"markup", ":::row:::"},
         {"|markup", ":::column span=\"2\":::"},
         {"|prose", "左边是新的，右边是旧的，一看颜色就知道。"},
         {"|markup", ":::column-end:::"},
         {"|markup", ":::row-end:::"}});
}

TEST_CASE("what looks like the fence of a zone", "[structure]") {
  check({{"markup", "::: moniker range=\"a\""}, {"prose", "没有写完，后面就断了，不知道怎样。"}});
  check({{"markup", "::: moniker-end"}, {"prose", "前面没有开头，后面也没有下文，就这样。"}});
  check({{"media", ":::image type=\"content\" source=\"a.png\" alt-text=\"甲\":::"}});
  check({{"markup", ":::"},
         {"prose", "現在的位置在哪裡，要看上面那一行才知道。"},
         {"markup", ":::"}});
  check({{"code", "```"}, {"|code", "::: zone-end"}, {"|code", "```"}});
}

TEST_CASE("a long zone holds on to its fences", "[structure]") {
  std::vector<Row> rows{{"markup", "::: moniker range=\"a\""}};
  for (int i = 0; i < 80; ++i) {
    rows.push_back({i == 0 ? "|prose" : "prose", "每一行都说一件别的事，一件比一件长。"});
  }
  rows.push_back({"|markup", "::: moniker-end"});
  check(rows);
}

TEST_CASE("what speaks of a fence is one block with it", "[structure]") {
  for (const std::string line :
       {"例如，您可以這樣寫設定檔，寫完了再存一次。", "在終端機裡執行下列命令，等它停下來。",
        "配置好的文件如下，注意缩进。", "例如：要看全部的记录，可以加一个参数。"}) {
    INFO(line);
    const std::vector<std::string> kinds =
        layout_of({{"", line}, {"", "```"}, {"", "run"}, {"", "```"}});
    CHECK(kinds[1] == "|code");
    CHECK(layout_of({{"", line}, {"", "屋里没有人，他坐下来等。"}})[1] == "prose");
  }
  check({{"prose", "屋里没有人，他坐下来等，等到天黑。"}, {"code", "```"}, {"|code", "```"}});
}

TEST_CASE("rows make a table", "[structure]") {
  check({{"row", "| 级别 | 天数 |"}, {"|row", "|---|---|"}, {"|row", "| 错误 | 180 |"}});
  check({{"row", "甲\t1\t2"}, {"|row", "乙\t3\t4"}});
  check({{"prose", "上联\t下联"}, {"prose", "山高水长，人寿年丰，福满门庭。"}});
}

TEST_CASE("code, fenced and plain", "[structure]") {
  check({{"code", "```c"},
         {"|code", "// 返回顶部"},
         {"|blank", ""},
         {"|code", "甲"},
         {"|code", "```"}});
  check({{"code", "def absolute(x):"},
         {"|code", "    if x < 0:"},
         {"|code", "        return -x"},
         {"|code", "    return x"},
         {"prose", "调用它即可，别忘了测试。"}});
  check({{"code", "int n = 0; // 数量"}, {"|code", "}"}});
  check({{"prose", "From the beginning of the year, prices rose."}});
  check({{"prose", "for example, one may use a list of ports, hosts and names."}});
}

TEST_CASE("a clause without text labels no other clause, however many there are", "[structure]") {
  check({{"prose", "第1条甲"}, {"|prose", "第2条乙"}, {"|label", "第3条"}, {"prose", "第1条丙"}});
  std::string text;
  for (int i = 0; i < 80'000; ++i) text += "第1条a\n第2条a\n第3条\n";
  CHECK(structure_of(text).size() == 240'000);  // overflowed the stack once
}

TEST_CASE("two marks that join code make a short line of words code", "[structure]") {
  constexpr std::string_view kJoints = "(){}[]=;<>$_\\&|+*/\"'#@";
  for (char c = '!'; c < '~'; ++c) {
    const bool mark = (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z');
    if (mark && c != ':') {  // which labels
      const std::string line = std::string("abcd") + c + "efgh" + c + "ijkl,";
      check({{kJoints.find(c) != kJoints.npos ? "code" : "prose", line}});
    }
  }
}

TEST_CASE("a statement is code however long it is", "[structure]") {
  const std::string name = "com.example" + std::string(20, 'a') + ".of" + std::string(20, 'b');
  std::string import = "import " + name;
  while (import.size() < 170) import += ".and" + std::string(30, 'c');
  check({{"code", import + ";"}});
  check({{"prose", import}});
}

TEST_CASE("what is counted in brackets is no call", "[structure]") {
  for (const std::string line :
       {"2011年03月(9)", "旅途见闻(42)", "(07/21 08:45)", "(2011-03-04)"}) {
    check({{"prose", line}});
  }
  for (const std::string line : {"advance(9);", "scroll(17)", "total(a, 2);"}) {
    check({{"code", line}});
  }
}

TEST_CASE("media, lines across and mark-up", "[structure]") {
  check({{"media", "![图源：实验室截图](https://example.org/b.png)"}});
  check({{"media", "[甲地的做法](https://example.org/a)"}, {"|media", "https://example.org/b"}});
  check({{"rule", "----------"}, {"rule", "* * *"}, {"rule", "****"}});
  check({{"markup", "<table>"}, {"|markup", "<tr><td>甲</td></tr>"}, {"|markup", "</table>"}});
  check({{"markup", "<p style=\"color:red;margin:0\">停。</p>"}});
  check({{"prose", "<p>话说天下大势，分久必合，合久必分，都是一样的道理。</p>"}});
  check({{"prose", "<b>注意</b>，三乘四等于十二，不是七。"}});
}

}  // namespace dedup::structure
