// SPDX-License-Identifier: Apache-2.0
// Messages about lines that are no records, and damaged archives: the first few of a file one by
// one, the rest counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "dedup/warc.h"
#include "listeners/report.h"

namespace dedup::tool {

class Complaints {
 public:
  /// `fate`: what is done with such a line, as in "passed through".
  explicit Complaints(std::string fate) : fate_(std::move(fate)) {}

  /// `file` as messages call it; they go to `warnings`, which must live until end_source().
  void begin_source(std::string file, Warnings& warnings);
  /// A bad line with so many lines and bytes in front of it.
  void bad_line(std::uint64_t line, std::uint64_t offset, const std::string& fault);
  /// A record of which so many strings cannot be read.
  void broken_values(std::uint64_t line, std::uint64_t offset, std::size_t count);
  /// One that is too long.
  void long_line(std::uint64_t line, std::uint64_t offset);
  /// What is wrong with an archive.
  void fault(const WarcFault& fault);
  void end_source();

 private:
  [[nodiscard]] std::string place(std::uint64_t line) const;

  Warnings* warnings_ = nullptr;
  std::string fate_;
  std::string file_;
  const char* what_ = "";  // was counted
  std::uint64_t count_ = 0;
};

}  // namespace dedup::tool
