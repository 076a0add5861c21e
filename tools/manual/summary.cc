// SPDX-License-Identifier: Apache-2.0
#include "manual/summary.h"

#include <optional>
#include <string_view>

#include "manual/chinese.h"

namespace dedup::tool {

namespace {

/// Where the first clause ends. A point within a number or a name ends none.
std::size_t clause_end(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool stop = text[at] == '.' && at + 1 < text.size() && text[at + 1] == ' ';
    if (stop || std::string_view(";:(\n").find(text[at]) != std::string_view::npos) return at;
  }
  return text.size();
}

}  // namespace

std::string summary(const OptionEntry& option) {
  if (!option.brief.empty()) return std::string(option.brief);
  std::string clause(option.text.substr(0, clause_end(option.text)));
  while (clause.ends_with(' ')) clause.pop_back();
  if (!option.standard.empty()) clause.append(" [").append(option.standard).append("]");
  return clause;
}

std::string option_list(bool chinese) {
  std::string page;
  std::optional<Group> group;
  for (const OptionEntry& option : clean_manual().options) {
    if (option.group != group) {
      page.append(page.empty() ? "" : "\n");
      page.append(chinese ? chinese_heading(option.group) : heading(option.group));
      page.append(chinese ? "：\n\n" : ":\n\n");
    }
    group = option.group;
    page += "- `";
    if (option.letter != '\0' && !option.name.empty()) {
      page.append("-").append(1, option.letter).append("`, `");
    }
    page.append(spelling(option)).append(argument_part(option, option.argument));
    page.append("` ");
    page.append(chinese ? std::string(chinese_summary(clean_manual(), option)) : summary(option));
    page += '\n';
  }
  return page;
}

}  // namespace dedup::tool
