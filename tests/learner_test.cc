// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "boilerplate/learned_model.h"
#include "catch.h"
#include "dedup/dedup.h"

using dedup::BoilerplateLearner;
using dedup::LearnOptions;
using dedup::boilerplate::BoilerplateModel;

namespace {

std::string page(int i) {
  const std::string number = std::to_string(i);
  return "\xEF\xBB\xBF海濱在線首頁\r\n\n本地&amp;要聞\n" + number + "頁的標題\n這是第" + number +
         "頁自己的正文，說的是別處沒有的事情" + number +
         "，說完為止。\n讀者熱線全天開通\n海濱日報社主辦";
}

std::size_t learned(const BoilerplateLearner& learner) {
  return BoilerplateModel(learner.model()).entries().size();
}

}  // namespace

TEST_CASE("documents are decoded, repaired and cut into blocks as for cleaning") {
  BoilerplateLearner learner;
  for (int i = 0; i < 5; ++i) learner.learn(page(i));
  const BoilerplateModel model(learner.model());
  CHECK(model.entries().size() == 4);
  const auto known = [&](std::u16string_view key) {
    return model.look_up("", key, 5, 0, false).known != nullptr;
  };
  CHECK(known(u"海滨在线首页"));  // without the byte order mark, in the folded script
  CHECK(known(u"本地要闻"));
  CHECK_FALSE(known(u"0页的标题"));
}

TEST_CASE("learning goes on after a model was made") {
  BoilerplateLearner learner;
  for (int i = 0; i < 4; ++i) learner.learn(page(i));
  CHECK(learned(learner) == 0);
  learner.learn(page(4));
  CHECK(learned(learner) == 4);
}

TEST_CASE("each model has a secret of its own") {
  CHECK(BoilerplateLearner().model() != BoilerplateLearner().model());
}

TEST_CASE("damaged blocks are not counted") {
  BoilerplateLearner learner;
  for (int i = 0; i < 5; ++i) learner.learn(page(i) + "\xFF\n版權所有\xFF保留權利");
  CHECK(learned(learner) == 3);  // the line above it has lost its neighbour, but is on all pages
}

TEST_CASE("documents longer than a window are learned from") {
  BoilerplateLearner learner;
  for (int i = 0; i < 5; ++i) {
    std::string text = page(i) + '\n';
    while (text.size() < std::size_t{5} << 20) {
      text += std::to_string(i) + "篇第" + std::to_string(text.size()) + "行\n";
    }
    learner.learn(text + "全文終\n" + page(i));
  }
  CHECK(learned(learner) == 5);
}

TEST_CASE("options that make no sense") {
  CHECK_THROWS_AS(BoilerplateLearner(LearnOptions{.min_documents = 1}), dedup::InvalidOption);
  CHECK_THROWS_AS(BoilerplateLearner(LearnOptions{.max_keys = 10}), dedup::InvalidOption);
}

TEST_CASE("pages of a host") {
  BoilerplateLearner learner;
  for (int i = 0; i < 5; ++i) learner.learn(page(i), "https://example.org/" + std::to_string(i));
  const BoilerplateModel model(learner.model());
  const auto known = [&](std::string_view url) {
    return model.look_up("", u"本地要闻", 4, model.host(url), false).known != nullptr;
  };
  CHECK(known("http://example.org/"));
  CHECK_FALSE(known("http://example.com/"));
  CHECK_FALSE(known(""));
}

TEST_CASE("a document may come in pieces, cut anywhere") {
  BoilerplateLearner learner;
  for (int i = 0; i < 5; ++i) {
    learner.begin();
    for (const char byte : page(i)) learner.feed({&byte, 1});
    learner.end();
  }
  CHECK(learned(learner) == 4);
}

TEST_CASE("of a document with too many blocks the first are counted, dirt or not") {
  std::string tail;
  for (int i = 0; i < 150'000; ++i) tail += "\n第" + std::to_string(i) + "行\u2f00\u2f00\u2f00";
  BoilerplateLearner learner(LearnOptions{.memory = std::uint64_t{16} << 20});
  for (int i = 0; i < 5; ++i) learner.learn(page(i) + tail + "\n" + "此處不再計數\n");
  const BoilerplateModel model(learner.model());
  CHECK(model.look_up("", u"海滨在线首页", 6, 0, false).known != nullptr);
  CHECK(model.look_up("", u"此处不再计数", 6, 0, false).known == nullptr);
}

TEST_CASE("a limit of memory is one of keys") {
  LearnOptions options;
  options.memory = 1;  // as few as may be
  BoilerplateLearner learner(options);
  for (int document = 0; document < 10; ++document) {
    std::string distinct;
    for (int i = 0; i < 500; ++i) distinct += std::to_string(document * 500 + i) + "行\n";
    learner.learn(distinct);
  }
  CHECK(BoilerplateModel(learner.model()).head().missed > 0);
  CHECK(learner.missed() == BoilerplateModel(learner.model()).head().missed);
}

TEST_CASE("hosts are counted within the limit, too") {
  const auto known = [](const BoilerplateLearner& learner, std::string_view url) {
    const BoilerplateModel model(learner.model());
    return model.look_up("", u"本地要闻", 4, model.host(url), false).known != nullptr;
  };
  BoilerplateLearner small(LearnOptions{.memory = 1});
  BoilerplateLearner large;
  for (int i = 0; i < 5'000; ++i) {
    const std::string url = "http://" + std::to_string(i) + ".example/";
    small.learn(std::to_string(i) + "號", url);
    large.learn(std::to_string(i) + "號", url);
    if (i % 10 != 0) continue;
    small.learn(page(i), "http://site.example/");
    large.learn(page(i), "http://site.example/");
  }
  CHECK(small.missed() > 0);
  CHECK(large.missed() == 0);
  CHECK(known(small, "http://site.example/"));  // the host that recurs stays
  CHECK(known(large, "http://site.example/"));
  CHECK_FALSE(known(small, "http://7.example/"));
  CHECK_FALSE(known(large, "http://7.example/"));
}
