// SPDX-License-Identifier: Apache-2.0
// Input that is read more than once. Regular files are opened again; what cannot be (standard
// input, pipes, devices) is first copied to a file without a name, which is gone with the process
// however that ends.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "bytes/crew.h"
#include "bytes/source.h"

namespace dedup::tool {

class Inputs {
 public:
  /// `keep`: operands will be opened again. `directory` takes the copies; empty: $TMPDIR, or /tmp.
  Inputs(bool keep, const std::string& directory);

  /// Standard input, where it was opened before, and no more than its head was looked at.
  void give(Source standard_input) { given_.emplace(std::move(standard_input)); }

  /// What will be opened next, in this order: small files are read ahead, all at once by `crew`,
  /// and of a larger one the head, by the system, when it comes next. What was expected before is
  /// forgotten.
  void expect(std::span<const std::string> paths, Crew& crew);
  /// Whether it was read ahead.
  [[nodiscard]] bool holds(const std::string& path) const;
  /// So many at a time,
  static constexpr std::size_t kMostExpected = 64;
  /// which take so many bytes at most.
  static constexpr std::uint64_t kMemory = std::uint64_t{2} << 20;

  /// The operand at its start; one at a time. Throws InputError where it cannot be read (what is to
  /// be kept must be read to its end), OutputError where it cannot be kept.
  /// Its bytes stand at `path`, which is the operand but for what was replaced before.
  [[nodiscard]] Source open(const std::string& operand, const std::string& path);

 private:
  void advise_next();
  [[nodiscard]] Source fresh(const std::string& operand, const std::string& path);
  [[nodiscard]] Descriptor spool(Source source) const;

  bool keep_;
  std::string directory_;
  std::map<std::string, Descriptor> spools_;
  std::optional<Source> given_;
  /// A file that was read ahead, or could not be.
  struct Expected {
    std::string path;
    std::optional<Held> held;
  };
  std::deque<Expected> expected_;
};

}  // namespace dedup::tool
