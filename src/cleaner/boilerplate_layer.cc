// SPDX-License-Identifier: Apache-2.0
#include "cleaner/boilerplate_layer.h"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "boilerplate/frame.h"
#include "dedup/error.h"
#include "text/signs.h"

namespace dedup::cleaner {

namespace {

// What the learned model and page mode report as their class; the frame of a page is one of the
// built-in rules, too.
constexpr std::string_view kLearnedClass = "learned";
constexpr std::string_view kPageClass = "page";
constexpr std::string_view kFurniture = "page: around the article";

bool is_among(std::span<const std::string> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

/// A misspelt class would switch nothing off, silently.
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
  if (is_among(without, kPageClass)) {
    return;
  }
  if (options.boilerplate == Boilerplate::page) {
    page_.emplace();
  }
  judges_pages_ = options.boilerplate != Boilerplate::rules;
}

void BoilerplateLayer::expect_pages() {
  if (judges_pages_ && !content_) {
    content_.emplace();
  }
}

BoilerplateLayer::Reader::Reader(const BoilerplateLayer& layer, boilerplate::Host host,
                                 const Window& window)
    : layer_(layer), host_(host), offset_(window.stretch.offset) {
  if (layer.rules_) {
    neighbours_.emplace(*layer.rules_);
    broken_.emplace(*layer.rules_);
  }
  if (window.page != nullptr && layer.content_ && !window.page->lines.empty()) {
    content_.emplace(layer.content_->cues(), *window.page);
  } else if (layer.page_) {
    page_.emplace(layer.page_->cues());
  }
}

/// A verdict that neighbours may veto waits for settle(); until then the block counts as one that
/// is left, so that its key is kept, while model and page are told that it goes.
void BoilerplateLayer::Reader::read(std::string_view content, std::u16string_view key, bool signs,
                                    Block& block, std::size_t index) {
  const std::u16string_view letters =
      signs && looks_for_words(block) ? text::letters_of(key, letters_) : key;
  const boilerplate::JudgedLine line{
      content,
      letters,
      block.weight,
      block.kind,
      layer_.rules_ ? layer_.rules_->judge(content, letters, block.weight, block.kind)
                    : std::optional<boilerplate::Hit>(),
      layer_.rules_ && layer_.rules_->guards(letters)};
  if (neighbours_) {
    if (line.guarded) {
      guarded_.push_back(index);
    }
    neighbours_->read(line);
    broken_->read(line, *neighbours_);
    if (line.hit && neighbours_->is_gone()) {
      block.boilerplate = line.hit->rule;
      block.boilerplate_score = static_cast<float>(line.hit->score);
    }
  }
  if (layer_.learned_ && block.keyed && !block.line.continues) {
    look_up(content, key, block, index, line);
  }
  if (page_ || content_) {
    add_to_page(content, block, line);
  }
}

/// Rules do so in lines that are not too heavy for them, but for those of the user's that guard.
bool BoilerplateLayer::Reader::looks_for_words(const Block& block) const {
  return layer_.rules_ && (block.weight <= boilerplate::BoilerplateRules::kHeaviest ||
                           layer_.rules_->has_guards() || page_ || content_);
}

/// Page mode looks for words, as the rules do.
void BoilerplateLayer::Reader::add_to_page(std::string_view content, const Block& block,
                                           const boilerplate::JudgedLine& line) {
  const structure::Place place{.kind = block.kind, .quoted = block.quoted, .joins = block.joins};
  if (page_) {
    page_->add(content, line.key, place, line.hit.has_value());
  } else {
    content_->add(content, line.key, place, line.hit.has_value(), marked_line(block));
  }
}

/// What a keep rule guards and what is code is not known, whatever was learned.
void BoilerplateLayer::Reader::look_up(std::string_view content, std::u16string_view key,
                                       const Block& block, std::size_t index,
                                       const boilerplate::JudgedLine& line) {
  const bool spared = line.guarded || block.kind == structure::Kind::code;
  if (key.empty()) {
    const std::u16string mark = boilerplate::mark_key(content);
    if (!mark.empty() && !spared) {
      marks_.push_back({layer_.learned_->look_up_mark(mark, host_), index, sightings_.size()});
    }
    return;
  }
  sightings_.push_back(
      layer_.learned_->look_up(content, key, block.weight, host_, line.hit.has_value()));
  sighted_.push_back(index);
  if (spared) {
    sightings_.back().known = nullptr;
  }
}

/// The rules first: the model and the page judge what they leave.
void BoilerplateLayer::Reader::settle(std::vector<Block>& blocks) {
  if (neighbours_) {
    settle_rules(blocks);
  }
  if (layer_.learned_) {
    settle_learned(blocks);
  }
  if (content_) {
    settle_content(blocks);
  } else if (page_) {
    settle_page(blocks);
  }
}

/// Verdicts count the lines read, and those are the blocks that are not blank.
void BoilerplateLayer::Reader::settle_rules(std::vector<Block>& blocks) {
  broken_->finish(*neighbours_);
  const auto verdicts = neighbours_->settle();
  auto verdict = verdicts.begin();
  std::size_t line = 0;
  for (std::size_t i = 0; i < blocks.size() && verdict != verdicts.end(); ++i) {
    if (blocks[i].blank) {
      continue;
    }
    if (verdict->line == line) {
      blocks[i].boilerplate = verdict->hit.rule;
      blocks[i].boilerplate_score = static_cast<float>(verdict->hit.score);
      ++verdict;
    }
    ++line;
  }
}

/// Marks last: they go where what stands around them has gone.
void BoilerplateLayer::Reader::settle_learned(std::vector<Block>& blocks) {
  boilerplate::BoilerplateModel::settle(sightings_);
  for (std::size_t i = 0; i < sightings_.size(); ++i) {
    take(sightings_[i], blocks[sighted_[i]]);
  }
  for (SightedMark& mark : marks_) {
    boilerplate::BoilerplateModel::settle_mark(mark.sighting, sightings_, mark.next);
    take(mark.sighting, blocks[mark.block]);
  }
}

/// What a rule took keeps the name of the rule.
void BoilerplateLayer::Reader::take(const boilerplate::BoilerplateModel::Sighting& sighting,
                                    Block& block) const {
  if (sighting.learned && block.boilerplate.empty()) {
    block.boilerplate = layer_.learned_->reason(sighting);
    block.boilerplate_score = 1;
  }
}

/// A page may have more lines than are looked at; then there are no verdicts.
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

/// The number of the line in the page's mark-up, or of the last before it.
std::uint32_t BoilerplateLayer::Reader::marked_line(const Block& block) {
  const std::vector<markup::PageLine>& lines = content_->markup().lines;
  const std::uint64_t start = offset_ + block.line.start;
  while (next_marked_ + 1 < lines.size() && lines[next_marked_ + 1].start <= start) {
    ++next_marked_;
  }
  return next_marked_;
}

void BoilerplateLayer::Reader::settle_content(std::vector<Block>& blocks) {
  const std::vector<boilerplate::ContentVerdict> verdicts = layer_.content_->judge(*content_);
  auto verdict = verdicts.begin();
  for (std::size_t i = 0; i < blocks.size() && verdict != verdicts.end(); ++i) {
    Block& block = blocks[i];
    if (block.blank) {
      continue;
    }
    if (verdict->furniture && block.boilerplate.empty() &&
        !std::ranges::binary_search(guarded_, i)) {
      block.boilerplate = kFurniture;
      block.boilerplate_score = verdict->score;
    }
    ++verdict;
  }
}

}  // namespace dedup::cleaner
