// SPDX-License-Identifier: Apache-2.0
// Rule 6 of the design: stretches of three and more sentences, and lone ones on request, that
// occurred before in the document or, under Scope::wide, in any.
//
// It sees what the layers before left. Runs of three in a row are asked about, also light ones: by
// them a stretch is known as far as the copies agree (stretches.h).
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "cleaner/rules/last_three.h"
#include "cleaner/rules/stretches.h"
#include "cleaner/verdict.h"
#include "dedup/options.h"
#include "memory/index.h"
#include "memory/seen_keys.h"

namespace dedup::cleaner {

inline constexpr std::uint32_t kLoneWeight = 60;  // of a single sentence, on request

/// Call order: (begin_document (gather* judge)*)*. One thread.
class SentenceRepeats {
 public:
  /// All references must outlive it.
  SentenceRepeats(const Options& options, memory::Index& index, memory::Budget& budget);

  void begin_document(std::uint64_t document);

  /// The next block; its sentences count where the layers before left it.
  void gather(const Judged& judged, bool left, BlockNumber number);

  /// What is found of the blocks that were gathered, and of those before them that are open; at the
  /// end of the document all that is. Valid until the next call.
  [[nodiscard]] std::span<const Cut> judge(bool at_end);

  /// The earliest block whose sentences may still be cut, or kNoBlock.
  [[nodiscard]] BlockNumber open() const noexcept {
    return std::min(recent_.open(), stretches_.open());
  }

 private:
  struct Question {
    std::vector<memory::Ask> asks;
    std::vector<std::uint64_t> last;  // the number of the last sentence of each, or the only one
    std::vector<memory::Answer> answers;
    void forget() noexcept;
  };

  void gather_sentence(const Window& window, const Block& block, std::uint32_t i,
                       BlockNumber number);
  void gather_run(const Window& window, std::size_t last, std::uint64_t number);
  void ask(memory::Kind kind, Question& question);
  void tell_run(std::size_t answer);
  void tell_lone(std::size_t answer);
  [[nodiscard]] std::optional<Position> first_of(const memory::Answer& answer, std::size_t i) const;

  const Options& options_;
  memory::Index& index_;
  memory::SeenKeys own_;  // of the document
  std::uint64_t document_ = 0;
  LastThree recent_;
  Stretches stretches_;

  std::vector<std::uint8_t> heavy_;  // of runs_: enough for a stretch of its own
  Question runs_;                    // these are scratch, kept for their memory
  Question lone_;
  std::vector<Cut> cuts_;  // decided while gathering
  std::vector<Cut> told_;
};

}  // namespace dedup::cleaner
