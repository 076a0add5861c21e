// SPDX-License-Identifier: Apache-2.0
// Two ways tell that a procedure goes on behind other lines: the next number, which few texts have
// by chance, or another 1. with something shown before it. A heading, a line across, the end of a
// zone and an item of a higher order (二、) are its ends.
#include "structure/steps.h"

namespace dedup::structure {
namespace {

constexpr std::size_t kMostBetween = 12;  // parts between two items
constexpr int kMostInZones = 4;           // steps that only zones have
constexpr std::size_t kMostOutcome = 2;   // paragraphs in a row behind the last step

/// Whether what stands at line i is no part of the section before it.
bool is_border(const Ground& ground, std::size_t i) noexcept {
  const bool zone_ends = ground.free(i) && ground[i].zone < 0;
  return i >= ground.size() || zone_ends || ground.is(i, Kind::heading) || ground.is(i, Kind::rule);
}

/// Whether the number at line i is the next to that of `last`, or one behind those in zones.
bool is_next_number(const Ground& ground, std::size_t last, std::size_t i, bool zones) noexcept {
  const int more = ground[i].number - ground[last].number;
  return more == 1 || (zones && more > 0 && more <= 1 + kMostInZones);
}

/// Whether the item at line i counts steps as 1. 1. 1.
bool repeats_one(const Ground& ground, std::size_t first, std::size_t i) noexcept {
  return ground[first].number == 1 && ground[i].number == 1;
}

}  // namespace

bool goes_on(const Ground& ground, std::size_t first, std::size_t i) noexcept {
  return ground.is(i, Kind::item) && ground[i].numbering == ground[first].numbering;
}

bool is_shown(const Ground& ground, std::size_t i) noexcept {
  if (i >= ground.size()) {
    return false;
  }
  return ground.is_closed(i) || ground.zone_end(i) != i || ground[i].kind == Kind::code ||
         ground[i].kind == Kind::media;
}

bool holds_step(const Ground& ground, std::size_t first, std::size_t i) noexcept {
  return ground.free(i) && ground.zone_end(i) != i &&
         ground[first].numbering == Numbering::digits &&
         goes_on(ground, first, ground.filled(i + 1));
}

Reach next_item(const Ground& ground, std::size_t first, std::size_t last,
                std::size_t end) noexcept {
  const std::size_t next = ground.filled(end);
  const bool speaks = ground[last].speaks || ground[last].lead_in || is_shown(ground, next);
  if (goes_on(ground, first, next) || ground[first].numbering != Numbering::digits || !speaks) {
    return {.at = next};
  }
  Reach reach{.at = next};
  bool zones = false;
  for (std::size_t parts = 0; parts < kMostBetween && !is_border(ground, reach.at); ++parts) {
    if (goes_on(ground, first, reach.at)) {
      const bool again =
          reach.shown && repeats_one(ground, first, last) && repeats_one(ground, first, reach.at);
      if (again || is_next_number(ground, last, reach.at, zones)) {
        return reach;
      }
    } else if (ground.is(reach.at, Kind::item) &&
               ground[reach.at].numbering == Numbering::chinese) {
      break;
    }
    zones = zones || holds_step(ground, first, reach.at);
    reach.shown = reach.shown || is_shown(ground, reach.at);
    reach.at = ground.filled(ground.part_end(reach.at));
  }
  return {.at = next};
}

std::size_t steps_end(const Ground& ground, std::size_t end) noexcept {
  std::size_t paragraphs = 0;  // since something was shown
  std::size_t last = end;      // behind what belongs to the step, whatever follows
  bool told_any = false;
  for (std::size_t parts = 0; parts < kMostBetween; ++parts) {
    const std::size_t i = ground.filled(end);
    if (is_border(ground, i)) {
      // The last lines of a document are often of the site, not of the text.
      return i >= ground.size() && paragraphs > 1 ? last : end;
    }
    const bool told = ground.is(i, Kind::prose) && !ground[i].quoted;
    const bool shown = is_shown(ground, i) || ground[i].quoted || ground.is(i, Kind::row);
    if ((!told && !shown) || paragraphs + (told ? 1 : 0) > kMostOutcome) {
      break;
    }
    paragraphs = told ? paragraphs + 1 : 0;
    told_any = told_any || told;
    end = ground.part_end(i);
    last = told_any ? last : end;
  }
  return last;
}

}  // namespace dedup::structure
