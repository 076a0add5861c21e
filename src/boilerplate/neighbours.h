// SPDX-License-Identifier: Apache-2.0
// Neighbours: what the lines around a line say to the verdict of the rules on it.
//
//   书名：山间小路      a field that stays        ┐ a record: none of it goes
//   作者：林某          a byline by itself        ┘
//
//   来源：某某日报      bylines and nothing else: they go
//   编辑：王某
//
//   推荐阅读            a head with the links that it announces: all of it goes
//   [甲地的做法](https://example.org/a)
//
// Neighbours can only veto, but for a head, which goes or stays with what it announces. Whatever
// vetoes stays itself, and lines that go are looked past, so that a second pass over what was left
// comes to the same verdicts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "boilerplate/rules.h"
#include "structure/kind.h"

namespace dedup::boilerplate {

/// A line that is not blank, and what the rules say of it by itself.
struct JudgedLine {
  std::string_view content;
  std::u16string_view key;  ///< its signs left out, unless it is too heavy for the rules
  std::uint32_t weight = 0;
  structure::Kind kind = structure::Kind::prose;
  std::optional<Hit> hit;
  bool guarded = false;  ///< out of reach of every rule
};

/// Collects the lines of a window in order: (read* settle). Holds a byte for each line, the text of
/// the last one, and more only for those whose verdict has to wait.
class Neighbours {
 public:
  /// A verdict; `line` counts the lines read, from 0.
  struct Verdict {
    std::size_t line = 0;
    Hit hit;
  };

  /// `rules` must outlive it.
  explicit Neighbours(const BoilerplateRules& rules) : rules_(&rules) { roles_.reserve(kUsual); }

  void read(const JudgedLine& line);

  /// Whether the last line goes, whatever stands beside it.
  [[nodiscard]] bool is_gone() const noexcept { return roles_.back() == Role::gone; }

  /// Whether it depends on others whether the last line goes. A title may be the button of a
  /// notice, and does not count.
  [[nodiscard]] bool may_go() const noexcept {
    return (roles_.back() == Role::waiting && !behind_title_) || roles_.back() == Role::link;
  }

  /// Lets lines go that so far are thought to stay: parts of a broken notice.
  void take(std::span<const std::size_t> lines, const Hit& hit);

  /// The verdicts that had to wait and were not vetoed, in order of their lines.
  [[nodiscard]] std::vector<Verdict> settle();

  [[nodiscard]] std::size_t size() const noexcept { return roles_.size(); }

 private:
  enum class Role : std::uint8_t {
    text,     ///< stays, and says nothing
    brief,    ///< the same, as short as a title
    field,    ///< stays, and has a label
    item,     ///< stays, an item of a list
    link,     ///< of the links that a head announces
    gone,     ///< goes whatever stands beside it
    waiting,  ///< to be settled
  };
  struct Waiting {
    std::size_t line = 0;
    Hit hit;
    bool listed = false;          ///< the line before has a number
    bool item = false;            ///< an item of a list
    bool leads_in = false;        ///< ends in a colon
    bool next_is_kin = false;     ///< of a head: the line behind it has a cue
    bool next_speaks = false;     ///< of a head: the line behind it ends as a sentence does
    bool follows_notice = false;  ///< of a head: what stands before it goes
    bool stays = false;
  };

  [[nodiscard]] Role role_of(const JudgedLine& line) const;
  [[nodiscard]] bool is_labelled(const JudgedLine& line) const;
  [[nodiscard]] Role look_behind_head(const JudgedLine& line, Role role);
  void look_behind_title(const JudgedLine& line, Role role);
  void wait(const JudgedLine& line);
  void stay(const JudgedLine& line);
  void answer(const JudgedLine& line);
  void read_field();
  void remember(const JudgedLine& line);

  /// Behind `line`, past what goes; size() at the end.
  [[nodiscard]] std::size_t next_left(std::size_t line) const noexcept;
  [[nodiscard]] Waiting* waiting_at(std::size_t line) noexcept;
  void veto_lists();
  void veto_twins();
  void veto_runs(bool of_items);
  void veto_run(std::size_t first, std::size_t end);
  void settle_amid(std::vector<Verdict>& verdicts);
  void settle_heads(std::vector<Verdict>& verdicts);
  void look_before_heads() noexcept;
  [[nodiscard]] bool goes_without_links(const Waiting& head) const noexcept;

  static constexpr std::size_t kUsual = 64;  // lines of a small document

  const BoilerplateRules* rules_;
  std::vector<Role> roles_;
  std::vector<Waiting> waiting_;  // in order
  std::vector<Verdict> taken_;    // parts of broken notices
  // Of the last line that stays, what tells whether it has a number: that is asked where a line
  // behind it waits, which few do. The text is that of items and headings alone.
  structure::Kind last_kind_ = structure::Kind::prose;
  std::string last_text_;
  bool behind_head_ = false;   // what was left before is a head or one of its links
  bool behind_title_ = false;  // what was left before is the title that waits last
  bool near_field_ = false;    // what was left before is a field or waits; else this says nothing:
  std::string field_;          // what was left before, if it is a field that does not wait: the two
                               // that say what it is are read from it where a line behind it waits
  std::string label_;          // of what was left before, if it is a field
  std::string answered_;       // and of what was left before that, if a field between them waits
  bool beside_field_ = false;  // what was left before is a field, and stays
  bool is_value_ = false;      // or a field whose value is a notice
};

}  // namespace dedup::boilerplate
