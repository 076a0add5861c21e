// SPDX-License-Identifier: Apache-2.0
// From documents to counted blocks, by the same steps as cleaning: front, pages, analysis. What
// is counted and what is learned of it: see src/boilerplate/block_counts.h.
#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "boilerplate/block_counts.h"
#include "boilerplate/frame.h"
#include "boilerplate/line_shape.h"
#include "boilerplate/outline.h"
#include "cleaner/analysis.h"
#include "cleaner/dense.h"
#include "cleaner/fetched.h"
#include "cleaner/front.h"
#include "cleaner/page_text.h"
#include "cleaner/window_pool.h"
#include "dedup/error.h"
#include "dedup/learn.h"
#include "structure/label.h"
#include "text/charset/content_type.h"

namespace dedup {
namespace {

constexpr std::size_t kPortion = std::size_t{1} << 20;
constexpr std::uint64_t kLeastKeys = 1000;

constexpr std::uint64_t kBytesOfKey = 160;  // with what copies of documents are known by

LearnOptions checked(LearnOptions options) {
  if (options.min_documents < 2) {
    throw InvalidOption("min_documents must be at least 2: what occurs once is no boilerplate");
  }
  if (options.max_keys < kLeastKeys) {
    throw InvalidOption("max_keys must be at least " + std::to_string(kLeastKeys));
  }
  if (options.memory != 0) {
    options.max_keys = std::clamp(options.memory / kBytesOfKey, kLeastKeys, options.max_keys);
  }
  return options;
}

}  // namespace

struct BoilerplateLearner::State {
  explicit State(const LearnOptions& options)
      : most_blocks(options.max_keys / 2),
        counts(options, hash::random_seed()),
        front(pool, options.encoding) {}

  /// Counts what the front has gathered. Of a document that has blocks enough the rest is passed
  /// over.
  void add_gathered() {
    cleaner::Batch batch = front.take_batch();
    for (cleaner::Portion& portion : batch) {
      if (portion.page != nullptr) {
        cleaner::read_page(portion, nullptr);
      }
      unread += portion.closing ? portion.closing->damage.unread : 0;
      if (portion.window == nullptr || blocks.size() >= most_blocks) {
        continue;
      }
      analyser.analyse(*portion.window, 0, workbench);
      dense.give(std::move(portion.window), 0, [this](cleaner::WindowPointer part) {
        add(*part);
        pool.give(std::move(part));
      });
    }
  }

  /// Damaged blocks and pieces of long lines are not counted: what they are on other pages is not
  /// known. Lines without a key are marks.
  void add(const cleaner::Window& window) {
    for (const cleaner::Block& block : window.blocks) {
      const bool counts_as_one = !block.blank && block.keyed && !block.line.continues;
      if (!counts_as_one || blocks.size() + marks.size() >= most_blocks) {
        continue;
      }
      if (block.unit_count != 0) {
        add(window, block);
      } else {
        add_mark(cleaner::repaired_content(window, block));
      }
    }
  }

  /// Shape is asked of the line, since a key has lost the marks that make it one.
  void add(const cleaner::Window& window, const cleaner::Block& block) {
    const std::string line = cleaner::repaired_content(window, block);
    const std::u16string_view key = cleaner::key_of(window, block);
    const bool bounded =
        block.weight <= boilerplate::kHeaviestLearned && key.size() <= boilerplate::kLongestLearned;
    blocks.push_back({.print = block.key,
                      .weight = block.weight,
                      .may_be_learned = bounded && !boilerplate::is_outline(line, key),
                      .lead_in = structure::is_lead_in(line),
                      .plain = !boilerplate::has_clause_mark(line),
                      .may_roam = may_roam(line, block.kind),
                      .frame = frame_of(line, key)});
  }

  /// Marks are kept apart from blocks, since those are neighbours to one another.
  void add_mark(std::string_view line) {
    const std::u16string mark = boilerplate::mark_key(line);
    if (!mark.empty()) {
      marks.push_back(counts.fingerprinter().of(mark));
    }
  }

  /// A label goes with what it labels, and `}` is on most pages of a programmer.
  static bool may_roam(std::string_view line, structure::Kind kind) {
    return kind != structure::Kind::code && kind != structure::Kind::label &&
           kind != structure::Kind::markup && !structure::is_lead_in(line);
  }

  [[nodiscard]] std::optional<numbers::Fingerprint> frame_of(std::string_view line,
                                                             std::u16string_view key) const {
    const std::u16string frame = boilerplate::frame_key(line, key);
    return frame.empty() ? std::nullopt : std::optional(counts.fingerprinter().of(frame));
  }

  std::uint64_t most_blocks;  // of a document
  std::uint64_t unread = 0;
  boilerplate::BlockCounts counts;
  boilerplate::Host host = 0;  // of the document
  cleaner::BoilerplateLayer no_boilerplate{{.boilerplate = Boilerplate::off}};
  cleaner::Analyser analyser{
      {.sentences = false, .runs = false, .keys = true}, counts.fingerprinter(), no_boilerplate};
  cleaner::DenseWindows dense{analyser};
  cleaner::Workbench workbench;
  cleaner::WindowPool pool;
  cleaner::Front front;
  std::vector<boilerplate::CountedBlock> blocks;  // of the document
  std::vector<numbers::Fingerprint> marks;        // of its lines without a key
};

BoilerplateLearner::BoilerplateLearner(LearnOptions options)
    : state_(std::make_unique<State>(checked(std::move(options)))) {}
BoilerplateLearner::~BoilerplateLearner() = default;
BoilerplateLearner::BoilerplateLearner(BoilerplateLearner&&) noexcept = default;
BoilerplateLearner& BoilerplateLearner::operator=(BoilerplateLearner&&) noexcept = default;

Unpacking BoilerplateLearner::learn(std::string_view document, std::string_view url,
                                    std::string_view content_type) {
  cleaner::Fetched fetched(document, content_type);
  begin(url, fetched.content_type());
  for (std::string_view piece; !(piece = fetched.next()).empty();) feed(piece);
  end();
  return fetched.unpacking();
}

void BoilerplateLearner::begin(std::string_view url, std::string_view content_type) {
  State& state = *state_;
  const text::ContentType type = text::parse_content_type(content_type);
  static_cast<void>(state.front.take_batch());  // of a document without an end
  state.front.open({}, {.label = type.charset, .html = type.is_html()});
  state.blocks.clear();
  state.marks.clear();
  state.host = boilerplate::host_number(state.counts.fingerprinter(), url);
}

void BoilerplateLearner::feed(std::string_view bytes) {
  State& state = *state_;
  for (std::size_t at = 0; at < bytes.size(); at += kPortion) {
    state.front.feed(bytes.substr(at, kPortion));
    state.add_gathered();
  }
}

void BoilerplateLearner::end() {
  State& state = *state_;
  state.front.close();
  state.add_gathered();
  state.counts.add(state.blocks, state.host, state.marks);
}

std::uint32_t BoilerplateLearner::missed() const noexcept { return state_->counts.missed(); }

std::uint64_t BoilerplateLearner::unread() const noexcept { return state_->unread; }

std::string BoilerplateLearner::model() const { return state_->counts.model(); }

}  // namespace dedup
