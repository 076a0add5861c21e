// SPDX-License-Identifier: Apache-2.0
// Where documents began, for a run of any number of them: 16 bytes each, in memory at first, then
// in a file without a name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bytes/source.h"
#include "listeners/document.h"

namespace dedup::tool {

/// A line of a file, for people.
struct Place {
  std::string file;
  std::uint64_t line = 0;  ///< lines, or records, of the file in front of the document
  bool in_record = false;  ///< the document is that record, or a field of the one on that line
};

/// "page.txt:3" for the line `block` (from 0) of the document, "pages.jsonl:7:3" in a record.
/// Lines count from 1.
[[nodiscard]] std::string shown(const Place& place, std::uint64_t block);

class Places {
 public:
  /// `directory` takes the file.
  explicit Places(std::string directory) : directory_(std::move(directory)) {}

  /// Documents come in the order of their numbers; some may be left out. Throws OutputError.
  void add(const Document& document);

  /// Where a document began; nothing where it was left out. Throws OutputError.
  [[nodiscard]] std::optional<Place> find(std::uint64_t number) const;

 private:
  struct Entry {
    std::uint64_t line = 0;
    std::uint32_t file = 0;
    bool in_record = false;
    bool known = false;
  };
  void put(const Entry& entry);
  void spill();
  [[nodiscard]] Entry read(std::uint64_t number) const;

  std::string directory_;
  std::vector<std::string> files_;
  std::vector<Entry> recent_;  // of the numbers from spilled_ on
  std::uint64_t spilled_ = 0;  // entries in the file
  Descriptor file_;
};

}  // namespace dedup::tool
