#include "cleaner/judge.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace dedup::cleaner {
namespace {

/// Blocks that are asked about together: enough for questions to be worth their while, few enough
/// for what is known of them to stay in the cache until they are passed on.
constexpr std::size_t kStretch = 256;

/// Layer 1 has spoken in analysis.
Verdict first_verdict(const Block& block) {
  Verdict verdict;
  if (!block.boilerplate.empty()) {
    verdict.removed = Reason::boilerplate;
    verdict.rule = block.boilerplate;
    verdict.score = std::round(1000.0 * block.boilerplate_score) / 1000;
  }
  return verdict;
}

}  // namespace

void Judge::begin(std::uint64_t document, boilerplate::Host host) {
  held_.begin_document(host);
  documents_.begin_document(document);
  blocks_.begin_document(document);
  near_.begin_document(document);
  sentences_.begin_document(document);
  editor_.begin_document();
  front_ = 0;
  final_ = 0;
}

void Judge::add(WindowPointer window) {
  documents_.read(*window);
  editor_.count_damaged(window->damaged_sentences);
  if (documents_.must_wait()) {
    held_.push(std::move(window));
    return;
  }
  judge_held();
  judge_window(std::move(window));
}

void Judge::end() {
  if (const auto verdict = documents_.judge()) {
    remove_held(*verdict);
  } else {
    judge_held();
  }
  judge_final(kNoBlock);
  pass_on(kNoBlock);
  editor_.end_document();
  for (; !windows_.empty(); windows_.pop_front()) {
    spend(std::move(windows_.front()));
  }
}

void Judge::abandon() {
  documents_.abandon();
  held_.clear();
  editor_.begin_document();
  while (!open_.empty()) {
    open_.pop();
  }
  for (; !windows_.empty(); windows_.pop_front()) {
    spend(std::move(windows_.front()));
  }
}

void Judge::judge_held() {
  while (!held_.empty()) {
    judge_window(held_.pop());
  }
}

void Judge::remove_held(const memory::NearVerdict& verdict) {
  while (!held_.empty()) {
    WindowPointer window = held_.pop();
    editor_.remove_document(*window, verdict);
    editor_.flush();
    spend(std::move(window));
  }
}

void Judge::judge_window(WindowPointer window) {
  windows_.push_back(std::move(window));
  const Window& newest = *windows_.back();
  for (std::size_t first = 0; first < newest.blocks.size(); first += kStretch) {
    judge_stretch(newest, first, std::min(first + kStretch, newest.blocks.size()));
  }
  editor_.flush();
  release();
}

void Judge::judge_stretch(const Window& window, std::size_t first, std::size_t end) {
  const BlockNumber number = front_ + open_.size();
  for (std::size_t i = first; i < end; ++i) {
    Judged& judged = open_.push();
    judged.window = &window;
    judged.block = &window.blocks[i];
    judged.verdict = first_verdict(window.blocks[i]);
  }
  for (const Finding& finding : blocks_.judge(window, first, end, number)) {
    at(finding.block).verdict.apply(finding);
  }
  judge_final(blocks_.open());
  pass_on(sentences_.open());
}

/// Layers 5 and 6, up to the first block whose verdict is still open.
void Judge::judge_final(BlockNumber limit) {
  const std::size_t end = before(limit);
  judge_near(end);
  judge_sentences(end);
  final_ = end;
}

void Judge::judge_near(std::size_t end) {
  if (options_.paragraphs != Paragraphs::near) {
    return;
  }
  constexpr std::size_t kAhead = 8;  // long enough for memory to answer
  for (std::size_t i = final_; i < end; ++i) {
    if (i + kAhead < end) {
      near_.prefetch(*open_[i + kAhead].window, *open_[i + kAhead].block);
    }
    Judged& judged = open_[i];
    if (judged.verdict.removed || judged.block->blank) {
      continue;
    }
    if (const auto finding = near_.judge(*judged.window, *judged.block, front_ + i)) {
      judged.verdict.apply(*finding);
    }
  }
}

void Judge::judge_sentences(std::size_t end) {
  if (options_.sentences == Sentences::off) {
    return;
  }
  for (std::size_t i = final_; i < end; ++i) {
    const Judged& judged = open_[i];
    const bool left = !judged.verdict.removed && !judged.block->blank;
    sentences_.gather(*judged.window, *judged.block, left, front_ + i);
  }
  for (const Cut& cut : sentences_.judge()) {
    at(cut.block).verdict.apply(cut);
  }
}

void Judge::pass_on(BlockNumber limit) {
  for (std::size_t count = std::min(final_, before(limit)); count > 0; --count) {
    editor_.take(open_.front());
    open_.pop();
    ++front_;
    --final_;
  }
}

/// Lets go of windows that neither a block nor the editor refers to any more.
void Judge::release() {
  const Window* oldest = editor_.oldest();
  if (oldest == nullptr && !open_.empty()) {
    oldest = open_.front().window;
  }
  for (; !windows_.empty() && windows_.front().get() != oldest; windows_.pop_front()) {
    spend(std::move(windows_.front()));
  }
}

void Judge::spend(WindowPointer window) {
  near_.let_go(*window);
  pool_.give(std::move(window));
}

}  // namespace dedup::cleaner
