// SPDX-License-Identifier: Apache-2.0
// The scan of a long line of JSON: judges it as the parser does, and finds members of the outermost
// object, without building anything.
//
// The parser takes 16 bytes and more for each value of a line, so a record of 60 MiB of numbers
// costs it 800 MiB. This takes what the nesting is deep, and a number or key at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dedup::json {

/// Call order: feed* finish.
class Scan {
 public:
  /// Looks for members under these keys.
  explicit Scan(std::vector<std::string> wanted)
      : wanted_(std::move(wanted)), counts_(wanted_.size()) {}

  /// A member under a wanted key; where its value stands, quotes of a string included.
  struct Found {
    std::size_t wanted = 0;  ///< which key
    std::size_t start = 0;
    std::size_t end = 0;
    bool string = false;
    bool broken = false;  ///< a string with half of a surrogate pair
  };

  /// The next bytes of the line, which must be valid UTF-8. Throws FormatError with the cause where
  /// no line of JSON goes on so.
  void feed(std::string_view part);

  /// What was found, in order, of each key the first two. Throws FormatError with the cause where
  /// what was fed is not one object.
  [[nodiscard]] std::vector<Found> finish();

 private:
  enum class Expect { value, first_value, key, first_key, colon, comma, nothing };
  enum class Token { none, string, escape, digits, number, word };

  void between(char c);
  void open(char bracket);
  void close(char bracket);
  void begin_value(char c);
  void end_value();
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

  std::vector<std::string> wanted_;
  std::vector<unsigned> counts_;  // found of each
  std::vector<Found> found_;

  Expect expect_ = Expect::value;
  Token token_ = Token::none;
  std::string nesting_;      // the brackets that are open
  std::string kept_;         // of a number, a word, or a key as written
  bool is_key_ = false;      // the string is
  bool object_ = false;      // the outermost value is
  bool empty_ = true;        // nothing but blanks so far
  std::size_t at_ = 0;       // of the byte in hand, in the line
  std::size_t key_ = 0;      // of wanted_, under which the value stands; else beyond the last
  std::size_t start_ = 0;    // of that value
  unsigned digits_ = 0;      // of an escape, still to come
  unsigned unit_ = 0;        // that they make
  bool after_high_ = false;  // a low surrogate should follow
  bool broken_ = false;      // none did, or one came without
};

}  // namespace dedup::json
