// SPDX-License-Identifier: Apache-2.0
// Rule 6 of the design: runs of three sentences, and lone ones on request, that occurred before in
// the document or, under Scope::wide, in any.
//
// It sees what the layers before left; as in rule 4 a run may condemn the two sentences before its
// third, which may stand in earlier blocks.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "cleaner/rules/last_three.h"
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
  void gather(const Window& window, const Block& block, bool left, BlockNumber number);

  /// What is found of the blocks that were gathered, and of those before them that are open. Valid
  /// until the next call.
  [[nodiscard]] std::span<const Cut> judge();

  /// The earliest block whose sentences may still be cut, or kNoBlock.
  [[nodiscard]] BlockNumber open() const noexcept { return recent_.open(); }

 private:
  /// What goes if a key was there: one sentence, or the three of a run, the last of which says when
  /// the key is asked for.
  struct Spot {
    BlockNumber block = 0;
    std::uint32_t sentence = 0;
  };
  struct Question {
    std::vector<memory::Ask> asks;
    std::vector<std::array<Spot, 3>> spots;
    std::vector<std::uint32_t> when;  // the number of its last sentence among those gathered
    std::vector<memory::Answer> answers;
    void forget() noexcept;
  };

  void gather_run(const Window& window, std::size_t last);
  void ask(memory::Kind kind, Question& question);
  void cut_run(std::size_t answer);
  void cut_lone(std::size_t answer);
  [[nodiscard]] std::optional<Position> first_of(const memory::Answer& answer, std::size_t i) const;

  const Options& options_;
  memory::Index& index_;
  memory::SeenKeys own_;  // of the document
  std::uint64_t document_ = 0;
  LastThree recent_;
  std::uint32_t gathered_ = 0;  // sentences since the last judge()

  Question runs_;  // these are scratch, kept for their memory
  Question lone_;
  std::vector<Cut> cuts_;
};

}  // namespace dedup::cleaner
