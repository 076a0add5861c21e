#include "cleaner/front.h"

#include <utility>

namespace dedup::cleaner {

Front::Front(WindowPool& pool) : pool_(pool), decoder_(std::make_unique<text::Utf8Decoder>()) {}

void Front::open(Portion::Opening opening) {
  decoder_->reset();
  windower_.reset();
  portion_ = {};
  portion_.host = opening.host;
  portion_.opening = std::move(opening);
  open_ = true;
}

void Front::feed(std::string_view bytes) {
  decoder_->feed(bytes, windower_.buffer());
  add_windows(&text::Windower::next);
}

void Front::close() {
  open_ = false;
  decoder_->finish(windower_.buffer());
  add_windows(&text::Windower::rest);
  portion_.closing = {decoder_->input_bytes(), windower_.offset(), decoder_->damage(), false};
  add_portion();
}

void Front::abandon() {
  open_ = false;
  windower_.reset();
  const bool unknown = portion_.opening.has_value();
  if (!unknown) {
    portion_.closing = {.abandoned = true};
    add_portion();
  }
  portion_ = {};
}

Batch Front::take_batch() {
  bytes_ = 0;
  return std::exchange(batch_, {});
}

void Front::add_windows(std::optional<text::Stretch> (text::Windower::*next)()) {
  while (auto stretch = (windower_.*next)()) {
    portion_.window = pool_.take();
    windower_.reuse(std::exchange(portion_.window->stretch.text, {}));
    bytes_ += stretch->text.size();
    portion_.window->stretch = std::move(*stretch);
    add_portion();
  }
}

void Front::add_portion() {
  const boilerplate::Host host = portion_.host;
  batch_.push_back(std::exchange(portion_, {}));
  portion_.host = host;
}

}  // namespace dedup::cleaner
