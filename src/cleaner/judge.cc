#include "cleaner/judge.h"

#include <utility>

namespace dedup::cleaner {

void Judge::begin(std::uint64_t document, Sink& sink) {
  blocks_.begin_document(document);
  sentences_.begin_document(document);
  editor_.begin_document(sink);
  windows_.clear();
  open_.clear();
  sentences_at_ = 0;
}

void Judge::add(Window window) {
  windows_.push_back(std::make_unique<const Window>(std::move(window)));
  const Window& newest = *windows_.back();
  editor_.count_damaged(newest.damaged_sentences);
  for (const Block& block : newest.blocks) {
    Judged& judged = open_.emplace_back();
    judged.window = &newest;
    judged.block = &block;
    if (block.blank) {
      continue;  // no verdict of its own: it goes along with its neighbours
    }
    judge_block(judged);
    judge_sentences(blocks_.open());
    pass_on(sentences_.open());
  }
  editor_.flush();
  release();
}

void Judge::end() {
  judge_sentences(nullptr);
  pass_on(nullptr);
  editor_.end_document();
  windows_.clear();
}

/// Layers 1 and 3 with 4: each sees what the one before left.
void Judge::judge_block(Judged& judged) {
  if (!judged.block->boilerplate.empty()) {
    judged.remove(Reason::boilerplate, std::nullopt);
    judged.rule = judged.block->boilerplate;
    return;
  }
  blocks_.judge(judged);
}

/// Layer 6, up to the first block whose verdict is still open.
void Judge::judge_sentences(const Judged* limit) {
  for (; sentences_at_ < open_.size() && &open_[sentences_at_] != limit; ++sentences_at_) {
    Judged& judged = open_[sentences_at_];
    if (options_.sentences == Sentences::exact && !judged.removed && !judged.block->blank) {
      sentences_.judge(judged);
    }
  }
}

void Judge::pass_on(const Judged* limit) {
  while (sentences_at_ > 0 && &open_.front() != limit) {
    editor_.take(std::move(open_.front()));
    open_.pop_front();
    --sentences_at_;
  }
}

/// Lets go of windows that neither a block nor the editor refers to any more.
void Judge::release() {
  const Window* oldest = editor_.oldest();
  if (oldest == nullptr && !open_.empty()) {
    oldest = open_.front().window;
  }
  while (!windows_.empty() && windows_.front().get() != oldest) {
    windows_.pop_front();
  }
}

}  // namespace dedup::cleaner
