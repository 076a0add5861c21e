// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/content_model.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "boilerplate/model_text.h"
#include "boilerplate/page_model.h"
#include "boilerplate/whole_numbers.h"
#include "dedup/error.h"

namespace dedup::boilerplate {
namespace {

constexpr std::array<std::string_view, kNameClasses> kNameClassNames{
    "text", "furniture", "comment", "about", "overlay", "thread"};

constexpr std::size_t kHeadlineReach = 40;  // lines above the article
constexpr std::size_t kNear = 3;            // lines from a table to text

/// 65536 / (1 + e^-x) for x of 0, ½, 1, … 8, written out since no library need give the same
/// last digit.
constexpr std::array<std::int32_t, 17> kLogistic{32768, 40793, 47911, 53580, 57724, 60568,
                                                 62428, 63609, 64357, 64819, 65097, 65268,
                                                 65374, 65437, 65476, 65500, 65514};

}  // namespace

ContentModel::ContentModel() : ContentModel(builtin_content_model()) {}

/// Words of its own come first: of a word in two lists the first counts.
ContentModel::ContentModel(std::string_view text) {
  read_model_text(text, "content model",
                  [this](auto kind, auto name, auto value) { read(kind, name, value); });
  read_model_text(builtin_page_model(), "page model", [this](auto kind, auto name, auto value) {
    if (kind == "cues") add_cues(cues_, name, value);
  });
  cues_.seal();
  names_.seal();
}

void ContentModel::read(std::string_view kind, std::string_view name, std::string_view value) {
  const auto number_in = [&](const auto& known) {
    const auto found = std::ranges::find(known, name);
    if (found == known.end()) throw FormatError("no such " + std::string(kind));
    return static_cast<std::size_t>(found - known.begin());
  };
  if (kind == "weight") {
    const std::size_t feature = number_in(content_feature_names());
    std::erase_if(weights_, [&](const Weight& weight) { return weight.feature == feature; });
    weights_.push_back({feature, hundredths(value)});
  } else if (kind == "setting") {
    settings_[number_in(kSettings)] = hundredths(value);
  } else if (kind == "cues") {
    add_cues(cues_, name, value);
  } else if (kind == "names") {
    const std::size_t its_class = number_in(kNameClassNames);
    while (!value.empty()) {
      names_.add(take(value, ' '), static_cast<unsigned>(its_class));
    }
  } else {
    throw FormatError("neither weight nor setting nor words");
  }
}

/// On straight lines between the places of the table.
ContentModel::Probability ContentModel::probability(
    const std::vector<std::int32_t>& features) const noexcept {
  constexpr std::int64_t kHalf = std::int64_t{kFeatureOne} * 100 / 2;  // a step of the table
  std::int64_t score = 0;
  for (const Weight& weight : weights_) score += weight.hundredths * features[weight.feature];
  const std::int64_t distance =
      std::min(score < 0 ? -score : score, kHalf * std::int64_t{kLogistic.size() - 1});
  const auto step = static_cast<std::size_t>(distance / kHalf);
  const std::int64_t rest = distance % kHalf;
  const std::int64_t next = kLogistic[std::min(step + 1, kLogistic.size() - 1)];
  const std::int64_t value = kLogistic[step] + (next - kLogistic[step]) * rest / kHalf;
  return static_cast<Probability>(score < 0 ? kCertain - value : value);
}

std::vector<ContentVerdict> ContentModel::judge(const ContentLines& page) const {
  if (page.looks().empty()) {
    return {};
  }
  const ContentView view(page);
  if (view.frame_lines() * 100 < static_cast<std::size_t>(settings_[kLeastFrame])) {
    return std::vector<ContentVerdict>(page.looks().size());
  }
  std::vector<Probability> likely;
  likely.reserve(page.looks().size());
  std::vector<std::int32_t> features;
  for (std::size_t i = 0; i < page.looks().size(); ++i) {
    view.features(i, features);
    likely.push_back(page.looks()[i].has(PageLine::kByRule) ? 0 : probability(features));
  }
  std::vector<bool> chosen = choose(view, likely);
  if (!is_article(view, likely, chosen)) {
    return std::vector<ContentVerdict>(likely.size());
  }
  add_headline(page, chosen);
  std::vector<ContentVerdict> verdicts;
  verdicts.reserve(likely.size());
  for (std::size_t i = 0; i < likely.size(); ++i) {
    verdicts.push_back(
        {.furniture = !chosen[i], .score = static_cast<float>(kCertain - likely[i]) / kCertain});
  }
  return verdicts;
}

/// Of elements of equal worth the innermost counts. Parts are disjoint: what lies in one that was
/// chosen, or around it, is passed over. On a board they may stand anywhere, else in the element
/// next around the best, as the steps of a recipe and what it takes do.
std::vector<bool> ContentModel::choose(const ContentView& view,
                                       const std::vector<Probability>& lines) const {
  const std::int64_t worth = settings_[kWorth] * kCertain / 100;
  std::vector<std::int64_t> sums{0};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    sums.push_back(sums.back() + view.chars(i) * (std::int64_t{lines[i]} - worth));
  }
  const auto& ranges = view.ranges();
  std::vector<std::size_t> order(ranges.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::rotate(order.begin(), order.end() - 1, order.end());  // the whole page, which is outermost
  const auto value = [&](std::size_t i) { return sums[ranges[i].end] - sums[ranges[i].first]; };
  std::ranges::reverse(order);
  std::ranges::stable_sort(order, [&](auto a, auto b) { return value(a) > value(b); });
  const auto around = view.is_board() ? ranges.back() : ranges[view.wider(order[0])];
  const std::int64_t share = settings_[view.is_board() ? kLeastPost : kLeastPart];
  const std::int64_t least = std::max(value(order[0]) * share / 100, 2 * kCertain);
  std::vector<bool> chosen(lines.size(), false);
  for (const std::size_t i : order) {
    if (i != order[0] && value(i) <= least) break;
    const auto& range = ranges[i];
    if (range.first < around.first || range.end > around.end) continue;
    const auto begin = chosen.begin() + range.first;
    const auto end = chosen.begin() + range.end;
    if (std::find(begin, end, true) == end) std::fill(begin, end, true);
  }
  const std::vector<bool> left = cut(view, lines, chosen);
  return std::find(left.begin(), left.end(), true) == left.end() ? chosen : left;
}

/// Tables, lists and code stay or go whole, by the mean of their lines: nothing is cut within. A
/// table amid the text, and a heading above it, has to look very much like furniture to go.
std::vector<bool> ContentModel::cut(const ContentView& view, const std::vector<Probability>& lines,
                                    const std::vector<bool>& chosen) const {
  const auto is_likely = [&](std::int64_t likely, Setting least) {
    return likely * 100 >= settings_[least] * kCertain;
  };
  std::vector<bool> left = chosen;
  std::vector<std::int64_t> means(lines.size());  // of the group of each line
  for (std::size_t first = 0, end = 0; first < lines.size(); first = end) {
    std::int64_t sum = 0;
    std::int64_t chars = 0;
    do {
      sum += std::int64_t{lines[end]} * view.chars(end);
      chars += view.chars(end);
      ++end;
    } while (end < lines.size() && view.goes_on(end) && chosen[end] == chosen[first]);
    for (std::size_t i = first; i < end; ++i) {
      means[i] = sum / chars;
      left[i] = chosen[i] && is_likely(means[i], kLeastLikely);
    }
  }
  const std::vector<bool> text = left;
  const auto any = [&](std::size_t first, std::size_t end) {
    return std::find(text.begin() + static_cast<std::ptrdiff_t>(first),
                     text.begin() + static_cast<std::ptrdiff_t>(end),
                     true) != text.begin() + static_cast<std::ptrdiff_t>(end);
  };
  for (std::size_t i = lines.size(); i > 0; --i) {
    const std::size_t at = i - 1;
    if (left[at] || !chosen[at] || !is_likely(means[at], kLeastInside)) continue;
    const auto [first, end] = view.table_at(at);
    const bool amid = first < end && any(first - std::min<std::size_t>(first, kNear), first) &&
                      any(end, std::min(end + kNear, lines.size()));
    left[at] = amid || (view.is_heading(at) && i < lines.size() && left[i]);
  }
  return left;
}

/// A page of headlines, a gallery, a form: what is chosen of such says nothing, and who asked for
/// its text shall have it.
bool ContentModel::is_article(const ContentView& view, const std::vector<Probability>& lines,
                              const std::vector<bool>& chosen) const {
  std::int64_t chars = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (chosen[i]) chars += view.chars(i) * std::int64_t{lines[i]};
  }
  return chars * 100 >= settings_[kLeastArticle] * kCertain;
}

/// It names what follows, and stands in the page's title.
void ContentModel::add_headline(const ContentLines& page, std::vector<bool>& chosen) {
  const auto title = page.title();
  const auto first = std::find(chosen.begin(), chosen.end(), true);
  const auto above = static_cast<std::size_t>(first - chosen.begin());
  if (title && *title < above && above - *title <= kHeadlineReach) {
    chosen[*title] = true;
  }
}

}  // namespace dedup::boilerplate
