// SPDX-License-Identifier: Apache-2.0
#include "restorers/weaver.h"

#include <algorithm>

#include "dedup/error.h"
#include "restorers/restorer.h"

namespace dedup::tool {
namespace {

[[noreturn]] void fail_length() { throw FormatError("another length than the list gives"); }
[[noreturn]] void fail_place() {
  throw FormatError("does not hold what the list says was put there");
}

}  // namespace

/// Lengths are checked before anything is added to them: they come from a file.
Weaver::Weaver(std::string_view clean, const std::vector<std::uint64_t>& clean_sizes,
               const EditListClosing& closing)
    : closing_(closing) {
  const bool several = !closing.fields.empty();
  if (clean_sizes.size() != (several ? closing.fields.size() : 1)) {
    throw FormatError("another number of values than the list gives");
  }
  std::uint64_t left = closing.decoded;  // of the text, for the values to come
  std::uint64_t output = 0;
  for (std::size_t i = 0; i < clean_sizes.size(); ++i) {
    const std::uint64_t joint = i == 0 ? 0 : 1;
    const std::uint64_t size = several ? closing.fields[i] : closing.decoded;
    if (left < joint || left - joint < size) fail_length();
    left -= joint + size;
    clean.remove_prefix(joint);
    values_.push_back({.size = size, .clean = clean.substr(0, clean_sizes[i])});
    clean.remove_prefix(clean_sizes[i]);
    output += clean_sizes[i];
  }
  if (left > 0 || output != closing.output) fail_length();
}

void Weaver::next_value() {
  if (at_ + 1 == values_.size()) fail_place();
  if (!values_[at_].clean.empty() || values_[at_].whole.size() != values_[at_].size) fail_place();
  digest_.add("\n");
  position_ += 1;
  at_ += 1;
}

/// Kept text, of which each value has its own.
void Weaver::copy_until(std::uint64_t end) {
  if (end < position_) fail_place();
  while (position_ < end) {
    Value& value = values_[at_];
    const std::uint64_t own = std::min(value.size - value.whole.size(), end - position_);
    if (own > value.clean.size()) fail_place();
    value.whole += value.clean.substr(0, own);
    digest_.add(value.clean.substr(0, own));
    value.clean.remove_prefix(own);
    position_ += own;
    if (position_ < end) next_value();
  }
}

void Weaver::undo(const StoredEdit& edit) {
  copy_until(edit.start);
  Value& value = values_[at_];
  if (!value.clean.starts_with(edit.replacement)) fail_place();
  value.clean.remove_prefix(edit.replacement.size());
  value.edited |= !edit.replacement.empty();
  put_back(edit.text);
}

void Weaver::put_back(std::string_view text) {
  while (!text.empty()) {
    Value& value = values_[at_];
    const std::string_view own =
        text.substr(0, std::min<std::uint64_t>(value.size - value.whole.size(), text.size()));
    value.edited |= !own.empty();
    value.whole += own;
    digest_.add(own);
    position_ += own.size();
    text.remove_prefix(own.size());
    if (text.empty()) return;
    if (text.front() != '\n') fail_place();
    text.remove_prefix(1);
    next_value();
  }
}

void Weaver::finish() {
  copy_until(closing_.decoded);
  if (!values_[at_].clean.empty()) fail_length();
  if (!fits(digest_, closing_)) throw FormatError(kOtherText);
}

std::string Weaver::text() const {
  std::string text;
  for (const Value& value : values_) {
    if (&value != &values_.front()) text += '\n';
    text += value.whole;
  }
  return text;
}

std::vector<std::optional<std::string_view>> Weaver::texts() const {
  std::vector<std::optional<std::string_view>> texts;
  for (const Value& value : values_) {
    texts.push_back(value.edited ? std::optional<std::string_view>(value.whole) : std::nullopt);
  }
  return texts;
}

}  // namespace dedup::tool
