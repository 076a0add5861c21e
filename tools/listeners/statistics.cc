// SPDX-License-Identifier: Apache-2.0
#include "listeners/statistics.h"

namespace dedup::tool {
namespace {

std::string member(std::string_view key, std::string_view value) {
  return '"' + std::string(key) + "\":" + std::string(value);
}

void add_row(std::string& out, std::string_view label, std::uint64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  out += label;
  out.append(width > label.size() + digits.size() ? width - label.size() - digits.size() : 1, ' ');
  out += digits;
}

constexpr std::size_t kItems = 26;  // columns
constexpr std::size_t kBytes = 40;

/// What was counted besides zero, by name, under a head.
template <class Kind, class Counts>
std::string section(std::string_view head, const Counts& counts) {
  std::string rows;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    add_row(rows += "  ", name(static_cast<Kind>(i)), counts[i], kItems);
    rows += '\n';
  }
  return rows.empty() ? rows : std::string(head) + '\n' + rows;
}

std::string removed_rows(const Stats& stats) {
  std::string rows;
  for (std::size_t i = 0; i < kReasonCount; ++i) {
    const Count& count = stats.removed[i];
    if (count.items == 0) continue;
    std::string row = "  ";
    add_row(row, name(static_cast<Reason>(i)), count.items, kItems);
    add_row(rows, row, count.bytes, kBytes);
    rows += '\n';
  }
  return rows.empty() ? rows : "removed or repaired    items       bytes\n" + rows;
}

}  // namespace

std::array<Counter, 11> counters(const Totals& totals) {
  const Stats& stats = totals.stats;
  return {{{"documents", stats.documents},
           {"input_bytes", stats.input_bytes},
           {"decoded_bytes", stats.decoded_bytes},
           {"output_bytes", stats.output_bytes},
           {"blocks", stats.blocks},
           {"blocks_kept", stats.blocks_kept},
           {"broken_sequences", stats.broken_sequences},
           {"damaged_sentences", stats.damaged_sentences},
           {"mojibake_lines", stats.mojibake_lines},
           {"passed_lines", totals.passed_lines},
           {"skipped_files", totals.skipped_files}}};
}

std::string table(const Totals& totals) {
  constexpr std::size_t kWidth = 28;
  std::string out;
  for (const auto& [label, number] : counters(totals)) {
    if (number == 0) continue;
    std::string words(label);
    for (char& c : words) c = c == '_' ? ' ' : c;
    add_row(out, words, number, kWidth);
    out += '\n';
  }
  for (const auto& [encoding, number] : totals.encodings) {
    if (encoding == "UTF-8") continue;
    add_row(out, "documents in " + encoding, number, kWidth);
    out += '\n';
  }
  return out + removed_rows(totals.stats) +
         section<RepairKind>("repairs by kind", totals.stats.repaired) +
         section<WarcSkip>("records passed over", totals.skipped_records);
}

std::string json(const Totals& totals) {
  std::string out = "{" + member("schema", "1");
  for (const auto& [key, number] : counters(totals)) {
    out += ',' + member(key, std::to_string(number));
  }
  out += ",\"encodings\":{";
  for (const auto& [encoding, number] : totals.encodings) {
    out += (out.back() == '{' ? "" : ",") + member(encoding, std::to_string(number));
  }
  out += "},\"removed\":";
  for (std::size_t i = 0; i < kReasonCount; ++i) {
    const Count& count = totals.stats.removed[i];
    out += i == 0 ? '{' : ',';
    out += member(name(static_cast<Reason>(i)),
                  '{' + member("items", std::to_string(count.items)) + ',' +
                      member("bytes", std::to_string(count.bytes)) + '}');
  }
  out += "},\"repaired\":";
  for (std::size_t i = 0; i < kRepairKindCount; ++i) {
    out += i == 0 ? '{' : ',';
    out += member(name(static_cast<RepairKind>(i)), std::to_string(totals.stats.repaired[i]));
  }
  out += "},\"skipped_records\":";
  for (std::size_t i = 0; i < kWarcSkipCount; ++i) {
    out += i == 0 ? '{' : ',';
    out += member(name(static_cast<WarcSkip>(i)), std::to_string(totals.skipped_records[i]));
  }
  return out += "}}\n";
}

}  // namespace dedup::tool
