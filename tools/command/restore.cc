// SPDX-License-Identifier: Apache-2.0
// Walks along the list and the clean text together. The kept text between two edits is copied, what
// was put in is checked and dropped, what was taken out is put back; byte counts are checked at the
// end of each document. Streams: memory is a chunk of each file, and one record with its edits.
#include "command/restore.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "bytes/fault.h"
#include "bytes/lines.h"
#include "bytes/paths.h"
#include "bytes/source.h"
#include "bytes/target.h"
#include "command/plan.h"
#include "listeners/report.h"

namespace dedup::tool {
namespace {

[[noreturn]] void fail(const std::string& label, std::uint64_t offset, const std::string& fault) {
  throw InputError(label + ": offset " + std::to_string(offset) + ": " + fault);
}

/// The list, line by line, checked for order.
class List {
 public:
  explicit List(const std::string& path) : source_(path), lines_(source_) {
    const auto first = next();
    if (!first || !first->header) refuse("not an edit list: the header is missing");
    header_ = *first->header;
  }

  [[nodiscard]] const EditListHeader& header() const noexcept { return header_; }

  /// The next edit or closing line; nothing at the end.
  std::optional<EditListLine> next() {
    std::string_view line;
    if (!lines_.next(line)) return std::nullopt;
    try {
      return parse_edit_list_line(line);
    } catch (const FormatError& error) {
      refuse(error.what());
    }
  }

  [[noreturn]] void refuse(const std::string& fault) const {
    throw InputError(source_.label() + ':' + std::to_string(lines_.number()) + ": " + fault);
  }

 private:
  Source source_;
  LineReader lines_;
  EditListHeader header_;
};

/// The clean text as a stream of bytes.
class CleanText {
 public:
  explicit CleanText(const std::string& path) : source_(path) {}

  /// Copies the next `count` bytes.
  void copy(std::uint64_t count, Target& out, Digest& digest) {
    while (count > 0) {
      const std::string_view piece = need(count);
      out.write(piece);
      digest.add(piece);
      count -= piece.size();
    }
  }

  void skip(std::uint64_t count) {
    while (count > 0) count -= need(count).size();
  }

  /// Reads over the next bytes, which must be `text`.
  void expect(std::string_view text) {
    while (!text.empty()) {
      const std::uint64_t start = offset_;
      const std::string_view piece = take(text.size());
      if (piece.empty() || !text.starts_with(piece)) {
        fail(source_.label(), start, "does not hold what the list says was put there");
      }
      text.remove_prefix(piece.size());
    }
  }

  void expect_end() {
    if (!take(1).empty())
      fail(source_.label(), offset_ - 1, "the clean text goes on after its end");
  }

  [[nodiscard]] std::uint64_t offset() const noexcept { return offset_; }
  [[nodiscard]] std::string label() const { return source_.label(); }

 private:
  std::string_view need(std::uint64_t most) {
    const std::string_view piece = take(most);
    if (piece.empty()) fail(source_.label(), offset_, "the clean text ends too early");
    return piece;
  }

  std::string_view take(std::uint64_t most) {
    if (rest_.empty()) rest_ = source_.read();
    const std::string_view piece = rest_.substr(0, most);
    rest_.remove_prefix(piece.size());
    offset_ += piece.size();
    return piece;
  }

  Source source_;
  std::string_view rest_;
  std::uint64_t offset_ = 0;
};

constexpr const char* kOtherText =
    "the text restored is not the one that was cleaned: the clean text or the list has changed";

bool fits(const Digest& digest, const EditListClosing& closing) {
  return closing.digest.empty() || closing.digest == digest.hex();
}

/// Which documents of the list are restored, and which of them the clean text holds.
class Choice {
 public:
  Choice(const List& list, std::optional<std::string> name)
      : list_(list), name_(std::move(name)), separate_(list.header().separate) {
    if (name_ == "-") name_->clear();
  }

  /// Whether to restore a document of this file. Refuses to guess among several files of which each
  /// has a clean text of its own.
  bool is_wanted(const std::string& file) {
    if (!name_ && separate_ && seen_ && file_ != file) {
      list_.refuse("the list is of several files with a clean text each: give --name=FILE");
    }
    file_ = file;
    seen_ = true;
    const bool wanted = !name_ || *name_ == file;
    any_ |= wanted;
    return wanted;
  }

  /// Whether documents that are not restored stand in the clean text.
  [[nodiscard]] bool holds_others() const noexcept { return !separate_; }

  void check() const {
    if (name_ && !any_) list_.refuse("the list has no file of this name: " + shown(*name_));
  }

 private:
  const List& list_;
  std::optional<std::string> name_;
  bool separate_;
  bool seen_ = false;
  bool any_ = false;
  std::string file_;
};

/// Restores text documents, which follow one another without a gap.
class TextRestorer {
 public:
  TextRestorer(List& list, Choice choice, const std::string& clean, Target& out)
      : list_(list), choice_(std::move(choice)), clean_(clean), out_(out) {}

  void run() {
    bool open = false;  // edits were seen, their closing line not yet
    while (const auto line = list_.next()) {
      const auto& [header, edit, closing] = *line;
      if (header || (edit ? edit->document : closing->document) != document_) {
        list_.refuse("documents are out of order");
      }
      open = edit.has_value();
      const bool wanted = choice_.is_wanted(edit ? edit->name : closing->name);
      if (wanted) {
        edit ? undo(*edit) : close(*closing);
      } else if (closing && choice_.holds_others()) {
        clean_.skip(closing->output);
      }
      if (closing) begin_next();
    }
    if (open) list_.refuse("the list ends within a document");
    choice_.check();
    clean_.expect_end();
  }

 private:
  void copy_until(std::uint64_t end) {
    if (end < decoded_) list_.refuse("edits are out of order");
    clean_.copy(end - decoded_, out_, digest_);
  }

  void undo(const StoredEdit& edit) {
    copy_until(edit.start);
    clean_.expect(edit.replacement);
    out_.write(edit.text);
    digest_.add(edit.text);
    decoded_ = edit.end;
  }

  void close(const EditListClosing& closing) {
    copy_until(closing.decoded);
    if (clean_.offset() - start_ != closing.output) {
      fail(clean_.label(), clean_.offset(), "the list gives another length for the document");
    }
    if (!fits(digest_, closing)) fail(clean_.label(), clean_.offset(), kOtherText);
  }

  void begin_next() {
    start_ = clean_.offset();
    decoded_ = 0;
    digest_ = Digest();
    document_ += 1;
  }

  List& list_;
  Choice choice_;
  CleanText clean_;
  Target& out_;
  std::uint64_t document_ = 0;
  std::uint64_t decoded_ = 0;
  std::uint64_t start_ = 0;  // of the document in the clean text
  Digest digest_;
};

void check(std::string_view text, const EditListClosing& closing) {
  Digest digest;
  digest.add(text);
  if (!fits(digest, closing)) throw FormatError(kOtherText);
}

/// The text of a record with its edits undone. Throws FormatError where they do not fit.
std::string undo(std::string_view clean, const std::vector<StoredEdit>& edits,
                 const EditListClosing& closing) {
  if (clean.size() != closing.output) throw FormatError("another length than the list gives");
  std::string text;
  for (const StoredEdit& edit : edits) {
    const std::uint64_t kept = edit.start - text.size();
    if (edit.start < text.size() || kept > clean.size() ||
        !clean.substr(kept).starts_with(edit.replacement)) {
      throw FormatError("does not hold what the list says was put there");
    }
    text.append(clean, 0, kept).append(edit.text);
    clean.remove_prefix(kept + edit.replacement.size());
  }
  text += clean;
  if (text.size() != closing.decoded) throw FormatError("another length than the list gives");
  check(text, closing);
  return text;
}

/// Restores the text fields of a JSONL stream. Of one file among several, the last line gets the
/// line end that parts it from the next.
class JsonlRestorer {
 public:
  JsonlRestorer(List& list, Choice choice, const std::string& clean, Target& out)
      : list_(list), choice_(std::move(choice)), source_(clean), lines_(source_), out_(out) {}

  void run() {
    std::vector<StoredEdit> edits;
    std::uint64_t document = 0;
    while (const auto line = list_.next()) {
      const auto& [header, edit, closing] = *line;
      if (header || (edit ? edit->document : closing->document) != document) {
        list_.refuse("documents are out of order");
      }
      if (edit) {
        edits.push_back(*edit);
        continue;
      }
      restore(*closing, edits);
      edits.clear();
      document += 1;
    }
    if (!edits.empty()) list_.refuse("the list ends within a document");
    choice_.check();
    if (next_record()) refuse("the clean text goes on after its end");
  }

 private:
  void restore(const EditListClosing& closing, const std::vector<StoredEdit>& edits) {
    // They belong to the file before, and the next record may have left the output.
    if (choice_.holds_others()) pass_blanks(closing.before);
    const bool wanted = choice_.is_wanted(closing.file.empty() ? closing.name : closing.file);
    wanted_ = wanted || !choice_.holds_others();
    if (wanted) {
      restore_line(closing, edits);
    } else if (choice_.holds_others() && !closing.omitted && !next_record()) {
      refuse("the clean text ends too early");
    }
  }

  void pass_blanks(std::uint64_t bytes) {
    for (std::uint64_t passed = 0; passed < bytes; passed += line_.size()) {
      if (!lines_.next(line_)) refuse("the clean text ends too early");
      if (line_.find_first_not_of(" \t\r\n") != line_.npos) refuse("a blank line is missing");
      if (wanted_) out_.write(line_);
    }
  }

  void restore_line(const EditListClosing& closing, const std::vector<StoredEdit>& edits) {
    // A record left out at the end of one file may have no line end; the next is a line of its own.
    if (!out_.at_record_start()) out_.write("\n");
    if (closing.omitted) {
      out_.write(*closing.omitted);
      return;
    }
    if (!next_record()) refuse("the clean text ends too early");
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

  std::string restored(std::string_view body, const EditListClosing& closing,
                       const std::vector<StoredEdit>& edits) const {
    try {
      const Record record(body, list_.header().field);
      const std::string text = undo(record.text(), edits, closing);
      return edits.empty() ? std::string(body) : record.with_text(text);
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
    fail(source_.label() + ':' + std::to_string(lines_.number()), lines_.offset(), fault);
  }

  List& list_;
  Choice choice_;
  Source source_;
  LineReader lines_;
  std::string_view line_;
  Target& out_;
  bool wanted_ = true;  // the record at hand, and the blank lines about it
};

}  // namespace

int restore(const RestoreJob& job) {
  if (job.output.value_or("-") == "-") refuse_reading_own_output({job.clean, job.removed});
  List list(job.removed);
  Target out = job.output ? Target::file(*job.output) : Target::standard_output();
  if (list.header().format == "jsonl") {
    JsonlRestorer(list, Choice(list, job.name), job.clean, out).run();
  } else if (list.header().format == "text") {
    TextRestorer(list, Choice(list, job.name), job.clean, out).run();
  } else {
    list.refuse("a format that this version does not know");
  }
  out.commit();
  return kDone;
}

}  // namespace dedup::tool
