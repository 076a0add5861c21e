// SPDX-License-Identifier: Apache-2.0
#include "memory/key_rows.h"

#include <cstddef>
#include <memory>
#include <optional>

#include "dedup/error.h"
#include "memory/file_home.h"
#include "memory/index.h"
#include "stored/bytes.h"

namespace dedup::memory {
namespace {

// The three kinds are numbered alike on both sides.
static_assert(static_cast<int>(Kind::document) == static_cast<int>(KeyKind::document));
static_assert(static_cast<int>(Kind::block) == static_cast<int>(KeyKind::block));
static_assert(static_cast<int>(Kind::run) == static_cast<int>(KeyKind::run));

constexpr std::size_t kHalf = 8;  // bytes of a fingerprint, the lowest first

}  // namespace

KeyRow row_of(Kind kind, std::uint64_t document, const Ask& ask) noexcept {
  KeyRow row{.kind = static_cast<KeyKind>(kind),
             .key = {},
             .at = {.document = document, .block = ask.here.first},
             .second = ask.here.second,
             .third = ask.here.third};
  stored::put<kHalf>(row.key.data(), ask.key.low);
  stored::put<kHalf>(row.key.data() + kHalf, ask.key.high);
  return row;
}

Kind kind_of(const KeyRow& row) noexcept { return static_cast<Kind>(row.kind); }

Ask ask_of(const KeyRow& row) noexcept {
  return {.key = {.low = stored::get<kHalf>(row.key.data()),
                  .high = stored::get<kHalf>(row.key.data() + kHalf)},
          .here = {.first = row.at.block, .second = row.second, .third = row.third}};
}

void RecordingKeys::find_or_insert(Kind kind, std::uint64_t document, std::span<const Ask> asks,
                                   std::vector<Answer>& answers) {
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < asks.size(); ++i) {
    const auto place = file_ == nullptr ? std::nullopt : find_in(*file_, kind, asks[i].key);
    if (!place) {
      rows_.push_back(row_of(kind, document, asks[i]));
    } else if (kind == Kind::document) {
      answers.push_back({static_cast<std::uint32_t>(i), *place});
      ++known_;
    }
  }
}

}  // namespace dedup::memory

namespace dedup {

namespace {

/// An index whose home of keys is told through `keys`. Apart from State, whose lambdas would be
/// seen by whoever links the library.
std::unique_ptr<memory::Index> recording_index(const IndexOptions& options,
                                               memory::RecordingKeys*& keys) {
  if (!options.secret) throw InvalidOption("a KeyRecorder needs a secret, the same for all parts");
  auto index =
      std::make_unique<memory::Index>(IndexOptions{.places = false,
                                                   .names = false,
                                                   .near_threshold = options.near_threshold,
                                                   .scratch = {},
                                                   .secret = options.secret,
                                                   .first_document = options.first_document},
                                      [&keys](memory::Budget&) -> std::unique_ptr<memory::KeyHome> {
                                        auto made = std::make_unique<memory::RecordingKeys>();
                                        keys = made.get();
                                        return made;
                                      });
  index->only_record();
  return index;
}

std::unique_ptr<memory::Index> recording_index(const std::string& path, IndexFileOptions options,
                                               memory::RecordingKeys*& keys) {
  options.read_only = true;
  auto index = std::make_unique<memory::Index>(
      path, options, [&keys](stored::IndexFile& file) -> std::unique_ptr<memory::KeyHome> {
        auto made = std::make_unique<memory::RecordingKeys>(&file);
        keys = made.get();
        return made;
      });
  index->only_record();
  return index;
}

}  // namespace

struct KeyRecorder::State {
  explicit State(const IndexOptions& options) : index(recording_index(options, keys)) {}
  State(const std::string& path, const IndexFileOptions& options)
      : index(recording_index(path, options, keys)) {}

  memory::RecordingKeys* keys = nullptr;  // the index's
  Index index;
};

KeyRecorder::KeyRecorder(const IndexOptions& options) : state_(std::make_unique<State>(options)) {}
KeyRecorder::KeyRecorder(const std::string& path, const IndexFileOptions& options)
    : state_(std::make_unique<State>(path, options)) {}
KeyRecorder::~KeyRecorder() = default;
KeyRecorder::KeyRecorder(KeyRecorder&&) noexcept = default;
KeyRecorder& KeyRecorder::operator=(KeyRecorder&&) noexcept = default;

Index& KeyRecorder::index() noexcept { return state_->index; }

std::vector<KeyRow> KeyRecorder::take() { return state_->keys->take(); }
std::uint64_t KeyRecorder::known() const { return state_->keys->known(); }
std::string KeyRecorder::options() const { return state_->index.home().agreed(); }

std::vector<DocumentRow> KeyRecorder::take_documents() {
  return state_->index.home().take_documents();
}

}  // namespace dedup
