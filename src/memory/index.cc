// SPDX-License-Identifier: Apache-2.0
// One mutex around all of it, be it in memory or in a file. A Cleaner comes with many keys at a
// time, so the lock is taken a few times a document, and held for no call of anybody else's but
// scratch space.
//
//   begin_document, name_of    names
//   remember                   keys of elsewhere
//   find_or_add                documents, as a whole
//   find_or_insert             keys of blocks, runs and sentences
//   find_or_add_near           blocks by resemblance
//
// To ask and to remember are one step under one lock: of two that ask at the same time about the
// same text one is the first, and the other hears of it.
#include "memory/index.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "dedup/error.h"
#include "memory/document_rows.h"
#include "memory/file_home.h"
#include "memory/key_rows.h"
#include "memory/seen_keys.h"
#include "stored/index_file.h"
#include "text/tables.h"
#include "walls/shared_file.h"

namespace dedup::memory {
namespace {

constexpr std::uint64_t kMostDocuments = (std::uint64_t{1} << 63) - 1;

/// With a secret in any case: after this nobody asks where it came from.
IndexOptions checked(IndexOptions options, bool spills_into_file = false) {
  if (options.memory != 0 && options.scratch == nullptr && !spills_into_file) {
    throw InvalidOption("memory is limited, and there is no scratch space for the rest");
  }
  if (!(options.near_threshold >= 0.5 && options.near_threshold <= 1)) {
    throw InvalidOption("near_threshold must be from 0.5 to 1");
  }
  if (options.first_document > kMostDocuments) {
    throw InvalidOption("first_document must be below 2^63");
  }
  if (!options.secret) {
    options.secret = hash::random_seed();
  }
  return options;
}

constexpr std::uint64_t kMillion = 1'000'000;
constexpr std::uint64_t kFilterShare = 4;   // of the memory, for the filters of a file
constexpr std::size_t kMostNames = 65'536;  // that wait for a commit in memory

std::uint64_t in_millionths(double threshold) noexcept {
  return static_cast<std::uint64_t>(std::llround(threshold * static_cast<double>(kMillion)));
}

/// What a new file begins with.
stored::Manifest fresh_manifest(const IndexFileOptions& options) {
  const IndexOptions valid =
      checked({.near_threshold = options.near_threshold, .secret = options.secret});
  return {.secret = *valid.secret,
          .threshold = in_millionths(valid.near_threshold),
          .documents = 0,
          .recipe = std::string(text::tables::digest),
          .unicode = std::string(text::tables::unicode_version),
          .options = {},
          .sets = {},
          .records = {}};
}

stored::IndexFile::How how(const IndexFileOptions& options) {
  using Mode = stored::IndexFile::Mode;
  return {.mode = options.read_only ? Mode::read : Mode::update,
          .wait = options.wait,
          .memory = options.memory / kFilterShare,
          .remote = options.remote};
}

/// The first word in which two lists of them differ, of each.
std::pair<std::string_view, std::string_view> first_difference(std::string_view a,
                                                               std::string_view b) {
  for (;;) {
    const std::string_view one = a.substr(0, a.find(' '));
    const std::string_view other = b.substr(0, b.find(' '));
    if (one != other || (a.empty() && b.empty())) return {one, other};
    a.remove_prefix(std::min(a.size(), one.size() + 1));
    b.remove_prefix(std::min(b.size(), other.size() + 1));
  }
}

}  // namespace

Index::Index(const IndexOptions& options)
    : Index(options, [&](Budget& budget) -> std::unique_ptr<KeyHome> {
        return std::make_unique<SeenKeys>(options.places, budget);
      }) {}

Index::Index(const IndexOptions& options, const MakeHome& make_home)
    : Index(options, nullptr, make_home) {}

struct Index::File {
  File(const std::string& path, const IndexFileOptions& given)
      : options(given),
        stored(path, how(options),
               options.read_only ? std::nullopt : std::optional(fresh_manifest(options))),
        committed(stored.manifest().documents),
        last_commit(files::ticks()) {}

  /// What cannot be compared with what is in the file is refused.
  static std::unique_ptr<File> open(const std::string& path, const IndexFileOptions& options);

  [[nodiscard]] IndexOptions index_options() const {
    const stored::Manifest& manifest = stored.manifest();
    return {.places = true,
            .names = true,
            .near_threshold = options.near_threshold,
            .memory = options.memory,
            .scratch = options.scratch,
            .secret = manifest.secret,
            .first_document = committed + options.elsewhere};
  }
  [[nodiscard]] std::unique_ptr<KeyHome> make_keys(Budget& budget) {
    if (!stored.writes()) return std::make_unique<ReadKeys>(stored, budget);
    auto home = std::make_unique<FileKeys>(stored, budget);
    keys = home.get();
    return home;
  }

  IndexFileOptions options;
  stored::IndexFile stored;
  FileNear near{stored};
  FileNames names{stored};
  FileKeys* keys = nullptr;  // the index's home of keys, of a file that is written
  std::set<std::uint64_t> open_documents;
  std::uint64_t ended = 0;    // documents since the last commit
  std::uint64_t committed;    // documents in all
  std::uint64_t last_commit;  // in ticks
};

std::unique_ptr<Index::File> Index::File::open(const std::string& path,
                                               const IndexFileOptions& options) {
  if (options.elsewhere != 0 && !options.read_only) {
    throw InvalidOption("documents of elsewhere are for an index in a file that is only read");
  }
  if (options.elsewhere > kMostDocuments / 2) {
    throw InvalidOption("of documents of elsewhere there must be no more than 2^62");
  }
  auto file = std::make_unique<File>(path, options);
  const stored::Manifest& manifest = file->stored.manifest();
  if (manifest.recipe != text::tables::digest) {
    file->stored.file().fail("made by another recipe of keys: " + manifest.recipe + " (Unicode " +
                             manifest.unicode + "), where this program has " +
                             std::string(text::tables::digest) + " (Unicode " +
                             std::string(text::tables::unicode_version) + ")");
  }
  if (manifest.threshold != in_millionths(options.near_threshold)) {
    throw InvalidOption(path + " was made with a near_threshold of " +
                        std::to_string(static_cast<double>(manifest.threshold) / kMillion) +
                        ", and is asked with " + std::to_string(options.near_threshold));
  }
  if (options.secret && *options.secret != manifest.secret) {
    throw InvalidOption(path + " has another secret");
  }
  return file;
}

Index::Index(const std::string& path, const IndexFileOptions& options,
             const MakeFileHome& make_home)
    : Index(File::open(path, options), make_home) {}

/// The file is where it is, whoever holds it.
Index::Index(std::unique_ptr<File>&& file, const MakeFileHome& make_home)
    : Index(file->index_options(), std::move(file), [&make_home, &file = *file](Budget& budget) {
        return make_home ? make_home(file.stored) : file.make_keys(budget);
      }) {}

Index::~Index() = default;

Index::Index(const IndexOptions& options, std::unique_ptr<File>&& file, const MakeHome& make_home)
    : secret_given_(options.secret.has_value()),
      options_(checked(options, file != nullptr)),
      fingerprinter_(*options_.secret),
      documents_(options_.first_document),
      file_(std::move(file)),
      keys_(make_home(budget_)),
      document_index_(options_.near_threshold, *keys_, budget_, file_ ? &file_->near : nullptr,
                      file_ && file_->stored.writes()),
      near_blocks_(options_.near_threshold, NearIndex::Keep::copies, budget_),
      names_(budget_) {
  if (options_.memory != 0) {
    const std::uint64_t filters = file_ ? options_.memory / kFilterShare : 0;
    if (options_.scratch) {
      budget_.limit(options_.memory - filters, *options_.scratch);
    } else {
      budget_.limit(options_.memory - filters);  // what is in a file goes there
    }
  }
}

std::uint64_t Index::begin_document(std::string_view name) {
  const Lock lock(mutex_);
  if (only_records_) return documents_++;
  if (file_) {
    file_->names.add(name);
    file_->open_documents.insert(documents_);
  } else if (options_.names) {
    names_.add(name);
  }
  return documents_++;
}

std::string Index::name_of(std::uint64_t document) {
  const Lock lock(mutex_);
  if (const auto found = elsewhere_.find(document); found != elsewhere_.end()) return found->second;
  const std::uint64_t first = options_.first_document;
  if (file_) {
    if (document >= first) return file_->names.at(document - file_->options.elsewhere);
    return document < first_elsewhere() ? file_->names.at(document) : std::string();
  }
  return document < first ? std::string() : names_.at(document - first);
}

/// Those of elsewhere are from here on, up to `first_document`.
std::uint64_t Index::first_elsewhere() const noexcept {
  return file_ ? options_.first_document - file_->options.elsewhere : 0;
}

void Index::check_may_be_told() const {
  if (only_records_ || (file_ && file_->stored.writes())) {
    throw Misuse(
        "an index in a file that may be written, or of a KeyRecorder, takes no keys of elsewhere");
  }
  if (documents_ != options_.first_document) {
    throw Misuse("keys of elsewhere come before the first document");
  }
  if (!secret_given_)
    throw InvalidOption("keys mean nothing without the secret they are made with");
}

/// Before any is taken.
void Index::check(std::span<const KeyRow> rows) const {
  check_may_be_told();
  for (const KeyRow& row : rows) {
    if (row.kind > KeyKind::run) throw InvalidOption("a key is of no kind that there is");
    if (row.at.document >= options_.first_document) {
      throw InvalidOption("a key is of document " + std::to_string(row.at.document) +
                          ", and documents of elsewhere end before first_document, " +
                          std::to_string(options_.first_document));
    }
    if (row.at.document < first_elsewhere()) {
      throw InvalidOption("a key is of document " + std::to_string(row.at.document) +
                          ", and documents of elsewhere begin behind those of the file, of which "
                          "there are " +
                          std::to_string(first_elsewhere()));
    }
  }
}

/// One key after the other: those of one document need not come together.
void Index::remember(std::span<const KeyRow> rows) {
  check(rows);
  keys_alone_ = true;
  const Lock lock(mutex_);
  std::vector<Answer> known;
  for (const KeyRow& row : rows) {
    const Ask ask = ask_of(row);
    keys_->find_or_insert(kind_of(row), row.at.document, std::span(&ask, 1), known);
    known.clear();
  }
}

void Index::remember_verdicts(std::span<const DocumentVerdict> verdicts) {
  check_may_be_told();
  if (file_) throw Misuse("an index in a file takes no verdicts: it has documents of its own");
  for (const DocumentVerdict& verdict : verdicts) {
    if (verdict.document < options_.first_document || verdict.first >= verdict.document) {
      throw InvalidOption("a verdict is of document " + std::to_string(verdict.document) +
                          " and points to " + std::to_string(verdict.first));
    }
  }
  keys_alone_ = true;
  has_verdicts_ = true;
  const Lock lock(mutex_);
  for (const DocumentVerdict& verdict : verdicts) {
    verdicts_[verdict.document] = {.first = {.document = verdict.first},
                                   .similarity = verdict.similarity};
  }
}

std::vector<DocumentRow> Index::take_documents() {
  const Lock lock(mutex_);
  return std::exchange(document_rows_, {});
}

void Index::remember_name(std::uint64_t document, std::string_view name) {
  if (document >= options_.first_document || document < first_elsewhere()) {
    throw InvalidOption("document " + std::to_string(document) + " is none of elsewhere");
  }
  const Lock lock(mutex_);
  elsewhere_.insert_or_assign(document, std::string(name));
}

void Index::end_document(std::uint64_t document) {
  if (!file_) return;
  const Lock lock(mutex_);
  file_->open_documents.erase(document);
  ++file_->ended;
  if (!file_->stored.writes()) return;
  if (file_->names.pending() > kMostNames) file_->names.stage(watermark());
  if (is_commit_due()) commit_locked();
}

void Index::prepare() {
  if (!file_) return;
  const Lock lock(mutex_);
  if (file_->stored.writes()) prepare_locked();
}

std::uint64_t Index::commit() {
  if (!file_) return documents_;
  const Lock lock(mutex_);
  if (file_->stored.writes()) commit_locked();
  return file_->committed;
}

void Index::agree(std::string_view options) {
  const Lock lock(mutex_);
  if (!file_) {
    if (agreed_.empty()) agreed_ = options;
    return;
  }
  const std::string& made_with = file_->stored.manifest().options;
  if (made_with.empty()) return file_->stored.set_options(std::string(options));
  if (made_with == options) return;
  const auto [there, here] = first_difference(made_with, options);
  throw InvalidOption(file_->stored.file().path() + " was made with " + std::string(there) +
                      ", and is asked with " + std::string(here));
}

std::string Index::agreed() {
  const Lock lock(mutex_);
  return file_ ? file_->stored.manifest().options : agreed_;
}

/// The number of the first document that has not ended.
std::uint64_t Index::watermark() const noexcept {
  return file_->open_documents.empty() ? documents_.load() : *file_->open_documents.begin();
}

bool Index::is_commit_due() const noexcept {
  const IndexFileOptions& options = file_->options;
  if (options.commit_documents != 0 && file_->ended >= options.commit_documents) return true;
  return options.commit_seconds != 0 &&
         files::ticks() - file_->last_commit >= 1000 * options.commit_seconds;
}

/// Nothing is committed as long as anything staged, or kept for documents that resemble it, is of
/// one that has not ended: the next that ends asks again. False if there is nothing to commit.
bool Index::prepare_locked() {
  const std::uint64_t end = watermark();
  if (file_->stored.prepared() == end) return true;
  if (end == file_->committed && !file_->stored.is_new()) return false;
  if (std::max({file_->keys->staged(), file_->near.staged(), document_index_.pending()}) > end) {
    return false;
  }
  file_->keys->stage(end);
  if (document_index_.pending() > 0) document_index_.spill();
  file_->names.stage(end);
  file_->stored.prepare(end);
  return true;
}

void Index::commit_locked() {
  if (!prepare_locked()) return;
  const std::uint64_t end = *file_->stored.prepared();
  file_->stored.commit();
  file_->committed = end;
  file_->ended = 0;
  file_->last_commit = files::ticks();
}

std::optional<NearVerdict> Index::find_or_add(const DocumentFacts& facts, std::uint64_t document) {
  const Lock lock(mutex_);
  if (has_verdicts_) {
    const auto found = verdicts_.find(document);
    return found == verdicts_.end() ? std::nullopt : std::optional(found->second);
  }
  if (only_records_ && facts.near) {
    if (auto row = row_of(facts, document)) document_rows_.push_back(*std::move(row));
    return std::nullopt;
  }
  return document_index_.find_or_add(facts, document);
}

void Index::find_or_insert(Kind kind, std::uint64_t document, std::span<const Ask> asks,
                           std::vector<Answer>& answers) {
  const Lock lock(mutex_);
  keys_->find_or_insert(kind, document, asks, answers);
}

std::optional<NearVerdict> Index::find_or_add_near(std::u16string_view key,
                                                   const numbers::Bands& bands, bool may_go,
                                                   const Position& place) {
  const Lock lock(mutex_);
  if (auto verdict = may_go ? near_blocks_.find(key, bands) : std::nullopt) {
    return verdict;
  }
  near_blocks_.add(key, bands, place);
  return std::nullopt;
}

/// Under the lock, too, since another thread may make the table grow meanwhile.
void Index::prefetch_near(const numbers::Bands& bands) {
  const Lock lock(mutex_);
  near_blocks_.prefetch(bands);
}

}  // namespace dedup::memory

namespace dedup {

Index::Index(const IndexOptions& options) : home_(std::make_unique<memory::Index>(options)) {}

Index Index::open(const std::string& path, const IndexFileOptions& options) {
  return Index(std::make_unique<memory::Index>(path, options));
}

Index::Index(std::unique_ptr<memory::Index> home) noexcept : home_(std::move(home)) {}
Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

void Index::remember(std::span<const KeyRow> rows) { home_->remember(rows); }
void Index::remember_verdicts(std::span<const DocumentVerdict> verdicts) {
  home_->remember_verdicts(verdicts);
}
void Index::remember_name(std::uint64_t document, std::string_view name) {
  home_->remember_name(document, name);
}

void Index::prepare() { home_->prepare(); }
std::uint64_t Index::commit() { return home_->commit(); }
std::uint64_t Index::documents() const { return home_->documents(); }
std::string Index::name_of(std::uint64_t document) const { return home_->name_of(document); }

}  // namespace dedup
