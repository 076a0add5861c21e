// SPDX-License-Identifier: Apache-2.0
#include "cleaner/allotment.h"

#include <algorithm>

#include "cleaner/pipeline.h"
#include "text/lines.h"

namespace dedup::cleaner {
namespace {

/// A limit of memory is passed by this much at most,
constexpr std::uint64_t kOver = std::uint64_t{64} << 20;
/// of which the process takes so much whatever the input: code, tables, buffers of the command.
constexpr std::uint64_t kProcess = std::uint64_t{36} << 20;

/// Bytes that windows take, on so many threads: on their way, being judged, being read.
std::uint64_t for_windows(const Analyser& analyser, unsigned threads) {
  return (Pipeline::most_windows(threads) + 1) * analyser.longest_cost() + 3 * text::kWindow;
}

}  // namespace

std::uint64_t memory_for_index(const Options& options, const Analyser& analyser, unsigned threads) {
  const std::uint64_t all = options.memory + kOver;
  const std::uint64_t taken = kProcess + for_windows(analyser, threads);
  return std::clamp(all - std::min(all, taken), options.memory / 4, options.memory);
}

unsigned affordable_threads(const Options& options, const Analyser& analyser) {
  unsigned threads = options.threads;
  while (options.memory != 0 && threads > 1 &&
         memory_for_index(options, analyser, threads) < options.memory / 2) {
    --threads;
  }
  return threads;
}

}  // namespace dedup::cleaner
