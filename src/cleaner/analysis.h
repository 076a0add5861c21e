// Analysis: a stretch of a document to repaired, keyed blocks and sentences. A pure function of the
// stretch and the options, so windows can be analysed in any order and on any thread; only judging
// them needs what came before.
//
//   stretch → repair → blocks → sentences → keys → fingerprints, boilerplate
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/options.h"
#include "memory/boilerplate.h"
#include "numbers/fingerprint.h"
#include "text/changes.h"
#include "text/lines.h"

namespace dedup::cleaner {

/// A sentence of a block; offsets in the repaired content of the block.
struct Sentence {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  std::uint32_t weight = 0;
  bool keyed = false;  ///< damaged sentences have no key
  numbers::Fingerprint key;
};

/// A line, a piece of an overlong one, or several blank lines in a row.
struct Block {
  text::Line line;
  std::uint32_t first_change = 0;  ///< in Window::changes; all lie within the content
  std::uint32_t change_count = 0;
  std::uint32_t first_sentence = 0;  ///< in Window::sentences
  std::uint32_t sentence_count = 0;
  std::uint32_t weight = 0;
  bool blank = false;
  bool keyed = false;
  std::string_view boilerplate;  ///< the rule that judged it so; empty if none did
  numbers::Fingerprint key;
};

struct Window {
  text::Stretch stretch;
  text::Changes changes;  ///< repairs, in offsets of the stretch
  std::vector<Block> blocks;
  std::vector<Sentence> sentences;
  std::uint64_t damaged_sentences = 0;
};

/// Immutable, safe on any thread.
class Analyser {
 public:
  /// All references must outlive it.
  Analyser(const Options& options, const numbers::Fingerprinter& fingerprinter,
           const memory::BoilerplateRules& rules)
      : options_(options), fingerprinter_(fingerprinter), rules_(rules) {}

  [[nodiscard]] Window analyse(text::Stretch stretch) const;

 private:
  const Options& options_;
  const numbers::Fingerprinter& fingerprinter_;
  const memory::BoilerplateRules& rules_;
};

/// The repairs of one block, in offsets of its content.
[[nodiscard]] text::Changes changes_of(const Window& window, const Block& block);

/// The content of a block after its repairs.
[[nodiscard]] std::string repaired_content(const Window& window, const Block& block);

}  // namespace dedup::cleaner
