// SPDX-License-Identifier: Apache-2.0
// P13: time is linear in the input, whatever it holds. Every pair of hostile units is put together
// in every shape and cleaned in every mode at two sizes; twice as much may take at most 2.2 times
// the work.
//
// A single factor of two drowns in the noise of a busy machine, so sizes are eight times apart,
// three doublings, where a quadratic pass takes 64 times as long and a linear one 8 times. What
// looks too slow is measured again, with the least of several runs, and then at larger sizes, where
// a fixed cost matters less and a quadratic pass more: only what grows too fast there is a fault.
#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "catch.h"
#include "dedup/dedup.h"
#include "linear/hostile.h"
#include "linear/work_meter.h"
#include "support.h"

namespace dedup::test {
namespace {

constexpr double kMostPerDoubling = 2.2;
constexpr std::size_t kFactor = 8;                      // between the two sizes
constexpr std::size_t kSmall = std::size_t{8} << 10;    // bytes: so little that it takes no time
constexpr std::size_t kWindows = std::size_t{1} << 20;  // eight times as much fills two
constexpr std::size_t kLongLine = 4'000'000;            // less than a window
constexpr double kMostGrowth = kMostPerDoubling * kMostPerDoubling * kMostPerDoubling;

struct Discard : Sink {
  void kept(std::string_view) override {}
  void edit(const Edit&) override {}
};

enum class Mode { defaults, near, page, whole };

std::string_view mode_name(Mode mode) {
  switch (mode) {
    case Mode::defaults:
      return "defaults";
    case Mode::near:
      return "near";
    case Mode::page:
      return "page";
    case Mode::whole:
      return "whole";
  }
  return {};
}

Options options_of(Mode mode) {
  Options options;
  if (mode == Mode::near) {
    options.paragraphs = Paragraphs::near;
    options.documents = Documents::near;
    options.sentences = Sentences::lone;
    options.scope = Scope::wide;
    options.boilerplate = Boilerplate::off;
  } else if (mode == Mode::page) {
    options.boilerplate = Boilerplate::page;
    options.boilerplate_rules =
        "class own\nstrong 天天天 … 转载请\nstrong <start> … 版权所有 … <digits> <end>\n"
        "line 免责声明 … 责任编辑\nweak 标签值标签\nbyline 标签 / …\ncredit 创创创\nbutton "
        "天\nbutton 创\n"
        "keep 创天 … 天创\n";
  } else if (mode == Mode::whole) {  // no piece of a line goes, however alike they are
    options.min_block = options.min_block_across = ~std::uint32_t{0};
    options.sentences = Sentences::off;
    options.runs = false;
  }
  return options;
}

struct Case {
  Mode mode = Mode::defaults;
  Shape shape = Shape::line;
  std::string_view a;
  std::string_view b;

  [[nodiscard]] std::string text(std::size_t bytes) const {
    return hostile_text(shape, a, b, bytes);
  }
  [[nodiscard]] std::string label() const {
    return std::string(mode_name(mode)) + ' ' + std::string(name(shape)) + ' ' + visible(a) +
           " × " + visible(b);
  }
};

/// Measures cases, and remembers what grew fastest.
class Judge {
 public:
  explicit Judge(std::size_t bytes) : bytes_(bytes) {}

  /// Whether the work does not leap where a line outgrows a window: from a line of somewhat less to
  /// one of twice that. Such a leap is soon made up for at larger sizes, so there is no asking
  /// them.
  bool is_level(const Case& hostile) {
    ++cases_;
    Growth growth;
    for (const int runs : {1, 3, 7}) {
      growth = growth_of(hostile, bytes_, runs, 2);
      if (growth.factor <= most_level()) break;
    }
    worst_.emplace(growth.factor, hostile.label());
    if (worst_.size() > kReported) worst_.erase(worst_.begin());
    return growth.factor <= most_level();
  }

  /// Processor time also tells what the caches hold of the smaller text and not of the larger.
  [[nodiscard]] double most_level() const noexcept {
    return meter_.counts_instructions() ? kMostPerDoubling : 2.5;
  }

  /// Whether the work for the case grows as it should.
  bool is_linear(const Case& hostile) {
    ++cases_;
    // Each step is asked only where the one before cannot tell.
    Growth growth;
    for (const auto& [bytes, runs] : {Step{bytes_, 1}, Step{bytes_, 5}, Step{4 * bytes_, 3},
                                      Step{4 * bytes_, 7}, Step{16 * bytes_, 5}}) {
      growth = growth_of(hostile, bytes, runs);
      if (growth.factor <= kMostGrowth || growth.spent > kLongest) break;
    }
    worst_.emplace(growth.factor, hostile.label());
    if (worst_.size() > kReported) worst_.erase(worst_.begin());
    return growth.factor <= kMostGrowth;
  }

  void report(double most = kMostGrowth, std::size_t factor = kFactor) const {
    std::printf("%zu cases by %s; the fastest growing, of %.2f allowed for %zu times the text:\n",
                cases_, meter_.counts_instructions() ? "instructions" : "processor time", most,
                factor);
    for (auto worst = worst_.rbegin(); worst != worst_.rend(); ++worst) {
      std::printf("  %6.2f  %s\n", worst->first, worst->second.c_str());
    }
  }

 private:
  struct Step {
    std::size_t bytes;
    int runs;
  };
  struct Growth {
    double factor = 0;
    double spent = 0;  // by the longest run
  };
  static constexpr std::size_t kReported = 10;
  static constexpr double kLongest = 1e9;  // a second or so: what takes longer is not tried larger

  /// The least of several runs, since whatever else goes on can only add to the work. The sizes
  /// take turns, so that it adds to both.
  Growth growth_of(const Case& hostile, std::size_t bytes, int runs,
                   std::size_t factor = kFactor) const {
    const Options options = options_of(hostile.mode);
    const std::string small = hostile.text(bytes);
    const std::string large = hostile.text(factor * bytes);
    double least_small = work(small, options);
    double least_large = work(large, options);
    for (int run = 1; run < runs && least_large < kLongest; ++run) {
      least_small = std::min(least_small, work(small, options));
      least_large = std::min(least_large, work(large, options));
    }
    return {least_large / least_small, least_large};
  }

  double work(const std::string& text, const Options& options) const {
    Discard sink;
    Cleaner cleaner(options);
    const double start = meter_.now();
    cleaner.clean(text, sink);
    return meter_.now() - start;
  }

  WorkMeter meter_;
  std::size_t bytes_;
  std::size_t cases_ = 0;
  std::multimap<double, std::string> worst_;
};

/// All pairs of units in a mode and shape; for halves both orders, else ab is as good as ba.
void check_pairs(Mode mode, Shape shape, std::size_t bytes = kSmall) {
  keep_memory();
  Judge judge(bytes);
  const auto units = hostile_units();
  for (std::size_t i = 0; i < units.size(); ++i) {
    for (std::size_t j = shape == Shape::halves ? 0 : i; j < units.size(); ++j) {
      const Case hostile{mode, shape, units[i], units[j]};
      INFO(hostile.label());
      CHECK(judge.is_linear(hostile));
    }
  }
  judge.report();
}

/// Every unit by itself, in texts of more than a window.
void check_windows(Mode mode, Shape shape) {
  keep_memory();
  Judge judge(kWindows);
  for (const std::string_view unit : hostile_units()) {
    const Case hostile{mode, shape, unit, {}};
    INFO(hostile.label());
    CHECK(judge.is_linear(hostile));
  }
  judge.report();
}

/// Lines of a unit each that a window just holds, and of twice that.
void check_long_lines(std::span<const std::string_view> units) {
  keep_memory();
  Judge judge(kLongLine);
  for (const std::string_view unit : units) {
    const Case hostile{Mode::whole, Shape::line, unit, {}};
    INFO(hostile.label());
    CHECK(judge.is_level(hostile));
  }
  judge.report(judge.most_level(), 2);
}

}  // namespace

TEST_CASE("linear where a line outgrows a window") {
  constexpr std::array kUnits{std::string_view("天"), std::string_view("。"), std::string_view("a"),
                              std::string_view("&amp;")};
  check_long_lines(kUnits);
}
TEST_CASE("linear where hostile lines outgrow a window", "[slow]") {
  check_long_lines(hostile_units());
}

TEST_CASE("linear in hostile lines") { check_pairs(Mode::defaults, Shape::line); }
TEST_CASE("linear in hostile halves") { check_pairs(Mode::defaults, Shape::halves); }
TEST_CASE("linear in hostile notices") { check_pairs(Mode::defaults, Shape::notice); }
TEST_CASE("linear in hostile lines for near") { check_pairs(Mode::near, Shape::lines); }
TEST_CASE("linear in hostile lines for pages") { check_pairs(Mode::page, Shape::lines); }
TEST_CASE("linear in hostile notices for own rules") { check_pairs(Mode::page, Shape::notice); }

TEST_CASE("linear in hostile text of every shape, in every mode", "[slow]") {
  for (const Mode mode : {Mode::defaults, Mode::near, Mode::page}) {
    for (const Shape shape : kShapes) check_pairs(mode, shape, 2 * kSmall);
  }
}

TEST_CASE("linear in hostile text longer than a window", "[slow]") {
  for (const Mode mode : {Mode::defaults, Mode::near, Mode::page}) {
    for (const Shape shape : {Shape::line, Shape::lines}) check_windows(mode, shape);
  }
}

}  // namespace dedup::test
