// SPDX-License-Identifier: Apache-2.0
// Documents cleaned into values: sinks that collect.
#include "dedup/cleaned.h"

#include <utility>

#include "cleaner/fetched.h"
#include "dedup/cleaner.h"

namespace dedup {
namespace {

class TextSink : public Sink {
 public:
  void kept(std::string_view text) override { text_ += text; }
  void edit(const Edit& edit) override { text_ += edit.replacement; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

class CleanedSink : public Sink {
 public:
  void begin_document(std::uint64_t document, std::string_view) override {
    cleaned_.document = document;
  }
  void page(const PageFacts& facts) override { cleaned_.facts = facts; }
  void kept(std::string_view text) override { cleaned_.text += text; }
  void edit(const Edit& edit) override {
    cleaned_.text += edit.replacement;
    cleaned_.edits.emplace_back(edit);
    if (edit.reason == Reason::duplicate_document && edit.first) {
      cleaned_.duplicate = EarlierDocument{edit.first->document, std::string(edit.first_name),
                                           edit.similarity.value_or(1)};
    }
  }
  void read_as(const Encoding& encoding) override { cleaned_.encoding = encoding; }
  void end_document(const Stats& stats, const Damage& damage) override {
    cleaned_.stats = stats;
    cleaned_.damage = damage;
  }
  [[nodiscard]] Cleaned take() { return std::move(cleaned_); }

 private:
  Cleaned cleaned_;
};

}  // namespace

CleanedEdit::CleanedEdit(const Edit& edit)
    : block(edit.block),
      start(edit.start),
      end(edit.end),
      text(edit.text),
      replacement(edit.replacement),
      reason(edit.reason),
      rule(edit.rule),
      score(edit.score),
      first(edit.first),
      first_name(edit.first_name),
      similarity(edit.similarity) {}

Cleaned Cleaner::clean(const Page& page) {
  cleaner::Fetched fetched(page.bytes, page.content_type);
  CleanedSink sink;
  begin(sink, {page.name.empty() ? page.url : page.name, page.url, fetched.content_type()});
  for (std::string_view piece; !(piece = fetched.next()).empty();) feed(piece);
  end();
  Cleaned cleaned = sink.take();
  cleaned.unpacking = fetched.unpacking();
  return cleaned;
}

std::string clean(std::string_view document, const Options& options) {
  TextSink sink;
  Cleaner(options).clean(document, sink);
  return sink.take();
}

}  // namespace dedup
