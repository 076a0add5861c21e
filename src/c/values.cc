// SPDX-License-Identifier: Apache-2.0
// The numbers of the C face are those of the library's enumerations: what this file asserts, and
// the old caller among the tests, keep them.
#include "c/values.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "c/sized.h"
#include "dedup/error.h"
#include "dedup/scratch.h"

namespace dedup::c {
namespace {

template <typename Enum>
constexpr bool same(Enum value, int number) {
  return static_cast<int>(value) == number;
}
static_assert(same(Boilerplate::automatic, DEDUP_BOILERPLATE_AUTOMATIC) &&
              same(Boilerplate::off, DEDUP_BOILERPLATE_OFF) &&
              same(Boilerplate::rules, DEDUP_BOILERPLATE_RULES) &&
              same(Boilerplate::page, DEDUP_BOILERPLATE_PAGE));
static_assert(same(Documents::off, DEDUP_COMPARE_OFF) &&
              same(Documents::exact, DEDUP_COMPARE_EXACT) &&
              same(Documents::near, DEDUP_COMPARE_NEAR));
static_assert(same(Paragraphs::off, DEDUP_COMPARE_OFF) &&
              same(Paragraphs::exact, DEDUP_COMPARE_EXACT) &&
              same(Paragraphs::near, DEDUP_COMPARE_NEAR));
static_assert(same(Sentences::off, DEDUP_SENTENCES_OFF) &&
              same(Sentences::exact, DEDUP_SENTENCES_EXACT) &&
              same(Sentences::lone, DEDUP_SENTENCES_LONE));
static_assert(same(Scope::document, DEDUP_SCOPE_DOCUMENT) &&
              same(Scope::corpus, DEDUP_SCOPE_CORPUS) && same(Scope::wide, DEDUP_SCOPE_WIDE));
static_assert(same(Script::keep, DEDUP_SCRIPT_KEEP) &&
              same(Script::simplified, DEDUP_SCRIPT_SIMPLIFIED) &&
              same(Script::traditional, DEDUP_SCRIPT_TRADITIONAL));
static_assert(same(Normalise::off, DEDUP_NORMALISE_OFF) &&
              same(Normalise::nfc, DEDUP_NORMALISE_NFC));
static_assert(same(Reason::boilerplate, DEDUP_BOILERPLATE) &&
              same(Reason::duplicate_document, DEDUP_DUPLICATE_DOCUMENT) &&
              same(Reason::repeated_block, DEDUP_REPEATED_BLOCK) &&
              same(Reason::repeated_run, DEDUP_REPEATED_RUN) &&
              same(Reason::near_duplicate, DEDUP_NEAR_DUPLICATE) &&
              same(Reason::repeated_sentences, DEDUP_REPEATED_SENTENCES) &&
              same(Reason::repair, DEDUP_REPAIR) && same(Reason::blank_lines, DEDUP_BLANK_LINES));
static_assert(kReasonCount <= 16 && kRepairKindCount <= 32);  // places in dedup_stats

/// The choice of a number below `count`. A number that a later library knows is refused, too.
template <typename Enum>
Enum choice(const char* name, std::int32_t number, std::int32_t count) {
  if (number < 0 || number >= count) {
    throw InvalidOption(std::string(name) + " has no choice " + std::to_string(number));
  }
  return static_cast<Enum>(number);
}

bool flag(const char* name, std::int32_t number) { return choice<int>(name, number, 2) == 1; }

std::shared_ptr<Scratch> scratch_in(dedup_bytes directory) {
  const std::string_view path = view(directory);
  return path.empty() ? nullptr : file_scratch(std::string(path));
}

/// Words between commas; blanks around them and empty ones do not count.
std::vector<std::string> words(std::string_view list) {
  std::vector<std::string> all;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    std::string_view word = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    word.remove_prefix(std::min(word.find_first_not_of(' '), word.size()));
    word = word.substr(0, word.find_last_not_of(' ') + 1);
    if (!word.empty()) all.emplace_back(word);
  }
  return all;
}

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// An Edit and a CleanedEdit have the same members.
template <typename Any>
dedup_edit edit_like(const Any& edit) noexcept {
  return {.size = sizeof(dedup_edit),
          .line = edit.block,
          .start = edit.start,
          .end = edit.end,
          .text = bytes(edit.text),
          .replacement = bytes(edit.replacement),
          .reason = static_cast<std::int32_t>(edit.reason),
          .has_first = edit.first ? 1 : 0,
          .rule = bytes(edit.rule),
          .first_document = edit.first ? edit.first->document : 0,
          .first_line = edit.first ? edit.first->block : 0,
          .first_name = bytes(edit.first_name),
          .score = edit.score.value_or(kNone),
          .similarity = edit.similarity.value_or(kNone)};
}

}  // namespace

/// The choices are named, so that a default that changes is seen to change here, too: an old caller
/// gets it for what lies behind his struct.
dedup_options default_options() noexcept {
  const Options defaults;
  dedup_options options{};
  options.size = sizeof options;
  options.boilerplate = DEDUP_BOILERPLATE_AUTOMATIC;
  options.documents = DEDUP_COMPARE_EXACT;
  options.paragraphs = DEDUP_COMPARE_EXACT;
  options.runs = 1;
  options.sentences = DEDUP_SENTENCES_EXACT;
  options.scope = DEDUP_SCOPE_CORPUS;
  options.repair = 1;
  options.first_positions = 1;
  options.first_names = 1;
  options.min_block = defaults.min_block;
  options.min_block_across = defaults.min_block_across;
  options.threads = defaults.threads;
  options.near_threshold = defaults.near_threshold;
  return options;
}

Options options_of(const dedup_options* given) {
  const dedup_options set =
      given == nullptr ? default_options() : known(*given, default_options(), "dedup_options");
  Options options;
  options.boilerplate = choice<Boilerplate>("boilerplate", set.boilerplate, 4);
  options.documents = choice<Documents>("documents", set.documents, 3);
  options.paragraphs = choice<Paragraphs>("paragraphs", set.paragraphs, 3);
  options.runs = flag("runs", set.runs);
  options.sentences = choice<Sentences>("sentences", set.sentences, 3);
  options.scope = choice<Scope>("scope", set.scope, 3);
  options.repair = flag("repair", set.repair);
  options.script = choice<Script>("script", set.script, 3);
  options.normalise = choice<Normalise>("normalise", set.normalise, 2);
  options.first_positions = flag("first_positions", set.first_positions);
  options.first_names = flag("first_names", set.first_names);
  options.min_block = set.min_block;
  options.min_block_across = set.min_block_across;
  options.threads = set.threads;
  options.near_threshold = set.near_threshold;
  options.memory = set.memory;
  options.scratch = scratch_in(set.scratch);
  // None is not the same as an empty one, which is refused: it is no charset, and no model.
  if (set.encoding.data != nullptr) options.encoding = view(set.encoding);
  options.boilerplate_rules = view(set.boilerplate_rules);
  if (set.boilerplate_model.data != nullptr) {
    options.boilerplate_model = std::string(view(set.boilerplate_model));
  }
  options.boilerplate_without = words(view(set.boilerplate_without));
  return options;
}

dedup_index_options default_index_options() noexcept {
  const IndexOptions defaults;
  dedup_index_options options{};
  options.size = sizeof options;
  options.places = 1;
  options.names = 1;
  options.near_threshold = defaults.near_threshold;
  return options;
}

IndexOptions index_options_of(const dedup_index_options* given) {
  const dedup_index_options set =
      given == nullptr ? default_index_options()
                       : known(*given, default_index_options(), "dedup_index_options");
  IndexOptions options;
  options.places = flag("places", set.places);
  options.names = flag("names", set.names);
  options.near_threshold = set.near_threshold;
  options.memory = set.memory;
  options.scratch = scratch_in(set.scratch);
  return options;
}

/// A scratch directory is missing there as well: a file that is written needs none.
dedup_index_file_options default_index_file_options() noexcept {
  const IndexFileOptions defaults;
  dedup_index_file_options options{};
  options.size = sizeof options;
  options.near_threshold = defaults.near_threshold;
  options.commit_documents = defaults.commit_documents;
  options.commit_seconds = defaults.commit_seconds;
  return options;
}

IndexFileOptions index_file_options_of(const dedup_index_file_options* given) {
  const dedup_index_file_options set =
      given == nullptr ? default_index_file_options()
                       : known(*given, default_index_file_options(), "dedup_index_file_options");
  IndexFileOptions options;
  options.read_only = flag("read_only", set.read_only);
  options.remote = flag("remote", set.remote);
  options.near_threshold = set.near_threshold;
  options.memory = set.memory;
  options.scratch = scratch_in(set.scratch);
  options.commit_documents = set.commit_documents;
  options.commit_seconds = set.commit_seconds;
  options.wait = set.wait;
  return options;
}

/// No encoding is {NULL, 0}, which is there already.
dedup_learn_options default_learn_options() noexcept {
  const LearnOptions defaults;
  dedup_learn_options options{};
  options.size = sizeof options;
  options.min_documents = defaults.min_documents;
  options.max_keys = defaults.max_keys;
  return options;
}

/// Numbers of C are as wide as they may ever have to be. Throws InvalidOption, too, for what the
/// library has no room for.
LearnOptions learn_options_of(const dedup_learn_options* given) {
  const dedup_learn_options set =
      given == nullptr ? default_learn_options()
                       : known(*given, default_learn_options(), "dedup_learn_options");
  LearnOptions options;
  if (set.min_documents > std::numeric_limits<std::uint32_t>::max()) {
    throw InvalidOption("min_documents is too large");
  }
  options.min_documents = static_cast<std::uint32_t>(set.min_documents);
  options.max_keys = set.max_keys;
  options.memory = set.memory;
  if (set.encoding.data != nullptr) options.encoding = view(set.encoding);
  return options;
}

Page page_of(const dedup_page* page) {
  if (page == nullptr) {
    return {};
  }
  const dedup_page set = known(*page, dedup_page{}, "dedup_page");
  return {.bytes = view(set.bytes),
          .url = view(set.url),
          .name = view(set.name),
          .content_type = view(set.content_type)};
}

dedup_edit edit_of(const Edit& edit) noexcept { return edit_like(edit); }
dedup_edit edit_of(const CleanedEdit& edit) noexcept { return edit_like(edit); }

dedup_stats stats_of(const Stats& stats) noexcept {
  dedup_stats result{};
  result.size = sizeof result;
  result.documents = stats.documents;
  result.input_bytes = stats.input_bytes;
  result.decoded_bytes = stats.decoded_bytes;
  result.output_bytes = stats.output_bytes;
  result.blocks = stats.blocks;
  result.blocks_kept = stats.blocks_kept;
  result.broken_sequences = stats.broken_sequences;
  result.damaged_sentences = stats.damaged_sentences;
  result.mojibake_lines = stats.mojibake_lines;
  for (std::size_t i = 0; i < stats.removed.size(); ++i) {
    result.removed_items[i] = stats.removed[i].items;
    result.removed_bytes[i] = stats.removed[i].bytes;
  }
  std::ranges::copy(stats.repaired, result.repaired);  // places behind them stay 0
  return result;
}

}  // namespace dedup::c
