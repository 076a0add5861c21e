// SPDX-License-Identifier: Apache-2.0
// Layer 1: which blocks are boilerplate. The rules judge each block by itself and then ask its
// neighbours; a learned model also looks at its neighbours, and page mode at the page as a
// whole. What one of them took the next is told but does not judge again.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "boilerplate/broken_notice.h"
#include "boilerplate/content_model.h"
#include "boilerplate/learned_model.h"
#include "boilerplate/neighbours.h"
#include "boilerplate/page_model.h"
#include "boilerplate/rules.h"
#include "cleaner/window.h"
#include "dedup/options.h"

namespace dedup::cleaner {

/// Immutable, safe on any thread.
class BoilerplateLayer {
 public:
  /// Throws FormatError where rules or model of the options do not parse.
  explicit BoilerplateLayer(const Options& options);

  /// What the learned model knows the site of a document by, if its name is a URL.
  [[nodiscard]] boilerplate::Host host(std::string_view name) const {
    return learned_ ? learned_->host(name) : 0;
  }

  /// What says which lines of a page of HTML are its own; null where nobody asks.
  [[nodiscard]] const boilerplate::ContentModel* content_model() const noexcept {
    return content_ ? &*content_ : nullptr;
  }

  /// Reads the blocks of one window in order: (read* settle).
  class Reader {
   public:
    /// `layer` must outlive it.
    Reader(const BoilerplateLayer& layer, boilerplate::Host host);

    /// The next block that is not blank, about to become number `index` of its window; `signs` says
    /// whether its key has any. Rules and page mode look for words and get the letters alone; a
    /// learned model knows whole keys.
    void read(std::string_view content, std::u16string_view key, bool signs, Block& block,
              std::size_t index);

    /// The verdicts that need the neighbours, or the page as a whole.
    void settle(Window& window);

   private:
    /// A line without a key that the learned model knows.
    struct SightedMark {
      boilerplate::BoilerplateModel::Sighting sighting;
      std::size_t block = 0;
      std::size_t next = 0;  ///< the sighting behind it
    };

    void look_up(std::string_view content, std::u16string_view key, const Block& block,
                 std::size_t index, const boilerplate::JudgedLine& line);
    void settle_rules(std::vector<Block>& blocks);
    void settle_learned(std::vector<Block>& blocks);
    void take(const boilerplate::BoilerplateModel::Sighting& sighting, Block& block) const;
    void settle_page(std::vector<Block>& blocks);
    void settle_marked(Window& window);

    const BoilerplateLayer& layer_;
    boilerplate::Host host_;
    std::optional<boilerplate::Neighbours> neighbours_;
    std::optional<boilerplate::BrokenNotice> broken_;
    std::vector<boilerplate::BoilerplateModel::Sighting> sightings_;
    std::vector<std::size_t> sighted_;  // the block of each sighting
    std::vector<SightedMark> marks_;
    std::vector<std::size_t> guarded_;  // blocks out of reach of every rule, in order
    std::optional<boilerplate::PageLines> page_;
  };

 private:
  std::optional<boilerplate::BoilerplateRules> rules_;
  std::optional<boilerplate::BoilerplateModel> learned_;
  std::optional<boilerplate::PageModel> page_;
  std::optional<boilerplate::ContentModel> content_;
};

}  // namespace dedup::cleaner
