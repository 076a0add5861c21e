// Hostile input takes time linear in its size: four times as much of it takes about four times as
// long, where a quadratic pass would take sixteen. Slow, and alone on a core if figures are wanted.
#include <algorithm>
#include <chrono>
#include <string>

#include "catch.h"
#include "dedup/dedup.h"

namespace {

struct Discard : dedup::Sink {
  void kept(std::string_view) override {}
  void edit(const dedup::Edit&) override {}
};

std::string repeat(std::string_view text, std::size_t bytes) {
  std::string result;
  while (result.size() < bytes) result += text;
  return result;
}

/// Distinct lines made of one sentence with a number in it.
std::string numbered(std::size_t bytes) {
  std::string result;
  for (int i = 0; result.size() < bytes; ++i) {
    result += "海邊的小城在清晨醒來第" + std::to_string(i) +
              "艘漁船駛出港口碼頭上的人們忙著整理漁網孩子們"
              "背著書包沿著石板路走向學校\n";
  }
  return result;
}

double seconds(const std::string& text, const dedup::Options& options) {
  double best = 1e9;
  for (int run = 0; run < 2; ++run) {
    const auto start = std::chrono::steady_clock::now();
    Discard sink;
    dedup::Cleaner(options).clean(text, sink);
    best = std::min(
        best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

}  // namespace

TEST_CASE("time is linear in the size of hostile input", "[slow]") {
  // More than a window each, so that what lasts longer than a window shows as well.
  constexpr std::size_t kSmall = std::size_t{5} << 20;
  dedup::Options near;
  near.paragraphs = dedup::Paragraphs::near;
  near.documents = dedup::Documents::near;
  for (const std::string_view unit : {"春夏秋冬。",
                                      "x",
                                      "\n",
                                      "\r",
                                      "x\n",
                                      "\u0301\u0316",
                                      "(創(",
                                      "創(chuàng)",
                                      "創(chu",
                                      "&amp;",
                                      "&",
                                      "\u202E春",
                                      "創 ",
                                      " ，",
                                      "“”\"'",
                                      "...。！",
                                      "1.",
                                      "責任編輯：",
                                      "免責聲明不代表本",
                                      "春夏秋冬山水花鳥風月天地人和日星春夏秋冬山水花鳥風月天地人和"
                                      "日星春夏秋冬山水花鳥風月天地人和日星。\n"}) {
    CAPTURE(std::string(unit));
    const double small = seconds(repeat(unit, kSmall), dedup::Options());
    CHECK(seconds(repeat(unit, 4 * kSmall), dedup::Options()) < 10 * small + 0.05);
  }
  for (const dedup::Options& options : {dedup::Options(), near}) {
    const double small = seconds(numbered(kSmall), options);
    CHECK(seconds(numbered(4 * kSmall), options) < 10 * small + 0.05);
  }
}
