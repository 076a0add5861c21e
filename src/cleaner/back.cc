// SPDX-License-Identifier: Apache-2.0
// Portions come in the order of the input. The states of the document at hand:
//
//   opening → open ──────────────→ closing: judged to its end, told
//               │ sink threw, or abandoned
//               └→ dropped_ ─────→ closing: passed over
//
// A dropped document's windows are not judged; dropped_ holds until its closing portion is seen.
#include "cleaner/back.h"

#include <utility>

namespace dedup::cleaner {

/// A fault of a sink is kept for the caller, so that the portions of other documents that are on
/// their way in the same batch are not lost with it.
void Back::settle(Batch batch) {
  for (Portion& portion : batch) {
    try {
      settle(portion);
    } catch (const SinkFault& fault) {
      fault_ = fault_ ? fault_ : fault.cause;
      drop();
      if (portion.closing) {
        dropped_ = false;  // nothing of it is to come
      }
    }
  }
}

/// The three in the order of the document: a portion may hold all of a short one.
void Back::settle(Portion& portion) {
  if (portion.opening) {
    begin(*portion.opening);
  }
  if (portion.window != nullptr && !dropped_) {
    dense_.give(std::move(portion.window), portion.host,
                [this](WindowPointer window) { take(std::move(window)); });
  }
  if (portion.closing) {
    end(*portion.closing);
  }
}

void Back::take(WindowPointer window) {
  if (census_.counting()) {
    census_.read(*window);
  } else {
    judge_.add(std::move(window));
  }
}

/// The index numbers documents of the cleaning pass alone, so that the numbers are the same whether
/// there were passes before it.
void Back::begin(const Portion::Opening& opening) {
  dropped_ = false;
  if (census_.counting()) {
    census_.begin_document(counted_++);
    return;
  }
  const std::uint64_t number = index_.begin_document(opening.name);
  open_ = number;
  judge_.begin(number, opening.host);
  outlet_.begin_document(*opening.sink, number, opening.name);
  if (opening.facts) {
    outlet_.page(*opening.facts);
  }
}

void Back::end(const Portion::Closing& closing) {
  if (dropped_) {
    dropped_ = false;
  } else if (closing.abandoned) {
    drop();
    dropped_ = false;
  } else if (census_.counting()) {
    census_.end_document();
  } else {
    finish(closing);
  }
}

/// Counted before the sink hears: what it throws does not make the document undone.
void Back::finish(const Portion::Closing& closing) {
  judge_.end();
  Stats counts = judge_.stats();
  counts.documents = 1;
  counts.input_bytes = closing.input_bytes;
  counts.decoded_bytes = closing.decoded_bytes;
  counts.broken_sequences = closing.damage.sequences;
  stats_ += counts;
  Damage damage = closing.damage;
  damage.mojibake_line = judge_.first_mojibake();
  outlet_.end_document(counts, damage, closing.encoding);
  leave();
}

void Back::drop() {
  dropped_ = true;
  if (census_.counting()) {
    census_.abandon();
  } else {
    judge_.abandon();
    outlet_.close();
    leave();
  }
}

/// Its sink has heard all: what the index may now commit is nothing that could still be lost on the
/// way there.
void Back::leave() {
  if (open_) index_.end_document(*std::exchange(open_, std::nullopt));
}

Back::~Back() {
  try {
    leave();
  } catch (
      ...) {  // a commit was due and failed: the file is as it was, and nobody was promised more
  }
}

void Back::next_pass() noexcept {
  census_.next_pass();
  counted_ = 0;
}

}  // namespace dedup::cleaner
