// SPDX-License-Identifier: Apache-2.0
#include "stored/set.h"

#include <memory>
#include <utility>

#include "dedup/error.h"

namespace dedup::stored {
namespace {

constexpr std::uint64_t kRatio = 3;  // of the lengths of a run and the next

Source reader_of(const files::SharedFile& file, const Shape& shape, const Run& run) {
  auto reader = std::make_shared<RunReader>(file, shape, run);
  return [reader] { return reader->next(); };
}

}  // namespace

Source merged(std::vector<Source> sources) {
  struct Head {
    Source source;
    const std::byte* entry;
    Key key;
  };
  auto heads = std::make_shared<std::vector<Head>>();
  const auto fetch = [](Head& head) {
    head.entry = head.source();
    if (head.entry != nullptr) head.key = Key::of(head.entry);
  };
  for (Source& source : sources) {
    heads->push_back({std::move(source), nullptr, {}});
    fetch(heads->back());
  }
  // The entry that was given last is fetched anew only when the next is wanted: it must stay valid.
  return [heads, fetch, given = static_cast<Head*>(nullptr)]() mutable -> const std::byte* {
    if (given != nullptr) fetch(*given);
    given = nullptr;
    for (Head& head : *heads) {
      if (head.entry != nullptr && (given == nullptr || head.key < given->key)) given = &head;
    }
    return given == nullptr ? nullptr : given->entry;
  };
}

Writing::Writing(Ground& ground) : ground_(ground) {
  if (files::process() != ground.process) {
    throw Misuse(ground.file.path() +
                 ": a forked process is not to write an index that it did not open");
  }
  if (ground.unfinished) ground.file.fail("could not be written before, and is to be opened anew");
  ground.changed = ground.unfinished = true;
}

Set::Set(Ground& ground, std::size_t payload, std::vector<Run> runs)
    : ground_(ground), shape_(payload), runs_(std::move(runs)) {}

std::span<const std::byte> Set::find_all(std::uint64_t high) {
  found_.clear();
  for (const Run& run : runs_) {
    if (ground_.filters.may_hold(run, high)) {
      stored::find_all(ground_.file, shape_, run, high, found_);
    }
  }
  return found_;
}

const std::byte* Set::find(const Key& key) {
  const std::span<const std::byte> found = find_all(key.high);
  for (std::size_t at = 0; at < found.size(); at += shape_.entry) {
    if (Key::of(&found[at]) == key) return &found[at];
  }
  return nullptr;
}

void Set::prefetch(std::uint64_t high) const noexcept {
  for (const Run& run : runs_) ground_.filters.prefetch(run, high);
}

/// As a counter carries: what is added is merged at once with all runs that would be too short
/// beside it.
void Set::add(std::uint64_t entries, const Source& source) {
  Writing writing(ground_);
  std::size_t kept = runs_.size();
  std::uint64_t sum = entries;
  while (kept > 0 && runs_[kept - 1].entries < kRatio * sum) sum += runs_[--kept].entries;

  std::vector<Source> sources;
  for (std::size_t i = kept; i < runs_.size(); ++i) {
    sources.push_back(reader_of(ground_.file, shape_, runs_[i]));
  }
  sources.push_back(source);
  const Source all = merged(std::move(sources));
  const Extent extent = ground_.space.take(pages_for_run(shape_, sum), ground_.generation);
  RunWriter writer(ground_.file, shape_, extent, sum);
  while (const std::byte* const entry = all()) writer.add(entry);
  const Run run = writer.finish();
  ground_.filters.begin(run);
  ground_.space.give_back(extent, run.extent.pages);
  for (std::size_t i = kept; i < runs_.size(); ++i) ground_.drop(runs_[i].extent);
  runs_.resize(kept);
  runs_.push_back(run);
  writing.finish();
}

Source Set::all() const {
  std::vector<Source> sources;
  for (const Run& run : runs_) sources.push_back(reader_of(ground_.file, shape_, run));
  return merged(std::move(sources));
}

std::uint64_t Set::size() const noexcept {
  std::uint64_t entries = 0;
  for (const Run& run : runs_) entries += run.entries;
  return entries;
}

}  // namespace dedup::stored
