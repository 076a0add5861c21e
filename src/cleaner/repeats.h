// Repeats: rules 3 to 6 of the design, the ones with a memory of blocks and sentences.
//
// Within rules 3, 4 and 6 an earlier copy counts whether or not it was removed itself, so a verdict
// depends only on the positions and keys that the rule is shown. Rules 4 and 6 look at three in a
// row and may condemn the two before the one they are shown: a verdict is final once two more have
// followed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "cleaner/census.h"
#include "cleaner/verdict.h"
#include "dedup/options.h"
#include "memory/near_index.h"
#include "memory/seen_set.h"
#include "numbers/fingerprint.h"

namespace dedup::cleaner {

inline constexpr std::uint32_t kLoneWeight = 60;  // of a single sentence, on request

/// Where three in a row stand: the lines of each.
struct RunPlace {
  std::uint64_t document = 0;
  std::array<std::uint64_t, 3> blocks{};
};

/// The last three of a sequence, by reference to something that outlives them here.
template <typename Item>
class LastThree {
 public:
  void push(Item item) {
    items_[0] = items_[1];
    items_[1] = items_[2];
    items_[2] = item;
    count_ = count_ < 3 ? count_ + 1 : 3;
  }
  void clear() noexcept { count_ = 0; }
  [[nodiscard]] bool full() const noexcept { return count_ == 3; }
  /// The earliest that a run may still begin with; null if none.
  [[nodiscard]] const Item* earliest_open() const noexcept {
    return count_ == 0 ? nullptr : count_ == 1 ? &items_[2] : &items_[1];
  }
  [[nodiscard]] const std::array<Item, 3>& items() const noexcept { return items_; }

 private:
  std::array<Item, 3> items_{};
  std::size_t count_ = 0;
};

/// Rules 3 and 4: repeated blocks and runs of blocks.
class BlockRepeats {
 public:
  /// `census` counted the copies where none is to stay; else null.
  BlockRepeats(const Options& options, const numbers::Fingerprinter& fingerprinter, Census* census,
               memory::Budget& budget);

  void begin_document(std::uint64_t document);

  /// The next block that layer 1 left. `judged` must stay in place until two more were shown.
  void judge(Judged& judged);

  /// The earliest block whose verdict may still change, or null.
  [[nodiscard]] const Judged* open() const noexcept;
  /// Nothing that follows makes a run with what was shown.
  void end_run() noexcept { recent_.clear(); }

  /// A block that will be judged soon.
  void prefetch(const Block& block) noexcept;

 private:
  void judge_block(Judged& judged);
  void judge_run();
  [[nodiscard]] std::optional<Position> counterpart(const RunPlace& first, std::size_t i) const;
  [[nodiscard]] memory::SeenSet<Position>& blocks_for(std::uint32_t weight) noexcept;
  [[nodiscard]] memory::SeenSet<RunPlace>& runs() noexcept;

  const Options& options_;
  const numbers::Fingerprinter& fingerprinter_;
  Census* census_;
  memory::SeenSet<Position> corpus_blocks_;
  memory::SeenSet<RunPlace> corpus_runs_;
  memory::SeenSet<Position> document_blocks_;
  memory::SeenSet<RunPlace> document_runs_;
  std::uint64_t document_ = 0;
  LastThree<Judged*> recent_;
};

/// Rule 5: near-duplicate blocks, within a window or over all input.
class NearRepeats {
 public:
  NearRepeats(const Options& options, memory::Budget& budget);

  void begin_document(std::uint64_t document);

  /// The next block that the layers before left. What it refers to must live until let_go().
  void judge(Judged& judged);

  /// Before the window goes, all of whose blocks were judged.
  void let_go(const Window& window);

  /// A block that will be judged soon.
  void prefetch(const Window& window, const Block& block) const noexcept;

 private:
  bool wide_;
  memory::NearIndex index_;
  std::uint64_t document_ = 0;
  const Window* window_ = nullptr;  // that the index refers to
};

/// Rule 6: runs of sentences, and lone ones on request, within a document or over all input.
class SentenceRepeats {
 public:
  SentenceRepeats(const Options& options, const numbers::Fingerprinter& fingerprinter,
                  memory::Budget& budget);

  void begin_document(std::uint64_t document);

  /// The sentences of the next block that the layers before left; same lifetime rule.
  void judge(Judged& judged);

  /// The earliest block whose sentences may still be cut, or null.
  [[nodiscard]] const Judged* open() const noexcept;
  /// Nothing that follows makes a run with what was shown.
  void end_run() noexcept { recent_.clear(); }

  /// A block whose sentences will be judged soon.
  void prefetch(const Window& window, const Block& block) const noexcept;

 private:
  struct Place {
    Judged* judged = nullptr;
    std::uint32_t sentence = 0;
    const Sentence* value = nullptr;
  };
  void judge_run();
  void judge_lone(const Place& place);
  void cut(const Place& place, const Position& first);

  const Options& options_;
  const numbers::Fingerprinter& fingerprinter_;
  memory::SeenSet<RunPlace> runs_;
  memory::SeenSet<Position> lone_;
  std::uint64_t document_ = 0;
  LastThree<Place> recent_;
};

}  // namespace dedup::cleaner
