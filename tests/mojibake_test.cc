// SPDX-License-Identifier: Apache-2.0
// Lines that were read in a wrong charset before.
#include "text/repair/mojibake.h"

#include <string>
#include <string_view>

#include "catch.h"
#include "text/repair/repair.h"

namespace dedup::text {
namespace {

std::string repaired(std::string_view text) { return text::apply(text, repair(text)); }

constexpr std::string_view kText = "图书馆的新馆在河边，周末开放。";
constexpr std::string_view kUtf8AsLatin1 =
    "\u00E5\u009B\u00BE\u00E4\u00B9\u00A6\u00E9\u00A6\u0086\u00E7\u009A\u0084\u00E6\u0096\u00B0"
    "\u00E9\u00A6\u0086\u00E5\u009C\u00A8\u00E6\u00B2\u00B3\u00E8\u00BE\u00B9\u00EF\u00BC\u008C"
    "\u00E5\u0091\u00A8\u00E6\u009C\u00AB\u00E5\u00BC\u0080\u00E6\u0094\u00BE\u00E3\u0080\u0082";
constexpr std::string_view kUtf8AsWindows =
    "\u00E5\u203A\u00BE\u00E4\u00B9\u00A6\u00E9\u00A6\u2020\u00E7\u0161\u201E\u00E6\u2013\u00B0"
    "\u00E9\u00A6\u2020\u00E5\u0153\u00A8\u00E6\u00B2\u00B3\u00E8\u00BE\u00B9\u00EF\u00BC\u0152"
    "\u00E5\u2018\u00A8\u00E6\u0153\u00AB\u00E5\u00BC\u20AC\u00E6\u201D\u00BE\u00E3\u20AC\u201A";
constexpr std::string_view kUtf8AsMac =
    "\u00C2\u00F5\u00E6\u2030\u03C0\u00B6\u00C8\u00B6\u00DC\u00C1\u00F6\u00D1\u00CA\u00F1\u221E"
    "\u00C8\u00B6\u00DC\u00C2\u00FA\u00AE\u00CA\u2264\u2265\u00CB\u00E6\u03C0\u00D4\u00BA\u00E5"
    "\u00C2\u00EB\u00AE\u00CA\u00FA\u00B4\u00C2\u00BA\u00C4\u00CA\u00EE\u00E6\u201E\u00C4\u00C7";
constexpr std::string_view kGbkAsLatin1 =
    "\u00CD\u00BC\u00CA\u00E9\u00B9\u00DD\u00B5\u00C4\u00D0\u00C2\u00B9\u00DD\u00D4\u00DA\u00BA"
    "\u00D3\u00B1\u00DF\u00A3\u00AC\u00D6\u00DC\u00C4\u00A9\u00BF\u00AA\u00B7\u00C5\u00A1\u00A3";

TEST_CASE("a line of mojibake becomes what it was") {
  for (const std::string_view line : {kUtf8AsLatin1, kUtf8AsWindows, kUtf8AsMac, kGbkAsLatin1}) {
    INFO(line);
    CHECK(unmangled(line) == std::string(kText));
    CHECK(repaired("甲\n" + std::string(line) + "\n乙\n") ==
          "甲\n" + std::string(kText) + "\n乙\n");
  }
  const Changes changes = repair(kUtf8AsWindows);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].kind == RepairKind::mojibake);
}

TEST_CASE("what hid it makes no difference to a second repair") {
  const std::string line(kUtf8AsWindows);
  for (const std::string& hidden :
       {line.substr(0, 2) + "\u200B" + line.substr(2), "&#xE5;" + line.substr(2), line + "&#xA0;",
        std::string("刘&#xE863;，在位"), std::string("刘\uE863 ，在位"),
        std::string("刘\u200B\uE863，在位"),
        // one ideograph more, and it is no code
        std::string("a'umA?#xf;ll;+&#xA0刘\uE863，x1r+b")}) {
    INFO(hidden);
    const std::string once = repaired(hidden);
    CHECK(repaired(once) == once);
  }
}

TEST_CASE("what is not provably so stays") {
  const std::string cut(kUtf8AsWindows.substr(0, kUtf8AsWindows.size() - 3));
  for (const std::string& line : {
           "乱码" + std::string(kUtf8AsWindows),  // quoted
           std::string(kUtf8AsWindows) + " 是乱码",
           cut,  // the end is lost
           std::string("Les \u00E9l\u00E8ves pr\u00E9f\u00E8rent \u00EAtre r\u00E9veill\u00E9s"),
           std::string("\u00C4\u00D6\u00DC\u00E4\u00F6\u00FC\u00DF \u00C4\u00D6\u00DC"),
           std::string("\u00E5\u00A5\u00BD"),  // one ideograph
           std::string("caf\u00E9 \u00C0 la carte"),
           "```\n" + std::string(kUtf8AsWindows) + "\n```",
       }) {
    INFO(line);
    CHECK(repaired(line) == line);
  }
}

}  // namespace
}  // namespace dedup::text
