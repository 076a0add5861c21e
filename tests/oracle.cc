// SPDX-License-Identifier: Apache-2.0
#include "oracle.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "structure/layout.h"
#include "structure/shape.h"
#include "text/fold.h"
#include "text/nesting.h"
#include "text/segment.h"

namespace dedup::test {
namespace {

struct Unit {
  std::string text;
  std::u16string key;
  std::uint32_t weight = 0;
  bool damaged = false;
  bool removed = false;
};

struct Line : Unit {
  std::string line_end;
  bool blank = false;
  bool prose = false;  // by itself: what has sentences to look for
  std::vector<Unit> sentences;
};

/// One line, or several that mean something only together, with the blank ones among them.
struct Block : Unit {
  std::vector<Line*> lines;
  bool heading = false;
  std::uint8_t level = 0;   // of a heading
  bool text = false;        // a heading that went with a copy as long as a text
  bool comes_back = false;  // a heading that went with copies, if the section above it is to stay
  bool announces = false;
  bool record = false;      // of a kind that may say something of what stands beside it
  bool within = false;      // removed by rule 3 as a copy of the document's own
  bool in_run = false;      // rule 4 found it, too
  bool repeats = false;     // rule 3 found it
  bool foreign = false;     // rule 4 found it in another document
  bool stays = false;       // given back: rule 6 leaves it alone, too
  bool rule = false;        // a line across
  bool structured = false;  // more than a paragraph of plain prose
  bool dated = false;       // a history
  bool whole = false;       // a procedure
  void keep() { removed = within = in_run = foreign = false, stays = true; }
};

struct Document {
  std::vector<Line> lines;
  std::vector<Block> blocks;
};

void key(Unit& unit) {
  unit.weight = text::fold(unit.text, unit.key).weight;
  unit.damaged = unit.text.find("\xEF\xBF\xBD") != std::string::npos;
}

Line line_of(const std::string& content, const std::string& line_end) {
  Line line;
  line.text = content;
  line.line_end = line_end;
  std::u16string ignored;
  line.blank = !text::fold(content, ignored).visible;
  key(line);
  std::vector<std::size_t> ends;
  text::segment(content, ends);
  std::size_t start = 0;
  for (const std::size_t end : ends) {
    Unit sentence;
    sentence.text = content.substr(start, end - start);
    key(sentence);
    line.sentences.push_back(sentence);
    start = end;
  }
  return line;
}

void add_line(Block& block, Line& line) {
  block.lines.push_back(&line);
  if (line.blank) return;
  block.key += (block.lines.size() > 1 ? u"\n" : u"") + line.key;
  block.weight += line.weight;
  block.damaged = block.damaged || line.damaged;
}

void group(Document& document) {
  std::vector<structure::Shape> shapes;
  for (const Line& line : document.lines) shapes.push_back(structure::shape_of(line.text));
  std::vector<structure::Place> places;
  structure::lay_out(shapes, places);
  for (std::size_t i = 0; i < places.size(); ++i) {
    Line& line = document.lines[i];
    if (!places[i].joins) document.blocks.emplace_back();
    add_line(document.blocks.back(), line);
    const bool alone = !places[i].joins && (i + 1 == places.size() || !places[i + 1].joins);
    line.prose = alone && structure::has_sentences(places[i].kind) && !places[i].quoted;
    Block& block = document.blocks.back();
    block.heading = alone && places[i].kind == structure::Kind::heading;
    block.level = places[i].level;
    block.rule = !places[i].joins && places[i].kind == structure::Kind::rule;
    block.dated = block.dated || places[i].dated;
    block.whole = block.whole || (!places[i].joins && places[i].whole);
    const bool plain = alone && structure::has_sentences(places[i].kind) && !places[i].quoted;
    block.structured = !plain || (places[i].announces() && !block.heading);
    if (!block.lines.empty() && block.lines.size() == 1) {
      using structure::Kind;
      const Kind kind = places[i].kind;
      block.announces = places[i].announces();
      block.record =
          kind == Kind::field || kind == Kind::label || kind == Kind::row || kind == Kind::prose;
    }
  }
}

Document read(const std::string& text) {
  Document document;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    const std::size_t next =
        text.substr(end, 2) == "\r\n" ? end + 2 : std::min(end + 1, text.size());
    document.lines.push_back(line_of(text.substr(at, end - at), text.substr(end, next - end)));
    at = next;
  }
  group(document);
  return document;
}

std::vector<Block*> shown(Document& document) {
  std::vector<Block*> blocks;
  for (Block& block : document.blocks) {
    const bool blank =
        std::ranges::all_of(block.lines, [](const Line* line) { return line->blank; });
    if (!blank) blocks.push_back(&block);
  }
  return blocks;
}

/// Three in a row at `at` that have keys and weigh 60 together; `units` of pointers.
template <typename Units>
bool is_run(const Units& units, std::size_t at) {
  return at + 2 < units.size() && !units[at]->damaged && !units[at + 1]->damaged &&
         !units[at + 2]->damaged &&
         units[at]->weight + units[at + 1]->weight + units[at + 2]->weight >= 60;
}

template <typename Units>
bool same_run(const Units& a, std::size_t i, const Units& b, std::size_t j) {
  return is_run(b, j) && a[i]->key == b[j]->key && a[i + 1]->key == b[j + 1]->key &&
         a[i + 2]->key == b[j + 2]->key;
}

bool has_two_long(const std::vector<Block*>& blocks, std::size_t at) {
  int count = 0;
  for (std::size_t i = at; i < at + 3; ++i) count += blocks[i]->weight >= 20 ? 1 : 0;
  return count >= 2;
}

/// Also whether only the document itself has the block before.
bool block_repeats(const std::vector<std::vector<Block*>>& all, std::size_t d, std::size_t i,
                   const Options& options, bool& within) {
  const Block& block = *all[d][i];
  if (options.paragraphs == Paragraphs::off || block.damaged) return false;
  for (std::size_t e = options.scope == Scope::corpus ? 0 : d; e <= d; ++e) {
    const std::uint32_t least = e == d ? options.min_block : options.min_block_across;
    for (std::size_t j = 0; j < (e == d ? i : all[e].size()); ++j) {
      const Block& earlier = *all[e][j];
      if (block.weight >= least && !earlier.damaged && earlier.key == block.key) {
        within = e == d;
        return true;
      }
    }
  }
  return false;
}

/// Also whether another document had it first.
bool run_repeats(const std::vector<std::vector<Block*>>& all, std::size_t d, std::size_t i,
                 const Options& options, bool& foreign) {
  if (!options.runs || !is_run(all[d], i) || !has_two_long(all[d], i)) return false;
  for (std::size_t e = options.scope == Scope::corpus ? 0 : d; e <= d; ++e) {
    for (std::size_t j = 0; j < (e == d ? i : all[e].size()); ++j) {
      if (same_run(all[d], i, all[e], j)) {
        foreign = e < d;
        return true;
      }
    }
  }
  return false;
}

/// Whether the block below a heading is of its section.
bool has_first(const std::vector<Block*>& blocks, std::size_t heading) {
  const Block& next = *blocks[heading + 1];
  return !next.heading || next.level > blocks[heading]->level;
}

/// The pair of a heading and what follows was there before.
bool began_before(const std::vector<Block*>& blocks, std::size_t heading) {
  for (std::size_t i = 0; i < heading; ++i) {
    if (blocks[i]->heading && has_first(blocks, i) && blocks[i]->key == blocks[heading]->key &&
        blocks[i + 1]->key == blocks[heading + 1]->key) {
      return true;
    }
  }
  return false;
}

/// The key of the heading that this one stands below; none: an empty one.
std::u16string above(const std::vector<Block*>& blocks, std::size_t heading) {
  for (std::size_t i = heading; i-- > 0;) {
    if (blocks[i]->heading && blocks[i]->level < blocks[heading]->level) return blocks[i]->key;
  }
  return {};
}

/// Whether it began so before below the same heading, and behind the same one if it is the first
/// thing behind one.
bool began_there_before(const std::vector<Block*>& blocks, std::size_t heading) {
  const auto behind = [&blocks](std::size_t i) {
    return i > 0 && blocks[i - 1]->heading ? blocks[i - 1]->key : std::u16string();
  };
  for (std::size_t i = 0; i < heading; ++i) {
    if (blocks[i]->heading && has_first(blocks, i) && blocks[i]->key == blocks[heading]->key &&
        blocks[i + 1]->key == blocks[heading + 1]->key &&
        above(blocks, i) == above(blocks, heading) && behind(i) == behind(heading)) {
      return true;
    }
  }
  return false;
}

/// What rule 4 alone took of a row comes back, or with `all` everything.
void keep_row(const std::vector<Block*>& row, bool all) {
  for (Block* block : row) {
    block->in_run = false;
    if (all || !block->repeats) block->keep();
  }
}

bool any(const std::vector<Block*>& row, bool Block::*is) {
  return std::ranges::any_of(row, [is](const Block* block) { return block->*is; });
}

std::size_t weight(const std::vector<Block*>& row) {
  std::size_t sum = 0;
  for (const Block* block : row) sum += block->weight;
  return sum;
}

/// Whether the blocks before `end` are of a document of sections, lists and code.
bool has_sections(const std::vector<Block*>& blocks, std::size_t end) {
  std::size_t headings = 0;
  std::size_t structured = 0;
  for (std::size_t i = 0; i < end; ++i) {
    headings += blocks[i]->heading ? 1 : 0;
    structured += blocks[i]->structured ? 1 : 0;
  }
  return headings > 0 && 8 * structured >= end;
}

/// Whether blocks first to end, which go, are whole, or not of a section.
/// `stretch`: the weight of what goes with them.
bool is_whole_piece(const std::vector<Block*>& blocks, std::size_t first, std::size_t end,
                    std::size_t stretch) {
  const std::vector<Block*> piece(blocks.begin() + static_cast<std::ptrdiff_t>(first),
                                  blocks.begin() + static_cast<std::ptrdiff_t>(end));
  if (!any(piece, &Block::in_run) || !has_sections(blocks, end)) return true;
  if (weight(piece) >= 600 || piece.size() >= 64) return true;
  const bool at_border = end == blocks.size() || blocks[end]->heading || blocks[end]->rule;
  const bool below = first > 0 && blocks[first - 1]->heading && !blocks[first - 1]->removed;
  std::size_t headings = 0;
  for (std::size_t i = 0; i < end; ++i) headings += blocks[i]->heading ? 1 : 0;
  if (!any(piece, &Block::foreign)) return at_border || stretch >= 200;
  return at_border &&
         (piece[0]->heading || (below && headings == 1 && !any(piece, &Block::structured)));
}

/// What went shortly before a stretch.
struct Before {
  std::size_t weight = 0;
  std::size_t gap = 0;  // blocks that stay since then
};

/// Of blocks first to end, which go, what is no part of a section; pieces begin with headings.
void judge_stretch(const std::vector<Block*>& blocks, std::size_t first, std::size_t end,
                   Before& before) {
  std::vector<Block*> all;
  std::vector<Block*> open;  // accepted, if enough follows
  std::vector<Block*> accepted;
  bool at_start = first == 0;
  const auto give_up = [&](bool at_end, bool cut) {
    const bool enough = accepted.size() >= 3;
    if (!enough || (any(all, &Block::foreign) ? !at_end && !at_start : cut)) {
      keep_row(open, enough && any(all, &Block::structured));
    }
    if (!accepted.empty()) before = {before.weight + weight(all), 0};
    all.clear();
    open.clear();
    accepted.clear();
    at_start = false;
  };
  for (std::size_t i = first; i < end;) {
    std::size_t next = i + 1;
    while (next < end && !blocks[next]->heading) ++next;
    std::vector<Block*> piece(blocks.begin() + static_cast<std::ptrdiff_t>(i),
                              blocks.begin() + static_cast<std::ptrdiff_t>(next));
    all.insert(all.end(), piece.begin(), piece.end());
    if (is_whole_piece(blocks, i, next, weight(all))) {
      open.insert(open.end(), piece.begin(), piece.end());
      accepted.insert(accepted.end(), piece.begin(), piece.end());
      const bool foreign = any(all, &Block::foreign);
      const bool enough = has_sections(blocks, next)
                              ? weight(all) >= 600 || !(foreign || any(all, &Block::structured))
                              : weight(all) + before.weight >= 200 || !foreign;
      if (accepted.size() >= 3 && enough) open.clear();
    } else {
      keep_row(piece, any(piece, &Block::structured));
      give_up(false, true);
    }
    i = next;
  }
  give_up(end == blocks.size(), false);
}

/// Runs keep to whole sections, and histories stay below what stays.
void judge_borders(const std::vector<Block*>& blocks) {
  Before before;
  for (std::size_t i = 0; i < blocks.size();) {
    const bool after_kept = i > 0 && !blocks[i - 1]->removed;
    if (blocks[i]->removed && blocks[i]->dated && after_kept) blocks[i]->keep();
    std::size_t end = i;
    while (end < blocks.size() && blocks[end]->removed) ++end;
    if (end > i) {
      judge_stretch(blocks, i, end, before);
    } else if (++before.gap > 4) {
      before.weight = 0;
    }
    i = end == i ? i + 1 : end;
  }
}

/// What a lead-in that stays announces, stays.
void keep_announced(const std::vector<Block*>& blocks) {
  for (std::size_t i = 0; i + 1 < blocks.size(); ++i) {
    const bool lead_in =
        blocks[i]->announces && !blocks[i]->heading && blocks[i]->lines.size() == 1;
    if (lead_in && !blocks[i]->removed) {
      if (blocks[i + 1]->removed) blocks[i + 1]->keep();
    }
  }
}

/// What announces something that stays, stays.
void keep_announcers(const std::vector<Block*>& blocks) {
  for (std::size_t i = 0; i + 1 < blocks.size(); ++i) {
    if (blocks[i]->announces && !blocks[i + 1]->removed) {
      if (blocks[i]->removed) blocks[i]->keep();
    }
  }
}

/// Whether block i is a procedure, all of a section that was there before, heading and all.
bool is_whole_copy(const std::vector<Block*>& blocks, std::size_t i) {
  return blocks[i]->whole && i > 0 && blocks[i - 1]->heading && !blocks[i - 1]->removed &&
         (i + 1 == blocks.size() || blocks[i + 1]->heading) && began_before(blocks, i - 1);
}

/// Where the section of a heading ends: before the next, or the next that is not below it.
std::size_t end_of_section(const std::vector<Block*>& blocks, std::size_t heading, bool deep) {
  std::size_t end = heading + 1;
  while (end < blocks.size() &&
         !(blocks[end]->heading && (!deep || blocks[end]->level <= blocks[heading]->level))) {
    ++end;
  }
  return end;
}

/// Whether all that stands directly below a heading goes, is as long as a text, and was there
/// before.
bool is_text_copy(const std::vector<Block*>& blocks, std::size_t heading) {
  constexpr std::uint64_t kText = 200;
  if (!blocks[heading]->heading || blocks[heading]->removed) return false;
  constexpr std::uint32_t kBrief = 30;
  if (heading > 0 && blocks[heading]->level == structure::kUnmarkedLevel) {
    const Block& before = *blocks[heading - 1];
    const bool brief = before.heading ? before.level == structure::kUnmarkedLevel
                                      : before.lines.front()->prose && before.weight <= kBrief;
    if (brief && !before.removed) return false;
  }
  const std::size_t end = end_of_section(blocks, heading, false);
  std::uint64_t weight = 0;
  for (std::size_t i = heading + 1; i < end; ++i) {
    if (!blocks[i]->removed) return false;
    weight += blocks[i]->within ? blocks[i]->weight : 0;
  }
  return weight >= kText && began_there_before(blocks, heading);
}

/// Whether block i is the last of such a section.
bool ends_text_copy(const std::vector<Block*>& blocks, std::size_t i) {
  std::size_t heading = i;
  while (heading > 0 && !blocks[heading]->heading) --heading;
  return end_of_section(blocks, heading, false) == i + 1 && is_text_copy(blocks, heading);
}

/// Groups that are copies, and alone among blocks that are none.
void judge_groups(const std::vector<Block*>& blocks) {
  bool after_removed = false;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool goes_on = (i + 1 < blocks.size() && blocks[i + 1]->removed) ||
                         is_whole_copy(blocks, i) || ends_text_copy(blocks, i);
    const bool copy = blocks[i]->repeats && !blocks[i]->in_run && blocks[i]->lines.size() > 1;
    if (copy && blocks[i]->removed && (blocks[i]->within || blocks[i]->record) && !after_removed &&
        !goes_on) {
      blocks[i]->keep();
    }
    after_removed = blocks[i]->removed;
  }
}

/// What a section would have back: copies right below headings that stayed, and these.
std::vector<Block*> copies_of(const std::vector<Block*>& blocks, const std::vector<bool>& removed,
                              std::size_t heading, std::size_t end) {
  std::vector<Block*> copies;
  bool headed = true;
  for (std::size_t i = heading + 1; i < end; ++i) {
    Block* block = blocks[i];
    if (block->heading) {
      headed = !removed[i];
      if (block->comes_back) copies.push_back(block);
    } else if (headed && block->within && !block->in_run) {
      copies.push_back(block);
    }
  }
  return copies;
}

/// Whether all that was left of a section before `end` is a procedure.
bool ends_whole(const std::vector<Block*>& blocks, std::size_t end) {
  return blocks[end - 1]->whole && blocks[end - 2]->heading;
}

/// `removed`: before any section was judged.
void judge_section(const std::vector<Block*>& blocks, const std::vector<bool>& removed,
                   std::size_t heading) {
  const std::size_t end = end_of_section(blocks, heading, true);
  const std::size_t own_end = end_of_section(blocks, heading, false);
  const auto gone = [&](std::size_t from, std::size_t to) {
    return std::all_of(blocks.begin() + static_cast<std::ptrdiff_t>(from),
                       blocks.begin() + static_cast<std::ptrdiff_t>(to),
                       [](const Block* block) { return block->removed; });
  };
  if (end == heading + 1 || !gone(heading + 1, own_end)) return;
  const bool empty = gone(own_end, end);
  const auto copies = copies_of(blocks, removed, heading, empty ? end : own_end);
  const bool goes_on = (end < blocks.size() && removed[end]) || ends_whole(blocks, end);
  bool in_run = false;
  for (std::size_t i = heading + 1; i < end; ++i) {
    const bool own = blocks[i]->in_run && !blocks[i]->foreign;
    in_run = in_run || (own && !blocks[i]->heading);
  }
  bool text = is_text_copy(blocks, heading);
  for (std::size_t i = heading + 1; i < end; ++i) text = text || blocks[i]->text;
  const bool may_go = in_run || text || (goes_on && !copies.empty());
  if (empty && may_go && began_before(blocks, heading)) {
    blocks[heading]->removed = true;
    blocks[heading]->text = text;
    blocks[heading]->comes_back = !copies.empty();
    return;
  }
  for (Block* copy : copies) copy->keep();
}

/// Copies within the document do not empty a section whose heading stays. Deep ones first.
void judge_sections(const std::vector<Block*>& blocks) {
  std::vector<bool> removed;
  for (const Block* block : blocks) removed.push_back(block->removed);
  for (std::uint8_t level = structure::kUnmarkedLevel; level > 0; --level) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const bool here = blocks[i]->heading && blocks[i]->level == level;
      if (here && !removed[i]) judge_section(blocks, removed, i);
    }
  }
}

/// A row of sentences without a break between them.
using Row = std::vector<Unit*>;

/// Rows of all that is left. What is no prose, and stays, parts them, and so does damage.
std::vector<Row> rows_of(const std::vector<Block*>& blocks) {
  std::vector<Row> rows(1);
  for (const Block* block : blocks) {
    if (block->removed) continue;
    if (!block->lines.front()->prose || block->stays) {
      rows.emplace_back();
      continue;
    }
    for (Unit& sentence : block->lines.front()->sentences) {
      if (sentence.damaged) {
        rows.emplace_back();
      } else {
        rows.back().push_back(&sentence);
      }
    }
  }
  return rows;
}

bool same_three(const Row& a, std::size_t i, const Row& b, std::size_t j) {
  return a[i]->key == b[j]->key && a[i + 1]->key == b[j + 1]->key && a[i + 2]->key == b[j + 2]->key;
}

/// Whether three sentences, the first being number i of row r, were there before.
bool was_there(const std::vector<Row>& rows, std::size_t r, std::size_t i) {
  for (std::size_t q = 0; q <= r; ++q) {
    for (std::size_t j = 0; j + 2 < rows[q].size() && (q < r || j < i); ++j) {
      if (same_three(rows[r], i, rows[q], j)) return true;
    }
  }
  return false;
}

/// Whether a place before or behind a sentence lies inside quotation marks.
bool is_quoted(const std::vector<Block*>& blocks, const Unit* sentence, bool behind) {
  for (const Block* block : blocks) {
    std::size_t at = 0;
    for (const Unit& other : block->lines.front()->sentences) {
      if (&other == sentence) {
        return text::Nesting(block->lines.front()->text)
            .is_inside(behind ? at + other.text.size() : at);
      }
      at += other.text.size();
    }
  }
  return false;
}

/// Whole paragraphs, or enough of what is no mere entry.
bool is_enough(const std::vector<Block*>& blocks, const Row& row, std::size_t first,
               std::size_t last) {
  bool begins = false;
  bool ends = false;
  for (const Block* block : blocks) {
    const auto& sentences = block->lines.front()->sentences;
    begins = begins || &sentences.front() == row[first];
    ends = ends || &sentences.back() == row[last];
  }
  std::uint32_t weight = 0;
  for (std::size_t i = first; i <= last; ++i) weight += row[i]->weight;
  return (begins && ends) || (weight >= 110 && weight >= 15 * (last + 1 - first));
}

/// The longest rows of three that share sentences go whole, or not at all.
void judge_row(const std::vector<Block*>& blocks, const std::vector<Row>& rows, std::size_t r) {
  const Row& row = rows[r];
  for (std::size_t i = 0; i + 2 < row.size(); ++i) {
    if (!was_there(rows, r, i)) continue;
    std::size_t end = i;  // behind the last run that joins
    bool heavy = false;
    for (std::size_t j = i; j + 2 < row.size() && j < end + 3; ++j) {
      if (!was_there(rows, r, j)) continue;
      end = j;
      heavy = heavy || row[j]->weight + row[j + 1]->weight + row[j + 2]->weight >= 60;
    }
    if (heavy && is_enough(blocks, row, i, end + 2) && !is_quoted(blocks, row[i], false) &&
        !is_quoted(blocks, row[end + 2], true)) {
      for (std::size_t j = i; j < end + 3; ++j) row[j]->removed = true;
    }
    i = end + 2;
  }
}

void judge_sentences(const std::vector<Block*>& blocks) {
  const std::vector<Row> rows = rows_of(blocks);
  for (std::size_t r = 0; r < rows.size(); ++r) judge_row(blocks, rows, r);
  for (Block* block : blocks) {
    if (!block->lines.front()->prose) continue;
    const auto& sentences = block->lines.front()->sentences;
    block->removed =
        block->removed || std::ranges::all_of(sentences, [](const Unit& s) { return s.removed; });
  }
}

/// Between two kept blocks with a gap, the first blank lines stay; before the first and behind the
/// last kept block, none.
std::string write(const Document& document) {
  std::string out;
  std::string first_blanks;
  std::string all_blanks;
  bool kept_before = false;
  bool gap = false;
  bool first_done = false;
  const auto settle = [&](bool at_end) {
    out += !gap ? all_blanks : at_end || !kept_before ? "" : first_blanks;
    first_blanks.clear();
    all_blanks.clear();
    gap = false;
    first_done = false;
  };
  for (const Line& line : document.lines) {
    if (line.blank && !line.removed) {
      all_blanks += line.text + line.line_end;
      if (!first_done) first_blanks += line.text + line.line_end;
    } else if (line.removed) {
      gap = true;
      first_done = !first_blanks.empty();
    } else {
      settle(false);
      for (const Unit& sentence : line.sentences) out += sentence.removed ? "" : sentence.text;
      out += line.line_end;
      kept_before = true;
    }
  }
  settle(true);
  return out;
}

}  // namespace

std::vector<std::string> oracle(const std::vector<std::string>& texts, const Options& options) {
  std::vector<Document> documents;
  for (const std::string& text : texts) documents.push_back(read(text));
  std::vector<std::vector<Block*>> all;
  for (Document& document : documents) all.push_back(shown(document));
  for (std::size_t d = 0; d < all.size(); ++d) {
    for (std::size_t i = 0; i < all[d].size(); ++i) {
      bool within = false;
      if (block_repeats(all, d, i, options, within)) {
        all[d][i]->removed = true;
        all[d][i]->within = within;
        all[d][i]->repeats = true;
      }
      bool foreign = false;
      if (run_repeats(all, d, i, options, foreign)) {
        for (std::size_t k = i; k < i + 3; ++k) {
          all[d][k]->removed = all[d][k]->in_run = true;
          all[d][k]->foreign = all[d][k]->foreign || foreign;
        }
      }
    }
  }
  std::vector<std::string> result;
  for (Document& document : documents) {
    const std::vector<Block*> blocks = shown(document);
    judge_borders(blocks);
    keep_announced(blocks);
    judge_groups(blocks);
    keep_announcers(blocks);
    judge_sections(blocks);
    if (options.sentences == Sentences::exact) judge_sentences(blocks);
    for (const Block* block : blocks) {
      for (Line* line : block->lines) line->removed = block->removed;
    }
    result.push_back(write(document));
  }
  return result;
}

}  // namespace dedup::test
