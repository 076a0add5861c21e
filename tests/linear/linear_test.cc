// SPDX-License-Identifier: Apache-2.0
// P13: time is linear in the input, whatever it holds. Every pair of hostile units is put together
// in every shape and cleaned in every mode at two sizes; twice as much may take at most 2.2 times
// the work (see judge.h).
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "catch.h"
#include "dedup/dedup.h"
#include "linear/hostile.h"
#include "linear/judge.h"
#include "support.h"

namespace dedup::test {
namespace {

constexpr std::size_t kSmall = std::size_t{8} << 10;    // bytes: so little that it takes no time
constexpr std::size_t kWindows = std::size_t{1} << 20;  // eight times as much fills two
constexpr std::size_t kLongLine = 4'000'000;            // less than a window

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

double work_of(Mode mode, const WorkMeter& meter, const std::string& text) {
  Discard sink;
  Cleaner cleaner(options_of(mode));
  const double start = meter.now();
  cleaner.clean(text, sink);
  return meter.now() - start;
}

Labour labour_of(Mode mode, Shape shape, std::string_view a, std::string_view b) {
  return {
      std::string(mode_name(mode)) + ' ' + std::string(name(shape)) + ' ' + visible(a) + " × " +
          visible(b),
      [=](std::size_t bytes) { return hostile_text(shape, a, b, bytes); },
      [=](const WorkMeter& meter, const std::string& text) { return work_of(mode, meter, text); }};
}

/// All pairs of units in a mode and shape; for halves both orders, else ab is as good as ba.
void check_pairs(Mode mode, Shape shape, std::size_t bytes = kSmall) {
  keep_memory();
  Judge judge(bytes);
  const auto units = hostile_units();
  for (std::size_t i = 0; i < units.size(); ++i) {
    for (std::size_t j = shape == Shape::halves ? 0 : i; j < units.size(); ++j) {
      const Labour hostile = labour_of(mode, shape, units[i], units[j]);
      INFO(hostile.label);
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
    const Labour hostile = labour_of(mode, shape, unit, {});
    INFO(hostile.label);
    CHECK(judge.is_linear(hostile));
  }
  judge.report();
}

/// Lines of a unit each that a window just holds, and of twice that.
void check_long_lines(std::span<const std::string_view> units) {
  keep_memory();
  Judge judge(kLongLine);
  for (const std::string_view unit : units) {
    const Labour hostile = labour_of(Mode::whole, Shape::line, unit, {});
    INFO(hostile.label);
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
