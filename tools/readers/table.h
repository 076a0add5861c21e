// SPDX-License-Identifier: Apache-2.0
// Tables as text: CSV and TSV (RFC 4180, with commas or tabs), which are no text to be cleaned but
// records whose cells may be.
#pragma once

#include <string>
#include <string_view>

namespace dedup::tool {

enum class Table { none, csv, tsv };

/// By the name's end, below that of a compression: .csv, .tsv, .tab.
[[nodiscard]] Table table_by_name(const std::string& name);

/// By the first bytes, which may be cut off anywhere: three records and more of as many cells each,
/// three at least, under a line that names them. Prose with commas is none, nor are code and logs;
/// a guess all the same.
[[nodiscard]] Table table_by_looks(std::string_view head);

/// "CSV", "TSV".
[[nodiscard]] std::string_view name_of(Table table);

/// The command that makes records of a table, in a file or on standard input, for `-f jsonl`; all
/// cells become strings, as 007 is no number.
[[nodiscard]] std::string_view recipe(Table table);

}  // namespace dedup::tool
