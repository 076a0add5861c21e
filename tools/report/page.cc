// SPDX-License-Identifier: Apache-2.0
#include "report/page.h"

#include <array>
#include <map>

#include "bytes/paths.h"
#include "dedup/version.h"
#include "report/html.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kMostFiles = 20;    // that are named
constexpr std::size_t kMostTyped = 2000;  // bytes

std::string fact(std::string_view name, const std::string& value) {
  return "<dt data-t>" + std::string(name) + "</dt><dd>" + value + "</dd>\n";
}

/// "<i style=…></i>" for a part of a bar.
std::string bar_part(std::uint64_t part, std::uint64_t whole) {
  const double share = whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
  return "<i style=\"width:" + std::to_string(share * 100) + "%\"></i>";
}

std::string summary(const Stats& stats) {
  const std::uint64_t removed = removed_bytes(stats);
  const std::array<std::string, 5> words = {
      grouped(stats.documents), rough_bytes(stats.decoded_bytes), rough_bytes(removed),
      percent(removed, stats.decoded_bytes), rough_bytes(stats.output_bytes)};
  std::string numbers;
  for (const std::string& word : words) numbers += (numbers.empty() ? "" : "|") + escaped(word);
  std::string out = "<p class=\"lead\" data-t=\"summary\" data-n=\"" + numbers + "\">" + words[0] +
                    (stats.documents == 1 ? " document, " : " documents, ") + words[1] + ": " +
                    words[2] + " went (" + escaped(words[3]) + "), " + words[4] +
                    " came out.</p>\n";
  out += "<div class=\"whole\" aria-hidden=\"true\">" + bar_part(removed, stats.decoded_bytes);
  return out +
         "</div>\n<p class=\"key\" aria-hidden=\"true\"><b></b><span data-t>removed</span>"
         "<b class=\"stay\"></b><span data-t>kept</span></p>";
}

std::string files_of(const RunFacts& run) {
  std::string out = grouped(run.files.size());
  for (std::size_t i = 0; i < run.files.size() && i < kMostFiles; ++i) {
    const std::string& file = run.files[i];
    out += i == 0 ? ": " : ", ";
    out += made_visible(first_bytes(file == "-" ? "standard input" : shown(file), kShownName));
  }
  return out + (run.files.size() > kMostFiles ? ", …" : "");
}

/// All counters of --stats=json, under the same names.
std::string run_facts(const PageContent& content) {
  const std::string typed = shown(content.run.typed);
  std::string out = "<dl class=\"facts\">\n";
  out += fact("Version", "dedup " + escaped(version()));
  out += fact("Key recipe", escaped(key_recipe()));
  out += fact("Arguments", "<code>" + made_visible(first_bytes(typed, kMostTyped)) +
                               (typed.size() > kMostTyped ? " …" : "") + "</code>");
  out += fact("Files", files_of(content.run));
  for (const auto& [name, number] : counters(content.totals)) {
    out += "<dt>" + std::string(name) + "</dt><dd data-count=\"" + std::string(name) + "\">" +
           grouped(number) + "</dd>\n";
  }
  for (const auto& [encoding, number] : content.totals.encodings) {
    out += "<dt>" + escaped(encoding) + "</dt><dd>" + grouped(number) + "</dd>\n";
  }
  return out + "</dl>";
}

std::string draw_note() {
  return "<p class=\"note\" data-t=\"draw\">Each rule has samples of its own, drawn at random, in "
         "every run "
         "the same. What would have kept it is said with each; what one class of rules lets stay, "
         "another may take.</p>";
}

/// What stands at {{name}} in the frame.
std::map<std::string_view, std::string> places(const PageContent& content) {
  const std::string numbers = json(content.totals);
  return {{"version", escaped(version())},
          {"css", std::string(page_style())},
          {"summary", summary(content.totals.stats)},
          {"reasons", reasons_table(content.totals)},
          {"rules", rules_table(content.findings)},
          {"sites", sites_table(content.findings)},
          {"repairs", repairs_table(content.totals)},
          {"draw", draw_note()},
          {"samples", shown_samples(content.findings, content.run.options)},
          {"run", run_facts(content)},
          {"stats", as_script(numbers.substr(0, numbers.find('\n')))},
          {"js", std::string(page_script())}};
}

}  // namespace

std::uint64_t removed_bytes(const Stats& stats) noexcept {
  std::uint64_t sum = 0;
  for (const Count& count : stats.removed) sum += count.bytes;
  return sum - stats.removed[static_cast<std::size_t>(Reason::repair)].bytes;
}

void write_page(Target& target, const PageContent& content) {
  const auto filled = places(content);
  std::string_view frame = page_frame();
  for (std::size_t at = frame.find("{{"); at != frame.npos; at = frame.find("{{")) {
    const std::size_t end = frame.find("}}", at);
    target.write(frame.substr(0, at));
    target.write(filled.at(frame.substr(at + 2, end - at - 2)));
    frame.remove_prefix(end + 2);
  }
  target.write(frame);
}

}  // namespace dedup::tool
