// SPDX-License-Identifier: Apache-2.0
// The page of --report: page.html with its places filled. It needs nothing else, no network among
// it, and holds nothing that differs between two equal runs.
#pragma once

#include <string>
#include <string_view>

#include "bytes/target.h"
#include "listeners/statistics.h"
#include "report/findings.h"
#include "report/run_report.h"

namespace dedup::tool {

struct PageContent {
  const Findings& findings;
  const Totals& totals;  ///< of the whole run: the figures are these
  const RunFacts& run;
};

/// Under 5 MB whatever the run. Throws OutputError.
void write_page(Target& target, const PageContent& content);

// -- its parts ------------------------------------------------------------------------------------

/// page.html, page.css and page.js, made strings by the build. Static storage.
[[nodiscard]] std::string_view page_frame() noexcept;
[[nodiscard]] std::string_view page_style() noexcept;
[[nodiscard]] std::string_view page_script() noexcept;

/// Tables; see tables.cc.
[[nodiscard]] std::string reasons_table(const Totals& totals);
[[nodiscard]] std::string rules_table(const Findings& findings);
[[nodiscard]] std::string sites_table(const Findings& findings);
[[nodiscard]] std::string repairs_table(const Totals& totals);

/// The samples, by reason and rule; see shown_samples.cc.
[[nodiscard]] std::string shown_samples(const Findings& findings, const Options& options);

/// Bytes that were removed, repairs not among them.
[[nodiscard]] std::uint64_t removed_bytes(const Stats& stats) noexcept;

}  // namespace dedup::tool
