// SPDX-License-Identifier: Apache-2.0
#include "manual/help.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "manual/chinese.h"
#include "manual/paragraph.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kTextColumn = 33;  // of what an option means

/// Blanks up to `column`, or a line of its own where the text is there already.
void move_to(std::string& page, std::size_t line_start, std::size_t column) {
  if (page.size() - line_start + 1 > column) {
    page += '\n';
    line_start = page.size();
  }
  page.append(column - (page.size() - line_start), ' ');
}

void add_option(std::string& page, const OptionEntry& option, std::string_view argument,
                const std::string& text) {
  const std::size_t start = page.size();
  page += option.letter == '\0' ? "      " : std::string("  -") + option.letter;
  if (!option.name.empty()) {
    if (option.letter != '\0') page += ", ";
    page.append("--").append(option.name).append(argument_part(option, argument));
  }
  move_to(page, start, kTextColumn);
  add_paragraph(page, kTextColumn, text);
}

void add_examples(std::string& page, const Manual& manual, bool brief, bool chinese = false) {
  std::size_t width = 0;
  for (const Example& example : manual.examples) {
    if (!brief || example.brief) width = std::max(width, example.command.size());
  }
  for (const Example& example : manual.examples) {
    if (brief && !example.brief) continue;
    const std::size_t start = page.size();
    page.append("  ").append(example.command);
    move_to(page, start, width + 4);
    page.append(chinese ? chinese_comment(example) : example.comment).append("\n");
  }
}

/// "0 all well; 1 finished, …"
std::string statuses() {
  std::string text = "Exit status: ";
  for (const ExitStatus& status : exit_statuses()) {
    if (status.number != 0) text += "; ";
    text.append(std::to_string(status.number)).append(" ").append(status.meaning);
  }
  return text + '.';
}

}  // namespace

std::string brief_help(const Manual& manual, bool chinese) {
  std::string page = chinese ? "用法：" : "Usage: ";
  page.append(manual.synopsis.front()).append("\n");
  add_paragraph(page, 0, chinese ? chinese_help(manual).purpose : manual.brief_purpose);
  page += '\n';
  add_examples(page, manual, true, chinese);
  page += '\n';
  for (const OptionEntry& option : manual.options) {
    if (option.brief.empty()) continue;
    const std::string_view argument =
        option.brief_argument.empty() ? option.argument : option.brief_argument;
    const std::string_view text = chinese ? chinese_summary(manual, option) : option.brief;
    add_option(page, option, argument, std::string(text));
  }
  page += '\n';
  add_paragraph(page, 0, chinese ? chinese_help(manual).ending : manual.brief_ending);
  return page;
}

std::string whole_help(const Manual& manual) {
  std::string page;
  for (const std::string_view line : manual.synopsis) {
    page.append(page.empty() ? "Usage: " : "       ").append(line).append("\n");
  }
  add_paragraph(page, 0, manual.purpose);
  page += "\nExamples:\n";
  add_examples(page, manual, false);
  for (const Group group :
       {Group::input, Group::removal, Group::text, Group::output, Group::running}) {
    bool any = false;
    for (const OptionEntry& option : manual.options) {
      if (option.group != group) continue;
      if (!any) page.append("\n").append(heading(group)).append(":\n");
      any = true;
      std::string text(option.text);
      if (!option.standard.empty()) text.append(" [").append(option.standard).append("]");
      add_option(page, option, option.argument, text);
    }
  }
  page += '\n';
  add_paragraph(page, 0, manual.notes);
  if (manual.name.empty()) {
    page += '\n';
    add_paragraph(page, 0, statuses());
  }
  return page;
}

}  // namespace dedup::tool
