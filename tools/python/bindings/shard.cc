// SPDX-License-Identifier: Apache-2.0
// Rows of keys as columns of numbers, the way Arrow has them: one buffer each, of this machine's
// byte order.
#include "dedup/shard.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/error.h"
#include "python/bindings/bindings.h"
#include "python/bindings/given.h"
#include "python/bindings/options.h"
#include "python/bindings/shared_index.h"
#include "python/bindings/unlocked.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace dedup::python {
namespace {

struct Recorder {
  explicit Recorder(const IndexOptions& options)
      : rows(std::make_shared<KeyRecorder>(options)),
        index(std::shared_ptr<Index>(rows, &rows->index())) {}

  std::shared_ptr<KeyRecorder> rows;
  SharedIndex index;
};

void make(Recorder* self, nb::handle secret, std::uint64_t first_document, double near_threshold) {
  new (self) Recorder({.near_threshold = near_threshold,
                       .secret = secret_from(secret),
                       .first_document = first_document});
}

/// Bytes of a column, one number or key for each row.
template <typename Value, typename Of>
nb::bytes column(const std::vector<KeyRow>& rows, const Of& of) {
  std::vector<Value> values;
  values.reserve(rows.size());
  for (const KeyRow& row : rows) values.push_back(of(row));
  return nb::bytes(values.data(), values.size() * sizeof(Value));
}

nb::dict take(const Recorder& self) {
  const std::vector<KeyRow> rows = self.rows->take();
  nb::dict columns;
  columns["kind"] = column<std::uint8_t>(
      rows, [](const KeyRow& row) { return static_cast<std::uint8_t>(row.kind); });
  columns["key"] = column<decltype(KeyRow::key)>(rows, [](const KeyRow& row) { return row.key; });
  columns["document"] =
      column<std::uint64_t>(rows, [](const KeyRow& row) { return row.at.document; });
  columns["block"] = column<std::uint64_t>(rows, [](const KeyRow& row) { return row.at.block; });
  columns["second"] = column<std::uint32_t>(rows, [](const KeyRow& row) { return row.second; });
  columns["third"] = column<std::uint32_t>(rows, [](const KeyRow& row) { return row.third; });
  return columns;
}

/// What is not of one length comes as a list.
nb::dict take_documents(const Recorder& self) {
  const std::vector<DocumentRow> rows = self.rows->take_documents();
  std::vector<std::uint64_t> documents;
  nb::list groups;
  nb::list facts;
  for (const DocumentRow& row : rows) {
    documents.push_back(row.document);
    groups.append(nb::bytes(row.groups.data(), row.groups.size() * sizeof(std::uint64_t)));
    facts.append(nb::bytes(row.facts.data(), row.facts.size()));
  }
  nb::dict columns;
  columns["document"] = nb::bytes(documents.data(), documents.size() * sizeof(std::uint64_t));
  columns["groups"] = groups;
  columns["facts"] = facts;
  return columns;
}

/// One column of what was given.
template <typename Value>
class Values {
 public:
  Values(nb::handle buffer, std::size_t rows) : given_(buffer) {
    if (given_.is_text() || given_.view().size() != rows * sizeof(Value)) {
      throw nb::value_error("a column has other bytes than one value for each row");
    }
  }
  [[nodiscard]] Value at(std::size_t row) const {
    Value value;
    std::memcpy(&value, given_.view().data() + row * sizeof value, sizeof value);
    return value;
  }

 private:
  Given given_;
};

KeyKind kind_from(std::uint8_t number) {
  if (number > static_cast<std::uint8_t>(KeyKind::run)) throw nb::value_error("no kind of key");
  return static_cast<KeyKind>(number);
}

void remember(const SharedIndex& self, nb::handle kind, nb::handle key, nb::handle document,
              nb::handle block, nb::handle second, nb::handle third) {
  const auto index = self.index();
  const std::size_t count = Given(kind).view().size();
  const Values<std::uint8_t> kinds(kind, count);
  const Values<decltype(KeyRow::key)> keys(key, count);
  const Values<std::uint64_t> documents(document, count);
  const Values<std::uint64_t> blocks(block, count);
  const Values<std::uint32_t> seconds(second, count);
  const Values<std::uint32_t> thirds(third, count);
  std::vector<KeyRow> rows;
  rows.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    rows.push_back({.kind = kind_from(kinds.at(i)),
                    .key = keys.at(i),
                    .at = {.document = documents.at(i), .block = blocks.at(i)},
                    .second = seconds.at(i),
                    .third = thirds.at(i)});
  }
  const Unlocked released;
  index->remember(rows);
}

void remember_verdicts(const SharedIndex& self, nb::handle document, nb::handle first,
                       nb::handle similarity) {
  const auto index = self.index();
  const std::size_t count = Given(document).view().size() / sizeof(std::uint64_t);
  const Values<std::uint64_t> documents(document, count);
  const Values<std::uint64_t> firsts(first, count);
  const Values<double> similarities(similarity, count);
  std::vector<DocumentVerdict> verdicts;
  verdicts.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    verdicts.push_back(
        {.document = documents.at(i), .first = firsts.at(i), .similarity = similarities.at(i)});
  }
  const Unlocked released;
  index->remember_verdicts(verdicts);
}

constexpr const char* kRecorderText =
    R"(Writes down which keys Cleaners ask about, and where: the first step of cleaning a corpus in
parts. To the Cleaners nothing was ever seen before. See dedup.shards.

Parameters
----------
secret : bytes
    Key of the fingerprints, 32 bytes; the same for all parts.
first_document : int
    How many documents come before this part.
near_threshold : float
    As the Cleaners have it.)";

}  // namespace

void bind_shard(nb::module_& module) {
  nb::class_<Recorder>(module, "KeyRecorder", kRecorderText)
      .def("__init__", &make, nb::kw_only(), "secret"_a, "first_document"_a = 0,
           "near_threshold"_a = 0.8)
      .def_prop_ro(
          "index", [](Recorder& self) -> SharedIndex& { return self.index; },
          nb::rv_policy::reference_internal, "For Cleaners.")
      .def("take", &take,
           R"(The rows since the last time, as columns: kind, key, document, block, second, third,
each the bytes of one value after the other.)")
      .def("take_documents", &take_documents,
           R"(With documents="near", the documents since the last time, as columns: document, the
bytes of one number after the other; groups and facts, lists of bytes. Documents that share no group
with another are never compared.)");
  nb::object index = module.attr("Index");
  auto shared = nb::borrow<nb::class_<SharedIndex>>(index);
  shared.def(
      "remember", &remember, nb::kw_only(), "kind"_a, "key"_a, "document"_a, "block"_a, "second"_a,
      "third"_a,
      R"(Takes it that these keys were seen where they say, in documents before first_document:
columns as KeyRecorder.take() gives them. Before the first document is cleaned. Raises Misuse behind
that, and InvalidOption for a row of a later document.)");
  shared.def(
      "remember_verdicts", &remember_verdicts, nb::kw_only(), "document"_a, "first"_a,
      "similarity"_a,
      R"(Takes it that these documents, and no others, repeat the first ones, for Cleaners with
documents="near": columns of the bytes of one value after the other, the last of floats. Raises as
remember() does.)");
  shared.def(
      "remember_name",
      [](const SharedIndex& self, std::uint64_t document, nb::handle name) {
        self.index()->remember_name(document, name_from(name));
      },
      "document"_a, "name"_a, "The name of a document of elsewhere.");
}

}  // namespace dedup::python
