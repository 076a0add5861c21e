// Verdicts on blocks while they can still change.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "cleaner/window.h"
#include "dedup/edit.h"

namespace dedup::cleaner {

/// A sentence that goes, and where the run that it repeats began.
struct SentenceCut {
  std::uint32_t sentence = 0;  ///< within its block
  std::optional<Position> first;
};

/// A block on its way from analysis to output.
struct Judged {
  const Window* window = nullptr;
  const Block* block = nullptr;
  std::optional<Reason> removed;
  std::string_view rule;
  std::optional<double> score;
  std::optional<Position> first;
  std::optional<double> similarity;
  std::vector<SentenceCut> cuts;  ///< in order

  void remove(Reason reason, std::optional<Position> earlier) {
    if (!removed) {
      removed = reason;
      first = earlier;
    }
  }
};

/// Where the block begins in its document.
[[nodiscard]] inline std::uint64_t start_of(const Judged& judged) noexcept {
  return judged.window->stretch.offset + judged.block->line.start;
}

/// Bytes of a document that nothing waits for longer: its windows have to stay meanwhile.
inline constexpr std::uint64_t kLongestWait = text::kWindow;

}  // namespace dedup::cleaner
