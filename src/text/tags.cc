// SPDX-License-Identifier: Apache-2.0
// A reader of tags, character by character where something is open, from < to < where nothing is.
//
//   text  --<p-->  tag  --="-->  value  --"-->  tag  -->-->  text or raw
//   text  --<!--->  comment  ----->-->  text
//
// What is open closes at a blank line and after many lines, so that one lost quotation mark does
// not switch repair off for the rest of a text. Nothing is read twice: what turns out to be no tag
// is text, and the next < is further on.
#include "text/tags.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/ascii.h"
#include "text/blanks.h"
#include "text/line_ends.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

using Place = TagState::Place;

/// Elements whose content is no prose; TagState::element counts from 1.
constexpr std::array<std::string_view, 8> kRaw = {"code", "pre",      "script", "style",
                                                  "kbd",  "textarea", "samp",   "xmp"};
constexpr std::string_view kCommentStart = "<!--";
constexpr std::string_view kCommentEnd = "-->";

/// How many lines a tag, and how many other content may go on for.
constexpr unsigned kTagLines = 16;
constexpr unsigned kRawLines = 400;

bool is_name(char c) noexcept {
  return is_letter(c) || is_digit(c) || c == '-' || c == ':' || c == '_' || c == '.';
}

std::size_t name_end(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && is_name(text[at])) {
    ++at;
  }
  return at;
}

bool equal_names(std::string_view name, std::string_view lower_case) noexcept {
  bool equal = name.size() == lower_case.size();
  for (std::size_t i = 0; equal && i < name.size(); ++i) {
    equal = lower(name[i]) == lower_case[i];
  }
  return equal;
}

unsigned char raw_element(std::string_view name) noexcept {
  for (std::size_t i = 0; i < kRaw.size(); ++i) {
    if (equal_names(name, kRaw[i])) {
      return static_cast<unsigned char>(i + 1);
    }
  }
  return 0;
}

class Reader {
 public:
  Reader(std::string_view text, TagState& state) : text_(text), state_(state) {}

  [[nodiscard]] MarkupSpans run() {
    while (at_ < text_.size()) {
      if (state_.place == Place::text) {
        open();
      } else {
        step();
      }
    }
    if (state_.place != Place::text) {
      append(text_.size());
    }
    return std::move(spans_);
  }

 private:
  /// To the next <, and into the tag or comment that it opens.
  void open() {
    at_ = std::min(text_.find('<', at_), text_.size());
    if (at_ == text_.size()) {
      return;
    }
    start_ = at_;
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with(kCommentStart)) {
      enter(Place::comment, kCommentStart.size());
      return;
    }
    const bool closing = rest.size() > 1 && rest[1] == '/';
    const bool declaration = rest.size() > 1 && rest[1] == '!';
    const std::size_t name = at_ + (closing || declaration ? 2 : 1);
    if (name >= text_.size() || !is_letter(text_[name])) {
      ++at_;
      return;
    }
    const std::size_t behind = name_end(text_, name);
    state_.element = closing ? 0 : raw_element(text_.substr(name, behind - name));
    enter(Place::tag, behind - at_);
  }

  void enter(Place place, std::size_t size) {
    state_.place = place;
    state_.quote = 0;
    state_.returned = false;
    state_.blank = false;
    state_.lines = 0;
    at_ += size;
  }

  /// One character further in what is open.
  void step() {
    const char c = text_[at_];
    if (is_line_end(c)) {
      end_line();
      return;
    }
    std::size_t behind = at_;
    const char32_t wide = utf8::next(text_, behind);
    const bool white = is_ascii(c) ? c == ' ' || c == '\t' : is_white(wide);
    state_.blank = state_.blank && white;
    state_.returned = false;
    switch (state_.place) {
      case Place::tag:
        step_in_tag(c, white, behind);
        break;
      case Place::value:
        at_ = behind;
        if (c == state_.quote) {
          state_.place = Place::tag;
          state_.quote = 0;
        }
        break;
      case Place::comment:
        step_to(kCommentEnd, behind);
        break;
      default:
        step_in_raw(behind);
    }
  }

  void step_in_tag(char c, bool white, std::size_t behind) {
    if (c == '>') {
      ++at_;
      const bool empty = at_ >= 2 && text_[at_ - 2] == '/';
      state_.place = state_.element != 0 && !empty ? Place::raw : Place::text;
      state_.lines = 0;
      if (state_.place == Place::text) {
        close(at_);
      }
    } else if ((c == '"' || c == '\'') && at_ > 0 && text_[at_ - 1] == '=') {
      state_.place = Place::value;
      state_.quote = c;
      ++at_;
    } else if (white || is_name(c) || is_unquoted(c)) {
      at_ = behind;
    } else {
      abandon();
    }
  }

  /// Of attributes without quotation marks: width=50% href=/a?b#c
  static bool is_unquoted(char c) noexcept {
    constexpr std::string_view kOthers = "=/?#%,@!+&;";
    return kOthers.find(c) != std::string_view::npos;
  }

  void step_in_raw(std::size_t behind) {
    const std::string_view rest = text_.substr(at_);
    const std::string_view name = kRaw[state_.element - 1U];
    if (rest.starts_with("</") && equal_names(rest.substr(2, name.size()), name)) {
      at_ += 2 + name.size();
      state_.element = 0;
      state_.place = Place::tag;
      return;
    }
    at_ = behind;
  }

  void step_to(std::string_view end, std::size_t behind) {
    if (text_.substr(at_).starts_with(end)) {
      at_ += end.size();
      close(at_);
    } else {
      at_ = behind;
    }
  }

  /// A tag never reaches over a blank line; code and comments may.
  void end_line() {
    const bool tag = state_.place == Place::tag || state_.place == Place::value;
    const bool second = text_[at_] == '\n' && state_.returned;
    state_.returned = text_[at_] == '\r';
    if (!second) {
      ++state_.lines;
      if ((tag && state_.blank) || state_.lines > (tag ? kTagLines : kRawLines)) {
        close(at_);
        return;
      }
      state_.blank = true;
    }
    ++at_;
  }

  /// What was open is no tag. It may have been opened before this text, and then nothing can be
  /// taken back there.
  void abandon() {
    state_.place = Place::text;
    state_.element = 0;
  }

  void close(std::size_t end) {
    append(end);
    state_.place = Place::text;
    state_.quote = 0;
    state_.element = 0;
  }

  void append(std::size_t end) {
    if (!spans_.empty() && spans_.back().end == start_) {
      spans_.back().end = end;
    } else {
      spans_.push_back({start_, end});
    }
  }

  std::string_view text_;
  TagState& state_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;  // of what is open, 0 if it was before
  MarkupSpans spans_;
};

}  // namespace

MarkupSpans read_tags(std::string_view text, TagState& state) { return Reader(text, state).run(); }

}  // namespace dedup::text
