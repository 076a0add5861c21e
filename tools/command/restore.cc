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

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

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
  void copy(std::uint64_t count, Target& out) {
    while (count > 0) {
      const std::string_view piece = take(count);
      if (piece.empty()) fail(source_.label(), offset_, "the clean text ends too early");
      out.write(piece);
      count -= piece.size();
    }
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

/// Restores text documents, which follow one another without a gap.
void restore_text(List& list, CleanText& clean, Target& out) {
  std::uint64_t document = 0;
  std::uint64_t decoded = 0;
  std::uint64_t start = 0;  // of the document in the clean text
  bool open = false;        // edits were seen, their closing line not yet
  while (const auto line = list.next()) {
    const auto& [header, edit, closing] = *line;
    if (header || (edit ? edit->document : closing->document) != document) {
      list.refuse("documents are out of order");
    }
    const std::uint64_t kept_until = edit ? edit->start : closing->decoded;
    if (kept_until < decoded) list.refuse("edits are out of order");
    clean.copy(kept_until - decoded, out);
    open = edit.has_value();
    if (open) {
      clean.expect(edit->replacement);
      out.write(edit->text);
      decoded = edit->end;
    } else {
      if (clean.offset() - start != closing->output) {
        fail(clean.label(), clean.offset(), "the list gives another length for the document");
      }
      start = clean.offset();
      decoded = 0;
      document += 1;
    }
  }
  if (open) list.refuse("the list ends within a document");
  clean.expect_end();
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
  return text;
}

/// Restores the text fields of a JSONL stream.
class JsonlRestorer {
 public:
  JsonlRestorer(List& list, const std::string& clean, Target& out)
      : list_(list), source_(clean), lines_(source_), out_(out) {}

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
    if (next_record()) refuse("the clean text goes on after its end");
  }

 private:
  void restore(const EditListClosing& closing, const std::vector<StoredEdit>& edits) {
    // A record left out at the end of one file may have no line end; the next is a line of its own.
    if (!out_.at_line_start()) out_.write("\n");
    if (closing.omitted) {
      out_.write(*closing.omitted);
      return;
    }
    if (!next_record()) refuse("the clean text ends too early");
    const std::size_t length = line_.find_last_not_of("\r\n") + 1;
    const std::string_view body = line_.substr(0, length);
    if (closing.passed) {
      if (body.size() != closing.output) refuse("another length than the list gives");
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
        out_.write(kByteOrderMark);
        line_.remove_prefix(kByteOrderMark.size());
      }
      if (long_line || line_.find_first_not_of(" \t\r\n") != line_.npos) return true;
      out_.write(line_);
    }
    return false;
  }

  [[noreturn]] void refuse(const std::string& fault) const {
    fail(source_.label() + ':' + std::to_string(lines_.number()), lines_.offset(), fault);
  }

  List& list_;
  Source source_;
  LineReader lines_;
  std::string_view line_;
  Target& out_;
};

}  // namespace

int restore(const RestoreJob& job) {
  if (job.output.value_or("-") == "-") refuse_reading_own_output({job.clean, job.removed});
  List list(job.removed);
  Target out = job.output ? Target::file(*job.output) : Target::standard_output();
  if (list.header().format == "jsonl") {
    JsonlRestorer(list, job.clean, out).run();
  } else if (list.header().format == "text") {
    CleanText clean(job.clean);
    restore_text(list, clean, out);
  } else {
    list.refuse("a format that this version does not know");
  }
  out.commit();
  return kDone;
}

}  // namespace dedup::tool
