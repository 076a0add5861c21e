// SPDX-License-Identifier: Apache-2.0
// The back half of a Cleaner: analysed portions, in the order of the input, are counted by the
// census in a survey, else judged and told to their sinks.
//
//   portion   [opening] window [closing]
//   survey    census.begin  read   end
//   else      number, name  judge  end → sink
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <utility>

#include "cleaner/census.h"
#include "cleaner/dense.h"
#include "cleaner/judge.h"
#include "cleaner/outlet.h"
#include "cleaner/pipeline.h"
#include "dedup/stats.h"
#include "memory/index.h"

namespace dedup::cleaner {

/// One thread. settle() throws what the judge's scratch files throw, after which nothing may
/// follow.
class Back {
 public:
  /// All references must outlive it.
  Back(const Analyser& analyser, Census& census, Judge& judge, Outlet& outlet, memory::Index& index)
      : dense_(analyser), census_(census), judge_(judge), outlet_(outlet), index_(index) {}
  /// A document that is open still ends with it: nothing more of it will come.
  ~Back();
  Back(const Back&) = delete;
  Back& operator=(const Back&) = delete;

  /// Portions that follow those of the calls before.
  void settle(Batch batch);

  /// What a sink threw since the last call, the first if there were several; its document was
  /// dropped, the others were not.
  [[nodiscard]] std::exception_ptr take_fault() noexcept { return std::exchange(fault_, nullptr); }

  /// Sums over all documents.
  [[nodiscard]] const Stats& stats() const noexcept { return stats_; }

  /// Ends a pass: the next document is the first one again.
  void next_pass() noexcept;

 private:
  void settle(Portion& portion);
  void take(WindowPointer window);
  void begin(const Portion::Opening& opening);
  void end(const Portion::Closing& closing);
  void finish(const Portion::Closing& closing);
  void drop();
  void leave();

  DenseWindows dense_;
  Census& census_;
  Judge& judge_;
  Outlet& outlet_;
  memory::Index& index_;
  std::uint64_t counted_ = 0;          // documents of this survey
  std::optional<std::uint64_t> open_;  // the number of the document at hand, in the index
  bool dropped_ = false;               // what comes of the present document is passed over
  std::exception_ptr fault_;
  Stats stats_;
};

}  // namespace dedup::cleaner
