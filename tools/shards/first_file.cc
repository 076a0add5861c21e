// SPDX-License-Identifier: Apache-2.0
#include "shards/first_file.h"

#include <algorithm>
#include <iterator>

#include "bytes/fault.h"
#include "bytes/paths.h"

namespace dedup::tool {
namespace {

/// In the order of Stage.
constexpr std::string_view kStages[] = {"documents", "blocks", "all", "company"};

}  // namespace

/// Of a part in the file; where what the next one is told begins, its own ends.
struct FirstFile::Line {
  PartPlace place;
  std::uint64_t row = 0;   // the first of its rows
  std::uint64_t name = 0;  // where its names begin

  static constexpr std::size_t kBytes = 9 * kNumberBytes;

  void append_to(std::string& text) const {
    for (const std::uint64_t number :
         {place.documents, place.lines, place.blanks, std::uint64_t{place.any_behind ? 1U : 0U},
          std::uint64_t{place.kept_behind ? 1U : 0U}, place.identity, place.size, row, name}) {
      append_number(text, number);
    }
  }
  static Line at(std::string_view bytes) {
    const auto number = [&](std::size_t i) { return number_at(bytes, i * kNumberBytes); };
    return {{.documents = number(0),
             .lines = number(1),
             .blanks = number(2),
             .any_behind = number(3) != 0,
             .kept_behind = number(4) != 0,
             .identity = number(5),
             .size = number(6)},
            number(7),
            number(8)};
  }
};

/// The lines of all parts. Returns the last one, which tells how much there is of all.
FirstFile::Line FirstFile::table(const First& first, std::string& text) {
  Line line;
  for (std::size_t part = 0; part < first.places.size(); ++part) {
    line.place = first.places[part];
    line.append_to(text);
    line.row += first.told[part].rows.size();
    for (const auto& [document, name] : first.told[part].names) {
      line.name += 2 * kNumberBytes + name.size();
    }
  }
  line.append_to(text);
  return line;
}

void write_first_file(Target& target, const Making& making, const First& first) {
  std::string table;
  const FirstFile::Line all = FirstFile::table(first, table);
  Heading heading;
  heading.add(making);
  heading.add("of", kStages[static_cast<std::size_t>(first.stage)]);
  if (first.near) heading.add("near", 1);
  heading.add("slice", first.slice.number);
  heading.add("slices", first.slice.of);
  heading.add("parts", first.places.size());
  heading.add("rows", all.row);
  heading.add("names-size", all.name);
  target.write(heading.text("first"));
  target.write(table);
  for (const Told& told : first.told) {
    for (const KeyRow& row : told.rows) {
      const RowBytes bytes = bytes_of(row);
      target.write({bytes.data(), bytes.size()});
    }
  }
  for (const Told& told : first.told) {
    std::string names;
    for (const auto& [document, name] : told.names) {
      append_number(names, document);
      append_number(names, name.size());
      names += name;
    }
    target.write(names);
  }
}

/// Whatever the heading says, the sections must fill the file: else a wrong number would have
/// something read in another's place.
FirstFile::FirstFile(const std::string& path)
    : file_(path, "first"),
      parts_(file_.number("parts")),
      rows_(file_.number("rows")),
      slice_{file_.number("slice"), file_.number("slices")},
      near_(file_.heading().find("near") != nullptr) {
  const std::string* const of = file_.heading().find("of");
  const auto stage = of == nullptr ? std::end(kStages) : std::ranges::find(kStages, *of);
  if (stage == std::end(kStages)) {
    throw InputError(shown(path) + ": does not say of what it is");
  }
  stage_ = static_cast<Stage>(stage - std::begin(kStages));
  static_cast<void>(file_.section(1, Line::kBytes));
  static_cast<void>(file_.section(parts_, Line::kBytes));
  all_rows_ = file_.section(rows_, kRowBytes);
  all_names_ = file_.section(file_.number("names-size"), 1);
  file_.end_sections();
}

FirstFile::Line FirstFile::line(std::uint64_t part) const {
  return Line::at(file_.read(part * Line::kBytes, Line::kBytes));
}

PartPlace FirstFile::place(std::uint64_t part) const {
  const PartPlace place = line(part).place;
  file_.release();
  return place;
}

/// What the next part is told begins where this one's ends.
Told FirstFile::told(std::uint64_t part) const {
  const Line from = line(part);
  const Line to = line(part + 1);
  if (from.row > to.row || to.row > rows_ || from.name > to.name) {
    throw InputError(shown(path()) + ": is damaged: what its parts are told overlaps");
  }
  Told told;
  const std::string rows =
      file_.read(all_rows_ + from.row * kRowBytes, (to.row - from.row) * kRowBytes);
  for (std::string_view rest = rows; !rest.empty(); rest.remove_prefix(kRowBytes)) {
    told.rows.push_back(row_of(rest.substr(0, kRowBytes)));
  }
  const std::string names = file_.read(all_names_ + from.name, to.name - from.name);
  for (std::string_view rest = names; rest.size() >= 2 * kNumberBytes;) {
    const std::uint64_t size =
        std::min<std::uint64_t>(number_at(rest, kNumberBytes), rest.size() - 2 * kNumberBytes);
    told.names.emplace_back(number_at(rest, 0), rest.substr(2 * kNumberBytes, size));
    rest.remove_prefix(2 * kNumberBytes + size);
  }
  file_.release();
  return told;
}

}  // namespace dedup::tool
