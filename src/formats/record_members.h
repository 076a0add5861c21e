// SPDX-License-Identifier: Apache-2.0
// What makes a JSON object a record: one string under the field, and a name. Shared by records that
// are held and those that are not.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/error.h"
#include "text/ascii.h"
#include "walls/json.h"
#include "walls/json_causes.h"

namespace dedup::formats {

/// A longer value is no name: nobody would read it, and names are held by the thousand.
inline constexpr std::size_t kLongestName = std::size_t{64} << 10;  // as written

/// The member under `field`. Throws FormatError where there is not exactly one, or no string.
inline json::Member& only_string(std::vector<json::Member>& members, std::string_view field) {
  const std::string quoted = '"' + std::string(field) + '"';
  const auto is_field = [&](const json::Member& member) { return member.key == field; };
  const auto found = std::find_if(members.begin(), members.end(), is_field);
  if (found == members.end()) throw FormatError("no field " + quoted);
  if (std::any_of(found + 1, members.end(), is_field)) {
    throw FormatError("more than one field " + quoted);
  }
  if (!found->string) throw FormatError("field " + quoted + " is not a string");
  if (found->broken) throw FormatError(json::causes::kEscape);
  return *found;
}

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

}  // namespace dedup::formats
