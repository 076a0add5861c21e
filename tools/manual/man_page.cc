// SPDX-License-Identifier: Apache-2.0
#include "manual/man_page.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "manual/option_table.h"
#include "manual/paragraph.h"

namespace dedup::tool {
namespace {

/// When what the page says last changed; the page is the same on every machine.
constexpr std::string_view kRevised = "2026-11-26";

constexpr std::string_view kFiles =
    ".TP\n.I .dedup\\-*\n"
    "Outputs in the making, beside what they become. A run that was\n"
    "killed may leave one behind.\n";

constexpr std::size_t kLineWidth = 60;  // before dashes take two bytes each

/// For roff: a dash that can be searched for and copied, and no line that is taken for a request.
std::string escaped(std::string_view text) {
  std::string roff;
  for (const char c : text) {
    const bool at_start = roff.empty() || roff.back() == '\n';
    if (at_start && (c == '.' || c == '\'')) roff += "\\&";
    roff += c == '-' ? "\\-" : c == '\\' ? "\\e" : std::string(1, c);
  }
  return roff;
}

/// A paragraph in short lines; what begins a line in the text does so on the page.
void add_text(std::string& page, std::string_view text) {
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string lines;
    add_paragraph(lines, 0, text.substr(at, end - at), kLineWidth);
    page.append(at == 0 ? "" : ".br\n").append(escaped(lines));
    at = end + 1;
  }
}

std::string bold(std::string_view text) { return "\\fB" + escaped(text) + "\\fR"; }

void add_section(std::string& page, std::string_view title) {
  page.append(".SH ").append(title).append("\n");
}

void add_options(std::string& page, const Manual& manual) {
  std::optional<Group> group;
  for (const OptionEntry& option : manual.options) {
    if (option.group != group && manual.name.empty()) {
      page.append(".SS ").append(heading(option.group)).append("\n");
    }
    group = option.group;
    page += ".TP\n";
    if (option.letter != '\0') page += bold(std::string("-") + option.letter);
    if (option.letter != '\0' && !option.name.empty()) page += ", ";
    if (!option.name.empty()) page += bold(spelling(option));
    if (!option.argument.empty()) {
      page += "\\fI" + escaped(argument_part(option, option.argument)) + "\\fR";
    }
    page += '\n';
    std::string text(option.text);
    if (!option.standard.empty()) text.append(" [").append(option.standard).append("]");
    add_text(page, text);
  }
}

void add_examples(std::string& page, const Manual& manual) {
  for (const Example& example : manual.examples) {
    page.append(".TP\n").append(bold(example.command)).append("\n");
    add_text(page, example.comment);
  }
}

void add_synopsis(std::string& page) {
  for (const Manual* manual : manuals()) {
    if (!manual->name.empty()) page += ".br\n";
    page.append(escaped(manual->synopsis.front())).append("\n");
  }
}

void add_command(std::string& page, const Manual& manual) {
  page.append(".SS dedup ").append(manual.name).append("\n");
  add_text(page, manual.purpose);
  add_options(page, manual);
  page += ".PP\n";
  add_text(page, manual.notes);
}

}  // namespace

std::string man_page(std::string_view version) {
  const Manual& main_job = clean_manual();
  std::string page = ".\\\" Made by dedup --generate=man\n.TH DEDUP 1 ";
  page.append(kRevised).append(" \"dedup ").append(version).append("\" \"User Commands\"\n");
  add_section(page, "NAME");
  page += "dedup \\- turn scraped Chinese pages and corpora into clean text\n";
  add_section(page, "SYNOPSIS");
  add_synopsis(page);
  add_section(page, "DESCRIPTION");
  add_text(page, main_job.purpose);
  page += ".PP\n";
  add_text(page, main_job.notes);
  add_section(page, "OPTIONS");
  add_options(page, main_job);
  add_section(page, "COMMANDS");
  for (const Manual* manual : manuals()) {
    if (manual != &main_job) add_command(page, *manual);
  }
  add_section(page, "EXIT STATUS");
  for (const ExitStatus& status : exit_statuses()) {
    page.append(".TP\n").append(bold(std::to_string(status.number))).append("\n");
    add_text(page, status.meaning);
  }
  add_section(page, "ENVIRONMENT");
  for (const Variable& variable : environment()) {
    page.append(".TP\n").append(bold(variable.name)).append("\n");
    add_text(page, variable.meaning);
  }
  add_section(page, "FILES");
  page += kFiles;
  add_section(page, "EXAMPLES");
  add_examples(page, main_job);
  return page;
}

}  // namespace dedup::tool
