// SPDX-License-Identifier: Apache-2.0
// Generated corpora: seeded, so that a failure comes back.
#pragma once

#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace dedup::test {

/// Text in the shapes that the rules look for: few sentences, so that they recur, in two scripts
/// and with half- and full-width marks; blank lines; all three line ends.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {
    for (int i = 0; i < 12; ++i) sentences_.push_back(sentence());
    for (int i = 0; i < 8; ++i) lines_.push_back(line());
    sections_ = below(3) == 0;
  }

  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }

  std::string document(std::size_t lines) {
    std::string text;
    for (std::size_t i = 0; i < lines; ++i) {
      const std::size_t kind = below(10);
      if (kind < 2) {
        text += below(3) == 0 ? "  " : "";
      } else if (kind == 2 || (sections_ && kind == 3)) {
        text += structured();
      } else if (kind < 7) {
        text += lines_[below(lines_.size())];
      } else {
        text += line();
      }
      if (i + 1 < lines || below(4) != 0) text += line_end();
    }
    return text;
  }

  std::vector<std::string> corpus() {
    std::vector<std::string> documents(1 + below(4));
    for (std::string& text : documents) text = document(below(40));
    for (std::size_t i = 1; i < documents.size(); ++i) {
      if (below(2) == 0) documents[i] += passage(documents[i - 1]) + document(below(8));
    }
    return documents;
  }

  /// The same with bytes broken, flipped and cut.
  std::string broken(std::string text) {
    for (std::size_t i = below(8); i > 0 && !text.empty(); --i) {
      const std::size_t at = below(text.size());
      switch (below(3)) {
        case 0:
          text[at] = static_cast<char>(below(256));
          break;
        case 1:
          text.erase(at, 1 + below(3));
          break;
        default:
          text.insert(at, 1, static_cast<char>(0x80 + below(128)));
      }
    }
    return text;
  }

 private:
  /// From the start of one line to the end of another.
  std::string passage(const std::string& text) {
    if (text.empty()) return {};
    const std::size_t first = text.find('\n', below(text.size()));
    if (first == std::string::npos) return {};
    const std::size_t end = text.find('\n', first + 1 + below(text.size() - first));
    return text.substr(first, end == std::string::npos ? end : end + 1 - first);
  }

  std::string sentence() {
    static constexpr std::array<std::string_view, 24> kWords = {
        "春天", "來了", "来了", "山谷", "溪水", "開始", "开始", "流動",
        "流动", "孩子", "老師", "老师", "圖書", "图书", "三月", "十五",
        "2024", "G60",  "走廊", "城市", "花園", "花园", "晚上", "星光"};
    static constexpr std::array<std::string_view, 8> kMarks = {"。", "！", "？",  "。",
                                                               "!",  "……", "。”", ""};
    std::string text;
    for (std::size_t i = 1 + below(12); i > 0; --i) {
      text += kWords[below(kWords.size())];
      if (below(5) == 0) text += below(2) == 0 ? "，" : ",";
    }
    return text + std::string(kMarks[below(kMarks.size())]);
  }

  std::string line() {
    std::string text;
    for (std::size_t i = 1 + below(5); i > 0; --i) {
      text += below(3) == 0 ? sentence() : sentences_[below(sentences_.size())];
    }
    return text;
  }

  /// What makes groups and sections, or parts of them.
  std::string structured() {
    static constexpr std::array<std::string_view, 16> kHeads = {"-----",
                                                                "1. 二〇一九年五月三十一日通过",
                                                                "（副歌）",
                                                                "## 第二节",
                                                                "### 第一款",
                                                                "### 第二款",
                                                                "二、怎样安排",
                                                                "- 甲",
                                                                "- 乙，丙",
                                                                "1. 甲。",
                                                                "2. 乙。",
                                                                "| 甲 | 乙 |",
                                                                "```",
                                                                "办法如下：",
                                                                "书名：山间小路",
                                                                "作者：林某"};
    return std::string(kHeads[below(kHeads.size())]);
  }

  std::string line_end() {
    const std::size_t kind = below(8);
    return kind == 0 ? "\r\n" : kind == 1 ? "\r" : "\n";
  }

  std::mt19937 random_;
  std::vector<std::string> sentences_;
  std::vector<std::string> lines_;
  bool sections_ = false;  // more of what makes them
};

}  // namespace dedup::test
