// SPDX-License-Identifier: Apache-2.0
// Learned boilerplate: what recurs in many documents of a site belongs to the site.
//
//   dedup::BoilerplateLearner learner;
//   for (…) learner.learn(page, url);
//   options.boilerplate_model = learner.model();   // and clean with it, now or another day
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "dedup/compression.h"
#include "dedup/export.h"

namespace dedup {

/// What is learned, and at what cost. Plain values; the learner's constructor checks them.
struct LearnOptions {
  /// A block is learned when it occurs in at least this many documents; at least 2.
  std::uint32_t min_documents = 5;

  /// Most distinct keys counted at a time, about 100 bytes each (on pages with a URL two keys a
  /// block, and one for the host); rarer ones make room: see BoilerplateLearner::missed(). Of a
  /// document half as many blocks are counted, and the rest are not. At least 1000.
  std::uint64_t max_keys = 10'000'000;

  /// The charset of all documents, as Options::encoding.
  std::string encoding = "auto";

  /// About the most bytes for what is counted: fewer keys where max_keys would take more. 0: no
  /// limit but max_keys.
  std::uint64_t memory = 0;
};

/// Counts in how many documents each block occurs. Documents are shown one after the other, whole
/// by learn() or in pieces: ((learn | begin feed* end)* model)*. A begin() without the end() before
/// drops what was fed. One thread at a time; different learners are independent. Broken bytes are
/// read as U+FFFD, as in cleaning. Throws nothing but std::bad_alloc, unless stated.
class DEDUP_EXPORT BoilerplateLearner {
 public:
  /// Throws InvalidOption where min_documents or max_keys is too small, or encoding is unknown.
  explicit BoilerplateLearner(LearnOptions options = {});
  ~BoilerplateLearner();
  /// The other may then be assigned to or destroyed only.
  BoilerplateLearner(BoilerplateLearner&&) noexcept;
  BoilerplateLearner& operator=(BoilerplateLearner&&) noexcept;  ///< likewise

  /// A whole document, and its URL where it has one: counts are then kept by host. It is unpacked
  /// and recognised as Cleaner::clean() does it with a Page; of HTML the text is counted. Returns
  /// how the unpacking ended; what came out before a fault was counted.
  Unpacking learn(std::string_view document, std::string_view url = {},
                  std::string_view content_type = {});

  /// A document in pieces, cut anywhere, so that it need not be held: the bytes as they are, of
  /// what `content_type` says (see DocumentId).
  void begin(std::string_view url = {}, std::string_view content_type = {});
  /// The next bytes of it.
  void feed(std::string_view bytes);
  /// Counts the document's blocks, each once however often it stands there.
  void end();

  /// How many documents may be missing from a count, as rarer blocks and hosts made room for
  /// others; 0: none, all were counted. A block that occurs in so many more than min_documents is
  /// counted enough for certain; of rarer ones some may not be learned.
  [[nodiscard]] std::uint32_t missed() const noexcept;

  /// Bytes of pages of HTML behind their first 12 MiB, which were not looked at.
  [[nodiscard]] std::uint64_t unread() const noexcept;

  /// The model of what was shown so far: bytes with version, key recipe and checksum, for
  /// Options::boilerplate_model. More may be shown afterwards.
  [[nodiscard]] std::string model() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dedup
