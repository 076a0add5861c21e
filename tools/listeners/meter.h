// SPDX-License-Identifier: Apache-2.0
// The meter: how far a run is, in words, from counts and times that it is told. It has no clock of
// its own.
//
//   11 %, 132 MB of 1.20 GB, 45.1 MB/s, 0:24 left, 3 of 120 files, 0:03 so far
//   132 MB, 45.1 MB/s, 0:03 so far                  where nobody knows how much there is
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dedup::tool {

/// What is known of a run at some moment.
struct RunCount {
  std::uint64_t bytes = 0;             ///< read so far, as they are stored
  std::optional<std::uint64_t> total;  ///< to be read; not known of pipes
  std::uint64_t files = 0;             ///< that are done
  std::uint64_t all_files = 1;
};

/// One thread.
class Meter {
 public:
  using Seconds = std::chrono::duration<double>;

  /// What is known `elapsed` after the run began, which grows from call to call. The rate is that
  /// of the last quarter of the time, about, so that it follows a change and yet is calm.
  void update(const RunCount& count, Seconds elapsed);

  /// Bytes a second.
  [[nodiscard]] double rate() const noexcept { return rate_; }
  /// How long the rest will take at that rate; nothing where that is not known.
  [[nodiscard]] std::optional<Seconds> left() const;
  /// Of 100, never more; nothing where the total is not known.
  [[nodiscard]] std::optional<unsigned> share() const;

  /// The words, at most `width` characters, all ASCII: what matters least is left out first.
  [[nodiscard]] std::string text(std::size_t width) const;

 private:
  RunCount count_;
  Seconds elapsed_{0};
  double rate_ = 0;
};

}  // namespace dedup::tool
