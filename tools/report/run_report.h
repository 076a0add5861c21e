// SPDX-License-Identifier: Apache-2.0
// The listener behind --report: counts what it hears by rule and site, draws samples, and writes
// the page when the run is over. Besides what findings.h and recent_texts.h hold, it holds nothing
// that grows.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bytes/target.h"
#include "dedup/options.h"
#include "listeners/listener.h"
#include "listeners/statistics.h"
#include "report/findings.h"
#include "report/recent_texts.h"

namespace dedup::tool {

/// What the page says of the run beside what was heard.
struct RunFacts {
  std::string typed;  ///< the arguments
  std::vector<std::string> files;
  Options options;
};

class RunReport : public Listener {
 public:
  /// Bytes that all it holds may take.
  static constexpr std::uint64_t kMemory = std::uint64_t{32} << 20;

  [[nodiscard]] bool wants_text() const override { return true; }
  void begin(const Document& document) override;
  void kept(const Document& document, std::string_view text) override;
  void edit(const Document& document, const Edit& edit) override;
  void end(const Document& document, const Outcome& outcome) override;

  /// The page; `totals` are those of the whole run. Throws OutputError.
  void write(Target& target, const Totals& totals, const RunFacts& run) const;

 private:
  [[nodiscard]] std::shared_ptr<Sample> sample(const Document& document, const Edit& edit) const;
  [[nodiscard]] Copy copy(const Document& document, const Edit& edit) const;
  void wrote(std::string_view text);

  Findings findings_;
  RecentTexts texts_;
  SiteFinding* site_ = nullptr;                   // of the document
  std::string clean_;                             // the end of its clean text so far
  std::vector<std::shared_ptr<Sample>> waiting_;  // for the text behind them
};

}  // namespace dedup::tool
