// SPDX-License-Identifier: Apache-2.0
// What can be wrong with a line of JSON, in words for a user.
#pragma once

namespace dedup::json::causes {

inline constexpr const char* kEmpty = "an empty line where JSON should be";
inline constexpr const char* kNoObject = "JSON, but not an object";
inline constexpr const char* kEncoding = "not valid UTF-8";
inline constexpr const char* kEscape = "a string with a broken escape";
inline constexpr const char* kUnclosed = "a string without an end";
inline constexpr const char* kControl = "a control character inside a string";
inline constexpr const char* kNumber = "a number that is malformed or too large";
inline constexpr const char* kDepth = "nested more than 1024 deep";
inline constexpr const char* kTooMany = "more than 65,536 values in the fields";
inline constexpr const char* kInvalid = "not valid JSON";

}  // namespace dedup::json::causes
