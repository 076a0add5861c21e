// SPDX-License-Identifier: Apache-2.0
// What a run came upon, by rule and by site: counts, and samples drawn for each rule. Memory is
// bounded, however many rules, sites and edits there are: rules and sites past the first so many
// are counted as one, and the more rules have samples, the fewer each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dedup/edit.h"
#include "dedup/stats.h"
#include "report/draw.h"

namespace dedup::tool {

/// A rule, or a kind of repair: what Edit::rule says, for one reason.
struct RuleFinding {
  Reason reason = Reason::repair;
  std::string rule;  ///< empty where the reason says it all
  Count count;
  Draw drawn;
};

struct SiteFinding {
  std::string site;
  std::uint64_t documents = 0;
  std::uint64_t decoded = 0;  ///< bytes
  Count removed;              ///< without repairs
  std::uint64_t repairs = 0;  ///< edits
};

class Findings {
 public:
  /// The rule of an edit. The reference is good for as long as this lives.
  [[nodiscard]] RuleFinding& rule(Reason reason, std::string_view rule);
  [[nodiscard]] SiteFinding& site(std::string_view site);

  /// Counts an edit, and draws a number for it: whether a sample of it is wanted. Then put() comes
  /// next.
  [[nodiscard]] bool count(RuleFinding& rule, std::uint64_t bytes);
  void put(RuleFinding& rule, std::shared_ptr<Sample> sample);

  /// Those that took most bytes first; where these are equal, by name.
  [[nodiscard]] std::vector<const RuleFinding*> rules() const;
  [[nodiscard]] std::vector<const SiteFinding*> sites() const;
  /// Whether there were more than were told apart.
  [[nodiscard]] bool rules_pooled() const noexcept { return rules_pooled_; }
  [[nodiscard]] bool sites_pooled() const noexcept { return sites_pooled_; }

 private:
  struct ByText {
    // NOLINTNEXTLINE(readability-identifier-naming): the name is the library's
    using is_transparent = void;
    bool operator()(const auto& left, const auto& right) const {
      return std::pair(left.first, std::string_view(left.second)) <
             std::pair(right.first, std::string_view(right.second));
    }
  };
  using RuleKey = std::pair<Reason, std::string>;

  std::map<RuleKey, RuleFinding, ByText> rules_;
  std::map<std::string, SiteFinding, std::less<>> sites_;
  bool rules_pooled_ = false;
  bool sites_pooled_ = false;
  Lots lots_;
  std::uint64_t number_ = 0;  // of the edit that was counted last
  std::size_t most_ = 20;     // samples of a rule
  std::size_t samples_ = 0;   // of all rules
};

}  // namespace dedup::tool
