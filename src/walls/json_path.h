// SPDX-License-Identifier: Apache-2.0
// Paths to values of a JSON document, and which of them lead to where a scan stands.
//
//   /data/items/0/text   RFC 6901: a member's key, or an element's number; ~1 is /, ~0 is ~
//   /data/items/*/text   ours: * is every element, and every member
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dedup::json {

/// A value: copies are equal, any thread may read one.
class Path {
 public:
  /// To the member of the outermost object; `key` is taken as it is.
  [[nodiscard]] static Path member(std::string_view key);

  /// Of a pointer; nothing where it is none: it must be empty or start with '/', and a '~' must be
  /// followed by '0' or '1'. The empty one leads to the outermost value.
  [[nodiscard]] static std::optional<Path> pointer(std::string_view text);

  [[nodiscard]] std::size_t size() const noexcept { return steps_.size(); }
  /// Whether a step of it is every element.
  [[nodiscard]] bool any() const noexcept { return any_; }
  [[nodiscard]] bool any(std::size_t step) const { return steps_[step].any; }

  /// Whether a step leads to the member under `key`, or to the element of number `index`.
  [[nodiscard]] bool leads_to(std::size_t step, std::string_view key) const {
    return steps_[step].any || steps_[step].key == key;
  }
  [[nodiscard]] bool leads_to(std::size_t step, std::uint64_t index) const {
    return steps_[step].any || steps_[step].index == index;
  }

 private:
  struct Step {
    std::string key;
    std::optional<std::uint64_t> index = std::nullopt;  // where the key is one
    bool any = false;
  };
  static std::optional<Step> step(std::string_view text);

  std::vector<Step> steps_;
  bool any_ = false;
};

/// Which of some paths lead to the value at hand, while a document is gone through from its start.
///
/// Call grammar: value | value := (nothing) | open(key value)* close | open(element value)* close.
/// Memory: 32 bytes for each bracket that is open. Cost of a step: the paths that came so far.
class Walk {
 public:
  /// A bit for each path.
  using Set = std::uint64_t;
  static constexpr std::size_t kMost = 64;

  /// `paths`: at most kMost, which live as long as this.
  explicit Walk(const std::vector<Path>& paths);

  /// The value at hand is an object, or an array.
  void open();
  /// Within it: the value at hand is that of a member, or the next element. Of a key that cannot be
  /// read nothing is known but that it is one.
  void key(std::string_view key);
  void unreadable_key();
  void element();
  /// It ends, and is the value at hand again.
  void close();

  /// Whether a path leads into the object or array that is open: else neither keys nor elements
  /// need be told.
  [[nodiscard]] bool goes_on() const noexcept {
    return !levels_.empty() && levels_.back().within != 0;
  }
  /// The paths that end at the value at hand.
  [[nodiscard]] Set here() const noexcept { return here_; }
  /// The paths for which an object had the same key twice.
  [[nodiscard]] Set twice() const noexcept { return twice_; }

 private:
  struct Level {
    Set reached = 0;         // lead to the object or array, or through it
    Set within = 0;          // of these, those that go on
    Set seen = 0;            // of these, those whose key the object had
    std::uint64_t next = 0;  // number of the next element
  };
  template <typename Leads>
  [[nodiscard]] Set those_within(const Leads& leads) const;
  void reach(Set reached);

  const std::vector<Path>& paths_;
  std::vector<Level> levels_;
  std::vector<Set> ending_;  // by depth: the paths of that length
  Set reached_ = 0;          // lead to the value at hand, or through it
  Set here_ = 0;
  Set twice_ = 0;
};

}  // namespace dedup::json
