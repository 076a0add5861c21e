// SPDX-License-Identifier: Apache-2.0
#include "formats/record_members.h"

#include <bit>

namespace dedup::formats {
namespace {

std::string none_of(const std::vector<std::string>& names) {
  if (names.size() == 1) return "no field " + quoted(names.front());
  std::string text = "none of the fields ";
  for (const std::string& name : names)
    text += (&name == &names.front() ? "" : ", ") + quoted(name);
  return text;
}

}  // namespace

std::vector<json::Scan::Found> texts_of(const std::vector<json::Scan::Found>& found,
                                        json::Walk::Set twice,
                                        const std::vector<std::string>& names,
                                        std::size_t& broken) {
  const json::Walk::Set fields = (json::Walk::Set{1} << names.size()) - 1;
  std::vector<json::Scan::Found> texts;
  broken = 0;
  for (const json::Scan::Found& each : found) {
    const json::Walk::Set own = each.wanted & fields;
    if (own == 0) continue;
    if ((own & twice) != 0) {
      const auto field = static_cast<std::size_t>(std::countr_zero(own & twice));
      throw FormatError("more than one field " + quoted(names[field]));
    }
    const auto field = static_cast<std::size_t>(std::countr_zero(own));
    if (!each.string) throw FormatError("field " + quoted(names[field]) + " is not a string");
    broken += each.broken ? 1 : 0;
    if (!each.broken) texts.push_back(each);
  }
  if (texts.size() + broken > Fields::kMostValues) throw FormatError(json::causes::kTooMany);
  if (texts.empty()) throw FormatError(broken > 0 ? json::causes::kEscape : none_of(names));
  return texts;
}

}  // namespace dedup::formats
