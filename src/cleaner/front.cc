// SPDX-License-Identifier: Apache-2.0
// From bytes to portions: decoder → windower → windows, which gather in batch_. The portion at hand
// collects what belongs to the next one:
//
//   open()      the opening waits in portion_ and goes with the first window
//   feed()      each whole window makes a portion
//   close()     the rest of the text, if any, then a portion with the closing
//
// A page of HTML gathers in portion_ until close(), which makes one portion of all of it.
//
// So a document that was opened but sent no window yet is known to nobody behind, and abandon() may
// simply drop it.
#include "cleaner/front.h"

#include <utility>

#include "text/charset/choosing_decoder.h"
#include "walls/utf8.h"

namespace dedup::cleaner {

Front::Front(WindowPool& pool, const std::string& encoding)
    : pool_(pool), decoder_(text::decoder_called(encoding)) {}

void Front::open(Portion::Opening opening, const text::CharsetHints& hints) {
  decoder_->reset(hints);
  windower_.reset();
  portion_ = {};
  portion_.host = opening.host;
  portion_.opening = std::move(opening);
  unread_ = 0;
  if (hints.html) {
    portion_.page = std::make_unique<std::string>();
  }
  open_ = true;
}

void Front::feed(std::string_view bytes) {
  if (portion_.page != nullptr) {
    decoder_->feed(bytes, *portion_.page);
    keep_to_limit();
    return;
  }
  decoder_->feed(bytes, text_buffer());
  add_windows(&text::Windower::next);
}

void Front::close() {
  open_ = false;
  if (portion_.page != nullptr) {
    decoder_->finish(*portion_.page);
    keep_to_limit();
    bytes_ += portion_.page->size();
  } else {
    decoder_->finish(text_buffer());
    add_windows(&text::Windower::rest);
  }
  portion_.closing = {.input_bytes = decoder_->input_bytes(),
                      .decoded_bytes = windower_.offset(),
                      .damage = decoder_->damage(),
                      .encoding = decoder_->encoding()};
  portion_.closing->damage.unread = unread_;
  add_portion();
}

/// Memory for a large text is taken only when that is seen to come, where one was judged meanwhile:
/// on one thread the same serves for all.
std::string& Front::text_buffer() {
  if (windower_.wants_room()) {
    windower_.move_to(pool_.take_text());
  }
  return windower_.buffer();
}

/// Cut between characters. What is over was decoded, so damage in it is told, too.
void Front::keep_to_limit() {
  std::string& page = *portion_.page;
  if (page.size() <= (unread_ > 0 ? kept_ : kLongestPage)) {
    return;
  }
  if (unread_ == 0) {
    kept_ = utf8::whole_size(std::string_view(page).substr(0, kLongestPage));
  }
  unread_ += page.size() - kept_;
  page.resize(kept_);
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

/// The memory of a used window's text goes to the windower and comes back as the next one's, so in
/// the long run no text is allocated.
void Front::add_windows(std::optional<text::Stretch> (text::Windower::*next)()) {
  while (auto stretch = (windower_.*next)()) {
    portion_.window = pool_.take(stretch->text.size());
    windower_.reuse(std::exchange(portion_.window->stretch.text, {}));
    bytes_ += stretch->text.size();
    portion_.window->stretch = std::move(*stretch);
    add_portion();
  }
}

/// Each portion of a document carries its host: analysis sees portions apart.
void Front::add_portion() {
  const boilerplate::Host host = portion_.host;
  batch_.push_back(std::exchange(portion_, {}));
  portion_.host = host;
}

}  // namespace dedup::cleaner
