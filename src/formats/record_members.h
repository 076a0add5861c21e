// SPDX-License-Identifier: Apache-2.0
// What makes a JSON object a record: strings under the fields, and a name. Shared by records that
// are held and those that are not.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/error.h"
#include "formats/fields.h"
#include "text/ascii.h"
#include "walls/json.h"
#include "walls/json_causes.h"
#include "walls/json_scan.h"

namespace dedup::formats {

/// A longer value is no name: nobody would read it, and names are held by the thousand.
inline constexpr std::size_t kLongestName = std::size_t{64} << 10;  // as written

inline std::string quoted(std::string_view field) { return '"' + std::string(field) + '"'; }

/// The member under `field`. Throws FormatError where there is not exactly one, or no string.
inline json::Member& only_string(std::vector<json::Member>& members, std::string_view field) {
  const auto is_field = [&](const json::Member& member) { return member.key == field; };
  const auto found = std::find_if(members.begin(), members.end(), is_field);
  if (found == members.end()) throw FormatError("no field " + quoted(field));
  if (std::any_of(found + 1, members.end(), is_field)) {
    throw FormatError("more than one field " + quoted(field));
  }
  if (!found->string) throw FormatError("field " + quoted(field) + " is not a string");
  if (found->broken) throw FormatError(json::causes::kEscape);
  return *found;
}

/// What of a scan's findings is text, in the order of the line: `found` and `twice` as it gave
/// them. Throws FormatError where none is, one is no string, or it is not clear which is meant.
/// `broken` becomes the number of strings that are left out as nobody can read them.
[[nodiscard]] std::vector<json::Scan::Found> texts_of(const std::vector<json::Scan::Found>& found,
                                                      json::Walk::Set twice,
                                                      const std::vector<std::string>& names,
                                                      std::size_t& broken);

/// The first value of `key` as a name: a string unescaped, a number as written, else nothing.
/// `written(start, size)` gives what stands in the line.
template <typename Written>
std::string name_under(std::string_view key, const std::vector<json::Member>& members,
                       const Written& written) {
  for (const json::Member& member : members) {
    if (member.key != key) continue;
    if (member.broken || member.end - member.start > kLongestName) return {};
    if (member.string) return *member.string;
    const std::string value(written(member.start, member.end - member.start));
    return value[0] == '-' || text::is_digit(value[0]) ? value : std::string();
  }
  return {};
}

/// The same of what a scan found for the path of which `key` is the set.
template <typename Written>
std::string name_under(json::Walk::Set key, const std::vector<json::Scan::Found>& found,
                       const Written& written) {
  for (const json::Scan::Found& each : found) {
    if ((each.wanted & key) == 0) continue;
    if (each.broken || each.end - each.start > kLongestName) return {};
    const std::string value(written(each.start, each.end - each.start));
    if (!each.string) return value[0] == '-' || text::is_digit(value[0]) ? value : std::string();
    std::string name;
    json::append_unescaped(name, std::string_view(value).substr(1, value.size() - 2));
    return name;
  }
  return {};
}

}  // namespace dedup::formats
