// SPDX-License-Identifier: Apache-2.0
// Cutting a stream of JSON into the elements of its arrays, and the values outside of any.
//
//   [ {"a":1}, {"a":2} ]
//   --                      lead
//     -------               value
//            --             lead
//              -------      value
//                     --    lead
//
// Every byte is of one part or another, so that they make the input again. Only what parts values
// is judged here, at the outermost level: what a value holds is left to whoever reads it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "bytes/pieces.h"
#include "bytes/source.h"

namespace dedup::tool {

/// Finds the end of a value that comes in portions cut anywhere. One for each value.
class JsonValueEnd {
 public:
  /// What is no object goes on to the next comma or bracket that is none of its own; outside of
  /// arrays to the end of the line or the next bracket that opens.
  explicit JsonValueEnd(bool in_array) : in_array_(in_array) {}

  /// How many of the next bytes belong to the value. Fewer than all of them: it has ended.
  [[nodiscard]] std::size_t take(std::string_view bytes);
  /// Whether it has ended, if nothing shows that but its last byte.
  [[nodiscard]] bool ended() const noexcept { return kind_ == Kind::object && depth_ == 0; }
  [[nodiscard]] bool is_object() const noexcept { return kind_ == Kind::object; }

 private:
  enum class Kind { unknown, object, element, garbage };
  std::size_t skip_string(std::string_view bytes, std::size_t at);
  [[nodiscard]] bool ends_before(char c) const noexcept;

  bool in_array_;
  Kind kind_ = Kind::unknown;
  std::uint64_t depth_ = 0;  // open brackets, of either kind
  bool in_string_ = false;
  bool escaped_ = false;  // the next byte of the string stands for itself
};

enum class JsonPart {
  lead,   ///< blanks, commas and brackets of arrays between values
  value,  ///< a value, or its head; blanks behind it are none of it
  fault,  ///< nothing: what is wrong between the values is said by fault()
  end,
};

/// Reads a source as parts. Memory: a value up to the limit, or some 100 KiB.
class JsonValues : public Pieces {
 public:
  /// A longer value is given in pieces.
  JsonValues(ByteSource& source, std::size_t longest) : source_(source), longest_(longest) {}

  /// Sets `part`, which is valid until the next call. Throws InputError. A lead comes in several
  /// parts if it is very long.
  JsonPart next(std::string_view& part);

  /// Whether next() gave only the head of a value, of which the rest is to be asked for.
  [[nodiscard]] bool is_head() const noexcept { return head_; }
  bool more(std::string_view& part) override;

  [[nodiscard]] std::uint64_t number() const noexcept override { return number_; }
  [[nodiscard]] std::uint64_t offset() const noexcept override { return offset_; }
  [[nodiscard]] const char* fault() const noexcept { return told_; }

 private:
  enum class Expect { first, element, comma };

  bool fill();
  void use(std::size_t count, std::string& into);
  void gather_lead();
  [[nodiscard]] bool is_cut_mark() const;
  bool is_lead(char c);
  bool is_lead_of_array(char c);
  bool fails(const char* fault, Expect next);
  void read_value();
  void take_some();
  void hold_blanks();

  ByteSource& source_;
  std::size_t longest_;
  std::string_view rest_;  // of the chunk
  std::string lead_;
  std::string held_;    // of a value: what began in an earlier chunk
  std::string blanks_;  // behind what was given of a value
  JsonValueEnd end_{false};
  Expect expect_ = Expect::first;  // in an array
  bool in_array_ = false;
  bool head_ = false;            // of a value of which more is to come
  bool ended_ = false;           // no more of the value is to come
  const char* fault_ = nullptr;  // to be told behind the lead
  const char* told_ = "";
  std::uint64_t used_ = 0;   // bytes
  std::uint64_t lines_ = 1;  // begun in them
  std::uint64_t number_ = 0;
  std::uint64_t offset_ = 0;
};

}  // namespace dedup::tool
