// SPDX-License-Identifier: Apache-2.0
// The scan of a line of JSON: judges it as the parser does, and finds the values that paths lead
// to, without building anything.
//
// The parser takes 16 bytes and more for each value of a line, so a record of 60 MiB of numbers
// costs it 800 MiB. This takes what the nesting is deep, and a number or key at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "walls/json_path.h"

namespace dedup::json {

/// How much may be found in a line: what a record may have, and what each path without a `*` adds.
inline constexpr std::size_t kMostFound = (std::size_t{1} << 16) + 2 * Walk::kMost;

/// Call order: feed* finish twice.
class Scan {
 public:
  /// Looks for the values that these paths lead to; there are at most Walk::kMost, and they live as
  /// long as this. Those in `several` are for one of several texts: a null is none, and an escape
  /// that no string may have breaks that string alone.
  explicit Scan(const std::vector<Path>& wanted, Walk::Set several = 0)
      : paths_(wanted), several_(several), counts_(wanted.size()), walk_(wanted) {}

  /// Where a value stands, quotes of a string included.
  struct Found {
    Walk::Set wanted = 0;  ///< which paths lead there
    std::size_t start = 0;
    std::size_t end = 0;
    bool string = false;
    bool broken = false;  ///< a string with half of a surrogate pair, or a broken escape
  };

  /// The next bytes of the line, which must be valid UTF-8. Throws FormatError with the cause where
  /// no line of JSON goes on so.
  void feed(std::string_view part);

  /// What was found, in the order of the ends; for a path without `*` the first two. Throws
  /// FormatError with the cause where what was fed is not one object.
  [[nodiscard]] std::vector<Found> finish();

  /// The paths for which an object had the same key twice.
  [[nodiscard]] Walk::Set twice() const noexcept { return walk_.twice(); }

 private:
  enum class Expect { value, first_value, key, first_key, colon, comma, nothing };
  enum class Token { none, string, escape, digits, number, word };

  void between(char c);
  void open(char bracket);
  void close(char bracket);
  void begin_value(char c);
  void end_value(bool null = false);
  void break_escape();
  std::size_t skip_plain(std::string_view part, std::size_t at);
  void in_string(char c);
  void end_pair();
  void in_escape(char c);
  void in_digits(char c);
  void end_string();
  void end_key();
  void end_number();
  void end_word();
  void keep(char c);
  void keep_of_key(char c);

  const std::vector<Path>& paths_;
  Walk::Set several_;
  std::vector<unsigned> counts_;  // found of each
  Walk walk_;
  std::vector<std::size_t> starts_;  // of objects and arrays that are wanted themselves
  std::vector<Found> found_;

  Expect expect_ = Expect::value;
  Token token_ = Token::none;
  std::string nesting_;      // the brackets that are open
  std::string kept_;         // of a number, a word, or a key as written
  bool is_key_ = false;      // the string is
  bool object_ = false;      // the outermost value is
  bool empty_ = true;        // nothing but blanks so far
  std::size_t at_ = 0;       // of the byte in hand, in the line
  std::size_t start_ = 0;    // of the value at hand, unless it is an object or array
  unsigned digits_ = 0;      // of an escape, still to come
  unsigned unit_ = 0;        // that they make
  bool after_high_ = false;  // a low surrogate should follow
  bool broken_ = false;      // none did, or one came without
};

}  // namespace dedup::json
