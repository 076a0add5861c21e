// SPDX-License-Identifier: Apache-2.0
// One greedy walk along two sequences of words, here_ in the later text, there_ in the earlier.
// Where they part it takes the step behind which they agree for longest, and only if no step does,
// looks where else the later text goes on in the earlier:
//
//   slip   (new, dropped)   mistyped (1, 1)   one too many (1, 0)   dropped (0, 1) … (0, 4)
//   move   two to twelve words of the later text put aside, to be found among what was dropped
//   jump   five words of the later text, at hand or behind one new word, found ahead, else before
//
// So the work for a place where they part is bounded, and there are kMostJumps searches in all. Of
// a swap of two clauses A and B the walk sees three places:
//
//   earlier   … A B C …
//   later     … B A C …        at B a jump ahead over A, at A a jump back, at C one ahead over B
//
// Invariants: each word of the later text before here_ is in the earlier, or a typing error, or in
// moved_; what was passed over in the earlier, but for single words, is in dropped_, and may be
// visited later. A negation is never among the few words of a slip; a clause that is missing as a
// whole may hold anything, as it says nothing.
#include "numbers/novelty.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "numbers/turns.h"
#include "numbers/words.h"

namespace dedup::numbers {
namespace {

constexpr std::size_t kAgreed = 2;                 // words behind a change
constexpr std::size_t kFarEnough = 8;              // words compared to tell the better step
constexpr std::size_t kMostDropped = 4;            // words that a step leaves out
constexpr std::size_t kSeed = 5;                   // words that say where a clause was
constexpr std::size_t kMostJumps = 12;             // a swap of two clauses takes three
constexpr std::size_t kMostJumpsWithNumerals = 3;  // that one swap, or a clause missing
constexpr std::size_t kAroundNumeral = 4;          // words that go with one
constexpr std::size_t kLongestMoved = 12;          // longer ones are found by their seed
constexpr std::size_t kMostMoves = 32;
constexpr std::size_t kLongestLeadIn = 24;

/// What is done where the texts part, and how many words agree behind it: no more than kFarEnough,
/// all that are left included.
struct Step {
  std::size_t added = 0;
  std::size_t dropped = 0;
  std::size_t agreed = 0;
};

/// One walk: construct, run().
class Walk {
 public:
  /// `same_runs`: none is missing in the later text.
  Walk(Words earlier, Words later, bool same_runs, Numerals numerals)
      : earlier_(earlier),
        later_(later),
        same_runs_(same_runs),
        numerals_elsewhere_(numerals == Numerals::elsewhere) {}

  /// From behind a lead-in of so many words. Whether nothing new was met. It ends: each turn
  /// of the loop moves here_ or there_ on, or is one of the jumps, which alone go back.
  [[nodiscard]] bool run(std::size_t lead_in) {
    here_ = lead_in;
    if (lead_in > 0 && !jump(0)) {
      return false;
    }
    while (true) {
      const std::size_t same = agreed(here_, there_, later_.size());
      last_ = same < kAgreed ? last_ : Slip::none;
      here_ += same;
      there_ += same;
      if (here_ == later_.size()) {
        if (there_ < earlier_.size() && parts_a_numeral(0)) {
          return false;
        }
        drop(earlier_.size() - there_);
        return std::ranges::all_of(moved_, [this](Words words) { return was_dropped(words); });
      }
      if (!go_on()) {
        return false;
      }
    }
  }

 private:
  /// How many words agree from these on, counted up to `most`.
  [[nodiscard]] std::size_t agreed(std::size_t here, std::size_t there,
                                   std::size_t most) const noexcept {
    const std::size_t end = std::min({most, later_.size() - here, earlier_.size() - there});
    std::size_t count = 0;
    while (count < end && later_[here + count] == earlier_[there + count]) ++count;
    return count;
  }

  /// What is sure comes first: a step behind which as many words agree as tell a clause.
  bool go_on() {
    const Step slip = best_slip();
    const Step move = best_move();
    const bool slipped = slip.agreed > 0 && slip.agreed >= move.agreed;
    if (std::max(slip.agreed, move.agreed) < kSeed && jump(0)) {
      return true;
    }
    if (slipped) {
      return take_slip(slip);
    }
    return move.agreed >= kAgreed ? take_move(move) : jump(1);
  }

  /// At the end of the later text nothing is left to agree: a slip there is as good as any, a move
  /// is taken only if no slip will do.
  void try_step(std::size_t added, std::size_t dropped, Step& best) const noexcept {
    if (here_ + added > later_.size() || there_ + dropped > earlier_.size()) {
      return;
    }
    std::size_t count = agreed(here_ + added, there_ + dropped, kFarEnough);
    if (here_ + added + count == later_.size()) {
      count = added > 1 ? std::max(count, kAgreed) : kFarEnough;  // that is all there is
    }
    if (count > best.agreed) {
      best = {.added = added, .dropped = dropped, .agreed = count};
    }
  }

  /// A word mistyped, too many or missing, or a few missing.
  [[nodiscard]] Step best_slip() const noexcept {
    Step best;
    try_step(1, 1, best);
    try_step(1, 0, best);
    for (std::size_t dropped = 1; dropped <= kMostDropped; ++dropped) {
      try_step(0, dropped, best);
    }
    return best;
  }

  /// last_ is the slip before this one, unless kAgreed words have agreed in between.
  /// Two ideographs changed side by side, or with one between, are another word or name; two too
  /// many or missing with one between are not.
  bool take_slip(const Step& step) {
    const Slip kind = step.dropped == 0 ? Slip::too_many
                      : step.added == 0 ? Slip::missing
                                        : Slip::mistyped;
    const bool close = last_ != Slip::none;
    if (close && (kind != last_ || kind == Slip::mistyped)) {
      return false;
    }
    last_ = kind;
    if (turns(later_.subspan(here_, step.added), earlier_.subspan(there_, step.dropped))) {
      return false;
    }
    here_ += step.added;
    drop(step.dropped);
    return true;
  }

  /// Some words more than the earlier text has here, which must be missing elsewhere: a clause too
  /// short to be looked for.
  [[nodiscard]] Step best_move() const noexcept {
    Step best;
    for (std::size_t added = 2; added <= kLongestMoved && !parts_a_numeral(added); ++added) {
      try_step(added, 0, best);
    }
    return best;
  }

  bool take_move(const Step& step) {
    if (moved_.size() == kMostMoves) {
      return false;
    }
    last_ = Slip::none;
    moved_.push_back(later_.subspan(here_, step.added));
    here_ += step.added;
    return true;
  }

  /// Goes to where the next words of the later text, behind so many new ones, are in the earlier:
  /// the nearest place ahead, else the first of all.
  bool jump(std::size_t added) {
    if (later_.size() - here_ < added + kSeed ||
        ++jumps_ > (numerals_elsewhere_ ? kMostJumpsWithNumerals : kMostJumps) ||
        parts_a_numeral(added)) {
      return false;
    }
    const Words seed = later_.subspan(here_ + added, kSeed);
    const auto ahead = search(earlier_.subspan(there_), seed);
    if (!ahead.empty()) {
      const auto skipped = static_cast<std::size_t>(ahead.begin() - earlier_.begin()) - there_;
      if (turns(later_.subspan(here_, added),
                skipped <= kMostDropped ? earlier_.subspan(there_, skipped) : Words{})) {
        return false;
      }
      drop(skipped);
    } else if (const auto before = search(earlier_, seed);
               !before.empty() && !turns(later_.subspan(here_, added), {})) {
      there_ = static_cast<std::size_t>(before.begin() - earlier_.begin());
    } else {
      return false;
    }
    here_ += added;
    last_ = Slip::none;
    return true;
  }

  /// A single word is no clause, and never what was moved.
  void drop(std::size_t words) {
    if (words > 1 && dropped_.size() < kMostMoves) {
      dropped_.push_back({.start = there_, .end = there_ + words});
    }
    there_ += words;
  }

  /// Where a clause begins and ends as the next does, either may be taken for the one that is
  /// missing: hence the words around it.
  [[nodiscard]] bool was_dropped(Words words) const {
    return std::ranges::any_of(dropped_, [&](const Range& dropped) {
      const std::size_t start = dropped.start - std::min(dropped.start, words.size() - 1);
      const std::size_t end = std::min(dropped.end + words.size() - 1, earlier_.size());
      return !search(earlier_.subspan(start, end - start), words).empty();
    });
  }

  /// Whether a numeral may lose the words around it where the walk leaves out so many and goes on.
  [[nodiscard]] bool parts_a_numeral(std::size_t added) const noexcept {
    const std::size_t start = here_ - std::min(here_, kAroundNumeral);
    const std::size_t end = std::min(here_ + added + kAroundNumeral, later_.size());
    return numerals_elsewhere_ &&
           std::ranges::any_of(later_.subspan(start, end - start), is_figure);
  }

  /// Whether the meaning is another one where `added` stands for `dropped`, a few words.
  [[nodiscard]] bool turns(Words added, Words dropped) const noexcept {
    if (!std::ranges::all_of(added, is_harmless) || !std::ranges::all_of(dropped, is_harmless) ||
        (!same_runs_ && std::ranges::any_of(dropped, is_run)) ||
        (numerals_elsewhere_ &&
         (std::ranges::any_of(added, is_figure) || std::ranges::any_of(dropped, is_figure)))) {
      return true;
    }
    return added.size() == 1 && dropped.size() == 1 &&
           (is_run(added[0]) || is_run(dropped[0]) ||
            are_others(static_cast<char16_t>(added[0]), static_cast<char16_t>(dropped[0])));
  }

  /// Of two ideographs, the one of the later text being here.
  [[nodiscard]] bool are_others(char16_t added, char16_t dropped) const noexcept {
    const char16_t before = here_ > 0 ? ideograph_at(here_ - 1) : u'\0';
    const char16_t behind = here_ + 1 < later_.size() ? ideograph_at(here_ + 1) : u'\0';
    return are_opposed(added, dropped) || numbers::are_others(added, dropped, before, behind) ||
           (is_unit_of_measure(added) && is_unit_of_measure(dropped) && counts(before));
  }

  /// 0 where the word is none.
  [[nodiscard]] char16_t ideograph_at(std::size_t at) const noexcept {
    return is_run(later_[at]) ? u'\0' : static_cast<char16_t>(later_[at]);
  }

  /// Whether a numeral stands before the word here, or before a part of its unit: 五公|里.
  [[nodiscard]] bool counts(char16_t before) const noexcept {
    return here_ > 0 && (is_figure(later_[here_ - 1]) ||
                         (is_unit_of_measure(before) && here_ > 1 && is_figure(later_[here_ - 2])));
  }

  [[nodiscard]] static bool is_harmless(Word word) noexcept {
    return is_run(word) || !is_negation(static_cast<char16_t>(word));
  }

  struct Range {
    std::size_t start = 0;
    std::size_t end = 0;
  };
  enum class Slip : std::uint8_t { none, mistyped, too_many, missing };

  Words earlier_;
  Words later_;
  bool same_runs_;
  bool numerals_elsewhere_;
  Slip last_ = Slip::none;  // unless enough has agreed since
  std::size_t here_ = 0;    // in the later text
  std::size_t there_ = 0;   // in the earlier
  std::size_t jumps_ = 0;
  std::vector<Words> moved_;    // of the later text, each to be found in one of these
  std::vector<Range> dropped_;  // of the earlier, two words and more
};

/// How long the lead-in is at whose end the earlier text, or some of it, begins; 0 for none.
/// The shortest that will do, so that 据报道 does not take the first words of the text along.
std::size_t lead_in_of(std::u16string_view key, Words later, Words earlier) {
  for (std::size_t length = 2; length <= kLongestLeadIn && length + kSeed <= later.size();
       ++length) {
    if (is_run(later[length - 1]) || later[length - 1] > 0xFFFF) {
      return 0;
    }
    if (leads_in(key.substr(0, length)) && !search(earlier, later.subspan(length, kSeed)).empty()) {
      return length;
    }
  }
  return 0;
}

}  // namespace

/// First what is cheap: runs, as sets. The walk knows a lead-in only if all else has failed, since
/// most texts have none, and one that has may be a part of a text with the same.
bool says_nothing_else(std::u16string_view earlier, std::u16string_view later, Numerals numerals) {
  const WordedKey before(earlier);
  WordedKey after(later);
  const std::vector<Word> all_runs = runs_of(before.words);
  std::vector<Word> runs = runs_of(after.words);
  if (!std::ranges::includes(all_runs, runs)) {
    mend(before, after);
    runs = runs_of(after.words);
    if (!std::ranges::includes(all_runs, runs)) {
      return false;
    }
  }
  const bool same_runs = all_runs.size() == runs.size();
  if (Walk(before.words, after.words, same_runs, numerals).run(0)) {
    return true;
  }
  const std::size_t lead_in = lead_in_of(later, after.words, before.words);
  return lead_in > 0 && Walk(before.words, after.words, same_runs, numerals).run(lead_in);
}

}  // namespace dedup::numbers
