// SPDX-License-Identifier: Apache-2.0
// Records: bytes of any length for each document, by its number. They lie in segments, from the
// longest to the shortest as the runs of a set do; each has the records of documents that follow
// one another:
//
//   | end of the 1st | end of the 2nd | … | 1st | 2nd | …
//
// Ends count from the first record, in 8 bytes each.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "stored/set.h"

namespace dedup::stored {

/// What the manifest holds of a segment.
struct Segment {
  Extent extent;
  std::uint64_t first = 0;  // document
  std::uint64_t count = 0;
  std::uint64_t bytes = 0;  // of all records
};

/// One thread at a time. All throw IndexError.
class Records {
 public:
  /// `ground` must outlive it.
  Records(Ground& ground, std::vector<Segment> segments);

  /// The number of the next document.
  [[nodiscard]] std::uint64_t end() const noexcept;
  /// Adds those of the documents that follow.
  void add(std::span<const std::string> records);
  /// Of a document before the end.
  void read(std::uint64_t document, std::string& record) const;

  [[nodiscard]] const std::vector<Segment>& segments() const noexcept { return segments_; }

 private:
  Ground& ground_;
  std::vector<Segment> segments_;
};

}  // namespace dedup::stored
