// SPDX-License-Identifier: Apache-2.0
// Rows go the way that keys of a Cleaner go, by the home in a file: pending, staged when memory
// runs short, and committed once, at the end. What a base has is copied before, so that a key that
// it knows stays where it was.
#include "dedup/index_builder.h"

#include <cmath>
#include <utility>
#include <vector>

#include "dedup/error.h"
#include "memory/budget.h"
#include "memory/file_home.h"
#include "memory/key_rows.h"
#include "memory/rewriting.h"
#include "stored/index_file.h"
#include "text/tables.h"
#include "walls/shared_file.h"

namespace dedup {
namespace {

using stored::IndexFile;

constexpr double kMillion = 1e6;
constexpr std::size_t kMostNames = 65'536;  // that wait in memory

std::unique_ptr<IndexFile> open_base(const IndexBuilderOptions& options) {
  if (!options.base) return nullptr;
  return std::make_unique<IndexFile>(*options.base, IndexFile::How{.mode = IndexFile::Mode::read},
                                     std::nullopt);
}

/// What the file begins with. Throws where the base was made otherwise.
stored::Manifest manifest_of(const IndexBuilderOptions& options, const IndexFile* base) {
  if (!(options.near_threshold >= 0.5 && options.near_threshold <= 1)) {
    throw InvalidOption("near_threshold must be from 0.5 to 1");
  }
  stored::Manifest made;
  made.threshold = static_cast<std::uint64_t>(std::llround(options.near_threshold * kMillion));
  made.recipe = text::tables::digest;
  made.unicode = text::tables::unicode_version;
  made.options = options.options;
  if (base == nullptr) {
    if (!options.secret) throw InvalidOption("an IndexBuilder needs a secret, or a base");
    made.secret = *options.secret;
    return made;
  }
  const stored::Manifest& there = base->manifest();
  const auto refuse = [&](const std::string& what) {
    throw InvalidOption(*options.base + " was made with " + what);
  };
  made.secret = there.secret;
  if (options.secret && *options.secret != there.secret) refuse("another secret");
  if (made.recipe != there.recipe) refuse("another recipe of keys: " + there.recipe);
  if (made.threshold != there.threshold) refuse("another near_threshold");
  if (made.options.empty()) made.options = there.options;
  if (!there.options.empty() && made.options != there.options) {
    refuse("other options: " + there.options);
  }
  return made;
}

/// Beside the path, under a name that no other process of this machine uses. Where it cannot be
/// made, that is told of the path.
std::unique_ptr<IndexFile> new_file_beside(const std::string& path, const stored::Manifest& like) {
  if (files::exists(path)) throw IndexError(path, "is there already");
  const std::string beside = path + ".new." + std::to_string(files::process());
  files::remove(beside);  // of a process that was killed
  try {
    return memory::new_index_file(beside, like);
  } catch (const IndexError& error) {
    files::remove(beside);
    throw IndexError(path, std::string(error.cause()));
  }
}

/// All of it; says how many documents that are. Apart from State, whose lambdas would be seen by
/// whoever links the library.
std::uint64_t take_over(IndexFile& out, IndexFile& base) {
  memory::Rewriting rewriting(out);
  rewriting.take(base, [](std::uint64_t) { return false; });
  return rewriting.documents();
}

/// What a builder holds until it is committed.
template <typename State>
State& open(const std::unique_ptr<State>& state) {
  if (state == nullptr) throw Misuse("the index was committed before");
  return *state;
}

}  // namespace

struct IndexBuilder::State {
  State(const std::string& place, const IndexBuilderOptions& options)
      : State(place, options, open_base(options)) {}
  State(const std::string& place, const IndexBuilderOptions& options,
        const std::unique_ptr<IndexFile>& base)
      : path(place), out(new_file_beside(place, manifest_of(options, base.get()))) {
    if (options.memory != 0) budget.limit(options.memory);
    if (!base) return;
    before = documents = take_over(*out, *base);
  }

  /// Before any is taken.
  void check(std::span<const KeyRow> rows) const {
    for (const KeyRow& row : rows) {
      if (row.kind > KeyKind::run) throw InvalidOption("a key is of no kind that there is");
      if (row.at.document < documents - before) continue;
      throw InvalidOption("a key is of document " + std::to_string(row.at.document) +
                          ", which was not added");
    }
  }

  std::string path;
  std::unique_ptr<IndexFile> out;
  memory::Budget budget;
  memory::FileKeys keys{*out, budget};
  memory::FileNames names{*out};
  std::uint64_t before = 0;  // documents of the base
  std::uint64_t documents = 0;
  std::vector<memory::Answer> known;  // scratch
};

IndexBuilder::IndexBuilder(const std::string& path, const IndexBuilderOptions& options)
    : state_(std::make_unique<State>(path, options)) {}
IndexBuilder::~IndexBuilder() = default;
IndexBuilder::IndexBuilder(IndexBuilder&&) noexcept = default;
IndexBuilder& IndexBuilder::operator=(IndexBuilder&&) noexcept = default;

void IndexBuilder::add_document(std::string_view name) {
  State& state = open(state_);
  state.names.add(name);
  ++state.documents;
  if (state.names.pending() >= kMostNames) state.names.stage(state.documents);
}

void IndexBuilder::add(std::span<const KeyRow> rows) {
  State& state = open(state_);
  state.check(rows);
  for (const KeyRow& row : rows) {
    const memory::Ask ask = memory::ask_of(row);
    state.keys.find_or_insert(memory::kind_of(row), state.before + row.at.document,
                              std::span(&ask, 1), state.known);
    state.known.clear();
  }
}

void IndexBuilder::commit() {
  const std::unique_ptr<State> held = std::exchange(state_, nullptr);  // whatever happens
  State& state = open(held);
  state.keys.stage(state.documents);
  state.names.stage(state.documents);
  state.out->prepare(state.documents);
  state.out->commit();
  try {
    state.out->replace(state.path);
  } catch (...) {
    files::remove(state.out->file().path());  // it is whole, and goes all the same
    throw;
  }
}

}  // namespace dedup
