// SPDX-License-Identifier: Apache-2.0
// JSONL is restored record by record: the edits of one are held until its closing line says what
// became of it.
//
//   written    the next record of the clean text, with the edits in its text fields undone
//   passed     the next line of the clean text as it is: it was no record, or too long for one
//   omitted    a line that the list holds; in the clean text there is nothing
//
// Blank lines and byte order marks are in the clean text alone, in front of the record they belong
// to, and are copied from there. The list only counts the blank lines that end one of several
// files.
#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "bytes/fault.h"
#include "bytes/json_values.h"
#include "bytes/lines.h"
#include "bytes/source.h"
#include "bytes/unpacking.h"
#include "dedup/error.h"
#include "dedup/fields.h"
#include "dedup/record.h"
#include "restorers/restorer.h"
#include "restorers/telling.h"
#include "restorers/weaver.h"

namespace dedup::tool {
namespace {

/// FormatError, since who calls it knows the place of the line.
void check(std::string_view text, const EditListClosing& closing) {
  Digest digest;
  digest.add(text);
  if (!fits(digest, closing)) throw FormatError(kOtherText);
}

/// The text fields, by the header.
Fields fields_of(const List& list) {
  const EditListHeader& header = list.header();
  if (header.fields.empty()) return Fields::member(header.field);
  try {
    return Fields(header.fields);
  } catch (const InvalidOption& error) {
    list.refuse(error.what());
  }
}

constexpr const char* kTooEarly = "the clean text ends too early";
constexpr const char* kGoesOn = "the clean text goes on after its end";

class JsonlRestorer {
 public:
  virtual ~JsonlRestorer() = default;
  JsonlRestorer(List& list, Choice choice, const std::string& clean, Target& out,
                Listener* listener)
      : list_(list),
        fields_(fields_of(list)),
        choice_(std::move(choice)),
        source_(clean),
        lines_(source_),
        out_(out),
        telling_(list, listener) {
    unpack(source_);
  }

  void run() {
    std::vector<StoredEdit> edits;
    while (const auto line = list_.next()) {
      const auto& [header, edit, closing] = *line;
      if (edit) {
        edits.push_back(*edit);
        continue;
      }
      restore(*closing, edits);
      edits.clear();
    }
    choice_.check();
    finish();
  }

 protected:
  virtual void finish() {
    if (next_record()) refuse(kGoesOn);
  }

  /// One record, or its absence. In a clean text that holds others, too, they are read over, so
  /// that the next is found.
  virtual void restore(const EditListClosing& closing, const std::vector<StoredEdit>& edits) {
    // They belong to the file before, and the next record may have left the output.
    if (choice_.holds_others()) pass_blanks(closing.before);
    const bool wanted = choice_.is_wanted(file_of(closing));
    wanted_ = wanted || !choice_.holds_others();
    if (wanted) {
      restore_line(closing, edits);
    } else if (choice_.holds_others() && !closing.omitted && !next_record()) {
      refuse(kTooEarly);
    }
  }

  /// Blank lines at the end of a file, of so many bytes together.
  void pass_blanks(std::uint64_t bytes) {
    for (std::uint64_t passed = 0; passed < bytes; passed += line_.size()) {
      if (!lines_.next(line_)) refuse(kTooEarly);
      if (line_.find_first_not_of(" \t\r\n") != line_.npos) refuse("a blank line is missing");
      if (wanted_) out_.write(line_);
    }
  }

  void restore_line(const EditListClosing& closing, const std::vector<StoredEdit>& edits) {
    // A record left out at the end of one file may have no line end; the next is a line of its own.
    if (!out_.at_record_start()) out_.write("\n");
    if (closing.omitted) {
      if (is_made()) {
        out_.write(restored(*closing.omitted, closing, edits));
      } else {
        out_.write(*closing.omitted);
        telling_.omitted(closing, edits);
      }
      return;
    }
    if (!next_record()) refuse(kTooEarly);
    const std::size_t length = line_.find_last_not_of("\r\n") + 1;
    const std::string_view body = line_.substr(0, length);
    if (closing.passed) {
      if (body.size() != closing.output) refuse("another length than the list gives");
      try {
        check(body, closing);
      } catch (const FormatError& error) {
        refuse(error.what());
      }
      out_.write(body);
    } else {
      out_.write(restored(body, closing, edits));
    }
    out_.write(line_.substr(length));
  }

  /// Records that were made of documents: what was left out of one is in its edits.
  [[nodiscard]] bool is_made() const { return list_.header().format == "documents"; }

  /// A value without edits is as it is: writing it anew could change how it is escaped.
  std::string restored(std::string_view body, const EditListClosing& closing,
                       const std::vector<StoredEdit>& edits) {
    try {
      const Record record(body, fields_);
      const std::vector<std::uint64_t> sizes = record.sizes();
      Weaver weaver(record.text(), sizes, closing);
      for (const StoredEdit& edit : edits) weaver.undo(edit);
      weaver.finish();
      if (telling_.any()) telling_.document(closing, edits, weaver.text());
      return record.with_texts(weaver.texts());
    } catch (const FormatError& error) {
      refuse(error.what());
    }
  }

  /// Goes to the next line that is not blank; copies the blank ones, and marks before a record.
  bool next_record() {
    while (lines_.next(line_)) {
      const bool long_line = line_.size() > kLongestRecord;  // which passed, be it blank
      if (line_.starts_with(kByteOrderMark)) {
        if (wanted_) out_.write(kByteOrderMark);
        line_.remove_prefix(kByteOrderMark.size());
      }
      if (long_line || line_.find_first_not_of(" \t\r\n") != line_.npos) return true;
      if (wanted_) out_.write(line_);
    }
    return false;
  }

  [[noreturn]] void refuse(const std::string& fault) const {
    throw InputError(source_.label() + place() + ": " + fault);
  }

  /// Of what is read, in the clean text.
  [[nodiscard]] virtual std::string place() const {
    return ':' + std::to_string(lines_.number()) + ": offset " + std::to_string(lines_.offset());
  }

  List& list_;
  Fields fields_;
  Choice choice_;
  Source source_;
  LineReader lines_;
  std::string_view line_;
  Target& out_;
  Telling telling_;
  bool wanted_ = true;  // the record at hand, and the blank lines about it
};

/// Elements of arrays. What stands between them is in the clean text, and copied from there, but
/// for what parted an element from others that went: the list has that.
///
///   before    bytes that end the file before
///   frame     bytes of brackets
///   parting   what is not in the clean text; else blanks and a comma are there
class JsonRestorer : public JsonlRestorer {
 public:
  using JsonlRestorer::JsonlRestorer;

 private:
  void restore(const EditListClosing& closing, const std::vector<StoredEdit>& edits) override {
    const std::string file = file_of(closing);
    const bool wanted = choice_.is_wanted(file);
    if (!wanted && !choice_.holds_others()) return;
    if (closing.document == 0) wanted_ = wanted;
    const bool here = !list_.header().separate || file == file_;  // and not in a text of its own
    const bool told = choice_.holds_others() || closing.document == 0 || file == file_;
    if (here && told) copy(closing.before);
    file_ = file;
    wanted_ = wanted;
    copy(closing.frame);
    write(closing.omitted ? *closing.omitted : closing.parting);
    if (closing.omitted) {
      if (wanted) telling_.omitted(closing, edits);
      return;
    }
    if (closing.passed) {
      copy_passed(closing);
    } else {
      copy_parting();
      const std::string record = element();
      if (wanted_) write(restored(record, closing, edits));
    }
  }

  /// Brackets and blanks behind the last element.
  void finish() override {
    while (fill()) {
      constexpr std::string_view kFrame = " \t\r\n[]\xEF\xBB\xBF";  // and a mark in front
      const std::size_t size = std::min(rest_.find_first_not_of(kFrame), rest_.size());
      if (size == 0) refuse(kGoesOn);
      copy(size);
    }
  }

  [[nodiscard]] std::string place() const override { return ": offset " + std::to_string(offset_); }

  bool fill() {
    if (rest_.empty()) rest_ = source_.read();
    return !rest_.empty();
  }

  /// The next bytes of the clean text, some at least.
  std::string_view take(std::uint64_t most) {
    if (!fill()) refuse(kTooEarly);
    const std::string_view piece = rest_.substr(0, most);
    rest_.remove_prefix(piece.size());
    offset_ += piece.size();
    return piece;
  }

  void write(std::string_view bytes) {
    if (wanted_) out_.write(bytes);
  }

  void copy(std::uint64_t bytes) {
    while (bytes > 0) {
      const std::string_view piece = take(bytes);
      write(piece);
      bytes -= piece.size();
    }
  }

  void copy_passed(const EditListClosing& closing) {
    Digest digest;
    for (std::uint64_t left = closing.output; left > 0;) {
      const std::string_view piece = take(left);
      digest.add(piece);
      write(piece);
      left -= piece.size();
    }
    if (!fits(digest, closing)) refuse(kOtherText);
  }

  void copy_parting() {
    constexpr std::string_view kParting = " \t\r\n,";
    while (fill() && kParting.find(rest_.front()) != kParting.npos) copy(1);
  }

  std::string element() {
    JsonValueEnd end(true);
    std::string whole;
    while (!end.ended()) {
      if (!fill()) refuse(kTooEarly);
      const std::size_t size = end.take(rest_);
      if (!end.is_object()) refuse("something else than a record of the list");
      whole += take(size);
      if (whole.size() > kLongestRecord) refuse("a record that is too long");
    }
    return whole;
  }

  std::string file_;
  std::string_view rest_;  // of the chunk
  std::uint64_t offset_ = 0;
};

}  // namespace

void restore_jsonl(List& list, Choice choice, const std::string& clean, Target& out,
                   Listener* listener) {
  JsonlRestorer(list, std::move(choice), clean, out, listener).run();
}

void restore_json(List& list, Choice choice, const std::string& clean, Target& out,
                  Listener* listener) {
  JsonRestorer(list, std::move(choice), clean, out, listener).run();
}

}  // namespace dedup::tool
