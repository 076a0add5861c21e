// SPDX-License-Identifier: Apache-2.0
#include "text/repair/patient.h"

#include <utility>

#include "text/line_ends.h"

namespace dedup::text {

void Patient::change(Changes changes) {
  if (changes.empty()) {
    return;
  }
  current_ = text::apply(text(), changes);
  changes_ = changes_.empty() ? std::move(changes) : compose(changes_, changes);
  needs_ = text::needs(current_);
  sound = false;
}

void Patient::append_changes(Changes& all) const {
  for (const Change& change : changes_) {
    all.push_back(change);
    all.back().start += start_;
    all.back().end += start_;
  }
}

Lines::Line Lines::of(std::size_t patient) const {
  return {patients_[patient].start(), patients_[patient].end(), patient, true};
}

std::string_view Lines::text(const Line& line) const {
  return line.is_patient ? patients_[line.patient].text()
                         : text_.substr(line.start, line.end - line.start);
}

std::optional<Lines::Line> Lines::before(const Line& line) const {
  if (line.start == 0) {
    return std::nullopt;
  }
  Line found;
  found.end = line.start - 1;
  found.end -= text_[found.end] == '\n' && found.end > 0 && text_[found.end - 1] == '\r' ? 1 : 0;
  found.start = line_start(text_, 0, found.end);
  found.patient = line.patient;
  found.is_patient = line.patient > 0 && patients_[line.patient - 1].start() == found.start;
  found.patient -= found.is_patient ? 1 : 0;
  return found;
}

std::optional<Lines::Line> Lines::behind(const Line& line) const {
  std::size_t start = line.end;
  while (start < text_.size() && !is_end_of_line(text_, start)) {
    ++start;
  }
  if (start + 1 >= text_.size()) {
    return std::nullopt;
  }
  Line found;
  found.start = start + 1;
  found.end = found.start;
  while (found.end < text_.size() && !is_line_end(text_[found.end])) {
    ++found.end;
  }
  found.patient = line.patient + (line.is_patient ? 1 : 0);
  found.is_patient =
      found.patient < patients_.size() && patients_[found.patient].start() == found.start;
  return found;
}

}  // namespace dedup::text
