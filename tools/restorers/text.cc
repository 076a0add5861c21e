// SPDX-License-Identifier: Apache-2.0
// Text is restored as a stream: of a document nothing is held but the edit in hand. Where it is:
//
//   decoded_          bytes of the document put back so far, to which the list's offsets refer
//   clean_.offset()   bytes read of the clean text, over all documents
//   start_            where the document begins in it
#include <utility>

#include "bytes/fault.h"
#include "bytes/held_text.h"
#include "bytes/source.h"
#include "bytes/unpacking.h"
#include "restorers/restorer.h"
#include "restorers/telling.h"
#include "restorers/walk.h"

namespace dedup::tool {
namespace {

[[noreturn]] void fail(const std::string& label, std::uint64_t offset, const std::string& fault) {
  throw InputError(label + ": offset " + std::to_string(offset) + ": " + fault);
}

/// The clean text as a stream of bytes.
class CleanText {
 public:
  explicit CleanText(const std::string& path) : source_(path) { unpack(source_); }

  /// Gives the next `count` bytes.
  void copy(std::uint64_t count, const Take& take) {
    while (count > 0) {
      const std::string_view piece = need(count);
      take(piece);
      count -= piece.size();
    }
  }

  /// Reads over what belongs to a document that is not restored.
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

  /// What follows the last document of the list belongs to nothing in it.
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

  /// At most so many bytes of the chunk; none at the end of the file only.
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

class TextRestorer {
 public:
  TextRestorer(List& list, Choice choice, const std::string& clean, Target& out, Listener* listener)
      : list_(list),
        choice_(std::move(choice)),
        clean_(clean),
        out_(out),
        telling_(list, listener) {}

  void run() {
    walk_texts(list_, telling_.any(), [this](const EditListLine& line, const Document& document) {
      restore(line, document);
    });
    choice_.check();
    clean_.expect_end();
  }

 private:
  void restore(const EditListLine& line, const Document& document) {
    const auto& [header, edit, closing] = line;
    const bool wanted = choice_.is_wanted(document.file == "-" ? "" : document.file);
    if (wanted) {
      if (!std::exchange(begun_, true)) telling_.begin(document);
      edit ? undo(*edit) : close(*closing);
    } else if (closing && choice_.holds_others()) {
      clean_.skip(closing->output);
    }
    if (closing) begin_next();
  }

  /// Kept text is in both, so what lies between two edits of the list has the same length in the
  /// clean text.
  void copy_until(std::uint64_t end) {
    if (end < decoded_) list_.refuse("edits are out of order");
    clean_.copy(end - decoded_, [this](std::string_view piece) {
      out_.write(piece);
      digest_.add(piece);
      telling_.kept(piece);
    });
  }

  /// Also where nothing was put in: then there is nothing to read over.
  void undo(const StoredEdit& edit) {
    copy_until(edit.start);
    clean_.expect(edit.replacement);
    out_.write(edit.text);
    digest_.add(edit.text);
    telling_.edit(edit);
    decoded_ = edit.end;
  }

  void close(const EditListClosing& closing) {
    copy_until(closing.decoded);
    if (clean_.offset() - start_ != closing.output) {
      fail(clean_.label(), clean_.offset(), "the list gives another length for the document");
    }
    if (!fits(digest_, closing)) fail(clean_.label(), clean_.offset(), kOtherText);
    telling_.end(closing);
  }

  /// Of one that is passed over, too: its place in the clean text is known by its length alone.
  void begin_next() {
    start_ = clean_.offset();
    decoded_ = 0;
    begun_ = false;
    digest_ = Digest();
  }

  List& list_;
  Choice choice_;
  CleanText clean_;
  Target& out_;
  Telling telling_;
  bool begun_ = false;         // it was told of
  std::uint64_t decoded_ = 0;  // how much of the document was put back
  std::uint64_t start_ = 0;    // of the document in the clean text
  Digest digest_;
};

}  // namespace

void restore_text(List& list, Choice choice, const std::string& clean, Target& out,
                  Listener* listener) {
  TextRestorer(list, std::move(choice), clean, out, listener).run();
}

}  // namespace dedup::tool
