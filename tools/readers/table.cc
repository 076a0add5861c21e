// SPDX-License-Identifier: Apache-2.0
// What tells a table from prose is the line that names its columns: short names that differ, none
// with a blank behind the comma, and below them what is no name. Byte by byte, since no charset
// that a table comes in has a comma, a tab or a quotation mark for a part of a character, but
// UTF-16.
#include "readers/table.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <vector>

#include "bytes/lines.h"
#include "bytes/paths.h"

namespace dedup::tool {
namespace {

using Cells = std::vector<std::string_view>;

constexpr std::size_t kLooked = std::size_t{256} << 10;  // bytes
constexpr std::size_t kFewestRecords = 3;
constexpr std::size_t kMostRecords = 10;
constexpr std::size_t kFewestCells = 3;
constexpr std::size_t kLongestName = 64;  // bytes: some twenty ideographs

/// What columns are called here that hold nothing but text, so that only their names tell.
constexpr std::string_view kKnownNames[] = {"标题", "標題", "题目", "題目", "正文", "内容", "內容",
                                            "摘要", "作者", "来源", "來源", "分类", "分類", "类别",
                                            "類別", "标签", "標籤", "时间", "時間", "日期", "链接"};

/// What columns are called in English, by programs and people.
constexpr std::string_view kOfWords =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-. ";

bool starts_with_digit(std::string_view cell) {
  return !cell.empty() && cell.front() >= '0' && cell.front() <= '9';
}

/// How long the cell at the head of `text` is. In quotation marks it has separators, line ends and,
/// doubled, such marks; what follows them belongs to it, too. npos where they are not closed.
std::size_t cell_size(std::string_view text, char separator) {
  std::size_t at = 0;
  if (text.starts_with('"')) {
    do {
      at = text.find('"', at + 1);
      if (at == text.npos) return at;
      ++at;
    } while (text.substr(at).starts_with('"'));
  }
  while (at < text.size() && text[at] != separator && text[at] != '\n') ++at;
  return at;
}

/// Takes the record at the head of `text`; nothing where it is not closed.
Cells take_record(std::string_view& text, char separator) {
  Cells cells;
  for (;;) {
    const std::size_t size = cell_size(text, separator);
    if (size == text.npos) return {};
    const bool more = size < text.size() && text[size] == separator;
    std::string_view cell = text.substr(0, size);
    if (!more && cell.ends_with('\r')) cell.remove_suffix(1);
    cells.push_back(cell);
    text.remove_prefix(std::min(size + 1, text.size()));
    if (!more) return cells;
  }
}

/// The first records, all of as many cells; none where they differ. One that is cut off at the end
/// does not count.
std::vector<Cells> take_records(std::string_view head, char separator) {
  std::vector<Cells> records;
  while (records.size() < kMostRecords && head.find_first_not_of("\r\n") != head.npos) {
    Cells cells = take_record(head, separator);
    const std::size_t expected = records.empty() ? cells.size() : records.front().size();
    if (cells.size() == expected && expected >= kFewestCells) {
      records.push_back(std::move(cells));
    } else if (head.empty() || cells.empty()) {
      break;
    } else {
      return {};
    }
  }
  return records.size() < kFewestRecords ? std::vector<Cells>() : records;
}

std::string_view without_quotes(std::string_view cell) {
  const bool quoted = cell.size() >= 2 && cell.starts_with('"') && cell.ends_with('"');
  return quoted ? cell.substr(1, cell.size() - 2) : cell;
}

/// Signs of sentences, mark-up and code keep a line from being one of names.
bool may_be_name(std::string_view cell) {
  if (cell.empty() || cell.size() > kLongestName || starts_with_digit(cell)) return false;
  for (const char blank : {' ', '\t'}) {
    if (cell.starts_with(blank) || cell.ends_with(blank)) return false;
  }
  if (cell.find_first_of("{}[]<>=;|\"\n") != cell.npos) return false;
  constexpr std::string_view kSentenceSigns[] = {"。", "！", "？", "；", "，", "“", "”"};
  return std::string_view(".!?:,-").find(cell.back()) == std::string_view::npos &&
         std::ranges::none_of(kSentenceSigns,
                              [&](std::string_view sign) { return cell.find(sign) != cell.npos; });
}

/// A number, a date, an address: what prose does not have at the same place of each line.
bool is_cell_of_figures(std::string_view cell) {
  cell = without_quotes(cell);
  if (cell.starts_with('-')) cell.remove_prefix(1);
  return cell.starts_with("http") || starts_with_digit(cell);
}

bool is_column_of_figures(const std::vector<Cells>& records, std::size_t column) {
  return std::all_of(records.begin() + 1, records.end(),
                     [&](const Cells& cells) { return is_cell_of_figures(cells[column]); });
}

/// Whether the first record names the columns of the others. An index may go without a name.
bool has_names(const std::vector<Cells>& records) {
  const Cells& names = records.front();
  std::set<std::string_view> different;
  for (std::size_t column = 0; column < names.size(); ++column) {
    const std::string_view name = without_quotes(names[column]);
    const bool index = column == 0 && name.empty() && is_column_of_figures(records, 0);
    if (!index && !may_be_name(name)) return false;
    if (!different.insert(name).second) return false;
    for (std::size_t i = 1; i < records.size(); ++i) {
      if (records[i][column] == names[column]) return false;
    }
  }
  return true;
}

/// Whether the names, or what stands below them, are as in tables and not as in verse of which the
/// lines have as many commas each.
bool has_evidence(const std::vector<Cells>& records) {
  const Cells& names = records.front();
  const auto is_word = [](std::string_view name) {
    return without_quotes(name).find_first_not_of(kOfWords) == name.npos;
  };
  if (std::ranges::all_of(names, is_word)) return true;
  const auto is_known = [](std::string_view name) {
    return std::ranges::find(kKnownNames, without_quotes(name)) != std::end(kKnownNames);
  };
  if (std::ranges::count_if(names, is_known) >= 2) return true;
  for (std::size_t column = 0; column < names.size(); ++column) {
    if (is_column_of_figures(records, column)) return true;
  }
  return std::ranges::any_of(records, [](const Cells& cells) {
    return std::ranges::any_of(cells, [](auto cell) { return without_quotes(cell) != cell; });
  });
}

}  // namespace

Table table_by_name(const std::string& name) {
  const std::string extension = content_extension(name);
  if (extension == ".csv") return Table::csv;
  return extension == ".tsv" || extension == ".tab" ? Table::tsv : Table::none;
}

Table table_by_looks(std::string_view head) {
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  head = head.substr(0, kLooked);
  if (head.find('\0') != head.npos) return Table::none;  // UTF-16, or no text
  if (const auto tabs = take_records(head, '\t'); !tabs.empty() && has_names(tabs)) {
    return Table::tsv;
  }
  const auto commas = take_records(head, ',');
  const bool table = !commas.empty() && has_names(commas) && has_evidence(commas);
  return table ? Table::csv : Table::none;
}

std::string_view name_of(Table table) { return table == Table::csv ? "CSV" : "TSV"; }

std::string_view recipe(Table table) {
  return table == Table::csv ? "mlr --icsv --ojsonl -S cat" : "mlr --itsv --ojsonl -S cat";
}

}  // namespace dedup::tool
