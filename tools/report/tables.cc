// SPDX-License-Identifier: Apache-2.0
// The tables of the report. Cells of figures carry them in data-v, ungrouped, to sort by.
#include <algorithm>

#include "bytes/json_text.h"
#include "report/html.h"
#include "report/page.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kMostRows = 200;

/// For people who see the name of a reason for the first time. Words of page.js, too.
std::string_view meaning(Reason reason) {
  switch (reason) {
    case Reason::boilerplate:
      return "a disclaimer, byline, share bar or the like; of a page its menus and teasers";
    case Reason::duplicate_document:
      return "the whole document was seen before";
    case Reason::repeated_block:
      return "the paragraph was seen before";
    case Reason::repeated_run:
      return "three paragraphs in a row were seen before";
    case Reason::near_duplicate:
      return "the paragraph resembles an earlier one";
    case Reason::repeated_sentences:
      return "sentences in a row were seen before";
    case Reason::repair:
      return "dirt of scraping, mended within what stays";
    case Reason::blank_lines:
      break;
  }
  return "blank lines about what went";
}

std::string head(std::string_view words, std::string_view kind = "") {
  return "<th scope=\"col\"" + (kind.empty() ? "" : " class=\"" + std::string(kind) + '"') +
         "><span data-t>" + std::string(words) + "</span></th>";
}

/// `rows` under `heads`; the last column is that of the bars.
std::string table(const std::string& heads, const std::string& rows, std::string_view label) {
  return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + std::string(label) +
         "\" data-a>\n<table class=\"sortable\">\n<thead><tr>" + heads +
         "<td></td></tr></thead>\n<tbody>\n" + rows + "</tbody>\n</table>\n</div>\n";
}

/// Cells.
std::string number(std::uint64_t value) {
  return "<td class=\"n\" data-v=\"" + std::to_string(value) + "\">" + grouped(value) + "</td>";
}

std::string share(std::uint64_t part, std::uint64_t whole) {
  const double value = whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
  return "<td class=\"n\" data-v=\"" + std::to_string(value) + "\">" +
         escaped(percent(part, whole)) + "</td>";
}

std::string bar(std::uint64_t part, std::uint64_t most) {
  const double width = most == 0 ? 0 : static_cast<double>(part) / static_cast<double>(most);
  return "<td class=\"bar\" aria-hidden=\"true\"><i style=\"width:" + std::to_string(width * 100) +
         "%\"></i></td></tr>\n";
}

/// The first cell of a row; `wanted`, names and values, are the samples it leads to.
std::string row_head(std::string_view text, const std::string& wanted) {
  return "<tr><th scope=\"row\" data-go=\"" + escaped(wanted) + "\">" + made_visible(text) +
         "</th>";
}

/// What a table leaves out.
std::string more(std::uint64_t count, std::uint64_t bytes) {
  if (count == 0) return {};
  return "<p class=\"note\" data-t=\"more\" data-n=\"" + grouped(count) + '|' + grouped(bytes) +
         "\">and " + grouped(count) + " more, of " + grouped(bytes) + " bytes</p>\n";
}

/// See Findings.
std::string pooled(bool any) {
  if (!any) return {};
  return "<p class=\"note\">Past the first thousands, what was new was counted together, as "
         "(others).</p>\n";
}

std::string nothing(std::string_view words) {
  return "<p class=\"note\" data-t>" + std::string(words) + "</p>";
}

}  // namespace

/// The reasons in their own order, which is that of --stats.
std::string reasons_table(const Totals& totals) {
  const Stats& stats = totals.stats;
  std::uint64_t most = 0;
  for (const Count& count : stats.removed) most = std::max(most, count.bytes);
  std::string rows;
  for (std::size_t i = 0; i < kReasonCount; ++i) {
    const Count& count = stats.removed[i];
    if (count.items == 0) continue;
    const auto reason = static_cast<Reason>(i);
    rows += row_head(name(reason), "{\"reason\":" + json_string(name(reason)) + '}');
    rows += "<td class=\"what\" data-t>" + std::string(meaning(reason)) + "</td>";
    rows += number(count.items) + number(count.bytes) + share(count.bytes, stats.decoded_bytes);
    rows += bar(count.bytes, most);
  }
  if (rows.empty()) return nothing("Nothing was removed.");
  return table(head("Reason") + head("What goes", "what") + head("Edits", "n") +
                   head("Bytes", "n") + head("Share", "n"),
               rows, "Reasons");
}

/// Of reasons that have no rules nothing would be said here that is not in the table above.
std::string rules_table(const Findings& findings) {
  std::vector<const RuleFinding*> rules = findings.rules();
  std::erase_if(rules, [](const RuleFinding* rule) {
    return rule->rule.empty() || rule->reason == Reason::repair;
  });
  std::string rows;
  std::uint64_t rest = 0;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const RuleFinding& rule = *rules[i];
    if (i >= kMostRows) {
      rest += rule.count.bytes;
      continue;
    }
    rows += row_head(rule.rule, "{\"rule\":" + json_string(rule.rule) +
                                    ",\"reason\":" + json_string(name(rule.reason)) + '}');
    rows += number(rule.count.items) + number(rule.count.bytes);
    rows += bar(rule.count.bytes, rules.front()->count.bytes);
  }
  if (rows.empty()) return nothing("Nothing was removed.");
  return table(head("Rule") + head("Edits", "n") + head("Bytes", "n"), rows, "Rules") +
         more(rules.size() - std::min(rules.size(), kMostRows), rest) +
         pooled(findings.rules_pooled());
}

std::string sites_table(const Findings& findings) {
  std::vector<const SiteFinding*> sites = findings.sites();
  std::erase_if(sites, [](const SiteFinding* site) { return site->removed.items == 0; });
  std::string rows;
  std::uint64_t rest = 0;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const SiteFinding& site = *sites[i];
    if (i >= kMostRows) {
      rest += site.removed.bytes;
      continue;
    }
    rows += row_head(site.site, "{\"site\":" + json_string(site.site) + '}');
    rows += number(site.documents) + number(site.removed.bytes);
    rows += share(site.removed.bytes, site.decoded);
    rows += bar(site.removed.bytes, sites.front()->removed.bytes);
  }
  if (rows.empty()) return nothing("Nothing was removed.");
  return table(
             head("Site") + head("Documents", "n") + head("Bytes", "n") + head("Of its text", "n"),
             rows, "Sites") +
         more(sites.size() - std::min(sites.size(), kMostRows), rest) +
         pooled(findings.sites_pooled());
}

std::string repairs_table(const Totals& totals) {
  const auto& repaired = totals.stats.repaired;
  const std::uint64_t most = *std::ranges::max_element(repaired);
  std::string rows;
  for (std::size_t i = 0; i < kRepairKindCount; ++i) {
    if (repaired[i] == 0) continue;
    const std::string_view kind = name(static_cast<RepairKind>(i));
    rows += row_head(kind, "{\"rule\":" + json_string(kind) + ",\"reason\":\"repair\"}");
    rows += number(repaired[i]) + bar(repaired[i], most);
  }
  if (rows.empty()) return nothing("Nothing was repaired.");
  return table(head("Kind") + head("Edits", "n"), rows, "Repairs") +
         "<p class=\"note\"><span data-t>To keep it:</span> <code>--repair=off</code></p>";
}

}  // namespace dedup::tool
