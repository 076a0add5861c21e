// SPDX-License-Identifier: Apache-2.0
// The samples of the report: what went beside the earlier copy, and how to keep it. As many as
// there is room for, in turns: one of each rule, then another of each.
#include <algorithm>
#include <array>
#include <utility>

#include "report/advice.h"
#include "report/html.h"
#include "report/page.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kRoom = 3000000;  // bytes of the page
constexpr std::size_t kMostShown = 1200;
constexpr std::size_t kGroup = 700;  // bytes of a group without its samples, at most

struct Group {
  const RuleFinding* finding;
  std::vector<std::string> articles;
  bool full = false;  // the next had no room, and to prefer a shorter one would not be fair
};

/// Line ends alone could not be seen, and at the end say nothing.
std::string body(std::string_view text) {
  if (text.find_first_not_of("\r\n \t") == text.npos) {
    std::string out;
    for (const char c : text) out += c == '\n' ? "\u21B5" : c == '\r' ? "\u240D" : "\u00B7";
    return out;
  }
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  return made_visible(text);
}

/// What was cut off of a text.
std::string more_bytes(std::uint64_t bytes, std::size_t shown) {
  if (bytes <= shown) return {};
  return " <small class=\"soft\">… +" + grouped(bytes - shown) + " B</small>";
}

/// Text around it: what ends a line there stays.
std::string context(std::string_view text) {
  return text.empty() ? std::string() : "<span>" + made_visible(text) + "</span>";
}

std::string_view line_end_of(std::string_view text) { return text.ends_with('\n') ? "\n" : ""; }

std::string removed_text(const Sample& sample) {
  std::string out = "<p class=\"text\" lang=\"zh\">" + context(sample.before) + "<del>" +
                    body(sample.text) + "</del>" + more_bytes(sample.bytes, sample.text.size());
  if (!sample.replacement.empty()) out += "<ins>" + body(sample.replacement) + "</ins>";
  const bool cut = sample.bytes > sample.text.size();
  return out + (cut ? "\n" : std::string(line_end_of(sample.text))) + context(sample.after) +
         "</p>";
}

/// The copies of these are the same by their keys, so nothing is lost where the text is.
std::string copy_text(const Sample& sample) {
  const Copy& copy = *sample.first;
  if (!copy.text.empty()) return "<p class=\"text\" lang=\"zh\">" + body(copy.text) + "</p>";
  const bool same = sample.reason == Reason::repeated_block ||
                    sample.reason == Reason::repeated_run ||
                    sample.reason == Reason::repeated_sentences;
  return std::string("<p class=\"note\" data-t>") +
         (same ? "The same text but for script, width and marks."
               : "Its text is not at hand any more.") +
         "</p>";
}

std::string copy_column(const Sample& sample) {
  const Copy& copy = *sample.first;
  const std::string_view name = copy.name.empty() && !copy.elsewhere ? sample.name : copy.name;
  return "<div><h4><span data-t>Earlier copy</span> <span class=\"place\">" + made_visible(name) +
         ':' + std::to_string(copy.line + 1) + "</span></h4>" + copy_text(sample) + "</div>";
}

std::string code(std::string_view text) { return "<code>" + made_visible(text) + "</code>"; }

std::string how_to_keep(const Sample& sample, const Options& options) {
  const Advice how = advice(sample, options);
  std::string out = "<p class=\"how\"><span data-t>To keep it:</span> ";
  if (!how.option.empty()) out += code(how.option);
  if (!how.narrower.empty()) out += " <span data-t>or</span> " + code(how.narrower);
  if (!how.keep_rule.empty()) {
    out += " <span data-t>or, in rules of your own:</span> " + code(how.keep_rule);
  }
  if (!how.note.empty()) out += " <span data-t>" + std::string(how.note) + "</span>";
  return out + "</p>";
}

/// What went, what came in its place and stands around it; beside that the copy; below, the advice.
/// How to do without a repair is the same for all of them.
std::string article(const Sample& sample, const Options& options) {
  std::string out = "<article data-site=\"" + escaped(sample.site) + "\"><header>";
  out += "<span class=\"place\">" + made_visible(sample.place) + "</span>";
  if (!sample.name.empty() && !sample.place.starts_with(sample.name)) {
    out += "<span>" + made_visible(sample.name) + "</span>";
  }
  if (sample.similarity) {
    out +=
        "<span>" + escaped("\u2248 " + std::to_string(*sample.similarity).substr(0, 4)) + "</span>";
  }
  const bool mended = sample.reason == Reason::repair;
  out += std::string("</header><div class=\"pair") + (sample.first ? "" : " one") + "\"><div>";
  if (sample.first) out += "<h4 data-t>Removed</h4>";
  out += removed_text(sample) + "</div>" + (sample.first ? copy_column(sample) : "") + "</div>";
  return out + (mended ? "" : how_to_keep(sample, options)) + "</article>\n";
}

/// In turns, until there is no room for another.
void take_in_turns(std::vector<Group>& groups, const Options& options) {
  std::size_t room = kRoom - std::min(kRoom, groups.size() * kGroup);
  std::size_t shown = 0;
  for (std::size_t turn = 0, taken = 1; taken > 0; ++turn) {
    taken = 0;
    for (Group& group : groups) {
      if (group.full || turn >= group.finding->drawn.size() || shown == kMostShown) continue;
      std::string text = article(group.finding->drawn[turn], options);
      group.full = text.size() > room;
      if (group.full) continue;
      room -= text.size();
      group.articles.push_back(std::move(text));
      ++shown;
      ++taken;
    }
  }
}

std::string drawn_words(std::size_t shown, std::uint64_t all) {
  if (shown == all) {
    return "<small data-t=\"all of them\" data-n=\"" + grouped(all) + "\">all " + grouped(all) +
           "</small>";
  }
  return "<small data-t=\"drawn\" data-n=\"" + grouped(shown) + '|' + grouped(all) + "\">" +
         grouped(shown) + " of " + grouped(all) + " drawn at random</small>";
}

/// Closed, but the first of a reason: so a page of a thousand samples is laid out quickly.
std::string group_text(const Group& group, bool open) {
  const RuleFinding& finding = *group.finding;
  const std::string reason(name(finding.reason));
  std::string out = "<details data-reason=\"" + reason + "\" data-rule=\"" + escaped(finding.rule) +
                    '"' + (open ? " open" : "") + ">\n<summary>" +
                    (finding.rule.empty() ? "" : made_visible(finding.rule) + ' ') +
                    drawn_words(group.articles.size(), finding.count.items) + "</summary>\n";
  const bool narrow = finding.drawn.size() > 0 && !finding.drawn[0].first;
  out += narrow ? "<div class=\"two\">\n" : "<div>\n";
  for (const std::string& text : group.articles) out += text;
  return out + "</div>\n</details>\n";
}

std::string reason_text(Reason reason, const std::vector<Group>& groups) {
  std::string out;
  for (const Group& group : groups) {
    if (group.finding->reason != reason || group.articles.empty()) continue;
    out += group_text(group, out.empty());
  }
  if (out.empty()) return out;
  return "<section aria-label=\"" + std::string(name(reason)) + "\">\n<h3>" +
         std::string(name(reason)) + "</h3>\n" + out + "</section>\n";
}

}  // namespace

std::string shown_samples(const Findings& findings, const Options& options) {
  std::vector<Group> groups;
  for (const RuleFinding* finding : findings.rules()) groups.push_back({finding, {}, false});
  if (groups.size() > kMostShown) groups.resize(kMostShown);
  take_in_turns(groups, options);
  std::string out;
  for (std::size_t i = 0; i < kReasonCount; ++i) {
    out += reason_text(static_cast<Reason>(i), groups);
  }
  return out;
}

}  // namespace dedup::tool
