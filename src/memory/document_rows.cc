// SPDX-License-Identifier: Apache-2.0
// Facts as bytes, numbers with the lowest byte first:
//
//   1 if there is a sequence, and then its fingerprint | units of the title | title
//     | bands | values of the sketch | sketch
//
// Groups are the buckets of document_index.h, each with its band above its hash, and as one band
// more the sequence: so whoever shares neither meets nobody there.
#include "memory/document_rows.h"

#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "dedup/error.h"
#include "dedup/scratch.h"
#include "memory/budget.h"
#include "memory/seen_keys.h"
#include "stored/bytes.h"

namespace dedup::memory {
namespace {

constexpr unsigned kHashBits = 32;
constexpr std::size_t kWord = 8;  // bytes

template <std::size_t N>
void append(std::string& to, std::uint64_t value) {
  std::byte bytes[N];
  stored::put<N>(bytes, value);
  to.append(reinterpret_cast<const char*>(bytes), N);
}

/// Takes numbers off the head of bytes.
class Numbers {
 public:
  explicit Numbers(std::string_view bytes) : rest_(bytes) {}

  template <std::size_t N>
  std::uint64_t next() {
    if (rest_.size() < N) throw InvalidOption("a document of elsewhere is cut short");
    const std::uint64_t value = stored::get<N>(reinterpret_cast<const std::byte*>(rest_.data()));
    rest_.remove_prefix(N);
    return value;
  }
  /// How many of so many bytes each, which are all there.
  template <std::size_t N>
  std::size_t count() {
    const std::uint64_t count = next<4>();
    if (count > rest_.size() / N) throw InvalidOption("a document of elsewhere is cut short");
    return static_cast<std::size_t>(count);
  }
  [[nodiscard]] bool done() const noexcept { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace

std::optional<DocumentRow> row_of(const DocumentFacts& facts, std::uint64_t document) {
  if (facts.weight < DocumentIndex::kLeastWeight) return std::nullopt;
  DocumentRow row{.document = document, .groups = {}, .facts = {}};
  append<1>(row.facts, facts.sequence ? 1 : 0);
  if (facts.sequence) {
    append<kWord>(row.facts, facts.sequence->low);
    append<kWord>(row.facts, facts.sequence->high);
    row.groups.push_back(std::uint64_t{numbers::kBands} << kHashBits |
                         facts.sequence->low >> kHashBits);
  }
  append<4>(row.facts, facts.title.size());
  for (const char16_t unit : facts.title) append<2>(row.facts, unit);
  for (std::size_t band = 0; band < numbers::kBands; ++band) {
    append<4>(row.facts, facts.bands[band]);
    if (!facts.sketch.empty()) {
      row.groups.push_back(std::uint64_t{band} << kHashBits | facts.bands[band]);
    }
  }
  append<4>(row.facts, facts.sketch.size());
  for (const std::uint64_t value : facts.sketch) append<kWord>(row.facts, value);
  return row;
}

DocumentFacts facts_of(const DocumentRow& row) {
  Numbers numbers(row.facts);
  DocumentFacts facts{.weight = DocumentIndex::kLeastWeight, .near = true};
  if (numbers.next<1>() != 0) {
    facts.sequence.emplace();
    facts.sequence->low = numbers.next<kWord>();
    facts.sequence->high = numbers.next<kWord>();
  }
  facts.title.resize(numbers.count<2>());
  for (char16_t& unit : facts.title) unit = static_cast<char16_t>(numbers.next<2>());
  for (std::uint32_t& band : facts.bands) band = static_cast<std::uint32_t>(numbers.next<4>());
  facts.sketch.resize(numbers.count<kWord>());
  for (std::uint64_t& value : facts.sketch) value = numbers.next<kWord>();
  if (!numbers.done()) throw InvalidOption("a document of elsewhere is of another version");
  return facts;
}

}  // namespace dedup::memory

namespace dedup {

struct NearDocuments::State {
  explicit State(const IndexOptions& options)
      : scratch(options.scratch),
        keys(true, budget),
        documents(options.near_threshold, keys, budget) {
    if (options.memory != 0) budget.limit(options.memory, *scratch);
  }

  std::shared_ptr<Scratch> scratch;  // the budget goes on in it
  memory::Budget budget;
  memory::SeenKeys keys;
  memory::DocumentIndex documents;
};

NearDocuments::NearDocuments(const IndexOptions& options) {
  const Index valid(options);  // throws what is to be thrown
  state_ = std::make_unique<State>(options);
}
NearDocuments::~NearDocuments() = default;
NearDocuments::NearDocuments(NearDocuments&&) noexcept = default;
NearDocuments& NearDocuments::operator=(NearDocuments&&) noexcept = default;

std::optional<DocumentVerdict> NearDocuments::find_or_add(const DocumentRow& row) {
  const auto found = state_->documents.find_or_add(memory::facts_of(row), row.document);
  if (!found) return std::nullopt;
  return DocumentVerdict{
      .document = row.document, .first = found->first.document, .similarity = found->similarity};
}

}  // namespace dedup
