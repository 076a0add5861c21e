// SPDX-License-Identifier: Apache-2.0
// Analysis: a stretch of a document to repaired, keyed blocks and sentences. A pure function of the
// stretch and the options, so windows can be analysed in any order and on any thread; only judging
// them needs what came before.
//
//   stretch → repair → structure → blocks → sentences → keys → fingerprints, boilerplate
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cleaner/boilerplate_layer.h"
#include "cleaner/description.h"
#include "cleaner/window.h"
#include "dedup/options.h"
#include "numbers/fingerprint.h"
#include "structure/layout.h"
#include "text/fold.h"
#include "text/key_buffer.h"
#include "text/lines.h"
#include "text/marks.h"

namespace dedup::cleaner {

/// What an analysis works with, kept for the next one so that nothing is allocated for a block.
struct Workbench {
  text::Marks marks;
  text::Marks block_marks;  // of a block that is not as it stands in the window
  std::vector<text::Line> lines;
  std::vector<text::Line> fitted;
  std::vector<structure::Shape> shapes;
  std::vector<structure::Place> places;
  std::vector<std::size_t> damage;
  std::vector<std::size_t> block_damage;
  std::vector<std::size_t> ends;
  std::vector<text::FoldedPiece> pieces;
  std::string repaired;
  std::vector<numbers::Fingerprint> group;  // the keys of its lines
  text::KeyBuffer key;
  Description::Bench description;
};

/// What is wanted of an analysis.
struct AnalysisOptions {
  bool repair = true;
  bool sentences = true;     ///< where they end, and their keys
  bool runs = true;          ///< keys of three blocks in a row
  bool keys = false;         ///< Window::keys of all blocks
  bool sample = false;       ///< Window::sample
  bool near_blocks = false;  ///< Window::near_bands, and the keys they are of
  Simd simd = Simd::automatic;
};

/// What the rules that these options ask for need.
[[nodiscard]] AnalysisOptions analysis_options(const Options& options) noexcept;

/// Immutable, safe on any thread.
class Analyser {
 public:
  /// The references must outlive it.
  Analyser(const AnalysisOptions& options, const numbers::Fingerprinter& fingerprinter,
           const BoilerplateLayer& boilerplate)
      : options_(options), fingerprinter_(fingerprinter), boilerplate_(boilerplate) {}

  /// Fills in all of `window` but its stretch, which is there; what it held before is forgotten,
  /// its memory used again. `host` is that of the document, as the layer of boilerplate numbers
  /// it. A workbench is one thread's. A dense window comes back marked so, with its stretch alone.
  void analyse(Window& window, boilerplate::Host host, Workbench& workbench) const;

  /// About as many bytes as a window of so much text takes when it is analysed.
  [[nodiscard]] std::size_t cost(std::size_t bytes, std::uint64_t lines) const noexcept;
  /// The same for a page of HTML and what is read out of it.
  [[nodiscard]] std::size_t page_cost(std::size_t bytes) const noexcept;
  /// The words that count in the names of a page's elements; null where nobody asks.
  [[nodiscard]] const boilerplate::NameWords* page_names() const noexcept {
    return boilerplate_.page_names();
  }
  /// That of a window of the longest kind.
  [[nodiscard]] std::size_t longest_cost() const noexcept {
    return cost(text::kWindow, text::kWindowLines);
  }

 private:
  AnalysisOptions options_;
  const numbers::Fingerprinter& fingerprinter_;
  const BoilerplateLayer& boilerplate_;
};

}  // namespace dedup::cleaner
