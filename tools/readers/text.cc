// SPDX-License-Identifier: Apache-2.0
// Text: a file is a document, given as it is read, or with a separator line several. A separator
// belongs to the document that it ends.
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "bytes/line_ends.h"
#include "readers/reader.h"
#include "readers/recognise.h"
#include "readers/separator.h"

namespace dedup::tool {
namespace {

class TextReader : public Reader {
 public:
  TextReader(std::optional<std::string> separator, Markup markup)
      : separator_(std::move(separator)), markup_(markup) {}

  void read(Source& source, Receiver& receiver) override {
    if (markup_ == Markup::automatic) refuse_table(source);
    html_ = markup_ == Markup::html || (markup_ == Markup::automatic && is_html(source));
    lines_ = {};
    offset_ = 0;
    begin(source, receiver);  // an empty file is a document, too
    std::optional<SeparatorFinder> finder;
    if (separator_ && !html_) finder.emplace(*separator_);
    for (auto chunk = source.read(); !chunk.empty(); chunk = source.read()) {
      if (!finder) {
        receiver.feed(chunk);
        continue;
      }
      while (const auto part = finder->take(chunk)) add(*part, source, receiver);
    }
    if (finder) {
      if (const auto part = finder->rest()) add(*part, source, receiver);
    }
    if (open_) receiver.end({});
  }

  [[nodiscard]] bool gave_pages() const override { return html_; }

 private:
  void begin(const Source& source, Receiver& receiver) {
    open_ = true;
    has_text_ = false;
    Document document;
    document.name = source.listed_name();
    document.file = source.name();
    document.content_type = html_ ? "text/html" : "";
    document.line = lines_.count();
    document.offset = offset_;
    receiver.begin(std::move(document));
  }

  void add(const SeparatorFinder::Part& part, const Source& source, Receiver& receiver) {
    if (!open_) begin(source, receiver);
    // Of blank lines in a row the first ends a document, the rest lead the next.
    if (part.is_separator && (has_text_ || !separator_->empty())) {
      open_ = false;
      receiver.end(part.text);
    } else {
      receiver.feed(part.text);
      has_text_ |= !part.is_separator;
    }
    offset_ += part.text.size();
    lines_.add(part.text);
  }

  std::optional<std::string> separator_;
  Markup markup_;
  bool html_ = false;         // of the source at hand
  bool open_ = false;         // a document is begun
  bool has_text_ = false;     // and not only of blank lines
  std::uint64_t offset_ = 0;  // of what comes next, in bytes of the source
  LineCounter lines_;
};

}  // namespace

std::unique_ptr<Reader> text_reader(std::optional<std::string> separator, Markup markup) {
  return std::make_unique<TextReader>(std::move(separator), markup);
}

}  // namespace dedup::tool
