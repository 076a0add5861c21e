// SPDX-License-Identifier: Apache-2.0
// A line under repair, and the lines around it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/repair/changes.h"
#include "text/repair/needs.h"
#include "text/tags.h"

namespace dedup::text {

/// A line with dirt on it. Passes change it one after the other; what comes out is one list of
/// changes of the line as it came.
class Patient {
 public:
  Patient(std::string_view text, const NeedyLine& line)
      : start_(line.start),
        needs_(line.needs),
        original_(text.substr(line.start, line.end - line.start)) {}

  [[nodiscard]] bool needs(unsigned need) const { return (needs_ & need) != 0; }
  [[nodiscard]] std::string_view original() const { return original_; }
  /// The line as it stands.
  [[nodiscard]] std::string_view text() const {
    return changes_.empty() ? original_ : std::string_view(current_);
  }
  /// Where the line stands in the text as it came.
  [[nodiscard]] std::size_t start() const { return start_; }
  [[nodiscard]] std::size_t end() const { return start_ + original_.size(); }

  /// Carries out the changes of one pass, after which the line may need others.
  void change(Changes changes);

  [[nodiscard]] std::size_t count() const { return changes_.size(); }

  /// In offsets of the whole text, behind those of the lines before.
  void append_changes(Changes& all) const;

  bool fenced = false;   ///< inside a fenced block of code, or a fence itself
  bool mangled = false;  ///< it looks as if it was misread, and stays
  bool sound = false;    ///< it does not look so, as it stands
  TagState before;       ///< of the tags where the line starts

 private:
  std::size_t start_;
  unsigned needs_;
  std::string_view original_;
  std::string current_;
  Changes changes_;
};
using Patients = std::vector<Patient>;

/// Whether `holds` any part of a text as it stands: a patient's line, or what is between two.
template <class Holds>
[[nodiscard]] bool any_part(std::string_view text, const Patients& lines, Holds holds) {
  std::size_t at = 0;
  for (const Patient& line : lines) {
    if (holds(text.substr(at, line.start() - at)) || holds(line.text())) {
      return true;
    }
    at = line.end();
  }
  return holds(text.substr(at));
}

/// All lines of a text, as they stand: those of patients with their changes.
class Lines {
 public:
  /// `patients` in order. Both must outlive this.
  Lines(std::string_view text, const Patients& patients) : text_(text), patients_(patients) {}

  /// A line, and the patient that it is, if any: the ordinal, else that of the first one behind.
  struct Line {
    std::size_t start = 0;
    std::size_t end = 0;  ///< without its line end, in the text as it came
    std::size_t patient = 0;
    bool is_patient = false;
  };

  [[nodiscard]] Line of(std::size_t patient) const;
  [[nodiscard]] std::string_view text(const Line& line) const;
  [[nodiscard]] std::optional<Line> before(const Line& line) const;
  [[nodiscard]] std::optional<Line> behind(const Line& line) const;

 private:
  std::string_view text_;
  const Patients& patients_;
};

}  // namespace dedup::text
