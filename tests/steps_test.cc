// SPDX-License-Identifier: Apache-2.0
// Steps of procedures and zones, cleaned: none goes alone, and all of them go together.
#include <string>
#include <vector>

#include "catch.h"
#include "dedup/cleaner.h"
#include "support.h"

namespace dedup::test {
namespace {

std::string cleaned(const std::vector<std::string>& documents) {
  Options options;
  options.boilerplate = Boilerplate::off;
  Cleaner cleaner(options);
  Recorder recorder;
  for (const std::string& document : documents) {
    cleaner.clean(document, recorder);
  }
  return recorder.documents.back().clean;
}

const std::string kLongStep =
    "在控制台左边的栏里选中要升级的设备，点右上角的菜单，选择升级，在弹出的窗口里核对型号和版本，确"
    "认无误再点下一步。\n";
const std::string kSource = "```sh\nupgrade --device=all --keep-settings --verbose\n```\n";

std::string procedure(const std::string& first, const std::string& number) {
  return "1. " + first + "![窗口](a.png)\n" + number + ". " + kLongStep +
         "窗口里会列出进度，走完之前不要关机，也不要拔网线，大约要等十分钟，灯由红变绿就是好了。"
         "\n" +
         kSource;
}

}  // namespace

TEST_CASE("a step that another procedure has, too, stays", "[steps]") {
  for (const std::string number : {"1", "2"}) {
    INFO(number);
    const std::string one = "## 升级甲型\n" + procedure("先登录，再打开控制台。\n", number);
    const std::string other = "## 升级乙型\n" + procedure("乙型不必登录，插上电源即可。\n", number);
    CHECK(cleaned({one + other}) == one + other);
    CHECK(cleaned({one, other}) == other);
  }
}

TEST_CASE("a procedure that is appended again goes whole", "[steps]") {
  for (const std::string number : {"1", "2"}) {
    INFO(number);
    const std::string text = "## 升级甲型\n" + procedure("先登录，再打开控制台。\n", number);
    const std::string between = "## 说明\n别的型号没有试过，有试过的请来信告诉我们。\n";
    CHECK(cleaned({text + between + text}) == text + between);
  }
}

TEST_CASE("a paragraph in the zones of two versions stays in both", "[steps]") {
  const auto zone = [](const std::string& name, const std::string& start) {
    return "::: moniker range=\"" + name + "\"\n" + start + kLongStep + "::: moniker-end\n";
  };
  const std::string text = "# 升级\n" + zone("a", "打开左边的盖子。\n") + "两种都要先断电。\n" +
                           zone("b", "打开右边的盖子。\n") + "## 说明\n升级以后保修不变。\n";
  CHECK(cleaned({text}) == text);
  CHECK(cleaned({text + "# 附录\n别的不变。\n" + zone("b", "打开右边的盖子。\n")}) ==
        text + "# 附录\n别的不变。\n" + zone("b", "打开右边的盖子。\n"));
}

TEST_CASE("a line stays with the source that it speaks of", "[steps]") {
  const std::string line =
      "例如，要升级全部的设备而保留它们各自的设置，可以在终端机里这样写，写完回车，等它停下来为止，"
      "中间不要关窗口，也不要断网，出了错就把最后一行抄下来。"
      "\n";
  const auto text = [&](const std::string& name) {
    return "# " + name + "的升级\n" + name + "升级之前要断网。\n" + line + "```sh\nupgrade " +
           name + "\n```\n";
  };
  CHECK(cleaned({text("甲型"), text("乙型")}) == text("乙型"));
  // Without source it is a paragraph like others.
  CHECK(cleaned({"# 甲\n先断网，再断电，最后断水。\n" + line, "# 乙\n先断水，再断网。\n" + line}) ==
        "# 乙\n先断水，再断网。\n");
}

TEST_CASE("numbered paragraphs go one by one", "[steps]") {
  const std::string story =
      "那年冬天雪下得早，路上走不了车，村里的人就用雪橇往外运粮食，一趟要走大半天，回来时天已经黑了"
      "，灯都灭了，只有磨坊还亮着一盏，照着门口那一小块雪地。\n";
  const std::string other =
      "1. 第二年春天发了大水，冲走了两座桥，半年以后才修好，那时候粮食早就运"
      "完了，也没有人再提那些雪橇。\n";
  const std::string last =
      "1. 再后来通了火车，一天两班，早上一班，晚上一班，坐车的人比运的粮食还要"
      "多，站台上挤满了来接人的。\n";
  CHECK(cleaned({"1. " + story + other, last + "1. " + story}) == last);
}

}  // namespace dedup::test
