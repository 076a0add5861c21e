// SPDX-License-Identifier: Apache-2.0
#include "cleaner/style.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "dedup/error.h"
#include "text/characters.h"
#include "text/script/untouched.h"
#include "walls/icu.h"
#include "walls/utf8.h"

namespace dedup::cleaner {
namespace {

using structure::Kind;

/// Whether lines of this kind hold words at all. Those of mark-up do, between their tags.
bool has_words(Kind kind) noexcept { return structure::is_written(kind) || kind == Kind::markup; }

/// ICU puts marks in their order in quadratic time; no script that is written has so many.
bool has_long_run_of_marks(std::string_view text) noexcept {
  constexpr std::size_t kMost = 30;  // UAX #15, Stream-Safe Text
  std::size_t marks = 0;
  for (std::size_t at = 0; at < text.size() && marks <= kMost;) {
    marks = text::is_mark(utf8::next(text, at)) ? marks + 1 : 0;
  }
  return marks > kMost;
}

text::Changes nfc_changes(std::string_view text) {
  text::Changes changes;
  if (!has_long_run_of_marks(text)) {
    for (icu::Replacement& each : icu::nfc_replacements(text)) {
      changes.push_back({each.start, each.end, std::move(each.text), RepairKind::nfc});
    }
  }
  return changes;
}

}  // namespace

Style::Style(const Options& options) : nfc_(options.normalise == Normalise::nfc) {
  if (options.script == Script::keep) {
    return;
  }
  try {
    conversion_.emplace(options.script, options.script_dictionaries);
  } catch (const Error& error) {
    throw InvalidOption(std::string(options.script == Script::simplified ? "script=simplified: "
                                                                         : "script=traditional: ") +
                        error.what());
  }
}

void Style::begin_document() noexcept {
  converts_.reset();
  tags_behind_ = {};
}

/// A tag goes on from line to line only in mark-up.
void Style::see(const Window& window, const Block& block) {
  if (!conversion_) {
    return;
  }
  if (!converts_) {
    converts_ = is_other_script(window);
  }
  tags_ = block.kind == Kind::markup ? tags_behind_ : text::TagState();
  tags_behind_ = tags_;
  if (*converts_ && block.kind == Kind::markup) {
    const std::string_view line = std::string_view(window.stretch.text)
                                      .substr(block.line.start, block.line.end - block.line.start);
    static_cast<void>(text::read_tags(line, tags_behind_));
  }
}

text::Changes Style::changes(const Window& window, const Block& block) const {
  const std::string content = repaired_content(window, block);
  text::Changes changes;
  if (nfc_) {
    changes = nfc_changes(content);
  }
  if (!converts_.value_or(false) || !has_words(block.kind)) {
    return changes;
  }
  if (changes.empty()) {
    convert(content, changes);
    return changes;
  }
  text::Changes conversions;
  convert(text::apply(content, changes), conversions);
  return text::compose(changes, conversions);
}

/// By what layer 1 left: the notices of a site may be in another script than its articles.
bool Style::is_other_script(const Window& window) const {
  std::size_t target = 0;
  std::size_t other = 0;
  for (const Block& block : window.blocks) {
    if (!is_left(block) || !has_words(block.kind)) {
      continue;
    }
    const text::Writing writing = conversion_->weigh(content_of(window, block));
    if (writing.is_chinese()) {
      target += writing.target;
      other += writing.other;
    }
  }
  return other > target;
}

/// A line that shows more of the script asked for is in it: to convert it could make 後 of a 后 that
/// is right.
void Style::convert(std::string_view content, text::Changes& changes) const {
  const text::Writing writing = conversion_->weigh(content);
  if (!writing.is_chinese() || writing.target > writing.other) {
    return;
  }
  text::TagState tags = tags_;
  conversion_->convert(content, text::untouched_spans(content, tags), changes);
}

}  // namespace dedup::cleaner
