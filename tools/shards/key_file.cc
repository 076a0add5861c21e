// SPDX-License-Identifier: Apache-2.0
#include "shards/key_file.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"
#include "dedup/edit_list.h"

namespace dedup::tool {
namespace {

/// In the order of KeyKind.
constexpr std::string_view kKinds[] = {"documents", "blocks", "runs"};
static_assert(static_cast<int>(KeyKind::run) + 1 == std::size(kKinds));

/// Sorting moves these rather than rows: the numbers decide nearly always.
struct Order {
  std::uint64_t prefix;
  std::size_t row;
};

/// The shortest digits that read back as the same number.
std::string digits(double number) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

/// 0 where they are none.
double from_digits(const std::string& text) {
  double number = 0;
  static_cast<void>(std::from_chars(text.data(), text.data() + text.size(), number));
  return number;
}

template <typename Of, typename Size>
std::uint64_t total_size(const Of& all, const Size& size) {
  std::uint64_t total = 0;
  for (const auto& each : all) total += size(each);
  return total;
}

std::string hexadecimal(std::uint64_t number) {
  std::array<char, 16> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number, 16).ptr};
}

/// Of all that is in a part, so that another text of the same name is another part.
std::uint64_t identity_of(const Part& part, const std::vector<KeyRow>& rows) {
  Digest digest;
  digest.add(part.file + '\n' + std::to_string(part.start) + ' ' + std::to_string(part.end) + '\n');
  for (const KeyRow& row : rows) {
    const RowBytes bytes = bytes_of(row);
    digest.add({bytes.data(), bytes.size()});
  }
  for (const std::string& name : part.names) digest.add(name + '\n');
  std::uint64_t number = 0;
  const std::string hex = digest.hex().substr(0, 16);
  std::from_chars(hex.data(), hex.data() + hex.size(), number, 16);
  return number;
}

std::string rows_name(std::size_t kind) { return "rows-of-" + std::string(kKinds[kind]); }

std::uint64_t as_number(const char* bytes) noexcept {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < kNumberBytes; ++i) {
    number = number << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return number;
}

void write_near(Target& target, const std::vector<DocumentRow>& documents,
                std::vector<std::string> members) {
  std::sort(members.begin(), members.end());
  for (const std::string& member : members) target.write(member);
  std::string table;
  std::uint64_t offset = 0;
  for (const DocumentRow& document : documents) {
    append_number(table, document.document);
    append_number(table, offset);
    offset += document.facts.size();
  }
  append_number(table, ~std::uint64_t{0});
  append_number(table, offset);
  target.write(table);
  for (const DocumentRow& document : documents) target.write(document.facts);
}

void write_names(Target& target, const std::vector<std::string>& names) {
  std::string offsets;
  std::uint64_t offset = 0;
  append_number(offsets, offset);
  for (const std::string& name : names) append_number(offsets, offset += name.size());
  target.write(offsets);
  for (const std::string& name : names) target.write(name);
}

/// All but what counts its rows.
Heading heading_of(const Making& making, const Part& part, const std::vector<KeyRow>& rows) {
  Heading heading;
  heading.add(making);
  heading.add("part", hexadecimal(part.identity ? *part.identity : identity_of(part, rows)));
  if (!part.file.empty()) heading.add("file", shown(part.file));
  heading.add("start", part.start);
  heading.add("end", part.end);
  heading.add("documents", part.names.size());
  heading.add("lines", part.lines);
  heading.add("blanks", part.blanks);
  if (part.removed) heading.add("removed", *part.removed);
  if (part.known != 0) heading.add("known", part.known);
  if (!part.index_options.empty()) heading.add("index-options", part.index_options);
  if (part.near_threshold != 0) heading.add("near-threshold", digits(part.near_threshold));
  heading.add("names-size", total_size(part.names, [](const auto& name) { return name.size(); }));
  return heading;
}

/// One for each group of each document.
std::vector<std::string> members_of(const std::vector<DocumentRow>& documents) {
  std::vector<std::string> members;
  for (const DocumentRow& document : documents) {
    for (const std::uint64_t group : document.groups) {
      members.push_back(member_bytes(group, document.document));
    }
  }
  return members;
}

}  // namespace

std::uint64_t prefix_of(std::string_view row) noexcept { return as_number(&row[1]); }

void write_key_file(Target& target, const Making& making, const Part& part,
                    std::vector<KeyRow> rows, const std::optional<std::vector<DocumentRow>>& near) {
  std::array<std::vector<Order>, std::size(kKinds)> kinds;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const RowBytes bytes = bytes_of(rows[i]);
    kinds[static_cast<std::size_t>(rows[i].kind)].push_back(
        {prefix_of({bytes.data(), bytes.size()}), i});
  }
  Heading heading = heading_of(making, part, rows);
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    heading.add(rows_name(kind), kinds[kind].size());
  }
  std::vector<std::string> members;
  if (near) {
    members = members_of(*near);
    heading.add("near-documents", near->size());
    heading.add("members", members.size());
    heading.add("facts-size", total_size(*near, [](const auto& row) { return row.facts.size(); }));
  }
  target.write(heading.text("keys"));
  for (auto& orders : kinds) {
    std::sort(orders.begin(), orders.end(), [&](const Order& left, const Order& right) {
      return left.prefix != right.prefix ? left.prefix < right.prefix
                                         : bytes_of(rows[left.row]) < bytes_of(rows[right.row]);
    });
    for (const Order& order : orders) {
      const RowBytes bytes = bytes_of(rows[order.row]);
      target.write({bytes.data(), bytes.size()});
    }
  }
  write_names(target, part.names);
  if (near) write_near(target, *near, std::move(members));
}

/// As in FirstFile: the sections must fill the file.
KeyFile::KeyFile(const std::string& path)
    : file_(path, "keys"),
      documents_(file_.number("documents")),
      settled_(file_.heading().find("removed") != nullptr) {
  for (std::size_t kind = 0; kind < std::size(kKinds); ++kind) {
    const std::uint64_t count = file_.number(rows_name(kind));
    static_cast<void>(file_.section(count, kRowBytes));
    starts_[kind + 1] = starts_[kind] + count;
  }
  name_offsets_ = file_.section(documents_, kNumberBytes);
  static_cast<void>(file_.section(1, kNumberBytes));
  names_size_ = file_.number("names-size");
  texts_ = file_.section(names_size_, 1);
  if (file_.heading().find("near-documents") != nullptr) {
    near_.emplace();
    near_->documents = file_.number("near-documents");
    near_->members = file_.number("members");
    near_->start = file_.section(near_->members, kMemberBytes);
    near_->table = file_.section(near_->documents, 2 * kNumberBytes);
    static_cast<void>(file_.section(1, 2 * kNumberBytes));
    near_->facts = file_.section(file_.number("facts-size"), 1);
  }
  file_.end_sections();
}

Part KeyFile::part() const {
  const std::string* const file = file_.heading().find("file");
  const std::string* const index_options = file_.heading().find("index-options");
  const std::string* const threshold = file_.heading().find("near-threshold");
  return {.names = {},
          .file = file == nullptr ? std::string() : *file,
          .start = file_.number("start"),
          .end = file_.number("end"),
          .lines = file_.number("lines"),
          .blanks = file_.number("blanks"),
          .known = settled_ ? 0 : removed(),
          .index_options = index_options == nullptr ? std::string() : *index_options,
          .near_threshold = threshold == nullptr ? 0 : from_digits(*threshold),
          .identity = identity()};
}

/// The first of these rows whose prefix is not below.
std::uint64_t KeyFile::first_from(std::uint64_t from, std::uint64_t to,
                                  std::uint64_t prefix) const {
  while (from < to) {
    const std::uint64_t middle = from + (to - from) / 2;
    if (prefix_of(file_.read(middle * kRowBytes, kKeyBytes)) < prefix) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}

/// A slice lies in one piece, since rows of a kind are sorted by their keys.
std::string KeyFile::rows(KeyKind kind, const Slice& slice) const {
  const std::uint64_t start = starts_[static_cast<std::size_t>(kind)];
  const std::uint64_t end = starts_[static_cast<std::size_t>(kind) + 1];
  const std::uint64_t from = slice.first() == 0 ? start : first_from(start, end, slice.first());
  const std::uint64_t to =
      slice.number + 1 == slice.of ? end : first_from(from, end, slice.last() + 1);
  std::string rows = file_.read(from * kRowBytes, (to - from) * kRowBytes);
  file_.release();
  return rows;
}

/// The number of the first member whose hash, in the place of a prefix, is not below.
std::uint64_t KeyFile::first_member(std::uint64_t prefix) const {
  std::uint64_t from = 0;
  std::uint64_t to = near_->members;
  while (from < to) {
    const std::uint64_t middle = from + (to - from) / 2;
    const std::string hash = file_.read(near_->start + middle * kMemberBytes, kGroupBytes);
    if (prefix_of('\0' + hash + std::string(4, '\0')) < prefix) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}

std::string KeyFile::members(const Slice& slice) const {
  if (!near_) return {};
  const std::uint64_t from = slice.number == 0 ? 0 : first_member(slice.first());
  const std::uint64_t to =
      slice.number + 1 == slice.of ? near_->members : first_member(slice.last() + 1);
  std::string members = file_.read(near_->start + from * kMemberBytes, (to - from) * kMemberBytes);
  file_.release();
  return members;
}

/// Without facts where it is not wanted.
DocumentRow KeyFile::document(std::uint64_t number,
                              const std::vector<std::uint64_t>* wanted) const {
  constexpr std::uint64_t kLine = 2 * kNumberBytes;
  const std::string lines = file_.read(near_->table + number * kLine, 2 * kLine);
  DocumentRow row{.document = number_at(lines, 0), .groups = {}, .facts = {}};
  if (wanted != nullptr && !std::ranges::binary_search(*wanted, row.document)) return row;
  const std::uint64_t from = number_at(lines, kNumberBytes);
  row.facts = file_.read(near_->facts + from, number_at(lines, kLine + kNumberBytes) - from);
  return row;
}

/// All, one behind the other in the file.
std::vector<std::string> KeyFile::names() const {
  const std::string offsets = file_.read(name_offsets_, (documents_ + 1) * kNumberBytes);
  const std::string all = file_.read(texts_, names_size_);
  file_.release();
  std::vector<std::string> names;
  names.reserve(documents_);
  for (std::uint64_t document = 0; document < documents_; ++document) {
    const std::uint64_t start = number_at(offsets, document * kNumberBytes);
    const std::uint64_t end = number_at(offsets, (document + 1) * kNumberBytes);
    if (start > end || end > all.size()) {
      throw InputError(shown(path()) + ": is damaged: the names of its documents overlap");
    }
    names.push_back(all.substr(start, end - start));
  }
  return names;
}

/// Some offsets more are read at once, for those that come next.
std::vector<std::string> KeyFile::names(const std::vector<std::uint64_t>& documents) const {
  constexpr std::uint64_t kMany = 64;  // offsets that are read sooner than looked up
  std::vector<std::string> names;
  std::string offsets;
  std::uint64_t first = 0;  // document that `offsets` begins with
  for (const std::uint64_t document : documents) {
    if ((document + 2 - first) * kNumberBytes > offsets.size() || offsets.empty()) {
      first = document;
      const std::uint64_t count = std::min(kMany + 2, documents_ + 1 - document);
      offsets = file_.read(name_offsets_ + document * kNumberBytes, count * kNumberBytes);
    }
    const std::size_t at = (document - first) * kNumberBytes;
    const std::uint64_t start = number_at(offsets, at);
    names.push_back(file_.read(texts_ + start, number_at(offsets, at + kNumberBytes) - start));
  }
  file_.release();
  return names;
}

}  // namespace dedup::tool
