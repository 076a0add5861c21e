// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "dedup/error.h"
#include "dedup/index_file.h"
#include "memory/file_home.h"
#include "memory/rewriting.h"
#include "stored/bytes.h"
#include "text/tables.h"

namespace dedup {
namespace {

using memory::Rewriting;
using stored::IndexFile;

constexpr auto kNone = [](std::uint64_t) { return false; };

std::unique_ptr<IndexFile> open_to_read(const std::string& path) {
  return std::make_unique<IndexFile>(path, IndexFile::How{.mode = IndexFile::Mode::read},
                                     std::nullopt);
}

/// Why two files are not of one kind; empty if they are.
std::string difference(const stored::Manifest& a, const stored::Manifest& b) {
  if (a.secret != b.secret) return "has another secret, so that their keys do not meet";
  if (a.recipe != b.recipe) return "was made by another recipe of keys";
  if (a.threshold != b.threshold) return "has another near_threshold";
  if (a.options != b.options) {
    return "was made with other options: " + b.options + ", where the first has " + a.options;
  }
  return {};
}

/// Which documents are meant, by their numbers.
std::vector<bool> chosen(IndexFile& file, const Forgotten& which) {
  std::vector<bool> result(file.manifest().documents);
  std::string record;
  for (std::uint64_t document = 0; document < result.size(); ++document) {
    file.records(memory::kNameRecords).read(document, record);
    if (record.size() < memory::kTimeBytes) continue;  // forgotten before
    const auto time = static_cast<std::int64_t>(
        stored::get<memory::kTimeBytes>(reinterpret_cast<const std::byte*>(record.data())));
    const std::string_view name = std::string_view(record).substr(memory::kTimeBytes);
    result[document] =
        (!which.name || name == *which.name) && (!which.before || time < *which.before);
  }
  return result;
}

}  // namespace

IndexFacts index_facts(const std::string& path) {
  const auto file = open_to_read(path);
  const stored::Manifest& manifest = file->manifest();
  const auto keys = [&](memory::Kind kind) {
    return file->set(static_cast<std::size_t>(kind)).size();
  };
  return {.documents = manifest.documents,
          .sequences = keys(memory::Kind::document),
          .blocks = keys(memory::Kind::block),
          .runs = keys(memory::Kind::run),
          .sentence_runs = keys(memory::Kind::sentence_run),
          .sentences = keys(memory::Kind::sentence),
          .sketches = file->records(memory::kSketchRecords).end(),
          .bytes = file->file().size(),
          .free_bytes = file->free_pages() * stored::kPage,
          .commits = file->generation() - 1,
          .near_threshold = static_cast<double>(manifest.threshold) / 1e6,
          .recipe = manifest.recipe,
          .unicode = manifest.unicode,
          .options = manifest.options};
}

std::array<std::byte, 32> index_secret(const std::string& path) {
  return open_to_read(path)->manifest().secret;
}

void check_index(const std::string& path) { open_to_read(path)->check(); }

void compact_index(const std::string& path) {
  memory::replace_index_file(
      path, [](IndexFile& from, Rewriting& rewriting) { rewriting.take(from, kNone); });
}

std::uint64_t forget_documents(const Forgotten& which, const std::string& path) {
  std::uint64_t count = 0;
  memory::replace_index_file(path, [&](IndexFile& from, Rewriting& rewriting) {
    const std::vector<bool> gone = chosen(from, which);
    count = static_cast<std::uint64_t>(std::ranges::count(gone, true));
    rewriting.take(
        from, [&gone](std::uint64_t document) { return document < gone.size() && gone[document]; });
  });
  return count;
}

void merge_indexes(std::span<const std::string> from, const std::string& path) {
  if (from.empty()) throw IndexError(path, "is to be made of no index");
  std::vector<std::unique_ptr<IndexFile>> files;
  for (const std::string& one : from) {
    files.push_back(open_to_read(one));
    const std::string fault = difference(files.front()->manifest(), files.back()->manifest());
    if (!fault.empty()) throw IndexError(one, fault);
  }
  const auto out = memory::new_index_file(path, files.front()->manifest());
  Rewriting rewriting(*out);
  for (const auto& file : files) rewriting.take(*file, kNone);
  rewriting.commit();
}

}  // namespace dedup
