// Lines for stderr are built whole and written at once, so that those of two processes do not mix.
// Text from outside (file names, rules) is shown with its control characters spelled out.
#include "listeners/report.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "bytes/paths.h"

namespace dedup::tool {
namespace {

/// Whether the edit takes away what the input repeats or nobody wants, rather than mending it.
bool is_removal(const Edit& edit) {
  return edit.reason != Reason::repair && edit.reason != Reason::blank_lines;
}

using Row = std::pair<std::string_view, std::uint64_t>;

/// The plain counters by their names in JSON.
std::array<Row, 10> counters(const Totals& totals) {
  const Stats& stats = totals.stats;
  return {{{"documents", stats.documents},
           {"input_bytes", stats.input_bytes},
           {"decoded_bytes", stats.decoded_bytes},
           {"output_bytes", stats.output_bytes},
           {"blocks", stats.blocks},
           {"blocks_kept", stats.blocks_kept},
           {"broken_sequences", stats.broken_sequences},
           {"damaged_sentences", stats.damaged_sentences},
           {"passed_lines", totals.passed_lines},
           {"skipped_files", totals.skipped_files}}};
}

std::string member(std::string_view key, std::string_view value) {
  return '"' + std::string(key) + "\":" + std::string(value);
}

void add_row(std::string& out, std::string_view label, std::uint64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  out += label;
  out.append(width > label.size() + digits.size() ? width - label.size() - digits.size() : 1, ' ');
  out += digits;
}

}  // namespace

void write_error(std::string_view text) {
  while (!text.empty()) {
    const ssize_t sent = ::write(STDERR_FILENO, text.data(), text.size());
    if (sent < 0 && errno != EINTR) return;
    if (sent > 0) text.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void say(std::string_view text) { write_error("dedup: " + std::string(text) + '\n'); }

void Warnings::add(std::string_view text) {
  any_ = true;
  if (!quiet_) say(text);
}

void Warnings::add_limit(std::string_view text) {
  any_limit_ = true;
  add(text);
}

void Journal::remember(const Subject& subject) {
  if (!verbose_) return;
  places_.resize(subject.document + 1);
  places_[subject.document] = {subject.place, subject.line};
}

void Journal::header(const EditListHeader& header) {
  if (removed_ != nullptr) removed_->write(to_line(header));
}

void Journal::edit(const Subject& subject, const Edit& edit) {
  if (removed_ != nullptr) removed_->write(to_line(edit, subject.document, subject.name));
  if (!verbose_ || !is_removal(edit)) return;
  std::string line =
      shown(subject.place) + ':' + std::to_string(subject.line + edit.block + 1) + ": ";
  line += name(edit.reason);
  if (!edit.rule.empty()) line += ' ' + shown(edit.rule);
  if (edit.first) line += " (first at " + place_of(*edit.first) + ')';
  write_error(line += '\n');
}

void Journal::closing(const EditListClosing& closing) {
  if (removed_ != nullptr) removed_->write(to_line(closing));
}

std::string Journal::place_of(const Position& position) const {
  if (position.document < places_.size() && !places_[position.document].name.empty()) {
    const Place& place = places_[position.document];
    return shown(place.name) + ':' + std::to_string(place.line + position.block + 1);
  }
  return "document " + std::to_string(position.document) + ", line " +
         std::to_string(position.block + 1);
}

std::string table(const Totals& totals) {
  constexpr std::size_t kWidth = 28;
  constexpr std::size_t kItems = 26;
  constexpr std::size_t kBytes = 40;
  std::string out;
  for (const auto& [label, number] : counters(totals)) {
    if (number == 0) continue;
    std::string words(label);
    for (char& c : words) c = c == '_' ? ' ' : c;
    add_row(out, words, number, kWidth);
    out += '\n';
  }
  std::string rows;
  for (std::size_t i = 0; i < kReasonCount; ++i) {
    const Count& count = totals.stats.removed[i];
    if (count.items == 0) continue;
    std::string row = "  ";
    add_row(row, name(static_cast<Reason>(i)), count.items, kItems);
    add_row(rows, row, count.bytes, kBytes);
    rows += '\n';
  }
  if (!rows.empty()) out += "removed or repaired    items       bytes\n" + rows;
  rows.clear();
  for (std::size_t i = 0; i < kRepairKindCount; ++i) {
    const std::uint64_t count = totals.stats.repaired[i];
    if (count == 0) continue;
    add_row(rows += "  ", name(static_cast<RepairKind>(i)), count, kItems);
    rows += '\n';
  }
  if (!rows.empty()) out += "repairs by kind\n" + rows;
  return out;
}

std::string json(const Totals& totals) {
  std::string out = "{" + member("schema", "1");
  for (const auto& [key, number] : counters(totals)) {
    out += ',' + member(key, std::to_string(number));
  }
  out += ",\"removed\":";
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
  return out += "}}\n";
}

}  // namespace dedup::tool
