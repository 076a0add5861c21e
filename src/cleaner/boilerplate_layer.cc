#include "cleaner/boilerplate_layer.h"

namespace dedup::cleaner {

BoilerplateLayer::BoilerplateLayer(const Options& options) {
  if (options.boilerplate == Boilerplate::off) {
    return;
  }
  rules_.emplace(options.boilerplate_rules);
  if (!options.boilerplate_model.empty()) {
    learned_.emplace(options.boilerplate_model);
  }
  if (options.boilerplate == Boilerplate::page) {
    page_.emplace();
  }
}

BoilerplateLayer::Reader::Reader(const BoilerplateLayer& layer, boilerplate::Host host)
    : layer_(layer), host_(host) {
  if (layer.page_) {
    page_.emplace(layer.page_->cues());
  }
}

void BoilerplateLayer::Reader::read(std::string_view content, std::u16string_view key, Block& block,
                                    std::size_t index) {
  if (layer_.rules_) {
    if (const auto hit = layer_.rules_->judge(content, key, block.weight)) {
      block.boilerplate = hit->rule;
      block.boilerplate_score = static_cast<float>(hit->score);
    }
  }
  const bool ruled = !block.boilerplate.empty();
  if (layer_.learned_ && block.keyed && !block.line.continues && !key.empty()) {
    sightings_.push_back(layer_.learned_->look_up(content, key, block.weight, host_, ruled));
    sighted_.push_back(index);
  }
  if (page_) {
    page_->add(content, key, ruled);
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
  for (Block& block : blocks) {
    if (block.blank || verdict == verdicts.end()) {
      continue;
    }
    if (verdict->furniture && block.boilerplate.empty()) {
      block.boilerplate = verdict->reason;
      block.boilerplate_score = static_cast<float>(verdict->score);
    }
    ++verdict;
  }
}

}  // namespace dedup::cleaner
