// SPDX-License-Identifier: Apache-2.0
// From lines to verdicts, in whole numbers throughout:
//
//   is_framed()   is this a scraped page at all?     no: nothing is furniture
//   score()       of each line by itself             weights in hundredths, features in 1/256
//   best_runs()   the division with the best sum
//   guard()       takes back what must not go
//
// Weights and settings are kept in hundredths as they are written, so that scores are exact.
#include "boilerplate/page_model.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <unordered_set>
#include <utility>

#include "boilerplate/model_text.h"
#include "boilerplate/page_pieces.h"
#include "dedup/error.h"

namespace dedup::boilerplate {

using structure::Kind;

namespace {

constexpr std::int32_t kHundredths = 100;  // weights are held in
constexpr std::int64_t kScoreOne = std::int64_t{kFeatureOne} * kHundredths;
constexpr std::size_t kFirstOfLine = 1;       // features before it belong to the page
constexpr std::size_t kPageOnly = 3;          // features at the end that do, too
constexpr std::size_t kSignature = 3;         // lines, from the main text to a date
constexpr std::size_t kShortestHeadline = 8;  // units, of a first line without a repeat
constexpr int kShortestWords = 6;
constexpr int kShortestBeside = 4;  // right above the main text
constexpr int kLongestHeadline = 40;
constexpr std::size_t kHeadlineReach = 8;  // lines above the main text
constexpr std::size_t kEndOfNote = 2;      // lines of furniture
constexpr int kLongestEntry = 4;           // units, of a channel's name
constexpr std::size_t kEntryReach = 3;     // lines before and behind
constexpr std::size_t kLeastTeasers = 2;
constexpr std::string_view kTeaserReason = "page: teaser";

}  // namespace

PageModel::PageModel() : PageModel(builtin_page_model()) {}

PageModel::PageModel(std::string_view text) {
  for (std::size_t i = 0; i < kPageFeatures; ++i) {
    reasons_[i] = "page: " + std::string(page_feature_names()[i]);
  }
  read_model_text(text, "page model",
                  [this](auto kind, auto name, auto value) { read(kind, name, value); });
  cues_.seal();
}

void PageModel::read(std::string_view kind, std::string_view name, std::string_view value) {
  if (kind == "weight") {
    const auto& names = page_feature_names();
    const auto feature = std::ranges::find(names, name);
    if (feature == names.end()) throw FormatError("no such feature");
    weights_[static_cast<std::size_t>(feature - names.begin())] = hundredths(value);
  } else if (kind == "setting") {
    const auto setting = std::ranges::find(kSettings, name);
    if (setting == kSettings.end()) throw FormatError("no such setting");
    settings_[static_cast<std::size_t>(setting - kSettings.begin())] = hundredths(value);
  } else if (kind == "cues") {
    add_cues(cues_, name, value);
  } else {
    throw FormatError("neither weight nor setting nor cues");
  }
}

/// All lines of a piece share its verdict.
std::vector<PageVerdict> PageModel::judge(std::span<const PageLine> lines) const {
  const PagePieces pieces(lines);
  const std::vector<PageVerdict> of_pieces =
      is_framed(lines) ? judge_pieces(pieces.pieces()) : judge_teasers(pieces.pieces());
  std::vector<PageVerdict> verdicts;
  verdicts.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) verdicts.push_back(of_pieces[pieces.piece_of(i)]);
  return verdicts;
}

/// Scores first, runs of them next, and guards last, which only ever speak of single lines.
std::vector<PageVerdict> PageModel::judge_pieces(std::span<const PageLine> lines) const {
  std::vector<PageVerdict> verdicts(lines.size());
  const PageView view(lines);
  std::vector<std::int64_t> scores;
  scores.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) scores.push_back(score(view.features(i)));
  std::vector<bool> removed = best_runs(scores);
  guard(lines, view, scores, removed);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    verdicts[i].score = static_cast<double>(scores[i]) / kScoreOne;
    verdicts[i].furniture = removed[i];
    if (removed[i]) verdicts[i].reason = reason(view.features(i));
  }
  return verdicts;
}

/// What shows no frame keeps all but teasers of other channels behind its end, which a byline or
/// the like parts from the article: two at least, up to the last line but for furniture.
std::vector<PageVerdict> PageModel::judge_teasers(std::span<const PageLine> lines) {
  std::vector<PageVerdict> verdicts(lines.size());
  std::size_t first = lines.size();
  std::size_t teasers = 0;
  while (first > 0 && (lines[first - 1].has(PageLine::kTeaser) || is_furniture(lines[first - 1])))
    teasers += lines[--first].has(PageLine::kTeaser) ? 1 : 0;
  const auto text = [](const PageLine& line) { return is_text(line); };
  if (teasers < kLeastTeasers || std::ranges::none_of(lines.first(first), text)) return verdicts;
  for (bool parted = false; first < lines.size(); ++first) {
    const bool teaser = lines[first].has(PageLine::kTeaser);
    if (parted && teaser) verdicts[first] = {true, 1, kTeaserReason};
    parted = parted || !teaser;
  }
  return verdicts;
}

/// Whether the lines look like a page with its frame: cue lines, each counted
/// once and by its words, at most three. Ordinary texts have next to none.
bool PageModel::is_framed(std::span<const PageLine> lines) const {
  if (lines.size() * kHundredths < static_cast<std::size_t>(settings_[kLeastLines])) return false;
  std::unordered_set<std::uint64_t> seen;
  std::size_t words = 0;
  for (const PageLine& line : lines) {
    const unsigned covered = line.cues[0] + 0U + line.cues[1] + line.cues[2];
    if (covered == 0 || covered * 2 < line.key_units || line.is(Kind::code)) continue;
    if (seen.insert(line.hash).second) words += std::min(covered / 2, 3U);
  }
  words *= kHundredths;
  return words >= static_cast<std::size_t>(settings_[kLeastCues]) &&
         words * 100 >= static_cast<std::size_t>(settings_[kLeastCuePercent]) * lines.size();
}

/// Above 0 speaks for furniture, in units of 1 / kScoreOne.
std::int64_t PageModel::score(const PageFeatures& features) const {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < kPageFeatures; ++i) {
    sum += std::int64_t{weights_[i]} * features[i];
  }
  return sum;
}

/// The feature that adds most to the score, of those that tell lines of one
/// page apart.
std::string_view PageModel::reason(const PageFeatures& features) const {
  std::size_t most = kFirstOfLine;
  std::int64_t gain = 0;
  for (std::size_t i = kFirstOfLine; i < kPageFeatures - kPageOnly; ++i) {
    const std::int64_t value = std::int64_t{weights_[i]} * features[i];
    if (value > gain) {
      gain = value;
      most = i;
    }
  }
  return reasons_[most];
}

/// Viterbi's algorithm over the two states kept (0) and removed (1): a line
/// adds half its score to the runs that remove it and takes the same from those
/// that keep it.
///
///   best[s]    the best sum of the lines so far if the last one is in state s
///   from[i]    for each state of line i, the state of line i - 1 that it came from
///
/// Then back from the better end. Where both are equally good a run goes on.
std::vector<bool> PageModel::best_runs(std::span<const std::int64_t> scores) const {
  const std::int64_t change = 2 * std::int64_t{settings_[kSwitchCost]} * kFeatureOne;
  std::array<std::int64_t, 2> best{};
  std::vector<std::array<bool, 2>> from;  // the state before, for each state
  from.reserve(scores.size());
  for (const std::int64_t score : scores) {
    const bool to_kept = best[1] - change > best[0];
    const bool to_removed = best[0] - change <= best[1];
    from.push_back({to_kept, to_removed});
    best = {(to_kept ? best[1] - change : best[0]) - score,
            (to_removed ? best[1] : best[0] - change) + score};
  }
  std::vector<bool> removed(scores.size());
  bool state = best[1] > best[0];
  for (std::size_t i = scores.size(); i-- > 0;) {
    removed[i] = state;
    state = from[i][state ? 1 : 0];
  }
  return removed;
}

/// Four guards a line: text, what is no clear furniture on a page without text, subheadings,
/// figures. Then three of places: the headline, what opens the main text, and a signature with its
/// date right behind the main text, which goes on up to the date.
void PageModel::guard(std::span<const PageLine> lines, const PageView& view,
                      std::span<const std::int64_t> scores, std::vector<bool>& removed) const {
  const std::size_t prose = std::size_t{view.main_prose()} * kHundredths;
  const bool poor = prose < static_cast<std::size_t>(settings_[kLeastProse]);
  const std::size_t end_of_note = poor ? find_end_of_note(lines) : lines.size();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool in_main = i >= view.main_first() && i < view.main_last();
    const bool text = is_text(lines[i]) && (in_main || scores[i] <= 0);
    const bool unclear = poor && i < end_of_note && !is_furniture(lines[i]) && !is_entry(lines, i);
    const bool heading = in_main && is_between_text(lines, i);
    const bool figure = in_main && is_exhibit(lines[i]);
    if (text || unclear || heading || figure) removed[i] = false;
  }
  const auto headline = find_headline(lines, view, scores, removed);
  if (end_of_note < lines.size()) remove_titles(lines.first(end_of_note), removed);
  if (headline) removed[*headline] = false;
  guard_opening(lines, view.main_first(), removed);
  const std::size_t end = view.main_last();
  for (std::size_t i = end; i < std::min(end + kSignature, lines.size()); ++i) {
    if (!lines[i].has(PageLine::kFullDate)) continue;
    std::fill(removed.begin() + static_cast<std::ptrdiff_t>(end),
              removed.begin() + static_cast<std::ptrdiff_t>(i + 1), false);
    break;
  }
}

/// An article of a line or two is too short to be a main text. Its end shows nevertheless where
/// furniture follows its last sentence at once, two lines of it: a byline, then 全部评论. Without
/// such an end, the number of lines.
std::size_t PageModel::find_end_of_note(std::span<const PageLine> lines) {
  std::size_t end = lines.size();
  while (end > 0 && (!is_text(lines[end - 1]) || lines[end - 1].has(PageLine::kTitleEnd))) --end;
  const std::size_t behind = std::min(end + kEndOfNote, lines.size());
  const bool parted = end > 0 && behind == end + kEndOfNote &&
                      std::ranges::all_of(lines.subspan(end, kEndOfNote), is_furniture);
  return parted ? end : lines.size();
}

/// A name in a menu that no cue knows: as short as channels are, and most lines next to it are
/// furniture. Names in a list of names have each other for neighbours.
bool PageModel::is_entry(std::span<const PageLine> lines, std::size_t i) {
  if (lines[i].key_units == 0 || lines[i].key_units > kLongestEntry || is_text(lines[i]))
    return false;
  const std::size_t first = i - std::min(i, kEntryReach);
  const std::size_t end = std::min(i + kEntryReach + 1, lines.size());
  const auto furniture = std::ranges::count_if(lines.subspan(first, end - first), is_furniture);
  return 2 * static_cast<std::size_t>(furniture) > end - first - 1;
}

/// A subheading: 书从哪里来
bool PageModel::is_between_text(std::span<const PageLine> lines, std::size_t i) {
  return i > 0 && i + 1 < lines.size() && is_text(lines[i - 1]) && is_text(lines[i + 1]) &&
         has_headline_shape(lines[i], kShortestBeside) && !is_furniture(lines[i]);
}

/// Second titles, and a summary that repeats the title.
void PageModel::remove_titles(std::span<const PageLine> lines, std::vector<bool>& removed) {
  bool again = false;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const bool title = lines[i].has(PageLine::kHeadline) || lines[i].has(PageLine::kTitleEnd);
    removed[i] = removed[i] || title;
    again = again || lines[i].has(PageLine::kHeadline);
  }
  removed[0] = removed[0] || again;
}

/// Right above the main text stands the headline of its first part, short as it may be, and above
/// or in place of that the place and the paper: 某地消息（某报）：
void PageModel::guard_opening(std::span<const PageLine> lines, std::size_t main_first,
                              std::vector<bool>& removed) {
  std::size_t above = main_first;
  if (above > 0 && is_headline(lines[above - 1], kShortestBeside)) removed[--above] = false;
  if (above > 0 && lines[above - 1].has(PageLine::kDateline)) removed[above - 1] = false;
}

/// Whether a line has the shape of a headline: some words, no label, date, counter or menu.
bool PageModel::is_headline(const PageLine& line, int shortest) {
  const int cues = std::accumulate(line.cues.begin(), line.cues.end(), 0);
  return has_headline_shape(line, shortest) && 3 * cues < line.key_units;
}

bool PageModel::has_headline_shape(const PageLine& line, int shortest) {
  const bool other = line.has(PageLine::kByRule) || line.has(PageLine::kNumeric) ||
                     line.has(PageLine::kEndColon) || line.has(PageLine::kEndStop) ||
                     line.has(PageLine::kEndDots) || line.has(PageLine::kAddress);
  return !other && line.key_units >= shortest && line.key_units <= kLongestHeadline;
}

/// The headline: of the longest that the title of the page starts with, the last one before the
/// main text; without any, of what has its shape above the first line kept that which speaks least
/// for furniture; else the first line.
std::optional<std::size_t> PageModel::find_headline(std::span<const PageLine> lines,
                                                    const PageView& view,
                                                    std::span<const std::int64_t> scores,
                                                    const std::vector<bool>& removed) {
  std::optional<std::size_t> headline;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].has(PageLine::kHeadline)) continue;
    const int longer = headline ? lines[i].key_units - lines[*headline].key_units : 1;
    if (longer > 0 || (longer == 0 && i <= view.main_first() + 2)) headline = i;
  }
  if (headline) return headline;
  const auto kept = std::find(removed.begin(), removed.end(), false) - removed.begin();
  const auto main = static_cast<std::size_t>(kept);
  for (std::size_t i = main - std::min(main, kHeadlineReach); i < main; ++i) {
    if (is_headline(lines[i], kShortestWords) && (!headline || scores[i] <= scores[*headline]))
      headline = i;
  }
  if (!headline && lines[0].key_units >= kShortestHeadline && !is_furniture(lines[0])) headline = 0;
  return headline;
}

}  // namespace dedup::boilerplate
