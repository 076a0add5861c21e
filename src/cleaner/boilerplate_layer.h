// SPDX-License-Identifier: Apache-2.0
// Layer 1: which blocks are boilerplate. The rules judge each block by itself and then ask its
// neighbours; a learned model also looks at its neighbours, and page mode at the page as a
// whole. What one of them took the next is told but does not judge again.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
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

/// Safe on any thread, and immutable but for expect_pages().
class BoilerplateLayer {
 public:
  /// Throws FormatError where rules or model of the options do not parse.
  explicit BoilerplateLayer(const Options& options);

  /// What the learned model knows the site of a document by, if its name is a URL.
  [[nodiscard]] boilerplate::Host host(std::string_view name) const {
    return learned_ ? learned_->host(name) : 0;
  }

  /// To be called before a page of HTML is given to any thread: what judges pages is made for the
  /// first of them, since text, which is most of what is cleaned, has no use for it. Windows that
  /// are of no page may be read at the same time.
  void expect_pages();

  /// The words that count in the names of a page's elements; null where nobody asks. To be called
  /// for pages alone.
  [[nodiscard]] const boilerplate::NameWords* page_names() const noexcept {
    return content_ ? &content_->names() : nullptr;
  }

  /// Whether nothing is looked for.
  [[nodiscard]] bool is_off() const noexcept { return !rules_ && !learned_ && !page_ && !content_; }

  /// Reads the blocks of one window in order: (read* settle).
  class Reader {
   public:
    /// `layer` must outlive it, and so must `window`, of which the stretch and the page are looked
    /// at.
    Reader(const BoilerplateLayer& layer, boilerplate::Host host, const Window& window);

    /// The next block that is not blank, about to become number `index` of its window; `signs` says
    /// whether its key has any. Rules and page mode look for words and get the letters alone; a
    /// learned model knows whole keys.
    void read(std::string_view content, std::u16string_view key, bool signs, Block& block,
              std::size_t index);

    /// Whether there is nothing to read for.
    [[nodiscard]] bool is_off() const noexcept { return layer_.is_off(); }

    /// The verdicts that need the neighbours; `blocks` are those of the window.
    void settle(std::vector<Block>& blocks);

   private:
    /// A line without a key that the learned model knows.
    struct SightedMark {
      boilerplate::BoilerplateModel::Sighting sighting;
      std::size_t block = 0;
      std::size_t next = 0;  ///< the sighting behind it
    };

    void look_up(std::string_view content, std::u16string_view key, const Block& block,
                 std::size_t index, const boilerplate::JudgedLine& line);
    [[nodiscard]] bool looks_for_words(const Block& block) const;
    void add_to_page(std::string_view content, const Block& block,
                     const boilerplate::JudgedLine& line);
    void settle_rules(std::vector<Block>& blocks);
    void settle_learned(std::vector<Block>& blocks);
    void take(const boilerplate::BoilerplateModel::Sighting& sighting, Block& block) const;
    void settle_page(std::vector<Block>& blocks);
    void settle_content(std::vector<Block>& blocks);
    [[nodiscard]] std::uint32_t marked_line(const Block& block);

    const BoilerplateLayer& layer_;
    boilerplate::Host host_;
    std::u16string letters_;  // of the key at hand, where it has signs
    std::optional<boilerplate::Neighbours> neighbours_;
    std::optional<boilerplate::BrokenNotice> broken_;
    std::vector<boilerplate::BoilerplateModel::Sighting> sightings_;
    std::vector<std::size_t> sighted_;  // the block of each sighting
    std::vector<SightedMark> marks_;
    std::vector<std::size_t> guarded_;  // blocks out of reach of every rule, in order
    std::optional<boilerplate::PageLines> page_;
    std::optional<boilerplate::ContentLines> content_;
    std::uint64_t offset_;           // of the window in the text of the page
    std::uint32_t next_marked_ = 0;  // in the lines of the page's mark-up
  };

 private:
  std::optional<boilerplate::BoilerplateRules> rules_;
  std::optional<boilerplate::BoilerplateModel> learned_;
  std::optional<boilerplate::PageModel> page_;
  std::optional<boilerplate::ContentModel> content_;  // see expect_pages()
  bool judges_pages_ = false;
};

}  // namespace dedup::cleaner
