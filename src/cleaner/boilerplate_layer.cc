// SPDX-License-Identifier: Apache-2.0
#include "cleaner/boilerplate_layer.h"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "dedup/error.h"
#include "text/signs.h"

namespace dedup::cleaner {

namespace {

// What the learned model and page mode report as their class; the frame of a page is one of the
// built-in rules, too.
constexpr std::string_view kLearnedClass = "learned";
constexpr std::string_view kPageClass = "page";

bool is_among(std::span<const std::string> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

void check_classes(std::span<const std::string> without, std::span<const std::string> classes) {
  for (const std::string& name : without) {
    if (name == kLearnedClass || name == kPageClass || is_among(classes, name)) {
      continue;
    }
    std::string fault = "no class \"" + name + "\" of boilerplate rules; there are";
    for (const std::string& known : classes) {
      fault += ' ' + known + ',';
    }
    throw InvalidOption(fault + ' ' + std::string(kLearnedClass));
  }
}

}  // namespace

BoilerplateLayer::BoilerplateLayer(const Options& options) {
  if (options.boilerplate == Boilerplate::off) {
    return;
  }
  const std::vector<std::string>& without = options.boilerplate_without;
  std::vector<RuleFile> extra = options.boilerplate_rule_files;
  extra.insert(extra.begin(), {"boilerplate rules", options.boilerplate_rules});
  rules_.emplace(extra, without);
  check_classes(without, rules_->classes());
  if (options.boilerplate_model && !is_among(without, kLearnedClass)) {
    learned_.emplace(*options.boilerplate_model);
  }
  if (options.boilerplate == Boilerplate::page && !is_among(without, kPageClass)) {
    page_.emplace();
  }
}

BoilerplateLayer::Reader::Reader(const BoilerplateLayer& layer, boilerplate::Host host)
    : layer_(layer), host_(host) {
  if (layer.page_) {
    page_.emplace(layer.page_->cues());
  }
}

void BoilerplateLayer::Reader::read(std::string_view content, std::u16string_view key, bool signs,
                                    Block& block, std::size_t index) {
  const text::Letters letters(key, signs && layer_.rules_.has_value());
  if (layer_.rules_) {
    if (const auto hit = layer_.rules_->judge(content, letters.key(), block.weight)) {
      block.boilerplate = hit->rule;
      block.boilerplate_score = static_cast<float>(hit->score);
    }
  }
  const bool guarded = (layer_.learned_ || layer_.page_) && layer_.rules_->guards(letters.key());
  if (guarded) {
    guarded_.push_back(index);
  }
  const bool ruled = !block.boilerplate.empty();
  if (layer_.learned_ && block.keyed && !block.line.continues && !key.empty()) {
    sightings_.push_back(layer_.learned_->look_up(content, key, block.weight, host_, ruled));
    sighted_.push_back(index);
    if (guarded) {
      sightings_.back().known = nullptr;
    }
  }
  if (page_) {
    page_->add(content, letters.key(), ruled);
  }
}

void BoilerplateLayer::Reader::settle(std::vector<Block>& blocks) {
  if (layer_.learned_) {
    settle_learned(blocks);
  }
  if (page_) {
    settle_page(blocks);
  }
}

void BoilerplateLayer::Reader::settle_learned(std::vector<Block>& blocks) {
  boilerplate::BoilerplateModel::settle(sightings_);
  for (std::size_t i = 0; i < sightings_.size(); ++i) {
    Block& block = blocks[sighted_[i]];
    if (sightings_[i].learned && block.boilerplate.empty()) {
      block.boilerplate = layer_.learned_->reason(sightings_[i]);
      block.boilerplate_score = 1;
    }
  }
}

void BoilerplateLayer::Reader::settle_page(std::vector<Block>& blocks) {
  const std::vector<boilerplate::PageVerdict> verdicts = layer_.page_->judge(page_->lines());
  auto verdict = verdicts.begin();
  auto next_guarded = guarded_.begin();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    Block& block = blocks[i];
    if (block.blank || verdict == verdicts.end()) {
      continue;
    }
    const bool guarded = next_guarded != guarded_.end() && *next_guarded == i;
    if (guarded) {
      ++next_guarded;
    }
    if (verdict->furniture && block.boilerplate.empty() && !guarded) {
      block.boilerplate = verdict->reason;
      block.boilerplate_score = static_cast<float>(verdict->score);
    }
    ++verdict;
  }
}

}  // namespace dedup::cleaner
