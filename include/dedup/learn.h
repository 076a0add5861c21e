// Learned boilerplate: what recurs in many documents of a site belongs to the site.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "dedup/export.h"

namespace dedup {

struct LearnOptions {
  /// A block is learned when it occurs in at least this many documents.
  std::uint32_t min_documents = 5;

  /// Most distinct keys counted at a time, about 100 bytes each (two keys a block on pages with a
  /// URL); rarer ones make room. The model says when that happened. Of a document half as many
  /// blocks are counted, and the rest are not.
  std::uint64_t max_keys = 10'000'000;

  /// About the most bytes for what is counted: fewer keys where max_keys would take more. 0: no
  /// limit but max_keys.
  std::uint64_t memory = 0;
};

/// Counts in how many documents each block occurs. Documents are shown one after the other, whole
/// by learn() or in pieces: (learn | begin feed* end)* model. One thread at a time.
class DEDUP_EXPORT BoilerplateLearner {
 public:
  /// Throws InvalidOption.
  explicit BoilerplateLearner(LearnOptions options = {});
  ~BoilerplateLearner();
  BoilerplateLearner(BoilerplateLearner&&) noexcept;
  BoilerplateLearner& operator=(BoilerplateLearner&&) noexcept;

  /// A whole document, and its URL where it has one: counts are then kept by host.
  void learn(std::string_view document, std::string_view url = {});

  /// The same in pieces, cut anywhere, so that no document has to be held.
  void begin(std::string_view url = {});
  void feed(std::string_view bytes);
  void end();

  /// The model of what was shown so far: bytes with version, key recipe and checksum, for
  /// Options::boilerplate_model.
  [[nodiscard]] std::string model() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dedup
