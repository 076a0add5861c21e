// SPDX-License-Identifier: Apache-2.0
// Input that is not the plain text it is taken for, by its first bytes.
#pragma once

#include <string>
#include <string_view>

#include "bytes/source.h"

namespace dedup::tool {

/// Whether a name, below that of a compression, says that a file is a page of HTML.
[[nodiscard]] bool is_html_by_name(const std::string& name);
/// The same of a file of JSON.
[[nodiscard]] bool is_json_by_name(const std::string& name);
/// Either its name says so, or it starts as pages do: text may be about HTML, but does not start
/// with its doctype. Reads no more of it than it takes to tell.
[[nodiscard]] bool is_html(Source& source);

/// How a source of JSON is laid out, by its first value.
enum class JsonShape {
  none,    ///< it does not start with an object, or an array of them
  lines,   ///< an object that has a line of its own: JSONL, or nothing that is read otherwise
  values,  ///< an object over several lines, or with something behind it in its last
  array,   ///< of objects
};
[[nodiscard]] JsonShape json_shape(Source& source);
/// Whether that is an array; reads no more than it takes to tell.
[[nodiscard]] bool starts_array(Source& source);
/// Throws ReadError, with what to type, for a table by its name: cells are no text.
void refuse_table(const Source& source);

/// What the input that starts so seems to be, and what to type instead; empty where it may well be
/// text. A guess, for a note: text may be about any of these, so nothing is decided by it.
[[nodiscard]] std::string hint(std::string_view head);

/// The same for input that is read as JSONL.
[[nodiscard]] std::string hint_for_jsonl(std::string_view head);

}  // namespace dedup::tool
