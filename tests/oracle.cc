// SPDX-License-Identifier: Apache-2.0
#include "oracle.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/fold.h"
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

struct Block : Unit {
  std::string line_end;
  bool blank = false;
  std::vector<Unit> sentences;
};

using Document = std::vector<Block>;

void key(Unit& unit) {
  unit.weight = text::fold(unit.text, unit.key).weight;
  unit.damaged = unit.text.find("\xEF\xBF\xBD") != std::string::npos;
}

Block block_of(const std::string& content, const std::string& line_end) {
  Block block;
  block.text = content;
  block.line_end = line_end;
  std::u16string ignored;
  block.blank = !text::fold(content, ignored).visible;
  key(block);
  std::vector<std::size_t> ends;
  text::segment(content, ends);
  std::size_t start = 0;
  for (const std::size_t end : ends) {
    Unit sentence;
    sentence.text = content.substr(start, end - start);
    key(sentence);
    block.sentences.push_back(sentence);
    start = end;
  }
  return block;
}

Document read(const std::string& text) {
  Document document;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    const std::size_t next =
        text.substr(end, 2) == "\r\n" ? end + 2 : std::min(end + 1, text.size());
    document.push_back(block_of(text.substr(at, end - at), text.substr(end, next - end)));
    at = next;
  }
  return document;
}

std::vector<Block*> shown(Document& document) {
  std::vector<Block*> blocks;
  for (Block& block : document) {
    if (!block.blank) blocks.push_back(&block);
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

bool block_repeats(const std::vector<std::vector<Block*>>& all, std::size_t d, std::size_t i,
                   const Options& options) {
  const Block& block = *all[d][i];
  if (options.paragraphs == Paragraphs::off || block.damaged) return false;
  for (std::size_t e = options.scope == Scope::corpus ? 0 : d; e <= d; ++e) {
    const std::uint32_t least = e == d ? options.min_block : options.min_block_across;
    for (std::size_t j = 0; j < (e == d ? i : all[e].size()); ++j) {
      const Block& earlier = *all[e][j];
      if (block.weight >= least && !earlier.damaged && earlier.key == block.key) return true;
    }
  }
  return false;
}

bool run_repeats(const std::vector<std::vector<Block*>>& all, std::size_t d, std::size_t i,
                 const Options& options) {
  if (!options.runs || !is_run(all[d], i) || !has_two_long(all[d], i)) return false;
  for (std::size_t e = options.scope == Scope::corpus ? 0 : d; e <= d; ++e) {
    for (std::size_t j = 0; j < (e == d ? i : all[e].size()); ++j) {
      if (same_run(all[d], i, all[e], j)) return true;
    }
  }
  return false;
}

void judge_sentences(Document& document) {
  std::vector<Unit*> sentences;
  for (Block& block : document) {
    if (block.blank || block.removed) continue;
    for (Unit& sentence : block.sentences) sentences.push_back(&sentence);
  }
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (!is_run(sentences, i)) continue;
    for (std::size_t j = 0; j < i; ++j) {
      if (!same_run(sentences, i, sentences, j)) continue;
      for (std::size_t k = i; k < i + 3; ++k) sentences[k]->removed = true;
      break;
    }
  }
  for (Block& block : document) {
    bool all = !block.blank && !block.sentences.empty();
    for (const Unit& sentence : block.sentences) all = all && sentence.removed;
    block.removed = block.removed || all;
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
  for (const Block& block : document) {
    if (block.blank) {
      all_blanks += block.text + block.line_end;
      if (!first_done) first_blanks += block.text + block.line_end;
    } else if (block.removed) {
      gap = true;
      first_done = !first_blanks.empty();
    } else {
      settle(false);
      for (const Unit& sentence : block.sentences) out += sentence.removed ? "" : sentence.text;
      out += block.line_end;
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
      if (block_repeats(all, d, i, options)) all[d][i]->removed = true;
      if (run_repeats(all, d, i, options)) {
        for (std::size_t k = i; k < i + 3; ++k) all[d][k]->removed = true;
      }
    }
  }
  std::vector<std::string> result;
  for (Document& document : documents) {
    if (options.sentences == Sentences::exact) judge_sentences(document);
    result.push_back(write(document));
  }
  return result;
}

}  // namespace dedup::test
