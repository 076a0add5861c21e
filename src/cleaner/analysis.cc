// SPDX-License-Identifier: Apache-2.0
// Three kinds of offset meet here; who mixes them up is wrong by a few bytes only where a text is
// repaired, so each name says which it is.
//
//   of the stretch    marks, lines, changes and damage as they are found; Block::line
//   of the content    a line without its end; block_damage_
//   repaired          the content after its changes: Sentence::start and end, what is folded
//
// The steps over a stretch, each over the whole of it, and then over each line:
//
//   marks → changes, damage, lines → lines fitted to changes
//   line → content → repaired → sentences → keys → boilerplate → Block
//   blocks → runs → near-duplicates and sample, of what boilerplate left
//
// Invariants: blocks lie in order and cover the stretch but for a byte order mark; each change and
// each sentence belongs to one block, those of a block in a row (first_…, …_count).
#include "cleaner/analysis.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include "cleaner/census.h"
#include "cleaner/description.h"
#include "cleaner/groups.h"
#include "text/damage.h"
#include "text/fold.h"
#include "text/kernels.h"
#include "text/line_breaks.h"
#include "text/marks.h"
#include "text/repair/repair.h"
#include "text/segment.h"
#include "walls/utf8.h"

namespace dedup::cleaner {
namespace {

/// As many sentences as most texts have at most. Used for making room and for what analysis is said
/// to cost; of a text that has more the room grows.
constexpr std::size_t sentences_in(std::size_t bytes, std::size_t lines) noexcept {
  constexpr std::size_t kSentence = 60;  // bytes, besides one for each line
  return lines + bytes / kSentence;
}

/// Fills a window block by block. One use: construct, build(). All that is scratch is the
/// workbench's, by reference, and holds what the last block left until it is cleared.
class Builder {
 public:
  Builder(const AnalysisOptions& options, const numbers::Fingerprinter& fingerprinter,
          BoilerplateLayer::Reader boilerplate, Window& window, Workbench& bench)
      : options_(options),
        fingerprinter_(fingerprinter),
        kernels_(text::kernels(options.simd)),
        boilerplate_(std::move(boilerplate)),
        window_(window),
        marks_(bench.marks),
        block_marks_(bench.block_marks),
        lines_(bench.lines),
        fitted_(bench.fitted),
        shapes_(bench.shapes),
        places_(bench.places),
        damage_(bench.damage),
        block_damage_(bench.block_damage),
        ends_(bench.ends),
        pieces_(bench.pieces),
        repaired_(bench.repaired),
        group_(bench.group),
        key_(bench.key),
        description_(options.sample, options.near_blocks, numbers::kernels(options.simd), window,
                     bench.description) {
    lines_.clear();
    damage_.clear();
  }

  /// False if the window is dense; what it holds is then of no use. A part of a dense window is
  /// short enough never to be refused itself.
  [[nodiscard]] bool build() {
    const std::string_view text = window_.stretch.text;
    const bool bounded = text.size() > kPart;
    // A byte order mark at the head of a document stays where it is, and no block begins with it.
    const std::size_t mark = window_.stretch.offset == 0 && text.starts_with(utf8::kByteOrderMark)
                                 ? utf8::kByteOrderMark.size()
                                 : 0;
    find_marks(text);
    if (options_.repair && !repair(mark, bounded ? kMostRepairs : text.size())) {
      return false;
    }
    text::find_damage(text, marks_, damage_);
    forget_healed();
    text::split_lines(window_.stretch, marks_, lines_);
    tell_mangled();
    if (window_.stretch.offset == 0 && !window_.stretch.part) {
      text::part_at_breaks(window_.stretch, window_.changes, lines_);
    }
    fit_pieces();
    make_room(text.size());
    if (!lines_.empty()) {
      lines_[0].start = std::max(lines_[0].start, std::min(mark, lines_[0].content_end));
    }
    find_structure();
    auto place = places_.begin();
    for (const text::Line& line : lines_) {
      add(line, *place++);
      if (bounded && window_.sentences.size() > kMostSentences) {
        return false;
      }
    }
    boilerplate_.settle(window_.blocks);
    make_groups();
    description_.finish();
    return true;
  }

 private:
  /// All that later steps look for in one pass over the text. The lists are written out because
  /// an initializer_list cannot be put together as it goes.
  void find_marks(std::string_view text) {
    using enum text::Mark;
    const bool sentences = options_.sentences;
    if (options_.repair && sentences) {
      marks_.find(text, {line_end, damage, repair, sentence}, kernels_);
    } else if (options_.repair) {
      marks_.find(text, {line_end, damage, repair}, kernels_);
    } else if (sentences) {
      marks_.find(text, {line_end, damage, sentence}, kernels_);
    } else {
      marks_.find(text, {line_end, damage}, kernels_);
    }
  }

  /// Private use in a line that was misread is what its bytes happened to mean: once the line is
  /// put right nothing of it is lost.
  void forget_healed() {
    auto change = window_.changes.begin();
    std::erase_if(damage_, [&](std::size_t at) {
      change = std::find_if(change, window_.changes.end(),
                            [&](const text::Change& each) { return each.end > at; });
      return change != window_.changes.end() && change->start <= at &&
             (change->kind == RepairKind::mojibake || change->kind == RepairKind::private_use);
    });
  }

  /// Before lines are fitted to what is made of them: numbers are those of the document.
  void tell_mangled() {
    window_.mojibake_lines = mangled_.size();
    if (!mangled_.empty()) {
      const auto behind =
          std::ranges::upper_bound(lines_, mangled_.front(), {}, &text::Line::start);
      window_.first_mojibake = behind == lines_.begin() ? 0 : std::prev(behind)->number;
    }
  }

  /// Behind `from`; false if there is more to repair than `most`.
  [[nodiscard]] bool repair(std::size_t from, std::size_t most) {
    auto repairs = text::repair_unless_dense(window_.stretch.text, marks_, from, most,
                                             window_.page == nullptr);
    if (!repairs) {
      return false;
    }
    window_.changes = std::move(repairs->changes);
    mangled_ = std::move(repairs->mangled);
    return true;
  }

  void make_room(std::size_t bytes) {
    window_.blocks.reserve(lines_.size());
    if (options_.sentences) {
      window_.sentences.reserve(sentences_in(bytes, lines_.size()));
    }
    if (options_.keys || options_.near_blocks) {
      window_.keys.reserve(bytes / 3);
    }
  }

  /// Shapes first, places then: what a line is depends on those around it. The pieces of an
  /// overlong line are prose, whatever they look like cut off.
  void find_structure() {
    shapes_.clear();
    places_.clear();
    const std::string_view text = window_.stretch.text;
    std::size_t tab = text.find('\t');  // the next one, or npos
    std::size_t change = start_of_next_change();
    shapes_.reserve(lines_.size());
    bool fences = false;
    Block block;
    for (const text::Line& line : lines_) {
      if (tab < line.start) {
        tab = text.find('\t', line.start);
      }
      std::string_view content(text.data() + line.start, line.content_end - line.start);
      bool tabs = tab < line.content_end;
      if (change < line.end) {
        block.line = line;
        take_changes(block);
        change = start_of_next_change();
        content = content_of(block);
        tabs = true;
      }
      shapes_.push_back(line.continues ? structure::Shape{.kind = structure::Kind::prose}
                                       : structure::shape_of(content, tabs));
      fences |= shapes_.back().fence != 0;
    }
    next_change_ = 0;
    heed_markup();
    if (fences) {
      structure::look_above_fences(std::span(shapes_),
                                   [this](std::size_t i) { return content_of(block_at(i)); });
    }
    structure::lay_out(shapes_, places_);
  }

  /// What the mark-up of a page says of a line wins over its looks. A long heading is none.
  void heed_markup() {
    if (window_.page == nullptr) {
      return;
    }
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const markup::PageLine* const said = marked_line(lines_[i]);
      if (said == nullptr) {
        continue;
      }
      structure::Shape& shape = shapes_[i];
      shape.quoted |= said->quoted;
      if (said->code) {
        shape.kind = structure::Kind::code;
      } else if (said->heading > 0 && !shape.long_text) {
        shape.kind = structure::Kind::heading;
        shape.level = said->heading;
      }
    }
  }

  /// What the mark-up says of a line; null where it says nothing. Asked for ascending lines.
  [[nodiscard]] const markup::PageLine* marked_line(const text::Line& line) {
    const std::vector<markup::PageLine>& marked = window_.page->lines;
    const std::uint64_t start = window_.stretch.offset + line.start;
    while (next_marked_ < marked.size() && marked[next_marked_].start < start) {
      ++next_marked_;
    }
    return next_marked_ < marked.size() && marked[next_marked_].start == start
               ? &marked[next_marked_]
               : nullptr;
  }

  /// Line i by itself, with its changes.
  [[nodiscard]] Block block_at(std::size_t i) const {
    const auto behind = [this](std::size_t offset) {
      const auto change =
          std::ranges::lower_bound(window_.changes, offset, {}, &text::Change::start);
      return static_cast<std::uint32_t>(change - window_.changes.begin());
    };
    Block block;
    block.line = lines_[i];
    block.first_change = behind(block.line.start);
    block.change_count = behind(block.line.end) - block.first_change;
    return block;
  }

  /// The repaired content; in repaired_ where anything was repaired.
  [[nodiscard]] std::string_view content_of(const Block& block) {
    if (block.change_count != 0) {
      return repaired_ = repaired_content(window_, block);
    }
    return std::string_view(window_.stretch.text)
        .substr(block.line.start, block.line.content_end - block.line.start);
  }

  /// What is not repaired lies in the stretch.
  [[nodiscard]] text::FoldWay way_of(const Block& block) const noexcept {
    const std::string& text = window_.stretch.text;
    return {kernels_, block.change_count != 0 ? nullptr : text.data() + text.size()};
  }

  /// Order matters: changes and damage are taken by lines in order, also by those that turn out
  /// blank; boilerplate reads the key that the sentences left in key_.
  void add(const text::Line& line, const structure::Place& place) {
    Block& block = window_.blocks.emplace_back();
    block.line = line;
    block.kind = place.kind;
    block.level = place.level;
    block.quoted = place.quoted;
    block.announces = place.announces();
    block.dated = place.dated;
    block.whole = place.whole;
    block.joins = joins(line, place);
    block.grouped = block.joins || (&place != &places_.back() && (&place)[1].joins);
    block.first_sentence = static_cast<std::uint32_t>(window_.sentences.size());
    take_changes(block);
    take_damage(line);
    const std::string_view content = content_of(block);
    key_.clear();
    const text::Piece whole =
        is_prose(block) && !block.quoted && (options_.sentences || !block_damage_.empty())
            ? add_sentences(content, block.change_count != 0, block)
            : add_whole(content, block);
    if (!whole.visible && !line.continues) {  // a piece of a longer line is never a blank one
      settle_blank();
      return;
    }
    block.weight = whole.weight;
    block.keyed = block_damage_.empty();  // U+FFFD equals U+FFFD, but what it stands for need not
    if (!boilerplate_.is_off()) {
      boilerplate_.read(content, key_.view(), whole.signs, block, window_.blocks.size() - 1);
    }
    if (options_.keys || (options_.near_blocks && may_be_near(block))) {
      keep_key(block);
    }
    if (options_.sample) {
      description_.strip(content, block);
    }
  }

  /// In one walk over the blocks, of which there are more than the cache holds: groups, and the
  /// runs of what they make one. Rule 4 looks up three keys in a row, if they are long enough.
  void make_groups() {
    // The two before, the earlier first; null behind a block without a key, which breaks a run.
    const Block* last[2] = {nullptr, nullptr};
    std::vector<Block>& blocks = window_.blocks;
    for (std::size_t first = 0; first < blocks.size();) {
      const std::size_t end = end_of_group(blocks, first + 1);
      const std::span<Block> group = std::span(blocks).subspan(first, end - first);
      if (group.size() > 1) {
        form_group(group, fingerprinter_, group_);
      }
      if (options_.runs) {
        for (Block& block : group) {
          if (is_asked(block)) {
            make_run(last[0], last[1], block);
            last[0] = block.keyed ? last[1] : nullptr;
            last[1] = block.keyed ? &block : nullptr;
          }
        }
      }
      first = end;
    }
  }

  void make_run(const Block* first, const Block* second, Block& third) {
    if (third.keyed && first != nullptr &&
        is_block_run(first->weight, second->weight, third.weight)) {
      third.has_run = true;
      third.run = fingerprinter_.of_run(first->key, second->key, third.key);
    }
  }

  /// Of the newest sentence and the two before it. Rule 6 looks up three keys, too; sentences may
  /// lose neighbours to the rules between, and then their run is made anew.
  void make_sentence_run() {
    if (window_.sentences.size() < 3) {
      return;
    }
    Sentence* const third = &window_.sentences.back();
    if (is_sentence_run(third[-2].weight, third[-1].weight, third->weight)) {
      third->run = fingerprinter_.of_run(third[-2].key, third[-1].key, third->key);
    }
  }

  /// The rules that look into keys need more than their fingerprints. What layer 1 took is asked
  /// about by none of them.
  void keep_key(Block& block) {
    if (block.boilerplate.empty()) {
      block.first_unit = static_cast<std::uint32_t>(window_.keys.size());
      block.unit_count = static_cast<std::uint32_t>(key_.size());
      window_.keys += key_.view();
    }
  }

  /// Moves the cuts of overlong lines out of the changes that reach over them: a change belongs to
  /// one block.
  ///
  ///   line      |…… piece ……|…… piece ……|      |…… piece ……|… piece …|
  ///   change             [~~~~~]                       [~~~~~~~~~~~~~~~~]
  ///   fitted    |…… piece …………|… piece ……|      |…… piece ……………………………|
  void fit_pieces() {
    if (std::ranges::none_of(lines_, &text::Line::continues)) {
      return;  // as in nearly all windows
    }
    std::size_t change = 0;
    fitted_.clear();
    for (text::Line& line : lines_) {
      while (line.continues && change < window_.changes.size() &&
             window_.changes[change].end <= line.start) {
        ++change;
      }
      const bool cut = line.continues && !fitted_.empty() && change < window_.changes.size() &&
                       window_.changes[change].start < line.start;
      if (!cut) {
        fitted_.push_back(line);
      } else if (window_.changes[change].end >= line.content_end) {
        fitted_.back().content_end = line.content_end;
        fitted_.back().end = line.end;
      } else {
        line.start = window_.changes[change].end;
        fitted_.back().content_end = line.start;
        fitted_.back().end = line.start;
        fitted_.push_back(line);
      }
    }
    std::swap(lines_, fitted_);
  }

  /// The newest block is blank. Blank lines in a row are one entry: ten million of them cost no
  /// more than one.
  void settle_blank() {
    Block& block = window_.blocks.back();
    window_.sentences.resize(block.first_sentence);
    block.sentence_count = 0;
    block.blank = true;
    if (window_.blocks.size() == 1) {
      return;
    }
    Block& before = window_.blocks[window_.blocks.size() - 2];
    if (before.blank) {
      before.line.end = block.line.end;
      before.line.content_end = block.line.content_end;
      before.change_count += block.change_count;
      before.joins = before.joins && block.joins;
      window_.blocks.pop_back();
    }
  }

  /// A group goes on; but not beyond what may be judged at once.
  bool joins(const text::Line& line, const structure::Place& place) {
    if (!place.joins || line.end - group_start_ > text::kPiece) {
      group_start_ = line.start;
      return false;
    }
    return true;
  }

  /// Those from the end of the last block's on. Each lies within a line, or fit_pieces() saw to it.
  void take_changes(Block& block) {
    block.first_change = static_cast<std::uint32_t>(next_change_);
    while (start_of_next_change() < block.line.end) {
      ++next_change_;
    }
    block.change_count = static_cast<std::uint32_t>(next_change_ - block.first_change);
  }
  /// npos if there is none.
  [[nodiscard]] std::size_t start_of_next_change() const noexcept {
    const auto next = window_.changes.begin() + static_cast<std::ptrdiff_t>(next_change_);
    return next == window_.changes.end() ? std::string_view::npos : next->start;
  }

  /// Offsets of the stretch in, of the content out.
  void take_damage(const text::Line& line) {
    block_damage_.clear();
    for (; next_damage_ < damage_.size() && damage_[next_damage_] < line.end; ++next_damage_) {
      block_damage_.push_back(damage_[next_damage_] - line.start);
    }
  }

  /// Where no sentence is asked for: one fold, and no offsets to keep.
  text::Piece add_whole(std::string_view content, Block& block) {
    const text::Piece whole = text::fold(content, key_, way_of(block));
    block.key = fingerprinter_.of(key_.view());
    window_.damaged_sentences += block_damage_.empty() ? 0 : 1;
    return whole;
  }

  /// The block's key is that of its sentences one after the other, so each is folded once.
  text::Piece add_sentences(std::string_view content, bool repaired, Block& block) {
    ends_.clear();
    // The marks of the window serve where the text is as it stands there; what was repaired is new.
    if (repaired || !options_.sentences) {
      block_marks_.find(content, {text::Mark::sentence}, kernels_);
      text::segment(content, block_marks_, 0, ends_);
    } else {
      text::segment(content, marks_, block.line.start, ends_);
    }
    block.sentence_count = static_cast<std::uint32_t>(ends_.size());
    pieces_.clear();
    text::fold_pieces(content, ends_, key_, pieces_, way_of(block));
    text::Piece whole;
    std::size_t start = 0;
    std::size_t key_start = 0;
    block.key = fingerprinter_.of(key_.view());
    for (std::size_t i = 0; i < ends_.size(); ++i) {
      const auto& [piece, key_end] = pieces_[i];
      whole = i == 0 ? piece : text::join(whole, piece);
      Sentence& sentence = window_.sentences.emplace_back();
      sentence.start = static_cast<std::uint32_t>(start);
      sentence.end = static_cast<std::uint32_t>(ends_[i]);
      sentence.weight = piece.weight;
      sentence.keyed = true;
      sentence.key = ends_.size() == 1  // as most lines are: nothing to hash twice
                         ? block.key
                         : fingerprinter_.of(key_.view().substr(key_start, key_end - key_start));
      make_sentence_run();
      start = ends_[i];
      key_start = key_end;
    }
    mark_damaged(block);
    return whole;
  }

  /// Takes the keys of the sentences that damage lies in. Both lists ascend, so one walk does; what
  /// lies behind the last end belongs to the last.
  void mark_damaged(const Block& block) {
    if (block_damage_.empty() || block.sentence_count == 0) {
      return;
    }
    const text::Changes changes = changes_of(window_, block);
    text::OffsetsAfter repaired_offset(changes);
    auto hit = window_.sentences.begin() + block.first_sentence;
    const auto last = window_.sentences.end() - 1;
    for (const std::size_t offset : block_damage_) {
      const std::size_t place = repaired_offset(offset);
      hit = std::find_if(hit, last, [&](const Sentence& s) { return place < s.end; });
      if (hit->keyed) {
        hit->keyed = false;
        ++window_.damaged_sentences;
      }
    }
  }

  const AnalysisOptions& options_;
  const numbers::Fingerprinter& fingerprinter_;
  const text::Kernels& kernels_;
  BoilerplateLayer::Reader boilerplate_;
  Window& window_;
  text::Marks& marks_;
  text::Marks& block_marks_;
  std::vector<text::Line>& lines_;
  std::vector<text::Line>& fitted_;
  std::vector<structure::Shape>& shapes_;
  std::vector<structure::Place>& places_;
  std::vector<std::size_t>& damage_;
  std::vector<std::size_t> mangled_;  // few, if any
  std::vector<std::size_t>& block_damage_;
  std::vector<std::size_t>& ends_;
  std::vector<text::FoldedPiece>& pieces_;
  std::string& repaired_;
  std::vector<numbers::Fingerprint>& group_;
  text::KeyBuffer& key_;
  Description description_;
  std::size_t next_change_ = 0;
  std::size_t next_damage_ = 0;
  std::size_t next_marked_ = 0;  // in the lines of the page's mark-up
  std::size_t group_start_ = 0;  // of the stretch: where the group at hand began
};

}  // namespace

AnalysisOptions analysis_options(const Options& options) noexcept {
  const bool near_documents = options.documents == Documents::near && compares_documents(options);
  const bool near_blocks = options.paragraphs == Paragraphs::near;
  return {.repair = options.repair,
          .sentences = options.sentences != Sentences::off,
          .runs = options.runs,
          .keys = near_documents,
          .sample = near_documents,
          .near_blocks = near_blocks,
          .simd = options.simd};
}

/// An estimate, by which memory is shared out: what a window takes once it is analysed.
std::size_t Analyser::cost(std::size_t bytes, std::uint64_t lines) const noexcept {
  const auto blocks = static_cast<std::size_t>(lines);
  const std::size_t characters = bytes / 3;
  // Twice the text: who feeds it may hold it, too, until it is judged.
  std::size_t sum = sizeof(Window) + 2 * bytes + blocks * sizeof(Block);
  if (options_.sentences) {
    sum += sentences_in(bytes, blocks) * sizeof(Sentence);
  }
  if (options_.keys || options_.near_blocks) {
    sum += characters * sizeof(char16_t) +
           std::min(characters, numbers::kSketchSize) * sizeof(std::uint64_t);
  }
  if (options_.near_blocks) {
    sum += blocks * sizeof(numbers::Bands);
  }
  return sum;
}

/// Of most pages a fifth is text; what is known of its elements and lines takes as much again.
std::size_t Analyser::page_cost(std::size_t bytes) const noexcept {
  constexpr std::size_t kLine = 100;  // bytes of a page
  return 2 * bytes + cost(bytes / 4, bytes / kLine);
}

/// A window comes with its stretch and whatever it held before, which is cleared but keeps its
/// memory. A dense one gives even that back, since its parts need the room.
void Analyser::analyse(Window& window, boilerplate::Host host, Workbench& workbench) const {
  window.changes.clear();
  window.blocks.clear();
  window.sentences.clear();
  window.keys.clear();
  window.near_bands.clear();
  window.title.reset();
  window.damaged_sentences = 0;
  window.mojibake_lines = 0;
  window.dense = is_longer_than_window(window.stretch) ||
                 !Builder(options_, fingerprinter_,
                          BoilerplateLayer::Reader(boilerplate_, host, window), window, workbench)
                      .build();
  if (window.dense) {
    Window empty;
    empty.stretch = std::move(window.stretch);
    empty.page = std::move(window.page);
    empty.dense = true;
    window = std::move(empty);
  }
}

}  // namespace dedup::cleaner
