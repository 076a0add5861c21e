// SPDX-License-Identifier: Apache-2.0
#include "report/findings.h"

#include <algorithm>
#include <tuple>

#include "report/html.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kMostRules = 4096;
constexpr std::size_t kMostSites = 20000;
constexpr std::size_t kMostSamples = 4096;  // of some 2 kB each

constexpr std::string_view kOthers = "(others)";

template <typename Finding, typename Findings, typename Name>
std::vector<const Finding*> by_bytes(const Findings& all, Name name, Count Finding::*count) {
  std::vector<const Finding*> list;
  list.reserve(all.size());
  for (const auto& [key, finding] : all) list.push_back(&finding);
  std::ranges::sort(list, [&](const Finding* left, const Finding* right) {
    return std::tuple((right->*count).bytes, (right->*count).items, name(*left)) <
           std::tuple((left->*count).bytes, (left->*count).items, name(*right));
  });
  return list;
}

}  // namespace

RuleFinding& Findings::rule(Reason reason, std::string_view rule) {
  rule = first_bytes(rule, kShownName);
  auto found = rules_.find(std::pair(reason, rule));
  if (found == rules_.end() && rules_.size() >= kMostRules) {
    rules_pooled_ = true;
    found = rules_.find(std::pair(reason, rule = kOthers));
  }
  if (found == rules_.end()) {
    found = rules_.try_emplace(RuleKey(reason, rule)).first;
    found->second.reason = reason;
    found->second.rule = rule;
  }
  return found->second;
}

SiteFinding& Findings::site(std::string_view site) {
  site = first_bytes(site, kShownName);
  auto found = sites_.find(site);
  if (found == sites_.end() && sites_.size() >= kMostSites) {
    sites_pooled_ = true;
    found = sites_.find(site = kOthers);
  }
  if (found == sites_.end()) {
    found = sites_.try_emplace(std::string(site)).first;
    found->second.site = site;
  }
  return found->second;
}

bool Findings::count(RuleFinding& rule, std::uint64_t bytes) {
  rule.count.items += 1;
  rule.count.bytes += bytes;
  number_ = lots_.next();
  return rule.drawn.wants(number_, most_);
}

/// Where all that are held become too many, each rule gives back half.
void Findings::put(RuleFinding& rule, std::shared_ptr<Sample> sample) {
  samples_ -= rule.drawn.size();
  rule.drawn.put(number_, std::move(sample), most_);
  samples_ += rule.drawn.size();
  if (samples_ <= kMostSamples || most_ == 1) return;
  most_ /= 2;
  samples_ = 0;
  for (auto& [key, finding] : rules_) {
    finding.drawn.keep(most_);
    samples_ += finding.drawn.size();
  }
}

std::vector<const RuleFinding*> Findings::rules() const {
  const auto name = [](const RuleFinding& one) { return std::tuple(one.reason, one.rule); };
  return by_bytes<RuleFinding>(rules_, name, &RuleFinding::count);
}

std::vector<const SiteFinding*> Findings::sites() const {
  const auto name = [](const SiteFinding& one) { return one.site; };
  return by_bytes<SiteFinding>(sites_, name, &SiteFinding::removed);
}

}  // namespace dedup::tool
