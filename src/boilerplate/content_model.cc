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

/// 65536 / (1 + e^-x) for x of 0, ½, 1, … 8, written out since no library need give the same last
/// digit.
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

/// Of elements of equal worth the innermost counts. Posts are disjoint: what lies in one that was
/// chosen, or around it, is passed over.
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
  if (view.is_board()) {
    std::ranges::stable_sort(order, [&](auto a, auto b) { return value(a) > value(b); });
  } else {  // of which none but the first is asked for
    std::iter_swap(order.begin(), std::ranges::max_element(order, {}, value));
  }
  std::vector<bool> chosen(lines.size(), false);
  const std::int64_t least = std::max(value(order[0]) * settings_[kLeastPost] / 100, 2 * kCertain);
  for (const std::size_t i : order) {
    if (i != order[0] && (!view.is_board() || value(i) <= least)) break;
    const auto begin = chosen.begin() + ranges[i].first;
    const auto end = chosen.begin() + ranges[i].end;
    if (std::find(begin, end, true) == end) std::fill(begin, end, true);
  }
  std::vector<bool> cut = chosen;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (std::int64_t{lines[i]} * 100 < settings_[kLeastLikely] * kCertain) cut[i] = false;
  }
  return std::find(cut.begin(), cut.end(), true) == cut.end() ? chosen : cut;
}

/// A page of headlines, a gallery, a form: what is chosen of such says nothing, and who asked for its
/// text shall have it.
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
