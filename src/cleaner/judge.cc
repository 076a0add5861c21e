#include "cleaner/judge.h"

#include <cmath>
#include <utility>

namespace dedup::cleaner {

void Judge::begin(std::uint64_t document, boilerplate::Host host, Sink& sink) {
  held_.begin_document(host);
  documents_.begin_document(document);
  blocks_.begin_document(document);
  near_.begin_document(document);
  sentences_.begin_document(document);
  editor_.begin_document(sink);
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
  judge_final(nullptr);
  pass_on(nullptr);
  editor_.end_document();
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
  constexpr std::size_t kAhead = 8;  // blocks: long enough for memory to answer
  for (std::size_t i = 0; i < newest.blocks.size(); ++i) {
    const Block& block = newest.blocks[i];
    if (i + kAhead < newest.blocks.size()) {
      blocks_.prefetch(newest.blocks[i + kAhead]);
      near_.prefetch(newest, newest.blocks[i + kAhead]);
      sentences_.prefetch(newest, newest.blocks[i + kAhead]);
    }
    Judged& judged = open_.push();
    judged.window = &newest;
    judged.block = &block;
    end_far_runs(judged);
    if (block.blank) {
      continue;  // no verdict of its own: it goes along with its neighbours
    }
    judge_block(judged);
    judge_final(blocks_.open());
    pass_on(sentences_.open());
  }
  editor_.flush();
  release();
}

/// What was removed is no part of a run, but lies between its parts, and all of it has to wait
/// until the run is decided. So a run that would reach too far is none.
void Judge::end_far_runs(const Judged& judged) {
  const auto is_far = [&](const Judged* open) {
    return open != nullptr && start_of(judged) - start_of(*open) > kLongestWait;
  };
  if (is_far(blocks_.open())) {
    blocks_.end_run();
  }
  if (is_far(sentences_.open())) {
    sentences_.end_run();
  }
}

/// Layers 1 and 3 with 4: each sees what the one before left.
void Judge::judge_block(Judged& judged) {
  if (!judged.block->boilerplate.empty()) {
    judged.remove(Reason::boilerplate, std::nullopt);
    judged.rule = judged.block->boilerplate;
    judged.score = std::round(1000.0 * judged.block->boilerplate_score) / 1000;
    return;
  }
  blocks_.judge(judged);
}

/// Layers 5 and 6, up to the first block whose verdict is still open.
void Judge::judge_final(const Judged* limit) {
  for (; final_ < open_.size() && &open_[final_] != limit; ++final_) {
    Judged& judged = open_[final_];
    if (judged.removed || judged.block->blank) {
      continue;
    }
    near_.judge(judged);
    if (options_.sentences != Sentences::off && !judged.removed) {
      sentences_.judge(judged);
    }
  }
}

void Judge::pass_on(const Judged* limit) {
  while (final_ > 0 && &open_.front() != limit) {
    editor_.take(open_.front());
    open_.pop();
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
  constexpr std::size_t kMost = 2;  // more come back only from documents that were held or small
  if (spent_.size() < kMost) {
    spent_.push_back(std::move(window));
  }
}

std::unique_ptr<Window> Judge::take_spent() noexcept {
  if (spent_.empty()) {
    return nullptr;
  }
  WindowPointer window = std::move(spent_.back());
  spent_.pop_back();
  return window;
}

}  // namespace dedup::cleaner
